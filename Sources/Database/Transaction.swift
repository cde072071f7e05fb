/// One transaction: everything done through it happens, or nothing.
///
/// Not `Sendable`, so it cannot leave the closure it was given to, and no transaction stays open across an `await`.
package final class Transaction {
    private let session: any Session

    /// How many rows were changed so far.
    package private(set) var changedRows = 0

    /// True once somebody answered for what was changed here: by recording who did it, or by saying why that is not
    /// needed. A database made with an audit asks for it.
    package private(set) var isAccountedFor = false

    init(_ session: any Session) { self.session = session }

    /// Says that what is changed here was recorded.
    package func account() { isAccountedFor = true }

    /// Says that what is changed here needs no record, and why: housekeeping without a person behind it.
    package func keepHouse(_ reason: StaticString) { isAccountedFor = true }

    /// All rows of a result.
    package func rows(_ statement: SQL) throws -> [Row] {
        let outcome = try session.execute(statement)
        changedRows += outcome.changed
        return outcome.rows
    }

    /// The first row of a result, or nil.
    package func row(_ statement: SQL) throws -> Row? { try rows(statement).first }

    /// Changes something. Returns how many rows it changed.
    @discardableResult
    package func run(_ statement: SQL) throws -> Int {
        let changed = try session.execute(statement).changed
        changedRows += changed
        return changed
    }

    /// True if the statement finds anything.
    package func exists(_ statement: SQL) throws -> Bool { try row(statement) != nil }

    /// Waits until nobody else holds this name; it is held until the transaction ends.
    package func lock(_ name: StaticString) throws { try session.lock(name) }

    /// Many rows at once, as they are kept elsewhere.
    func load(_ rows: [[Value]], into table: String, _ columns: [String]) throws {
        try session.load(rows, into: table, columns)
        changedRows += rows.count
    }

    /// Work that may fail alone: if it throws, what it did is undone and the transaction goes on.
    package func attempt<T>(_ work: () throws -> T) throws -> T {
        try session.begin(.attempt)
        do {
            let result = try work()
            try session.end(.attempt, keeping: true)
            return result
        } catch {
            try session.end(.attempt, keeping: false)
            throw error
        }
    }
}

/// What an engine's connection can do. Used on the connection's own queue alone.
protocol Session: AnyObject {
    func execute(_ statement: SQL) throws -> Outcome
    func begin(_ scope: Scope) throws
    func end(_ scope: Scope, keeping: Bool) throws
    func lock(_ name: StaticString) throws
    func load(_ rows: [[Value]], into table: String, _ columns: [String]) throws
}

/// What a statement gave back.
struct Outcome {
    var rows: [Row]
    var changed: Int
}

/// How writes get along that go on at the same time. SQLite does them one after the other anyway.
package enum WriteOrder: Sendable {
    /// As if they were done one after the other, whatever they look at: those that got in each other's way are done again.
    case serial
    /// They wait for each other. For work that first takes hold of the row which everything hangs on that it looks at
    /// (``Word/held``), or that only adds.
    case holding
}

/// How far a begin reaches.
enum Scope: Equatable {
    /// A transaction that only reads, on one snapshot.
    case reading
    /// A transaction that may write.
    case writing(WriteOrder)
    /// A part of a transaction that can be undone alone.
    case attempt
}
