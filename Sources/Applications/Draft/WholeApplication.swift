package import Core
import Database
import Web

extension Applications {
    /// A whole application at once, from what is typed into its controls: page by page as a person would.
    ///
    /// Throws ``Unfit`` if something typed is not accepted.
    package func apply(
        card: String, through channel: Channel, typed: [String: [String]], files: [String: Spool] = [:],
        by who: Applicant, language: Language, at moment: Moment
    ) async throws -> Case.ID {
        let item = try await begin(card: card, through: channel, by: who, language: language, at: moment)
        var open = try await openCase(item.id, session: who.session)
        var page = try open.journey.pages.first
        while let current = page {
            guard !current.isExit else { throw Unfit(page: current.id, words: current.question[.ja]) }
            let answers = try answers(to: current, typed, in: open.journey, at: moment)
            open = try await save(item.id, session: who.session, at: moment) { $0.merge(answers) { $1 } }
            open = try await attach(files, typed, on: current, of: open, session: who.session, at: moment)
            page = try open.journey.page(after: current.id)
        }
        return try await submit(
            item.id, submission: ID<Case>().text, revision: open.item.revision, wishes: .none, by: who,
            language: language, at: moment
        ).id
    }

    /// Attaches the files that are named for the fields of a page, those in rows too.
    private func attach(
        _ files: [String: Spool], _ typed: [String: [String]], on page: Form.Page, of open: OpenCase, session: String,
        at moment: Moment
    ) async throws -> OpenCase {
        var open = open
        var spots: [(Spot, String)] = []
        let journey = try open.journey
        if let (field, group) = page.group {
            for (number, row) in journey.answers.rows(of: field.id).enumerated() {
                for question in journey.way(in: row, of: group).pages {
                    let spot = Spot(page.id, row: row.id, question: question.id, in: journey)
                    if let spot { spots.append((spot, "\(field.id).\(number + 1)/")) }
                }
            }
        } else if let spot = Spot(page.id, in: journey) {
            spots.append((spot, ""))
        }
        for (spot, head) in spots {
            guard let field = spot.page.fields.first, field.attachment != nil else { continue }
            var kept: [AttachedFile] = []
            for name in typed[head + field.id] ?? [] {
                guard let spool = files[name] else { continue }
                let arriving = try Arriving(name: name)
                try arriving.spool.append(spool.bytes(from: 0, count: spool.count))
                switch try await seal(arriving, for: open.item, key: open.key) {
                case .kept(let file): kept.append(file)
                case .refused(let name, let words): throw Unfit(page: page.id, words: words.with(name)[.ja])
                }
            }
            guard !kept.isEmpty else { continue }
            open = try await attach(kept, to: spot, field, of: open.item.id, session: session, at: moment)
        }
        return open
    }

    /// The answers to a page. What is typed into the second row of `children` stands under `children.2/`.
    private func answers(
        to page: Form.Page, _ typed: [String: [String]], in journey: Journey, at moment: Moment
    ) throws -> Answers {
        guard let (field, group) = page.group else { return try reading(page, typed, at: moment) }
        var answers: Answers = [:]
        try answers.changeRows(of: field.id) { rows in
            while rows.count < group.maximum {
                let head = "\(field.id).\(rows.count + 1)/"
                let inside = typed.filter { $0.key.hasPrefix(head) }
                guard !inside.isEmpty else { break }
                let pairs = inside.map { (String($0.key.dropFirst(head.count)), $0.value) }
                let rowTyped = Dictionary(pairs) { $1 }
                var row = FormRow(id: FormRow.newID(), answers: [:])
                // Each answer may bring further questions.
                var asked: Set<String> = []
                while let question = journey.way(in: row, of: group).pages.first(where: { !asked.contains($0.id) }) {
                    row.answers.merge(try reading(question, rowTyped, at: moment)) { $1 }
                    asked.insert(question.id)
                }
                rows.append(row)
            }
        }
        return answers
    }

    private func reading(_ page: Form.Page, _ typed: [String: [String]], at moment: Moment) throws -> Answers {
        if let field = page.fields.first, field.attachment != nil {
            let way = typed[field.id]?.first.flatMap(Requirement.Substitute.init)
            return way.map { [field.id: GivenAnswer(typed: ["way": [$0.rawValue]], value: .substituted($0))] } ?? [:]
        }
        let posted = Posted(typed.flatMap { control, values in values.map { (control, $0) } })
        let reading = read(page, posted, at: moment)
        if let problem = reading.problems.first { throw Unfit(page: page.id, words: problem.words[.ja]) }
        return reading.answers
    }

    /// Something that was typed and is not accepted.
    package struct Unfit: Error, CustomStringConvertible {
        package let page: String
        package let words: String
        package var description: String { "\(page): \(words)" }
    }

    /// The status an application is in.
    package func status(of id: Case.ID) async throws -> Case.Status {
        try await database.read { try Case.require(id, in: $0).item.status }
    }
}
