import CSQLite

/// One connection to an SQLite file. Used on one thread at a time.
final class SQLiteSession: Session {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens the file; a new one is made if it may be. A reader cannot write.
    init(path: String, forWriting: Bool, isNew: Bool) throws {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | (isNew ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            throw DatabaseError(.cannotConnect, String(cString: sqlite3_errmsg(handle)))
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 10_000)
        for pragma: SQL in [
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
            "PRAGMA secure_delete = ON", "PRAGMA cache_size = -8000", "PRAGMA temp_store = MEMORY",
        ] {
            _ = try execute(pragma)
        }
        if !forWriting { _ = try execute("PRAGMA query_only = ON") }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    func execute(_ statement: SQL) throws -> Outcome {
        let (text, values) = statement.forSQLite()
        let prepared = try prepare(text)
        defer {
            sqlite3_reset(prepared)
            sqlite3_clear_bindings(prepared)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: prepared) }
        return try step(prepared)
    }

    func begin(_ scope: Scope) throws {
        switch scope {
        case .reading: _ = try execute("BEGIN")
        case .writing: _ = try execute("BEGIN IMMEDIATE")
        case .attempt:
            // After some errors SQLite has rolled back the whole transaction: a savepoint would start another.
            guard sqlite3_get_autocommit(handle) == 0 else {
                throw DatabaseError(.serializationFailure, "the transaction was rolled back")
            }
            _ = try execute("SAVEPOINT attempt")
        }
    }

    func end(_ scope: Scope, keeping: Bool) throws {
        switch (scope, keeping) {
        case (.attempt, true): _ = try execute("RELEASE attempt")
        case (.attempt, false):
            guard sqlite3_get_autocommit(handle) == 0 else { return }
            _ = try execute("ROLLBACK TO attempt")
            _ = try execute("RELEASE attempt")
        case (_, true): _ = try execute("COMMIT")
        case (_, false):
            // SQLite has already rolled back after some errors (a full disk, for one).
            if sqlite3_get_autocommit(handle) == 0 { _ = try execute("ROLLBACK") }
        }
    }

    /// Copies every page into a new file, as they are at one moment (sqlite.org/backup.html).
    func copy(to path: String) throws {
        var target: OpaquePointer?
        defer { sqlite3_close_v2(target) }
        guard sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK,
            let target, let backup = sqlite3_backup_init(target, "main", handle, "main")
        else { throw DatabaseError(.cannotConnect, String(cString: sqlite3_errmsg(target))) }
        let code = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw DatabaseError(Self.kind(code == SQLITE_DONE ? end : code), String(cString: sqlite3_errmsg(target)))
        }
    }

    /// How each statement that reads goes about it (sqlite.org/eqp.html).
    func plans() throws -> [String: [String]] {
        try statements.keys.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }.reduce(into: [:]) { plans, text in
            let prepared = try prepare("EXPLAIN QUERY PLAN " + text)
            plans[text] = try step(prepared).rows.map { try $0["detail"] }
            sqlite3_reset(prepared)
        }
    }

    /// There is one writer: it is alone already.
    func lock(_ name: StaticString) {}

    private func prepare(_ text: String) throws -> OpaquePointer {
        if let known = statements[text] { return known }
        var prepared: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil))
        guard let prepared else { throw DatabaseError(.syntaxError, "an empty statement") }
        statements[text] = prepared
        return prepared
    }

    private func bind(_ value: Value, at index: Int32, of prepared: OpaquePointer) throws {
        // SQLite copies what is bound before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: try check(sqlite3_bind_null(prepared, index))
        case .integer(let number): try check(sqlite3_bind_int64(prepared, index, number))
        case .real(let number): try check(sqlite3_bind_double(prepared, index, number))
        case .text(var text):
            try Value.requireKeepable(text)
            try check(
                text.withUTF8 { buffer in
                    buffer.withMemoryRebound(to: CChar.self) {
                        sqlite3_bind_text(prepared, index, $0.baseAddress ?? Self.nothing, Int32($0.count), transient)
                    }
                })
        case .blob(let bytes):
            try check(
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(prepared, index, 0)
                    : sqlite3_bind_blob(prepared, index, bytes, Int32(bytes.count), transient))
        }
    }

    func load(_ rows: [[Value]], into table: String, _ columns: [String]) throws {
        for row in rows {
            _ = try execute("INSERT INTO \(name: table) (\(names: columns)) VALUES (\(values: row))")
        }
    }

    /// What an empty text points to: a null pointer would bind NULL.
    private static var nothing: UnsafePointer<CChar>? { UnsafePointer(bitPattern: 1) }

    private func step(_ prepared: OpaquePointer) throws -> Outcome {
        var rows: [Row] = []
        let count = sqlite3_column_count(prepared)
        var columns: Row.Columns?
        while true {
            switch sqlite3_step(prepared) {
            case SQLITE_ROW:
                let names =
                    columns
                    ?? Row.Columns(names: (0..<count).map { String(cString: sqlite3_column_name(prepared, $0)) })
                columns = names
                rows.append(Row(columns: names, values: (0..<count).map { value(at: $0, of: prepared) }))
            case SQLITE_DONE:
                let changed = sqlite3_stmt_readonly(prepared) == 0 ? Int(sqlite3_changes64(handle)) : 0
                return Outcome(rows: rows, changed: changed)
            case let code:
                throw error(code)
            }
        }
    }

    private func value(at index: Int32, of prepared: OpaquePointer) -> Value {
        switch sqlite3_column_type(prepared, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(prepared, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(prepared, index))
        case SQLITE_TEXT:
            let count = Int(sqlite3_column_bytes(prepared, index))
            let bytes = UnsafeBufferPointer(start: sqlite3_column_text(prepared, index), count: count)
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = sqlite3_column_blob(prepared, index) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(prepared, index)))))
        default: return .null
        }
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw error(code) }
    }

    private func error(_ code: Int32) -> DatabaseError {
        DatabaseError(Self.kind(code), String(cString: sqlite3_errmsg(handle)))
    }

    private static func kind(_ code: Int32) -> DatabaseError.Kind {
        // Extended result codes: the primary code in the low byte, the detail above it (sqlite.org/rescode.html).
        switch (code & 0xFF, code >> 8) {
        case (SQLITE_CONSTRAINT, 8), (SQLITE_CONSTRAINT, 6), (SQLITE_CONSTRAINT, 10): .uniqueViolation
        case (SQLITE_CONSTRAINT, 3): .foreignKeyViolation
        case (SQLITE_CONSTRAINT, 5): .notNullViolation
        case (SQLITE_CONSTRAINT, 1): .checkViolation
        case (SQLITE_CONSTRAINT, 12), (SQLITE_MISMATCH, _): .datatypeMismatch
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): .serializationFailure
        case (SQLITE_FULL, _): .diskFull
        case (SQLITE_READONLY, _): .readOnly
        case (SQLITE_IOERR, _): .brokenDisk
        case (SQLITE_CANTOPEN, _), (SQLITE_NOTADB, _): .cannotConnect
        case (SQLITE_CORRUPT, _): .corrupted
        case (SQLITE_ERROR, _): .syntaxError
        default: .other
        }
    }
}

extension SQL {
    /// The statement in SQLite's words, and what is bound to it.
    func forSQLite() -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        for piece in pieces {
            switch piece {
            case .text(let part): text += part.description
            case .value(let value):
                text += "?"
                values.append(value)
            case .name(let name): text += SQL.Piece.quoted(name)
            case .word(.integer): text += "INTEGER"
            case .word(.real): text += "REAL"
            case .word(.blob): text += "BLOB"
            case .word(.skipLocked), .word(.held): break
            case .word(.strict): text += "STRICT"
            case .word(.strictlyKeyed): text += "STRICT, WITHOUT ROWID"
            case .search(.table(let name)):
                text += "CREATE VIRTUAL TABLE \(name) USING fts5(id UNINDEXED, tokens, tokenize = 'unicode61')"
            case .search(.tokens(let tokens)):
                text += "?"
                values.append(.text(tokens.joined(separator: " ")))
            case .search(.match(let tokens)):
                text += "tokens MATCH ?"
                values.append(.text(tokens.map { "\"\($0)\"" }.joined(separator: " ")))
            }
        }
        return (text, values)
    }
}
