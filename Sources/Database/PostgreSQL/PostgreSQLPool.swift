/// Connections to one server, lent to one piece of work at a time. Who waits longer than the limit is told so.
actor PostgreSQLPool {
    private let open: @Sendable () throws -> PostgreSQLSession
    private let limit: Duration
    private var idle: [PostgreSQLConnection]
    private var waiting: [(number: Int, take: CheckedContinuation<PostgreSQLConnection, any Error>)] = []
    private var count = 0
    private var isClosed = false

    /// - Parameters:
    ///   - size: how many connections there are at most; each is opened when it is first needed.
    ///   - limit: how long to wait for one.
    init(size: Int, limit: Duration, open: @escaping @Sendable () throws -> PostgreSQLSession) {
        (self.open, self.limit) = (open, limit)
        idle = (0..<size).reversed().map { PostgreSQLConnection(number: $0, open: open) }
    }

    /// Lends a connection to some work.
    nonisolated func lend<T: Sendable>(_ work: (PostgreSQLConnection) async throws -> T) async throws -> T {
        let connection = try await take()
        do {
            let result = try await work(connection)
            await giveBack(connection)
            return result
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    private func take() async throws -> PostgreSQLConnection {
        guard !isClosed else { throw DatabaseError(.cannotConnect, "the database is closed") }
        if let connection = idle.popLast() { return connection }
        count += 1
        let number = count
        let clock = Task { [limit] in
            try await Task.sleep(for: limit)
            self.giveUp(number)
        }
        defer { clock.cancel() }
        return try await withCheckedThrowingContinuation { waiting.append((number, $0)) }
    }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).take.resume(
            throwing: DatabaseError(.tooBusy, "all connections are busy, and none came free in time"))
    }

    private func giveBack(_ connection: PostgreSQLConnection) async {
        if isClosed { return await connection.close() }
        if waiting.isEmpty { idle.append(connection) } else { waiting.removeFirst().take.resume(returning: connection) }
    }

    /// Those that are lent are closed when they come back.
    func close() async {
        isClosed = true
        for waiter in waiting {
            waiter.take.resume(throwing: DatabaseError(.cannotConnect, "the database is closed"))
        }
        waiting = []
        for connection in idle { await connection.close() }
        idle = []
    }
}

/// One connection, on its own thread. One that broke is opened again for the next piece of work.
actor PostgreSQLConnection {
    private let queue: Queue
    private let open: @Sendable () throws -> PostgreSQLSession
    private var session: PostgreSQLSession?

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(number: Int, open: @escaping @Sendable () throws -> PostgreSQLSession) {
        queue = Queue("origami.postgresql.\(number)")
        self.open = open
    }

    /// A transaction. Nothing of it is kept if this throws, but for ``Undecided``.
    /// - Parameter inTurn: true for one that others got in the way of before: such go one after the other.
    func run<T: Sendable>(
        _ scope: Scope, inTurn: Bool = false, _ work: @Sendable (Transaction) throws -> T
    ) throws -> T {
        let session = try ready()
        guard inTurn else { return try run(scope, on: session, work) }
        try session.takeTurn()
        defer { try? session.endTurn() }
        return try run(scope, on: session, work)
    }

    private func run<T: Sendable>(
        _ scope: Scope, on session: PostgreSQLSession, _ work: @Sendable (Transaction) throws -> T
    ) throws -> T {
        try session.begin(scope)
        let result: T
        do {
            result = try work(Transaction(session))
        } catch {
            undo(session, scope)
            throw error
        }
        do {
            try session.end(scope, keeping: true)
            return result
        } catch let error as DatabaseError where error.kind == .connectionLost && scope != .reading {
            self.session = nil
            throw Undecided(number: session.number, result: result)
        } catch {
            undo(session, scope)
            throw error
        }
    }

    /// Something outside of a transaction.
    func ask<T: Sendable>(_ work: @Sendable (PostgreSQLSession) throws -> T) throws -> T {
        let session = try ready()
        do { return try work(session) } catch {
            if !session.isAlive { self.session = nil }
            throw error
        }
    }

    func close() { session = nil }

    private func ready() throws -> PostgreSQLSession {
        if let session, session.isAlive { return session }
        let opened = try open()
        session = opened
        return opened
    }

    private func undo(_ session: PostgreSQLSession, _ scope: Scope) {
        try? session.end(scope, keeping: false)
        if !session.isAlive { self.session = nil }
    }

    /// The connection broke while the server was told to keep a transaction: it may have.
    struct Undecided<T: Sendable>: Error {
        /// Its number at the server.
        let number: String?
        /// What it gave if it was kept.
        let result: T
    }
}
