import Core
import Database

/// 起案. A decision that waits for the deciders whom its card names, one section after the other.
struct Proposal: Sendable {
    typealias ID = Core.ID<Proposal>

    let id: ID
    let application: Case.ID
    /// The outcome that is proposed.
    let outcome: Case.Status
    /// 起案者.
    let officer: Core.ID<Officer>
    /// The sections whose deciders agree, in this order.
    let route: [String]
    /// 複数人による確認: the last who agrees is not the one who proposed.
    let fourEyes: Bool
    /// How many agreed.
    let step: Int
    let state: State
    let at: Moment
    fileprivate let sealed: [UInt8]

    enum State: String, Sendable {
        /// 決裁中.
        case open
        /// 決裁済: it took effect.
        case agreed
        /// 差戻し.
        case sentBack = "sent-back"
        /// 引き上げ, or overtaken by a withdrawal.
        case ended
    }

    /// The section whose decider is next; nil once it is over.
    var waiting: String? { state == .open && step < route.count ? route[step] : nil }

    var isLastStep: Bool { step == route.count - 1 }

    /// True if this officer may agree now, or send it back.
    func mayAgree(_ officer: Officer) -> Bool {
        guard let waiting, officer.may(.decideCases, in: waiting) else { return false }
        return !(fourEyes && isLastStep && officer.id == self.officer)
    }

    static let migrations = [
        Migration(
            "applications/0026-proposals",
            """
            CREATE TABLE proposal (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'rejected', 'refused')),
                content \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                route TEXT NOT NULL,
                four_eyes \(.integer) NOT NULL,
                step \(.integer) NOT NULL,
                waiting TEXT,
                state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'sent-back', 'ended')),
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX proposal_open ON proposal (application) WHERE state = 'open'",
            "CREATE INDEX proposal_application ON proposal (application, id)",
            "CREATE INDEX proposal_waiting ON proposal (waiting, id) WHERE state = 'open'",
            "CREATE INDEX proposal_officer ON proposal (officer, id)",
            """
            CREATE TABLE agreement (
                id TEXT PRIMARY KEY,
                proposal TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
                step \(.integer) NOT NULL,
                section TEXT NOT NULL,
                verdict TEXT NOT NULL CHECK (verdict IN ('agreed', 'sent-back')),
                words \(.blob),
                officer TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX agreement_proposal ON agreement (proposal, id)")
    ]

    /// A new one.
    init(
        _ decision: Decision.Draft, for item: Case, by officer: Core.ID<Officer>, route: [String], fourEyes: Bool,
        key: SealingKey, at moment: Moment
    ) throws {
        let id = ID()
        (self.id, application, outcome, self.officer) = (id, item.id, decision.outcome, officer)
        (self.route, self.fourEyes, step, state, at) = (route, fourEyes, 0, .open, moment)
        sealed = try key.seal(json: decision.content, at: Self.place(id))
    }

    private init(_ row: Row) throws {
        let (outcome, state, route): (String, String, String) = try (row["outcome"], row["state"], row["route"])
        guard let outcome = Case.Status(rawValue: outcome), let state = State(rawValue: state) else {
            throw DatabaseError(.corrupted, "a proposal of no known outcome or state")
        }
        let fourEyes: Int = try row["four_eyes"]
        (self.outcome, self.state) = (outcome, state)
        self.route = route.split(separator: ",").map(String.init)
        (id, application, officer, step) = try (row["id"], row["application"], row["officer"], row["step"])
        (self.fourEyes, sealed, at) = (fourEyes == 1, try row["content"], try row["at"])
    }

    /// What it says.
    func content(_ key: SealingKey) throws -> Decision.Content { try key.open(json: sealed, at: Self.place(id)) }

    private static func place(_ id: ID) -> SealingKey.Place { .init("proposal", id.text, "content") }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO proposal (id, application, outcome, content, officer, route, four_eyes, step, waiting, state, at)
            VALUES (\(id), \(application), \(outcome.rawValue), \(sealed), \(officer), \(route.joined(separator: ",")),
                \(fourEyes ? 1 : 0), 0, \(waiting), 'open', \(at))
            """)
    }

    /// The one that an application waits for, or nil.
    static func open(of id: Case.ID, in transaction: Transaction) throws -> Proposal? {
        try transaction.row("SELECT * FROM proposal WHERE application = \(id) AND state = 'open'").map(Proposal.init)
    }

    /// All of an application, the oldest first.
    static func list(of id: Case.ID, in transaction: Transaction) throws -> [Proposal] {
        try transaction.rows("SELECT * FROM proposal WHERE application = \(id) ORDER BY id").map(Proposal.init)
    }

    /// Those that wait for deciders of a section, the oldest first.
    static func waiting(for section: String, in transaction: Transaction) throws -> [Proposal] {
        try transaction.rows(
            "SELECT * FROM proposal WHERE state = 'open' AND waiting = \(section) ORDER BY id LIMIT 100"
        ).map(Proposal.init)
    }

    /// Those of a proposer, the newest first.
    static func proposed(by officer: Core.ID<Officer>, in transaction: Transaction) throws -> [Proposal] {
        try transaction.rows("SELECT * FROM proposal WHERE officer = \(officer) ORDER BY id DESC LIMIT 30")
            .map(Proposal.init)
    }

    /// Somebody agreed: it waits for the next section, or is over.
    func advance(in transaction: Transaction) throws {
        let next = step + 1
        let isOver = next == route.count
        try transaction.run(
            """
            UPDATE proposal SET step = \(next), waiting = \(isOver ? nil : route[next]), state = \(isOver ? "agreed" : "open")
            WHERE id = \(id)
            """)
    }

    func close(_ state: State, in transaction: Transaction) throws {
        try transaction.run("UPDATE proposal SET state = \(state.rawValue), waiting = NULL WHERE id = \(id)")
    }

    /// Ends what an application waits for, because something else happened to it.
    static func end(of id: Case.ID, in transaction: Transaction) throws {
        try Proposal.open(of: id, in: transaction)?.close(.ended, in: transaction)
    }
}

/// 決裁. What a decider said to a proposal.
struct Agreement: Sendable {
    let id: String
    let step: Int
    let section: String
    let isAgreed: Bool
    /// Why it was sent back.
    let words: String?
    let officer: Core.ID<Officer>
    let at: Moment

    static func add(
        _ id: Core.ID<Agreement>, to proposal: Proposal, isAgreed: Bool, words: String?, by officer: Core.ID<Officer>,
        key: SealingKey, at moment: Moment, in transaction: Transaction
    ) throws {
        let sealed = try words.map { try key.seal($0, at: place(id.text)) }
        try transaction.run(
            """
            INSERT INTO agreement (id, proposal, step, section, verdict, words, officer, at)
            VALUES (\(id), \(proposal.id), \(proposal.step), \(proposal.waiting ?? ""),
                \(isAgreed ? "agreed" : "sent-back"), \(sealed), \(officer), \(moment))
            """)
    }

    /// What was said to a proposal, in its order.
    static func list(of proposal: Proposal, key: SealingKey, in transaction: Transaction) throws -> [Agreement] {
        try transaction.rows("SELECT * FROM agreement WHERE proposal = \(proposal.id) ORDER BY id").map { row in
            let (id, verdict): (String, String) = try (row["id"], row["verdict"])
            let words: [UInt8]? = try row["words"]
            return Agreement(
                id: id, step: try row["step"], section: try row["section"], isAgreed: verdict == "agreed",
                words: try words.map { try key.text($0, at: place(id)) }, officer: try row["officer"],
                at: try row["at"])
        }
    }

    /// True if an officer said something already to what a page showed.
    static func isThere(_ mark: String, by officer: Core.ID<Officer>, in transaction: Transaction) throws -> Bool {
        let parts = mark.split(separator: "/").map(String.init)
        guard parts.count == 2, let step = Int(parts[1]) else { return false }
        return try transaction.exists(
            "SELECT 1 FROM agreement WHERE proposal = \(parts[0]) AND step = \(step) AND officer = \(officer)")
    }

    private static func place(_ id: String) -> SealingKey.Place { .init("agreement", id, "words") }
}
