import Core
import Database

/// 2つめの画面. A tablet beside the officer's screen, which shows the person what is asked and nothing else. It follows one
/// sign-in of one officer: when that is over, it shows nothing any more.
struct CounterScreen: Sendable {
    /// The hash of its key.
    let id: String
    /// The officer's session that it follows.
    let desk: String

    static let migrations = [
        Migration(
            "applications/0034-counter-screens",
            """
            CREATE TABLE counter_screen (id TEXT PRIMARY KEY, desk TEXT NOT NULL, at TEXT NOT NULL) \(.strict)
            """,
            "CREATE INDEX counter_screen_desk ON counter_screen (desk)",
            """
            CREATE TABLE counter_screen_code (code TEXT PRIMARY KEY, desk TEXT NOT NULL, until TEXT NOT NULL) \(.strict)
            """)
    ]

    /// Seconds for which a pairing code can be typed.
    static let codeLife = 300

    /// 組み合わせコード: six digits for a screen that is typed in soon. An earlier one of the same sign-in is over.
    static func makeCode(for desk: String, at moment: Moment, in transaction: Transaction) throws -> String {
        try transaction.run("DELETE FROM counter_screen_code WHERE desk = \(desk) OR until < \(moment)")
        var random = SystemRandomNumberGenerator()
        while true {
            let code = String(String(1_000_000 + Int.random(in: 0..<1_000_000, using: &random)).dropFirst())
            if try transaction.exists("SELECT 1 FROM counter_screen_code WHERE code = \(code)") { continue }
            try transaction.run(
                """
                INSERT INTO counter_screen_code (code, desk, until)
                VALUES (\(code), \(desk), \(moment.adding(seconds: codeLife)))
                """)
            return code
        }
    }

    /// Pairs a screen by a code, which is used up; nil where the code is wrong or too old.
    static func pair(
        _ id: String, by code: String, at moment: Moment, in transaction: Transaction
    ) throws -> CounterScreen? {
        let row = try transaction.row("SELECT desk FROM counter_screen_code WHERE code = \(code) AND until > \(moment)")
        guard let desk: String = try row?["desk"] else { return nil }
        try transaction.run("DELETE FROM counter_screen_code WHERE code = \(code)")
        try transaction.run("INSERT INTO counter_screen (id, desk, at) VALUES (\(id), \(desk), \(moment))")
        return CounterScreen(id: id, desk: desk)
    }

    /// The screen of this key, while the sign-in that it follows stands; nil otherwise.
    static func find(_ id: String, in transaction: Transaction) throws -> CounterScreen? {
        try transaction.row(
            """
            SELECT counter_screen.id AS id, desk FROM counter_screen JOIN session ON session.id = desk
            WHERE counter_screen.id = \(id)
            """
        ).map { CounterScreen(id: try $0["id"], desk: try $0["desk"]) }
    }

    /// How many screens follow a sign-in.
    static func count(of desk: String, in transaction: Transaction) throws -> Int {
        try transaction.row("SELECT count(*) AS n FROM counter_screen WHERE desk = \(desk)")?["n"] ?? 0
    }

    /// Takes the screens of a sign-in away.
    static func forget(of desk: String, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM counter_screen WHERE desk = \(desk)")
        try transaction.run("DELETE FROM counter_screen_code WHERE desk = \(desk)")
    }

    /// Forgets the screens of sign-ins that are over.
    static func clear(in transaction: Transaction) throws {
        try transaction.run("DELETE FROM counter_screen WHERE desk NOT IN (SELECT id FROM session)")
    }
}
