import Core
import Database
import FoundationEssentials
import Tabular

/// 多い書き出し. An export that a job writes; its file is kept sealed for a day, for whoever asked for it.
struct ExportRun: Sendable {
    typealias ID = Core.ID<ExportRun>

    let id: ID
    let officer: Core.ID<Officer>
    let choice: ExportChoice
    let format: ExportFormat
    let state: State
    /// How many applications are written.
    let rows: Int
    /// The pieces of the file, each kept apart.
    let parts: [KeptFile]
    /// How many characters the encoding does not have.
    let unmappable: Int
    let at: Moment

    enum State: String, Sendable {
        case waiting, running, done, failed
        /// A day has passed.
        case gone

        var name: String {
            switch self {
            case .waiting: "順番を待っています"
            case .running: "書き出しています"
            case .done: "できました"
            case .failed: "書き出せませんでした"
            case .gone: "1日たったので消しました"
            }
        }
    }

    /// Seconds for which the file is kept.
    static let life = 24 * 3600

    static func find(_ id: ID, in transaction: Transaction) throws -> ExportRun? {
        try transaction.row("SELECT * FROM export_run WHERE id = \(id)").map(ExportRun.init)
    }

    /// The newest runs of an officer.
    static func list(of officer: Core.ID<Officer>, in transaction: Transaction) throws -> [ExportRun] {
        try transaction.rows("SELECT * FROM export_run WHERE officer = \(officer) ORDER BY id DESC LIMIT 10").map(
            ExportRun.init)
    }

    /// The names of everything that finished exports still have.
    static func contents(in transaction: Transaction) throws -> Set<String> {
        try Set(
            transaction.rows("SELECT parts FROM export_run WHERE state = 'done'").flatMap { try parts($0) }.map(
                \.content))
    }

    private static func parts(_ row: Row) throws -> [KeptFile] {
        let text: String = try row["parts"]
        return try JSONDecoder().decode([KeptFile].self, from: Data(text.utf8))
    }

    private init(_ row: Row) throws {
        let (state, format): (String, String) = try (row["state"], row["format"])
        guard let state = State(rawValue: state), let format = ExportFormat(rawValue: format) else {
            throw DatabaseError(.corrupted, "an export of no known state")
        }
        (self.state, self.format) = (state, format)
        (id, officer, choice) = try (row["id"], row["officer"], ExportChoice.read(row["choice"]))
        (rows, unmappable, at) = try (row["rows"], row["unmappable"], row["at"])
        parts = try Self.parts(row)
    }
}

extension Applications {
    static let exportRun = "export.run"
    static let exportClear = "export.clear"

    /// Bytes of a CSV file that are held in memory before they are put away.
    private static let partSize = 8 * 1024 * 1024

    func beginExport(
        _ choice: ExportChoice, _ format: ExportFormat, by officer: Officer, at moment: Moment
    ) async throws -> ExportRun.ID {
        let id = ExportRun.ID()
        try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO export_run (id, officer, section, card, choice, format, state, rows, parts, unmappable, at)
                VALUES (\(id), \(officer.id), \(choice.section), \(choice.card), \(try choice.text), \(format.rawValue),
                    'waiting', 0, '[]', 0, \(moment))
                """)
            try transaction.enqueue(Self.exportRun, ["run": id.text], at: moment)
            try transaction.record(
                Event("export.begun", subject: id.text, detail: choice.detail), by: .officer(officer.id), at: moment)
        }
        return id
    }

    var exporting: JobHandler {
        JobHandler(long: Self.exportRun) { job, now in
            guard let id = job.payload["run"].flatMap(ExportRun.ID.init),
                let run = try await database.read({ try ExportRun.find(id, in: $0) }),
                run.state == .waiting || run.state == .running
            else { return }
            do {
                try await write(run, at: now)
            } catch {
                guard job.attempts >= 3 else { throw error }
                try await note(run, "state = 'failed'")
            }
        }
    }

    private func write(_ run: ExportRun, at now: Moment) async throws {
        let key =
            if let key = try await vault.key(for: run.id.text) { key } else {
                try await vault.makeKey(for: run.id.text)
            }
        try await note(run, "state = 'running', rows = 0")
        let writer = try ExportWriter(try await exportTable(run.choice, run.format), run.format)
        var count = 0
        var parts: [KeptFile] = []
        _ = try await eachExported(run.choice) { item in
            try writer.append(item)
            count += 1
            if let part = try writer.part(from: Self.partSize) {
                parts.append(try await files.keep(part, as: "\(run.id) \(parts.count)", key: key))
            }
            if count % 1000 == 0 { try await note(run, "rows = \(count)") }
        }
        let made = try writer.finish()
        parts.append(try await files.keep(made.file, as: "\(run.id) \(parts.count)", key: key))
        let (rows, pieces) = (count, String(decoding: try JSONEncoder().encode(parts), as: UTF8.self))
        let places = try key.seal(
            Array(try JSONEncoder().encode(made.unmappable.map(ExportRun.Place.init))), at: run.place)
        try await database.write { transaction in
            try transaction.run(
                """
                UPDATE export_run SET state = 'done', rows = \(rows), parts = \(pieces),
                    unmappable = \(made.unmappableCount), places = \(places) WHERE id = \(run.id)
                """)
            try self.record(run.choice, run.format, rows, by: .officer(run.officer), at: now, in: transaction)
            try transaction.enqueue(
                Self.exportClear, ["run": run.id.text], at: now.adding(seconds: ExportRun.life))
        }
    }

    private func note(_ run: ExportRun, _ change: SQL) async throws {
        try await database.write { transaction in
            transaction.keepHouse("how far an export is")
            try transaction.run("UPDATE export_run SET \(change) WHERE id = \(run.id)")
        }
    }

    /// After a day nothing of the file is left, and nothing opens a copy of it.
    var clearingExports: JobHandler {
        JobHandler(Self.exportClear) { job, _ in
            guard let id = job.payload["run"].flatMap(ExportRun.ID.init),
                let run = try await database.read({ try ExportRun.find(id, in: $0) })
            else { return }
            for part in run.parts { try await files.delete(part) }
            try await vault.shred(run.id.text)
            try await note(run, "state = 'gone', parts = '[]', places = NULL")
        }
    }

    /// The run of this id, for whoever asked for it while they read the section's applications.
    func exportRun(_ text: String, _ officer: Officer) async throws -> ExportRun {
        guard let id = ExportRun.ID(text), let run = try await database.read({ try ExportRun.find(id, in: $0) }),
            run.officer == officer.id
        else { throw ExportRefusal.notFound }
        try requireExport(run.choice, officer)
        return run
    }

    /// The places of a finished run whose character the encoding does not have.
    func unmappable(in run: ExportRun) async throws -> [TextEncoding.Unmappable] {
        let sealed: [UInt8]? = try await database.read {
            try $0.row("SELECT places FROM export_run WHERE id = \(run.id)")?["places"]
        }
        guard let sealed, let key = try await vault.key(for: run.id.text) else { return [] }
        let places = try JSONDecoder().decode(
            [ExportRun.Place].self, from: Data(key.open(sealed, at: run.place)))
        return places.compactMap(\.unmappable)
    }
}

extension ExportRun {
    fileprivate var place: SealingKey.Place { .init("export_run", id.text, "places") }

    /// A place as it is kept.
    fileprivate struct Place: Codable {
        let character: String
        let row: Int
        let column: Int

        init(_ place: TextEncoding.Unmappable) {
            (character, row, column) = (String(place.character), place.row, place.column)
        }

        var unmappable: TextEncoding.Unmappable? {
            character.first.map { .init(character: $0, row: row, column: column) }
        }
    }
}

/// Reads the pieces of a finished run one after the other.
actor ExportParts {
    private let run: ExportRun
    private let files: FileStore
    private let key: SealingKey
    private var (part, piece) = (0, 0)

    init(_ run: ExportRun, _ files: FileStore, _ key: SealingKey) {
        (self.run, self.files, self.key) = (run, files, key)
    }

    func next() async throws -> [UInt8]? {
        while part < run.parts.count {
            if let bytes = try await files.piece(piece, of: run.parts[part], key: key), !bytes.isEmpty {
                piece += 1
                return bytes
            }
            (part, piece) = (part + 1, 0)
        }
        return nil
    }
}
