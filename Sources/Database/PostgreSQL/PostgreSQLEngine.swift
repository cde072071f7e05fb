import Metrics

/// A PostgreSQL server, or what speaks its protocol. Writes go on beside each other: those that hold rows wait for each
/// other (`READ COMMITTED` and row locks); of all others, those that got in each other's way are done again (`SERIALIZABLE`).
struct PostgreSQLEngine: Engine {
    private let pool: PostgreSQLPool

    /// How often a write is done again before its caller is told.
    private static let tries = 20
    /// After so many, it is done again in turn with others that had no luck.
    private static let triesBeside = 3
    /// How long a server may be away, as when it is started again, before a caller is told.
    private static let patience = Duration.seconds(15)

    init(address: String, schema: String?) async throws {
        pool = PostgreSQLPool(size: 10, limit: .seconds(10)) { try PostgreSQLSession(address: address, schema: schema) }
        try await requireOrder()
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await repeating { _ in try await pool.lend { try await $0.run(.reading, work) } }
    }

    func write<T: Sendable>(
        _ order: WriteOrder, _ work: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        try await repeating { tries in
            do {
                return try await pool.lend {
                    try await $0.run(.writing(order), inTurn: tries >= Self.triesBeside, work)
                }
            } catch let undecided as PostgreSQLConnection.Undecided<T> {
                if try await wasKept(undecided.number) { return undecided.result }
                throw DatabaseError(.connectionLost, "the connection broke before the transaction was kept")
            }
        }
    }

    func copy(to path: String) async throws {
        throw DatabaseError(.other, "a copy of a PostgreSQL database is made by pg_dump")
    }

    /// The server's own keeper looks after its files.
    func faults() async throws -> [String] { [] }

    /// The server has `auto_explain` and `pg_stat_statements` for it.
    func plans() async throws -> [(statement: String, steps: [String])] { [] }

    func scrub() async throws {
        try await pool.lend { connection in try await connection.ask { _ = try $0.execute("VACUUM") } }
    }

    func close() async { await pool.close() }

    /// Does it again where another write got in its way, or the server was away: nothing of it was kept.
    private func repeating<T: Sendable>(_ work: (_ tries: Int) async throws -> T) async throws -> T {
        let start = ContinuousClock.now
        var tries = 0
        while true {
            do { return try await work(tries) } catch let error as DatabaseError {
                tries += 1
                switch error.kind {
                case .serializationFailure where tries < Self.tries:
                    Counter(label: "origami_database_retries_total").increment()
                case .connectionLost where ContinuousClock.now - start < Self.patience,
                    .starting where ContinuousClock.now - start < Self.patience,
                    .cannotConnect where tries > 1 && ContinuousClock.now - start < Self.patience:
                    Counter(label: "origami_database_reconnects_total").increment()
                default: throw error
                }
                // Twice as long each time, and never the same for two.
                try await Task.sleep(for: .microseconds(Int.random(in: 500...2000) << min(tries, 7)))
            }
        }
    }

    /// What became of a transaction whose end was not heard. Throws ``DatabaseError/Kind/unknownOutcome`` where nobody
    /// can tell.
    private func wasKept(_ number: String?) async throws -> Bool {
        guard let number else { throw DatabaseError(.unknownOutcome, "a transaction without a number") }
        let start = ContinuousClock.now
        while ContinuousClock.now - start < Self.patience {
            let outcome = try? await pool.lend { connection in try await connection.ask { try $0.outcome(of: number) } }
            switch outcome {
            case .committed: return true
            case .undone: return false
            case .unknown: throw DatabaseError(.unknownOutcome, "the server has forgotten the transaction")
            case .running, nil: try await Task.sleep(for: .milliseconds(100))
            }
        }
        throw DatabaseError(.unknownOutcome, "the connection broke while the transaction was being kept")
    }

    /// The order of texts has to be that of their bytes, and texts have to be UTF-8, as SQLite has them.
    private func requireOrder() async throws {
        let row = try await pool.lend { connection in
            try await connection.ask { session in
                try session.execute(
                    """
                    SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS collation FROM pg_database
                    WHERE datname = current_database()
                    """
                ).rows.first
            }
        }
        guard let row else { throw DatabaseError(.cannotConnect, "the database is not in its own catalogue") }
        let (encoding, collation): (String, String) = try (row["encoding"], row["collation"])
        guard encoding == "UTF8", ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(collation) else {
            throw DatabaseError(
                .cannotConnect,
                "the database sorts by \(collation) in \(encoding); make one with "
                    + "CREATE DATABASE origami TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        }
    }
}
