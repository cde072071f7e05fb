import Core
import Database

/// What was done by a press of a button at the desk, by the name the page gave it: pressed twice, it is done once.
enum DeskDeed {
    static let migrations = [
        Migration(
            "applications/0004-desk-deeds",
            "CREATE TABLE desk_deed (once TEXT PRIMARY KEY, deed TEXT NOT NULL, at TEXT NOT NULL) \(.strict)")
    ]

    /// Does something, unless it was done under this name before: then nothing happens. Where something else was, that is
    /// an error.
    static func once(
        _ name: String, _ deed: String, otherwise error: any Error = CaseRefusal.stale, at moment: Moment,
        in transaction: Transaction, _ work: () throws -> Void
    ) throws {
        if let done = try find(name, in: transaction) {
            guard done == deed else { throw error }
            return transaction.keepHouse("the same press again")
        }
        do {
            // Under another application's row, somebody may be doing something under the same name right now.
            try keep(name, deed, at: moment, in: transaction)
        } catch let taken as DatabaseError where taken.kind == .uniqueViolation {
            throw error
        }
        try work()
    }

    /// What was done under this name before, or nil.
    static func find(_ once: String, in transaction: Transaction) throws -> String? {
        try transaction.row("SELECT deed FROM desk_deed WHERE once = \(once)")?["deed"]
    }

    static func keep(_ once: String, _ deed: String, at moment: Moment, in transaction: Transaction) throws {
        try transaction.run("INSERT INTO desk_deed (once, deed, at) VALUES (\(once), \(deed), \(moment))")
    }

    /// Forgets names of pages that nobody has open any more.
    static func clear(before moment: Moment, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM desk_deed WHERE at < \(moment)")
    }
}
