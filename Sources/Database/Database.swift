/// The town's database. Who uses it does not know which engine is behind it.
package struct Database: Sendable {
    private let engine: any Engine
    private let audit: Audit?

    /// Looks at a write before it is kept; throws to undo it.
    package typealias Audit = @Sendable (Transaction) throws -> Void

    /// Opens the database at an address: `sqlite:PATH`, or `postgresql://…` with whatever libpq understands.
    /// - Parameters:
    ///   - isNew: true where a database may be made if there is none. One of PostgreSQL is made by its server's keeper.
    ///   - schema: where the tables are in a PostgreSQL database; nil for the one that the address says.
    ///   - audit: looks at every write before it is kept.
    ///
    /// Throws a ``DatabaseError`` of kind `cannotConnect` if the address cannot be opened.
    package init(
        _ address: String, isNew: Bool = false, schema: String? = nil, audit: Audit? = nil
    ) async throws {
        self.audit = audit
        if address.hasPrefix("sqlite:") {
            engine = try await SQLiteEngine(path: String(address.dropFirst("sqlite:".count)), isNew: isNew)
        } else if address.hasPrefix("postgresql:") || address.hasPrefix("postgres:") {
            engine = try await PostgreSQLEngine(address: address, schema: schema)
        } else {
            throw DatabaseError(
                .cannotConnect, "unknown kind of database address; use sqlite:PATH or postgresql://USER@HOST/NAME")
        }
    }

    /// Reads, on one consistent snapshot.
    package func read<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.read(work)
    }

    /// Writes. When this returns, what was written survives a power cut. If `work` throws, nothing was written.
    @discardableResult
    package func write<T: Sendable>(
        _ order: WriteOrder = .serial, _ work: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        guard let audit else { return try await engine.write(order, work) }
        return try await engine.write(order) { transaction in
            let result = try work(transaction)
            try audit(transaction)
            return result
        }
    }

    /// Writes a copy of the whole database, consistent and complete, to a file that does not exist yet.
    package func copy(to path: String) async throws { try await engine.copy(to: path) }

    /// What does not fit together in the file; empty for one that is whole, or is no file.
    package func faults() async throws -> [String] { try await engine.faults() }

    /// How the engine finds what it was asked for so far: each statement that reads, and how it goes about it. For those who
    /// look for slow ones; none for an engine that tells it elsewhere.
    package func plans() async throws -> [(statement: String, steps: [String])] { try await engine.plans() }

    /// Sees to it that what was deleted does not lie about in journals either.
    package func scrub() async throws { try await engine.scrub() }

    /// Lets running work finish and closes.
    package func close() async { await engine.close() }
}

/// What an engine does for ``Database``.
protocol Engine: Sendable {
    func read<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T
    func write<T: Sendable>(
        _ order: WriteOrder, _ work: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T
    func copy(to path: String) async throws
    func scrub() async throws
    func faults() async throws -> [String]
    func plans() async throws -> [(statement: String, steps: [String])]
    func close() async
}
