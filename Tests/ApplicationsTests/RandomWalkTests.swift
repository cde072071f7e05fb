import Applications
import Core
import Japanese
import Platform
import TestKit
import Testing

@Suite("どの様式も、どの道を通っても")
struct RandomWalkTests {
    /// The forms of the sample town.
    static let forms: [String] = ((try? TestTown.folder().forms) ?? []).map(\.form.card)

    @Test("出口か確認のページに着き、入れたものがそのまま窓口に届く", arguments: forms)
    func walks(_ card: String) async throws {
        try await TestTown.run { town in
            let published = try #require(try TestTown.folder().forms.map(\.form).first { $0.card == card })
            let files = ["見本.pdf": try Spool()]
            try files["見本.pdf"]?.append("%PDF-1.4 sample".utf8)
            var random = SeededRandom(seed: 20_261_124)
            var seen: Set<String> = []
            for number in 0..<Self.journeys {
                // Most by the person themselves, the others through every other mouth.
                let channel = number % 5 == 0 ? Channel.allCases[number / 5 % 4] : .online
                let form = published.asked(through: channel)
                let typed = RandomAnswers.typed(form, on: town.clock.now.day, using: &random)
                let session = "walk \(number)"
                do {
                    let id = try await town.platform.applications.apply(
                        card: card, through: channel, typed: typed, files: files,
                        by: Applicant(session: session), language: .ja, at: town.clock.now)
                    let journey = try await town.platform.applications.openCase(id).submitted
                    #expect(journey.firstOpen == nil)
                    #expect(Set(journey.answers.keys).isSubset(of: Set(journey.pages.flatMap(\.fields).map(\.id))))
                    expectTyped(journey.answers, typed, "")
                    seen.formUnion(pages(of: journey))
                    if number % 25 == 0 { try await expectOnDesk(id, journey, town) }
                } catch let unfit as Applications.Unfit {
                    let page = try #require(form.page(unfit.page))
                    #expect(page.isExit, "\(unfit)")
                    seen.insert(page.id)
                }
            }
            let all = Set(
                (published.pages + published.pages.flatMap(\.fields).compactMap(\.rows).flatMap(\.pages))
                    .filter { page in page.isExit || page.fields.contains { $0.isAsked } }.map(\.id))
            #expect(seen.isSuperset(of: all), "never reached: \(all.subtracting(seen))")
        }
    }

    /// So many for each form.
    static let journeys = 250

    /// What an officer reads on the desk, and on the receipt: every word that was understood.
    private func expectOnDesk(_ id: Case.ID, _ journey: Journey, _ town: TestTown) async throws {
        let applications = town.platform.applications
        let section = try await applications.openCase(id).item.section
        let login = try #require(
            try TestTown.folder().sample?.staff.first { person in
                person.roles.contains { $0.section == section && $0.role != .auditor }
            }?.login)
        let desk = try await town.officer(login).get("/desk/cases/\(id)").text
        for word in words(journey.answers) { #expect(desk.contains(word), "\(word)") }
    }

    private func words(_ answers: Answers) -> [String] {
        answers.values.flatMap { answer -> [String] in
            switch answer.value {
            case .text(let text): [text]
            case .name(let name): [name.text, name.kana]
            case .address(let address): [address.text]
            case .account(let account): [account.bank, account.number, account.holder]
            case .place(let place): [place.words]
            case .files(let files): files.map(\.name)
            case .rows(let rows): rows.flatMap { words($0.answers) }
            default: []
            }
        }
    }

    /// What the desk has is what was typed, in rows too.
    private func expectTyped(_ answers: Answers, _ typed: [String: [String]], _ head: String) {
        for (field, answer) in answers {
            for (number, row) in answers.rows(of: field).enumerated() {
                expectTyped(row.answers, typed, "\(head)\(field).\(number + 1)/")
            }
            if case .substituted(let way) = answer.value { #expect(typed[head + field] == [way.rawValue]) }
            if case .files(let files) = answer.value { #expect(files.map(\.name) == typed[head + field]) }
            #expect(answer.typed.allSatisfy { $0.key == "way" || typed[head + $0.key] ?? [] == $0.value }, "\(field)")
        }
    }

    /// The pages of a journey, and those in the rows of its groups on which something was answered.
    private func pages(of journey: Journey) -> [String] {
        journey.pages.flatMap { page -> [String] in
            guard let (field, group) = page.group else { return [page.id] }
            let answered = Set(journey.answers.rows(of: field.id).flatMap(\.answers.keys))
            return [page.id] + group.pages.filter { $0.fields.contains { answered.contains($0.id) } }.map(\.id)
        }
    }
}

/// Answers that a form takes, chosen by chance.
enum RandomAnswers {
    static func typed(_ form: Form, on day: Day, using random: inout SeededRandom) -> [String: [String]] {
        answers(form.pages.flatMap(\.fields), on: day, using: &random)
    }

    private static func answers(
        _ fields: [Field], on day: Day, using random: inout SeededRandom
    ) -> [String: [String]] {
        fields.reduce(into: [:]) { typed, field in
            if !field.isRequired && Bool.random(using: &random) { return }
            if case .attachment = field.kind {
                typed[field.id] = [["見本.pdf", "later", "counter"].randomElement(using: &random) ?? ""]
            }
            if let group = field.rows {
                for number in 0..<Int.random(in: group.minimum...min(group.maximum, 4), using: &random) {
                    let inside = answers(group.fields, on: day, using: &random)
                    for (control, values) in inside { typed["\(field.id).\(number + 1)/\(control)"] = values }
                }
            }
            for (control, value) in zip(field.controls, values(field, day, &random)) { typed[control] = [value] }
        }
    }

    private static func values(_ field: Field, _ day: Day, _ random: inout SeededRandom) -> [String] {
        switch field.kind {
        case .name:
            let family = ["髙﨑", "𠮷田", "渡邉", "Ó Briain", "佐藤"].randomElement(using: &random) ?? ""
            return [family, "花", "ｱｲｳ", "はな"]
        case .text(let maximum): return [String(repeating: "犬", count: Int.random(in: 1...maximum, using: &random))]
        case .passage(let maximum):
            return [String(repeating: "あ\r\n", count: Int.random(in: 1...maximum / 3, using: &random)) + "い"]
        case .date(let rule):
            let first = rule.businessDaysAhead.map { $0 * 3 + 2 } ?? -(rule.daysBack ?? 0)
            let date = day.adding(days: Int.random(in: first...max(first, rule.daysAhead ?? 0), using: &random))
            return ["", String(date.year), String(date.month), String(date.day)]
        case .address: return ["〒３２９－０６１８", "上三川町しらさぎ一丁目１番地", Bool.random(using: &random) ? "ﾊｲﾂ１０１" : ""]
        case .telephone: return [["０９０－１２３４－５６７８", "0285569188"].randomElement(using: &random) ?? ""]
        case .mail: return ["a.b+c@example.jp"]
        case .digits(let count): return [String(repeating: "３", count: count)]
        case .decimal(let range, _, _): return ["\(range.lowerBound)．５"]
        case .number(let range, _), .money(let range):
            // Small numbers are what most people have; the whole range comes up too.
            let top = Bool.random(using: &random) ? min(range.upperBound, range.lowerBound + 5) : range.upperBound
            return [String(Int.random(in: range.lowerBound...top, using: &random))]
        case .choice, .choices, .yesNo: return [field.options.randomElement(using: &random)?.value ?? ""]
        case .account: return ["足利銀行", "上三川", "ordinary", "１２３４５６７", "ﾀｶｻｷ ﾊﾅｺ"]
        case .place: return ["しらさぎ一丁目の公園の入口", Bool.random(using: &random) ? "36.439444,139.909722" : ""]
        case .attachment, .rows, .computed, .information: return []
        case .consent: return ["yes"]
        }
    }
}
