import Core
import Database
import FoundationEssentials
import Web

/// 保存した条件. A filter of the inbox under a name: an officer's own, or shared with a section. What was searched for is never
/// part of it: that may be somebody's name.
struct SavedView: Sendable, Identifiable {
    typealias ID = Core.ID<SavedView>

    let id: ID
    /// Who made it.
    let officer: Core.ID<Officer>
    /// The section that shares it; nil for an officer's own.
    let section: String?
    let name: String
    let filter: InboxFilter

    /// More than fits above a list.
    static let maximum = 20
    static let longestName = 30

    /// True if an officer may rename or delete it: whoever made it, and the deciders of a section that shares it.
    func mayBeChanged(by someone: Officer) -> Bool {
        officer == someone.id || section.map { someone.may(.decideCases, in: $0) } ?? false
    }

    static let migrations = [
        Migration(
            "applications/0023-saved-views",
            """
            CREATE TABLE saved_view (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL,
                section TEXT,
                name TEXT NOT NULL,
                filter TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX saved_view_officer ON saved_view (officer, id) WHERE section IS NULL",
            "CREATE INDEX saved_view_section ON saved_view (section, id) WHERE section IS NOT NULL",
            """
            CREATE TABLE first_view (
                officer TEXT PRIMARY KEY,
                view TEXT NOT NULL REFERENCES saved_view (id) ON DELETE CASCADE
            ) \(.strict)
            """,
            "CREATE INDEX first_view_view ON first_view (view)")
    ]

    /// An officer's own and those of their sections, each in the order they were made.
    static func list(for officer: Officer, sections: [String], in transaction: Transaction) throws -> [SavedView] {
        let own = try transaction.rows(
            "SELECT * FROM saved_view WHERE officer = \(officer.id) AND section IS NULL ORDER BY id")
        let shared = try sections.flatMap {
            try transaction.rows("SELECT * FROM saved_view WHERE section = \($0) ORDER BY id")
        }
        return try (own + shared).map(SavedView.init)
    }

    /// 最初に開く条件 of an officer; nil for everything that is open.
    static func first(of officer: Core.ID<Officer>, in transaction: Transaction) throws -> ID? {
        try transaction.row("SELECT view FROM first_view WHERE officer = \(officer)")?["view"]
    }

    static func keepFirst(_ id: ID?, of officer: Core.ID<Officer>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM first_view WHERE officer = \(officer)")
        guard let id else { return }
        try transaction.run("INSERT INTO first_view (officer, view) VALUES (\(officer), \(id))")
    }

    /// Keeps a new one. False if it is there already.
    func insert(in transaction: Transaction) throws -> Bool {
        let pairs = Dictionary(filter.pairs.map { ($0.name, $0.value) }) { $1 }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(pairs), as: UTF8.self)
        return try transaction.run(
            """
            INSERT INTO saved_view (id, officer, section, name, filter)
            VALUES (\(id), \(officer), \(section), \(name), \(text)) ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    static func rename(_ id: ID, _ name: String, in transaction: Transaction) throws {
        try transaction.run("UPDATE saved_view SET name = \(name) WHERE id = \(id)")
    }

    static func delete(_ id: ID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM saved_view WHERE id = \(id)")
    }

    init(id: ID, officer: Core.ID<Officer>, section: String?, name: String, filter: InboxFilter) {
        (self.id, self.officer, self.section, self.name, self.filter) = (id, officer, section, name, filter)
    }

    private init(_ row: Row) throws {
        let text: String = try row["filter"]
        let pairs = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        try self.init(
            id: row["id"], officer: row["officer"], section: row["section"], name: row["name"],
            filter: InboxFilter(Posted(pairs.map { ($0.key, $0.value) })))
    }
}

/// Why a view cannot be kept as asked.
enum SavedViewRefusal: Refusal, Equatable {
    case notFound
    case nameless
    case tooLong
    case taken
    case tooMany

    var kind: RefusalKind { self == .notFound ? .notFound : .invalid }

    var words: Text {
        switch self {
        case .notFound: Text(verbatim: "この条件は見つかりませんでした。ほかの職員が削除したかもしれません。")
        case .nameless: Text(verbatim: "条件の名前を入力してください。例: 今週が期限の犬の登録")
        case .tooLong: Text(verbatim: "条件の名前は、\(SavedView.longestName)文字までで入力してください。使えない文字は入れられません。")
        case .taken: Text(verbatim: "同じ名前の条件があります。別の名前にしてください。")
        case .tooMany: Text(verbatim: "保存できる条件は\(SavedView.maximum)件までです。使わないものを削除してください。")
        }
    }
}
