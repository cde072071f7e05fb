import Core
import Database

/// 抽出. Files that a section takes out of one of its systems and has checked again and again: before a migration, after it,
/// every month.
struct Extract: Sendable {
    typealias ID = Core.ID<Extract>

    let id: ID
    let name: String
    /// 課 whose data they are. Its officers alone see values as they are.
    let section: String
    /// The id of the schema they are checked against.
    let schema: String

    static let longestName = 60

    static let migrations = [
        Migration(
            "standards/0001-extracts",
            """
            CREATE TABLE extract (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                section TEXT NOT NULL,
                schema_id TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            """
            CREATE TABLE extract_run (
                id TEXT PRIMARY KEY,
                extract TEXT NOT NULL REFERENCES extract (id),
                number \(.integer) NOT NULL,
                state TEXT NOT NULL,
                way TEXT NOT NULL,
                base TEXT,
                schema_text TEXT NOT NULL,
                files TEXT NOT NULL,
                findings TEXT NOT NULL DEFAULT '[]',
                changes TEXT NOT NULL DEFAULT '[]',
                changed \(.integer) NOT NULL DEFAULT 0,
                done \(.integer) NOT NULL DEFAULT 0,
                row_count \(.integer) NOT NULL DEFAULT 0,
                errors \(.integer) NOT NULL DEFAULT 0,
                notices \(.integer) NOT NULL DEFAULT 0,
                earlier TEXT,
                characters \(.blob),
                trouble TEXT,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                finished_at TEXT
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX extract_run_number ON extract_run (extract, number)",
            """
            CREATE TABLE extract_group (
                run TEXT NOT NULL REFERENCES extract_run (id),
                number \(.integer) NOT NULL,
                file TEXT NOT NULL,
                file_title TEXT NOT NULL,
                item TEXT NOT NULL,
                rule TEXT NOT NULL,
                weight TEXT NOT NULL,
                section TEXT NOT NULL,
                count \(.integer) NOT NULL,
                fresh \(.integer) NOT NULL,
                pages TEXT NOT NULL,
                PRIMARY KEY (run, number)
            ) \(.strict)
            """)
    ]
}

extension Extract {
    static func find(_ id: String, in transaction: Transaction) throws -> Extract? {
        try transaction.row("SELECT * FROM extract WHERE id = \(id)").map(Extract.init)
    }

    /// The extracts of sections, by name.
    static func list(of sections: [String], in transaction: Transaction) throws -> [Extract] {
        try transaction.rows("SELECT * FROM extract WHERE section IN (\(anyOf: sections)) ORDER BY name, id").map(
            Extract.init)
    }

    func insert(at moment: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO extract (id, name, section, schema_id, at)
            VALUES (\(id), \(name), \(section), \(schema), \(moment))
            """)
    }

    private init(_ row: Row) throws {
        (id, name, section, schema) = try (row["id"], row["name"], row["section"], row["schema_id"])
    }
}

/// Why something about extracts is not done.
enum ExtractRefusal: Refusal {
    case notFound
    /// Only officers of the extract's section may.
    case notYours
    case nameMissing
    case noSection
    /// No file was chosen, or one that has nothing in it.
    case noFile
    /// The run is not in a state in which that can be done.
    case notNow(String)
    /// 個人番号 stand in this column: nothing of the file is kept.
    case individualNumbers(String)
    /// What was typed cannot stand there, with why.
    case unusable(String)

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notYours: .notAllowed
        case .notNow: .conflict
        case .nameMissing, .noSection, .noFile, .individualNumbers, .unusable: .invalid
        }
    }

    var words: Text {
        let words =
            switch self {
            case .notFound: "この抽出は見つかりませんでした。"
            case .notYours: "この抽出を扱えるのは、担当課の職員だけです。"
            case .nameMissing: "名前を、1文字から\(Extract.longestName)文字までで入力してください。"
            case .noSection: "担当課を選んでください。"
            case .noFile: "ファイルを選んでください。中身のないファイルは調べられません。"
            case .individualNumbers(let column):
                "「\(column)」の列に個人番号（マイナンバー）があるので、受け取れません。この列を除いて送ってください。ファイルは残していません。"
            case .notNow(let words), .unusable(let words): words
            }
        return Text(verbatim: words)
    }
}
