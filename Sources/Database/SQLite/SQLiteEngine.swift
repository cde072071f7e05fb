/// SQLite inside the program: one writer that groups waiting commits, and readers beside it.
///
/// WAL lets readers go on while the writer writes; `synchronous=FULL` makes a commit survive a power cut.
struct SQLiteEngine: Engine {
    private let path: String
    private let writer: SQLiteWriter
    private let readers: [SQLiteReader]
    private let next = Turn()

    init(path: String, isNew: Bool) async throws {
        self.path = path
        // The writer comes first: it makes the file and its journal mode.
        writer = try SQLiteWriter(path: path, isNew: isNew)
        readers = try (0..<4).map { try SQLiteReader(path: path, number: $0) }
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await readers[next.take(of: readers.count)].read(work)
    }

    func write<T: Sendable>(
        _ order: WriteOrder, _ work: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        try await writer.write(work)
    }

    /// On a connection of its own: it reads one snapshot, and the writer goes on meanwhile.
    func copy(to copy: String) async throws {
        let connection = try SQLiteReader(path: path, number: -1, forCopying: true)
        try await connection.copy(to: copy)
        await connection.close()
    }

    func scrub() async throws { try await writer.scrub() }

    func faults() async throws -> [String] {
        try await readers[0].read { transaction in
            try transaction.rows("PRAGMA integrity_check(20)").map { try $0["integrity_check"] }.filter { $0 != "ok" }
        }
    }

    func plans() async throws -> [(statement: String, steps: [String])] {
        var found: [String: [String]] = [:]
        for reader in readers { found.merge(try await reader.plans()) { $1 } }
        return found.sorted { $0.key < $1.key }.map { (statement: $0.key, steps: $0.value) }
    }

    func close() async {
        await writer.close()
        for reader in readers { await reader.close() }
    }
}

/// One connection that reads, on its own thread.
actor SQLiteReader {
    private let queue: Queue
    private var session: SQLiteSession?

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameter forCopying: true for one that writes a copy into another file.
    init(path: String, number: Int, forCopying: Bool = false) throws {
        queue = Queue("origami.sqlite.reader.\(number)")
        session = try SQLiteSession(path: path, forWriting: forCopying, isNew: false)
    }

    /// Every page as it is at this moment.
    func copy(to path: String) throws { try session?.copy(to: path) }

    func plans() throws -> [String: [String]] { try session?.plans() ?? [:] }

    func read<T: Sendable>(_ work: @Sendable (Transaction) throws -> T) throws -> T {
        guard let session else { throw DatabaseError(.cannotConnect, "the database is closed") }
        try session.begin(.reading)
        do {
            let result = try work(Transaction(session))
            try session.end(.reading, keeping: true)
            return result
        } catch {
            try? session.end(.reading, keeping: false)
            throw error
        }
    }

    func close() { session = nil }
}

/// The one connection that writes, on its own thread.
///
/// Work that arrives while a commit waits for the disk is done together in the next transaction, each piece in a
/// savepoint of its own, so that one fsync serves them all and the failure of one does not touch the others.
actor SQLiteWriter {
    private let queue = Queue("origami.sqlite.writer")
    private var session: SQLiteSession?
    private var waiting: [Piece] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// A piece of work.
    private struct Piece {
        /// Does it now, and gives back how to answer once it is known whether the commit held.
        let work: (Transaction) -> Answer
        /// Answers that it was never begun.
        let refuse: (any Error) -> Void
    }

    private typealias Answer = (_ commitFailure: (any Error)?) -> Void

    init(path: String, isNew: Bool) throws { session = try SQLiteSession(path: path, forWriting: true, isNew: isNew) }

    func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let piece = Piece { transaction in
                let result = Result { try transaction.attempt { try work(transaction) } }
                return { failure in
                    if let failure, case .success = result {
                        continuation.resume(throwing: failure)
                    } else {
                        continuation.resume(with: result)
                    }
                }
            } refuse: {
                continuation.resume(throwing: $0)
            }
            waiting.append(piece)
            // The first to wait calls for the group; those who come before it begins are in it.
            if waiting.count == 1 { Task { self.commitWaiting() } }
        }
    }

    /// Deleted rows are overwritten in the file (`secure_delete`); the write-ahead log is emptied.
    func scrub() throws {
        commitWaiting()
        _ = try open().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    func close() {
        commitWaiting()
        session = nil
    }

    private func open() throws -> SQLiteSession {
        guard let session else { throw DatabaseError(.cannotConnect, "the database is closed") }
        return session
    }

    private func commitWaiting() {
        let group = waiting
        waiting = []
        guard !group.isEmpty else { return }
        do {
            let session = try open()
            try session.begin(.writing(.serial))
            let answers = group.map { $0.work(Transaction(session)) }
            let failure = commit(session)
            for answer in answers { answer(failure) }
        } catch {
            for piece in group { piece.refuse(error) }
        }
    }

    /// Nil if what was done is on disk now.
    private func commit(_ session: SQLiteSession) -> (any Error)? {
        do {
            try session.end(.writing(.serial), keeping: true)
            return nil
        } catch {
            try? session.end(.writing(.serial), keeping: false)
            return error
        }
    }
}
