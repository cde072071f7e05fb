import CPostgres

/// One connection to a PostgreSQL server. Used on one thread at a time.
///
/// What is bound and what comes back is binary; the types of what is bound are told, so that the server takes text for
/// text and numbers for numbers, as SQLite's strict tables do.
final class PostgreSQLSession: Session {
    private let connection: OpaquePointer
    private var statements: [String: String] = [:]
    /// The number of this transaction at the server, by which its outcome can be asked for when the connection broke.
    private(set) var number: String?
    private var isWriting = false

    /// More than the program has; lists for `IN` make new ones.
    private static let most = 500

    /// - Parameters:
    ///   - address: `postgresql://…`, with whatever libpq understands, such as `sslmode`.
    ///   - schema: where the tables are; nil for the one that the address or the server says.
    init(address: String, schema: String?) throws {
        // What comes first holds unless the address says otherwise; what comes after it always holds.
        let parameters = [
            ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"), ("dbname", address), ("client_encoding", "UTF8"),
            ("application_name", "origami"),
        ]
        guard let connection = Self.connect(parameters) else {
            throw DatabaseError(.cannotConnect, "no memory for a connection")
        }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            throw DatabaseError(.cannotConnect, Self.line(PQerrorMessage(connection)))
        }
        // What the server remarks besides is no error, and nobody reads our standard error for it.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try settle(schema)
    }

    deinit { PQfinish(connection) }

    private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
        let words = (parameters.map(\.0) + parameters.map(\.1)).map { Array($0.utf8CString) }
        let count = parameters.count
        func pointers(
            _ index: Int, _ found: [UnsafePointer<CChar>?], _ work: ([UnsafePointer<CChar>?]) -> OpaquePointer?
        ) -> OpaquePointer? {
            guard index < words.count else { return work(found) }
            return words[index].withUnsafeBufferPointer { pointers(index + 1, found + [$0.baseAddress], work) }
        }
        return pointers(0, []) { all in
            PQconnectdbParams(Array(all[..<count]) + [nil], Array(all[count...]) + [nil], 1)
        }
    }

    /// What has to hold on every connection, whatever the server's own settings say.
    private func settle(_ schema: String?) throws {
        for setting in [
            "SET synchronous_commit = on", "SET statement_timeout = '30s'", "SET lock_timeout = '10s'",
            "SET idle_in_transaction_session_timeout = '60s'", "SET client_min_messages = warning",
            // Whoever reads a whole table is in the way of everybody who writes into it: rows are looked for by their keys.
            "SET enable_seqscan = off",
        ] {
            try runSimply(setting)
        }
        if let schema {
            try runSimply("CREATE SCHEMA IF NOT EXISTS \(schema)")
            try runSimply("SET search_path = \(schema)")
        }
    }

    /// True as long as the server answers on it.
    var isAlive: Bool { PQstatus(connection) == CONNECTION_OK }

    func execute(_ statement: SQL) throws -> Outcome {
        let said = statement.forPostgreSQL(isWriting: isWriting)
        guard !said.isMany else {
            try runSimply(said.text)
            return Outcome(rows: [], changed: 0)
        }
        return try run(prepared(said.text, said.values), said.values)
    }

    func begin(_ scope: Scope) throws {
        switch scope {
        case .reading:
            isWriting = false
            try runSimply("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .writing(let order):
            (number, isWriting) = (nil, true)
            let level = order == .serial ? "SERIALIZABLE" : "READ COMMITTED"
            let result = PQexec(connection, "BEGIN ISOLATION LEVEL \(level); SELECT pg_current_xact_id()")
            defer { PQclear(result) }
            try check(result)
            number = PQgetvalue(result, 0, 0).map { String(cString: $0) }
        case .attempt: try runSimply("SAVEPOINT attempt")
        }
    }

    func end(_ scope: Scope, keeping: Bool) throws {
        switch (scope, keeping) {
        case (.attempt, true): try runSimply("RELEASE attempt")
        case (.attempt, false): try runSimply("ROLLBACK TO attempt; RELEASE attempt")
        case (_, true): try runSimply("COMMIT")
        case (_, false): if PQtransactionStatus(connection) != PQTRANS_IDLE { try runSimply("ROLLBACK") }
        }
    }

    func lock(_ name: StaticString) throws {
        _ = try execute("SELECT pg_advisory_xact_lock(hashtext(\(name.description)))")
    }

    /// Waits for the others that have to try again. Before a transaction begins, so that it sees what they did.
    func takeTurn() throws { _ = try execute("SELECT pg_advisory_lock(hashtext('retries'))") }

    func endTurn() throws { _ = try execute("SELECT pg_advisory_unlock(hashtext('retries'))") }

    /// What became of a transaction whose end nobody heard of.
    func outcome(of number: String) throws -> TransactionOutcome {
        let row = try execute("SELECT pg_xact_status(\(number)::xid8) AS status").rows.first
        let status: String? = try row?["status"]
        return switch status {
        case "committed": .committed
        case "aborted": .undone
        case "in progress": .running
        default: .unknown
        }
    }

    /// Statements without values, one or several.
    private func runSimply(_ text: String) throws {
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        try check(result)
    }

    /// Begins to send rows.
    func beginCopy(_ statement: String) throws {
        let result = PQexec(connection, statement)
        defer { PQclear(result) }
        if PQresultStatus(result) != PGRES_COPY_IN { try check(result) }
    }

    /// Sends all rows, and hears whether they were taken.
    func endCopy(_ bytes: [UInt8]) throws {
        let isSent = bytes.withUnsafeBytes { buffer in
            PQputCopyData(connection, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count)) == 1
        }
        guard isSent, PQputCopyEnd(connection, nil) == 1 else {
            throw DatabaseError(.connectionLost, Self.line(PQerrorMessage(connection)))
        }
        while let result = PQgetResult(connection) {
            defer { PQclear(result) }
            try check(result)
        }
    }

    // MARK: Preparing and binding

    /// The name under which a statement is known to the server.
    private func prepared(_ text: String, _ values: [Value]) throws -> String {
        let types = values.map(\.type)
        let key = text + "\u{0}" + types.map(String.init).joined(separator: ",")
        if let known = statements[key] { return known }
        if statements.count >= Self.most {
            try runSimply("DEALLOCATE ALL")
            statements = [:]
        }
        let name = "s\(statements.count)"
        let result = PQprepare(connection, name, text, Int32(types.count), types)
        defer { PQclear(result) }
        try check(result)
        statements[key] = name
        return name
    }

    private func run(_ name: String, _ values: [Value]) throws -> Outcome {
        let bound = try Bound(values)
        let result = bound.bytes.withUnsafeBufferPointer { buffer in
            let start = UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let places: [UnsafePointer<CChar>?] = bound.places.map { place in place.flatMap { start?.advanced(by: $0) }
            }
            let formats = [Int32](repeating: 1, count: values.count)
            return PQexecPrepared(connection, name, Int32(values.count), places, bound.lengths, formats, 1)
        }
        defer { PQclear(result) }
        try check(result)
        return try PostgreSQLResult.outcome(result)
    }

    // MARK: Errors

    private func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
        default: break
        }
        let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { Self.line($0) }
        guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else {
            throw DatabaseError(.connectionLost, message ?? Self.line(PQerrorMessage(connection)))
        }
        throw DatabaseError(DatabaseError.Kind(sqlState: String(cString: state)), message ?? "")
    }

    private static func line(_ text: UnsafePointer<CChar>?) -> String {
        let text = text.map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

/// What became of a transaction.
enum TransactionOutcome { case committed, undone, running, unknown }

/// Values as the server takes them: one after the other in one buffer.
private struct Bound {
    private(set) var bytes: [UInt8] = []
    /// Where each begins; nil for NULL.
    private(set) var places: [Int?] = []
    private(set) var lengths: [Int32] = []

    init(_ values: [Value]) throws {
        for value in values {
            let start = bytes.count
            switch value {
            case .null:
                places.append(nil)
                lengths.append(0)
                continue
            case .integer(let number): append(UInt64(bitPattern: number))
            case .real(let number): append(number.bitPattern)
            case .text(let text):
                try Value.requireKeepable(text)
                bytes.append(contentsOf: text.utf8)
            case .blob(let blob): bytes.append(contentsOf: blob)
            }
            places.append(start)
            lengths.append(Int32(bytes.count - start))
        }
        // A buffer that is empty has no address, which would stand for NULL.
        bytes.append(0)
    }

    private mutating func append(_ number: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}

extension Value {
    /// The type by its number in the server's catalogue (`pg_type.oid`); 0 where the place it goes to decides.
    fileprivate var type: Oid {
        switch self {
        case .null: 0
        case .integer: 20
        case .real: 701
        case .text: 25
        case .blob: 17
        }
    }
}
