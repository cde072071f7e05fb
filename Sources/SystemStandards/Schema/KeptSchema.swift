import Core
import Database
import Japanese
import Tabular

/// 定義. A schema that extracts can be checked against: one that the program carries, or one that the town keeps.
struct KeptSchema: Sendable {
    let id: String
    let title: String
    let origin: TableSchema.Origin
    let yaml: String
    /// True for one that the program carries: it cannot be changed.
    let isShipped: Bool
    /// Counts up with each change; 0 for one that the program carries.
    let revision: Int

    static let migrations = [
        Migration(
            "standards/0002-schemas",
            """
            CREATE TABLE extract_schema (
                id TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                origin TEXT NOT NULL,
                yaml TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """)
    ]

    private static let shipped: [KeptSchema] = TableSchema.shipped.sorted { $0.key < $1.key }.compactMap { id, yaml in
        (try? TableSchema(yaml: yaml)).map {
            KeptSchema(
                id: id, title: $0.title, origin: $0.origin, yaml: yaml, isShipped: true, revision: 0)
        }
    }

    /// The town's own, then those that the program carries.
    static func list(in transaction: Transaction) throws -> [KeptSchema] {
        try transaction.rows("SELECT * FROM extract_schema ORDER BY title, id").map(KeptSchema.init) + shipped
    }

    static func find(_ id: String, in transaction: Transaction) throws -> KeptSchema? {
        try shipped.first { $0.id == id }
            ?? transaction.row("SELECT * FROM extract_schema WHERE id = \(id)").map(KeptSchema.init)
    }
}

extension KeptSchema {
    private init(_ row: Row) throws {
        let origin: String = try row["origin"]
        self.init(
            id: try row["id"], title: try row["title"], origin: TableSchema.Origin(rawValue: origin) ?? .sample,
            yaml: try row["yaml"], isShipped: false, revision: try row["revision"])
    }
}

extension SystemStandards {
    /// 定義の保存. A schema as it was typed, under its own id.
    /// - Parameter seen: the revision that the officer began with; nil for a new one.
    func keepSchema(_ yaml: String, over seen: Int?, by officer: Officer, at moment: Moment) async throws -> String {
        let schema: TableSchema
        do throws(TableSchema.Mistake) {
            schema = try TableSchema(yaml: yaml)
        } catch {
            throw StandardsRefusal.unusable("定義を読めません。\(error.description)")
        }
        let isName = schema.id.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isName, (1...60).contains(schema.id.utf8.count) else {
            throw StandardsRefusal.unusable("id は、半角の小文字・数字・ハイフンで、60文字までにしてください。")
        }
        guard (1...80).contains(schema.title.count) else { throw StandardsRefusal.unusable("title は、80文字までで書いてください。") }
        try await database.write { transaction in
            let kept = try KeptSchema.find(schema.id, in: transaction)
            if kept?.isShipped == true {
                throw StandardsRefusal.unusable("「\(schema.id)」はプログラムの見本の名前です。別の id にしてください。")
            }
            if let kept, kept.yaml.isExactly(yaml) { return transaction.keepHouse("the same press again") }
            guard kept?.revision == seen else {
                throw StandardsRefusal.notNow(
                    kept == nil ? "この定義は、もうありません。" : "同じ id の定義が、ほかの人に保存されています。開き直して、内容を確かめてください。")
            }
            try transaction.run(
                """
                INSERT INTO extract_schema (id, title, origin, yaml, revision, officer, at)
                VALUES (\(schema.id), \(schema.title), \(schema.origin.rawValue), \(yaml), 1, \(officer.id), \(moment))
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, origin = excluded.origin, yaml = excluded.yaml,
                    revision = extract_schema.revision + 1, officer = excluded.officer, at = excluded.at
                """)
            try transaction.record(
                Event("schema.saved", subject: schema.id, detail: ["revision": String((seen ?? 0) + 1)]),
                by: .officer(officer.id), at: moment)
        }
        return schema.id
    }
}
