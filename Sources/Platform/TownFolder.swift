package import Applications
package import Core
package import Database
import FoundationEssentials
package import Governance
package import Japanese
package import Register
import SystemStandards
import Yams

/// 町のデータ. A town as a folder: `town.yaml`, `cards/`, `forms/`, `texts/`, `standards.yaml`, and `sample.yaml` for a town that is only shown.
package struct TownFolder: Sendable {
    package let town: Town
    package let cards: [Card]
    /// What the cards' files say that is known of them.
    let facts: [Card.ID: [WrittenFact]]
    package let forms: [FormFile.Proved]
    package let sample: Sample?
    /// What is known of its systems; nil where its folder says nothing.
    let standards: TownStandards?
    /// What it says of its plan.
    let plan: PlanFolder

    /// What is wrong with a folder, by file, each with its mend.
    package struct Fault: Error, CustomStringConvertible {
        package let findings: [String]
        package var description: String { findings.joined(separator: "\n") }
    }

    /// Reads and checks a folder. Throws a ``Fault`` with everything that is wrong.
    /// - Parameter day: the day it is: words that a form may lack until then are no fault.
    package init(_ path: String, on day: Day) throws(Fault) {
        var findings: [String] = []
        func decode<T: Decodable>(_ type: T.Type, _ file: String) -> T? {
            do throws(Fault) {
                return try Self.decode(type, file)
            } catch {
                findings += error.findings
                return nil
            }
        }
        var town: Town?
        do throws(Fault) { town = try Self.town(of: path) } catch { findings += error.findings }
        let languages = town?.languages ?? Language.builtIn
        var facts: [Card.ID: [WrittenFact]] = [:]
        cards = Self.files("\(path)/cards").compactMap { file in
            guard let card = decode(Card.self, file) else { return nil }
            facts[card.id] = decode(WrittenFact.Listing.self, file)?.facts
            return card
        }
        self.facts = facts
        var forms: [FormFile.Proved] = []
        for file in Self.files("\(path)/forms") {
            let document = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
            do throws(FormFile.Fault) {
                forms.append(try FormFile.prove(document, file: file, in: languages, on: day))
            } catch {
                findings.append(error.description)
            }
        }
        self.forms = forms
        let standardsFile = "\(path)/standards.yaml"
        let written =
            FileManager.default.fileExists(atPath: standardsFile) ? decode(TownStandards.self, standardsFile) : nil
        let sampleFile = "\(path)/sample.yaml"
        var sample = FileManager.default.fileExists(atPath: sampleFile) ? decode(Sample.self, sampleFile) : nil
        do {
            try sample?.readFiles("\(path)/sample")
        } catch {
            findings.append("\(path)/sample: \(error)")
        }
        do {
            try sample?.readGovernance("\(path)/plan/sample.yaml")
        } catch {
            findings.append("\(path)/plan/sample.yaml: \(DocumentFault.words(error))")
        }
        self.sample = sample
        let plan = PlanFolder.read("\(path)/plan")
        self.plan = plan.folder
        findings += plan.findings
        guard let town, findings.isEmpty else { throw Fault(findings: findings) }
        self.town = town
        findings += town.closedDays.filter { Day(iso: $0) == nil }.map {
            "\(path)/town.yaml: closed_days の「\($0)」は日付ではありません"
        }
        if let payment = town.payment, !payment.isUsable {
            findings.append("\(path)/town.yaml: payment の url は https:// で始め、{number} と {yen} を入れてください")
        }
        let sections = Set(town.sections.map(\.id))
        let read = written?.read(sections: sections, cards: Set(cards.map(\.id)))
        standards = read?.standards
        findings += (read?.findings ?? []).map { "\(standardsFile): \($0)" }
        findings += Self.findings(in: cards, facts: facts, sections: sections, folder: "\(path)/cards")
        findings += forms.filter { proved in !cards.contains { $0.id == proved.form.card } }.map {
            "\($0.file): card「\($0.form.card)」が cards にありません"
        }
        findings += forms.flatMap { proved in
            (proved.form.routing ?? []).filter { !sections.contains($0.section) }.map {
                "\(proved.file): 担当「\($0.section)」が、town.yaml の sections にありません"
            }
        }
        guard findings.isEmpty else { throw Fault(findings: findings) }
    }

    /// What a file of the folder holds. Throws a ``Fault`` with what is wrong with it.
    static func decode<T: Decodable>(_ type: T.Type, _ file: String) throws(Fault) -> T {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Fault(findings: ["\(file): ファイルがありません"])
        }
        do {
            return try YAMLDecoder().decode(type, from: String(decoding: data, as: UTF8.self))
        } catch {
            throw Fault(findings: ["\(file): \(DocumentFault.words(error))"])
        }
    }

    /// The documents in a folder, by name.
    static func files(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Puts the town, its cards and its forms into the database. What is there already is brought up to date; what an officer
    /// changed stays. Gives what was not taken, by card: the places as they stand in its file.
    package func install(at moment: Moment, in transaction: Transaction) throws -> [Card.ID: [String]] {
        try town.save(by: .system, at: moment, in: transaction)
        var kept: [Card.ID: [String]] = [:]
        for card in cards {
            if case .kept(let places) = try card.install(at: moment, in: transaction) { kept[card.id] = places }
        }
        for (card, facts) in facts.sorted(by: { $0.key < $1.key }) {
            for fact in facts { try fact.fact(of: card, at: moment).install(in: transaction) }
        }
        try standards?.install(at: moment, in: transaction)
        try plan.install(at: moment, in: transaction)
        for form in forms { _ = try Form.publish(form, by: .system, at: moment, in: transaction) }
        return kept
    }
}

/// サンプル. What a town that is only shown has besides: people who sign in, and applications.
package struct Sample: Sendable, Decodable {
    package let staff: [Person]
    package let cases: [Application]
    /// What the applications attach, by file name: the folder `sample/`.
    package private(set) var files: [String: Spool] = [:]
    /// What its people did for the plan; nil where the folder says nothing.
    package private(set) var governance: GovernanceSample?

    private enum CodingKeys: String, CodingKey { case staff, cases }

    fileprivate mutating func readGovernance(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        governance = try GovernanceSample(file: path)
    }

    fileprivate mutating func readFiles(_ folder: String) throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            let spool = try Spool()
            try spool.append(data)
            files[name] = spool
        }
    }

    /// Somebody who signs in with a password that everybody may know.
    package struct Person: Sendable, Decodable {
        package let login: String
        package let name: String
        package let password: String
        package let roles: [Membership]
    }

    /// An application as it is typed, and what becomes of it.
    package struct Application: Sendable, Decodable {
        package let card: String
        /// How long ago it was sent.
        package let daysAgo: Int
        /// The id of the language it is typed in; Japanese without one.
        package let language: String?
        /// Through which mouth; by its applicant online without one.
        package let channel: Channel?
        /// What is typed, by control.
        package let answers: [String: String]
        /// Dates, by field: so many days after the day it was sent.
        package let days: [String: Int]?
        package let then: [Step]?

        private enum CodingKeys: String, CodingKey {
            case card, language, channel, answers, days, then
            case daysAgo = "days_ago"
        }

        /// What is typed when it is sent on a day.
        package func typed(on day: Day) -> [String: [String]] {
            var typed = answers.mapValues { [$0] }
            for (field, offset) in days ?? [:] {
                let date = day.adding(days: offset)
                typed["\(field).year"] = [String(date.year)]
                typed["\(field).month"] = [String(date.month)]
                typed["\(field).day"] = [String(date.day)]
            }
            return typed
        }
    }

    /// What an officer does.
    package struct Step: Sendable, Decodable {
        /// The login of the officer.
        package let by: String
        package let action: Action
        package let words: String?
        /// 決定の案: `approved`, `rejected` or `refused`.
        package let outcome: Case.Status?
        /// 照会先.
        package let section: String?

        package enum Action: String, Sendable, Decodable {
            case receive, review, approve, reject, refuse, issue, complete, letter, note
            case returnForCorrection = "return"
            /// 起案, 決裁 and 庁内照会.
            case propose, agree, ask
        }
    }
}
