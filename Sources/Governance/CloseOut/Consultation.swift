import Core
import Database
import HTML
import Japanese

/// 意見募集（パブリックコメント）. A draft of the plan that everybody may speak to, until a day; every opinion gets an answer, and
/// the result is made public.
struct Consultation: Document, Equatable {
    static var kind: String { "consultation" }

    /// The number of the plan's version; its id.
    let number: String
    let from: Day
    var until: Day
    var lead: String
    /// 結果の公表; nil before it.
    var published: Day?

    func isOpen(on day: Day) -> Bool { published == nil && from <= day && day <= until }

    /// The one of a version whose result is not published yet; nil for none.
    static func open(for number: String, in transaction: Transaction) throws -> Consultation? {
        try Kept<Consultation>.find(number, in: transaction).flatMap { $0.published == nil ? $0.content : nil }
    }
}

/// 意見. What somebody wrote about a draft: sealed, nobody knows whose it is. What is published is its gist, with the answer.
struct Opinion: Sendable, Identifiable {
    typealias ID = Core.ID<Opinion>

    let id: ID
    let consultation: String
    /// The anchor of the clause it is about; empty for the plan as a whole.
    let clause: String
    /// 意見の要旨 and 町の考え方; empty until somebody wrote them.
    let gist: String
    let answer: String
    let outcome: Outcome?
    let at: Moment

    enum Outcome: String, Sendable, CaseIterable {
        case taken, partly, reference, declined

        var name: Text {
            switch self {
            case .taken: Text("反映しました", easy: "{計画|けいかく}を {直|なお}しました", en: "Taken up")
            case .partly: Text("一部を反映しました", easy: "すこし {直|なお}しました", en: "Taken up in part")
            case .reference: Text("これからの参考にします", easy: "これから {考|かんが}えます", en: "Kept in mind")
            case .declined: Text("反映しませんでした", easy: "{直|なお}しませんでした", en: "Not taken up")
            }
        }
    }

    static let longest = 2000

    static let migrations = [
        Migration(
            "governance/0005-opinions",
            """
            CREATE TABLE governance_opinion (
                id TEXT PRIMARY KEY,
                consultation TEXT NOT NULL,
                clause TEXT NOT NULL,
                words \(.blob) NOT NULL,
                gist TEXT NOT NULL,
                answer TEXT NOT NULL,
                outcome TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX governance_opinion_consultation ON governance_opinion (consultation, id)")
    ]

    /// The name of its key.
    static func key(_ id: ID) -> String { "opinion \(id)" }

    static func place(_ id: ID) -> SealingKey.Place { .init("governance_opinion", id.text, "words") }

    static func list(of number: String, in transaction: Transaction) throws -> [Opinion] {
        try transaction.rows("SELECT * FROM governance_opinion WHERE consultation = \(number) ORDER BY id").map(
            Opinion.init)
    }

    init(_ row: Row) throws {
        (id, consultation, clause, gist) = try (row["id"], row["consultation"], row["clause"], row["gist"])
        (answer, at) = try (row["answer"], row["at"])
        outcome = Outcome(rawValue: try row["outcome"])
    }
}

extension Governance {
    /// 募集を始める. The draft becomes public.
    func consult(
        _ number: String, from: Day, until: Day, lead: String, by officer: Officer, at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        // 意見公募手続の期間は30日以上 (行政手続法 第39条第3項 has it for orders; towns follow it).
        guard from >= moment.day else { throw Refused.unusable("募集の始まりは、きょうか、これからの日にしてください。") }
        guard until >= from.adding(days: 29) else { throw Refused.unusable("募集の期間は30日以上にしてください。") }
        try await database.write { transaction in
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            guard plan.state == .draft else { throw Refused.notNow("意見を募集できるのは、案だけです。") }
            guard try Kept<Consultation>.find(number, in: transaction) == nil else {
                throw Refused.notNow("第\(number)版の意見の募集は、もう行いました。もう一度募集するときは、新しい番号の案をつくってください。")
            }
            plan.content.state = .comment
            try plan.save("opened", by: .officer(officer.id), at: moment, in: transaction)
            var consultation = Kept(
                Consultation(number: number, from: from, until: until, lead: lead, published: nil), id: number,
                at: moment)
            try consultation.save("opened", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 意見を出す. Gives its id, which opens what came of it.
    func submit(_ words: String, clause: String, to number: String, at moment: Moment) async throws -> Opinion.ID {
        let id = Opinion.ID()
        let isOpen = try await database.read { transaction in
            try Consultation.open(for: number, in: transaction)?.isOpen(on: moment.day) ?? false
        }
        guard isOpen else { throw Refused(.conflict, ConsultationTexts.over) }
        let key = try await vault.makeKey(for: Opinion.key(id))
        let sealed = try key.seal(words, at: Opinion.place(id))
        try await database.write { transaction in
            guard try Consultation.open(for: number, in: transaction)?.isOpen(on: moment.day) ?? false else {
                throw Refused(.conflict, ConsultationTexts.over)
            }
            try transaction.run(
                """
                INSERT INTO governance_opinion (id, consultation, clause, words, gist, answer, outcome, at)
                VALUES (\(id), \(number), \(clause), \(sealed), '', '', '', \(moment))
                """)
            try transaction.record(
                Event("opinion.given", subject: id.text, detail: ["plan": number]), by: .applicant, at: moment)
            try notifySecretariat(
                .init("opinion \(number)", "計画 第\(number)版の案に、意見が届きました", "/desk/closing"), at: moment, in: transaction)
        }
        return id
    }

    /// 町の考え方.
    func answer(
        _ id: Opinion.ID, gist: String, words: String, outcome: Opinion.Outcome, by officer: Officer, at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            let row = try transaction.row("SELECT consultation FROM governance_opinion WHERE id = \(id)")
            guard let number: String = try row?["consultation"],
                try Consultation.open(for: number, in: transaction) != nil
            else { throw Refused.notNow("結果を公表したあとは、町の考え方を変えられません。") }
            let changed = try transaction.run(
                """
                UPDATE governance_opinion SET gist = \(gist), answer = \(words), outcome = \(outcome.rawValue) WHERE id = \(id)
                """)
            guard changed == 1 else { throw Refused.notHere }
            try transaction.record(
                Event("opinion.answered", subject: id.text, detail: ["outcome": outcome.rawValue]),
                by: .officer(officer.id),
                at: moment)
        }
    }

    /// 結果の公表. Once every opinion has its answer, and not before its end.
    func publishResult(of number: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var consultation = try Kept<Consultation>.require(number, seen: seen, in: transaction)
            guard consultation.published == nil else { throw Refused.notNow("結果は、もう公表しています。") }
            guard moment.day > consultation.until else {
                throw Refused.notNow("募集は\(consultation.until.wareki)までです。終わってから公表します。")
            }
            let open = try Opinion.list(of: number, in: transaction).count { $0.outcome == nil }
            guard open == 0 else { throw Refused.unusable("まだ考え方を書いていない意見が\(open)件あります。全部に書いてから公表してください。") }
            consultation.content.published = moment.day
            try consultation.save("published", by: .officer(officer.id), at: moment, in: transaction)
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            plan.content.state = .draft
            try plan.save("commented", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// The words of opinions, unsealed.
    func words(of opinions: [Opinion]) async throws -> [Opinion.ID: String] {
        let keys = try await vault.keys(for: opinions.map { Opinion.key($0.id) })
        let rows = try await database.read { transaction in
            try transaction.rows("SELECT id, words FROM governance_opinion WHERE id IN (\(anyOf: opinions.map(\.id)))")
        }
        return try rows.reduce(into: [:]) { found, row in
            let id: Opinion.ID = try row["id"]
            let sealed: [UInt8] = try row["words"]
            found[id] = try keys[Opinion.key(id)]?.text(sealed, at: Opinion.place(id))
        }
    }

    /// 終期の扱い: exactly one for each action, by a decision of the committee.
    func settle(_ id: String, _ fate: Fate, by officer: Officer, at moment: Moment, in transaction: Transaction) throws
    {
        var action = try Kept<PlanAction>.require(id, in: transaction)
        guard action.fate == nil else { throw Refused.notNow("この取組の扱いは、もう決まっています（\(action.fate?.kind.name ?? "")）。") }
        if fate.kind == .merged {
            guard let into = fate.into, into != id, let target = try Kept<PlanAction>.find(into, in: transaction),
                target.plan == action.plan, target.fate == nil || target.fate?.kind == .continued
            else {
                throw Refused.unusable("統合する先は、同じ計画の、続ける取組から選んでください。")
            }
        }
        action.content.fate = fate
        switch fate.kind {
        case .done: action.content.state = .done
        case .stopped: action.content.state = .stopped
        case .continued, .merged: break
        }
        try action.save(
            "fated", detail: ["fate": fate.kind.rawValue], by: .officer(officer.id), at: moment, in: transaction)
    }
}
