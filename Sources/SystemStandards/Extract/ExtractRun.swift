import Core
import Database
import FoundationEssentials
import Tabular

/// 検査の回. The files of an extract as they came in once, and what a check found in them.
struct ExtractRun: Sendable {
    typealias ID = Core.ID<ExtractRun>

    /// A file of the run. It lies sealed, in parts.
    struct File: Sendable, Codable {
        /// The id of its part of the schema.
        let part: String
        /// The name it came with.
        let name: String
        let parts: [KeptFile]

        var size: Int { parts.reduce(0) { $0 + $1.size } }
    }

    enum State: String, Sendable {
        case waiting, checking, done, failed
        /// 取消し: its file is not gone on with.
        case withdrawn
        /// The files and the values are gone; the numbers stay.
        case cleared

        var name: String {
            switch self {
            case .waiting: "順番を待っています"
            case .checking: "調べています"
            case .done: "調べました"
            case .failed: "調べられませんでした"
            case .withdrawn: "取り消しました"
            case .cleared: "期限が過ぎたので、ファイルと値を消しました"
            }
        }
    }

    /// Where its files come from.
    enum Way: String, Sendable {
        case upload, mend, characters, pull

        var name: String {
            switch self {
            case .upload: "ファイルを送った"
            case .pull: "取りに行った"
            case .mend: "画面で直した"
            case .characters: "文字の決定を当てはめた"
            }
        }
    }

    let id: ID
    let extract: Extract.ID
    /// 第何回.
    let number: Int
    let state: State
    let way: Way
    /// The run whose files it mended.
    let base: ID?
    let files: [File]
    /// All findings, page after page, by group.
    let findings: [KeptFile]
    /// For each file, what was changed in it.
    let changes: [File]
    let changed: Int
    /// Bytes that are checked already.
    let done: Int
    let rows: Int
    let errors: Int
    let notices: Int
    /// The run it is compared with.
    let earlier: ID?
    /// Why it could not be checked.
    let trouble: String?
    let officer: Core.ID<Officer>
    let at: Moment

    /// Seconds for which files and values are kept.
    static let life = 90 * 24 * 3600

    var size: Int { files.reduce(0) { $0 + $1.size } }
    /// The name of its key.
    var key: String { "extract \(id)" }
    /// Every file in the store that it needs.
    var contents: [String] { (files.flatMap(\.parts) + findings + changes.flatMap(\.parts)).map(\.content) }
}

extension ExtractRun {
    /// What a run is made of: not its schema and its characters, which are large and seldom asked for.
    private static let columns: SQL = """
        id, extract, number, state, way, base, files, findings, changes, changed, done, row_count, errors, notices, earlier,
        trouble, officer, at
        """

    static func find(_ id: String, in transaction: Transaction) throws -> ExtractRun? {
        try transaction.row("SELECT \(columns) FROM extract_run WHERE id = \(id)").map(ExtractRun.init)
    }

    /// The runs of an extract, the newest first.
    static func list(of extract: Extract.ID, in transaction: Transaction) throws -> [ExtractRun] {
        try transaction.rows("SELECT \(columns) FROM extract_run WHERE extract = \(extract) ORDER BY number DESC").map(
            ExtractRun.init)
    }

    /// The newest run of each of these extracts that was checked.
    static func newest(of extracts: [Extract.ID], in transaction: Transaction) throws -> [Extract.ID: ExtractRun] {
        try transaction.rows(
            """
            SELECT \(columns) FROM extract_run WHERE (extract, number) IN (
                SELECT extract, max(number) FROM extract_run
                WHERE extract IN (\(anyOf: extracts)) AND state IN ('done', 'cleared') GROUP BY extract)
            """
        ).map(ExtractRun.init).reduce(into: [:]) { $0[$1.extract] = $1 }
    }

    /// The names of everything in the store that runs have.
    static func contents(in transaction: Transaction) throws -> Set<String> {
        try Set(
            transaction.rows("SELECT \(columns) FROM extract_run WHERE state <> 'cleared'").flatMap {
                try ExtractRun($0).contents
            })
    }

    /// The schema that its files are checked against, as it was then.
    static func schema(of id: ID, in transaction: Transaction) throws -> TableSchema {
        guard let row = try transaction.row("SELECT schema_text FROM extract_run WHERE id = \(id)") else {
            throw StandardsRefusal.notFound
        }
        return try TableSchema(yaml: row["schema_text"])
    }

    /// The run of the same extract that was checked before it.
    func earlier(in transaction: Transaction) throws -> ExtractRun? {
        try transaction.row(
            """
            SELECT \(Self.columns) FROM extract_run WHERE extract = \(extract) AND number < \(number) AND state = 'done'
            ORDER BY number DESC LIMIT 1
            """
        ).map(ExtractRun.init)
    }

    private init(_ row: Row) throws {
        let (state, way): (String, String) = try (row["state"], row["way"])
        guard let state = State(rawValue: state), let way = Way(rawValue: way) else {
            throw DatabaseError(.corrupted, "a run of no known state")
        }
        (self.state, self.way) = (state, way)
        (id, extract, number, base) = try (row["id"], row["extract"], row["number"], row["base"])
        files = try KeptJSON.read(row["files"])
        findings = try KeptJSON.read(row["findings"])
        changes = try KeptJSON.read(row["changes"])
        (changed, done, rows) = try (row["changed"], row["done"], row["row_count"])
        (errors, notices, earlier) = try (row["errors"], row["notices"], row["earlier"])
        (trouble, officer, at) = try (row["trouble"], row["officer"], row["at"])
    }
}

/// Values that a column keeps as JSON.
enum KeptJSON {
    static func write(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func read<T: Decodable>(_ text: String) throws -> T { try read(Array(text.utf8)) }

    static func read<T: Decodable>(_ bytes: [UInt8]) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(bytes))
    }
}
