import Core
import Database
import HTML
import Tabular
import Web

extension SystemStandards {
    /// 定義: chosen, read in, guessed, or written.
    func addSchemaRoutes(to site: inout Site) {
        site.officer(.get, "/desk/schemas", needs: nil) { visit in
            .page(SchemaPages(officer: visit.who).list(try await database.read { try KeptSchema.list(in: $0) }))
        }

        site.officer(.post, "/desk/schemas", needs: .writeSystems, takesFiles: true) { try await makeSchema($0) }

        site.officer(.get, "/desk/schemas/new", needs: .writeSystems) { visit in
            return .page(SchemaPages(officer: visit.who).edit(Self.blankSchema, revision: nil))
        }

        site.officer(.post, "/desk/schemas/save", needs: .writeSystems) { visit in
            let yaml = (visit.posted["yaml"] ?? "").replacing("\r\n", with: "\n")
            let revision = visit.posted["revision"].flatMap { Int($0) }
            return try await attempt {
                .redirect(.schema(try await keepSchema(yaml, over: revision, by: visit.who, at: visit.moment)))
            } orShow: {
                SchemaPages(officer: visit.who).edit(yaml, revision: revision, problem: $0)
            }
        }

        site.officer(.get, "/desk/schemas/{schema}", needs: nil) { visit in
            let kept = try await keptSchema(visit)
            return .page(SchemaPages(officer: visit.who).schema(kept, try TableSchema(yaml: kept.yaml)))
        }

        site.officer(.get, "/desk/schemas/{schema}/schema.yaml", needs: nil) { visit in
            let kept = try await keptSchema(visit)
            let bytes = Array(kept.yaml.utf8)
            return .file(
                Download(type: "application/yaml; charset=utf-8", name: "\(kept.id).yaml", isShown: false) {
                    $0 == 0 ? bytes : nil
                })
        }

        site.officer(.get, "/desk/schemas/{schema}/edit", needs: .writeSystems) { visit in
            let kept = try await keptSchema(visit)
            guard !kept.isShipped else { throw StandardsRefusal.notFound }
            return .page(SchemaPages(officer: visit.who).edit(kept.yaml, revision: kept.revision))
        }
    }

    private func keptSchema(_ visit: Visit<Officer>) async throws -> KeptSchema {
        let found = try await database.read { try KeptSchema.find(visit.parameter("schema"), in: $0) }
        guard let found else { throw StandardsRefusal.notFound }
        return found
    }

    private func makeSchema(_ visit: Visit<Officer>) async throws -> Answer {
        var typed = Posted.empty
        return try await attempt {
            let arrived = try await ArrivingFile.bytes(of: "file", visit.upload, upTo: 20 * 1024 * 1024)
            typed = arrived.typed
            guard let bytes = arrived.content, !bytes.isEmpty else { throw StandardsRefusal.noFile }
            let (id, title) = (typed["id"] ?? "", typed["title"] ?? "")
            guard !id.isEmpty, !title.isEmpty else { throw StandardsRefusal.unusable("id と名前を入力してください。") }
            let made = try Self.schema(
                of: bytes, named: arrived.name, id: id, title: title, isList: typed["from"] != "extract")
            return .page(
                SchemaPages(officer: visit.who).edit(try made.schema.yaml(), revision: nil, notes: made.notes))
        } orShow: { problem in
            SchemaPages(officer: visit.who).list(
                try await database.read { try KeptSchema.list(in: $0) }, problem: problem, typed: typed)
        }
    }

    /// A schema out of a file: a published list of items, or an extract.
    private static func schema(
        of bytes: [UInt8], named name: String, id: String, title: String, isList: Bool
    ) throws -> (schema: TableSchema, notes: [String]) {
        do {
            let spool = try Spool()
            try spool.append(bytes)
            guard isList else {
                let made = try SchemaInference.schema(
                    of: TableFile(spool.path, named: name), id: id, title: title, section: "担当課")
                return (made.schema, made.notes)
            }
            var failure: (any Error)?
            for rows in try tables(bytes, spool, name) {
                do throws(SchemaImport.Trouble) {
                    let made = try SchemaImport.schema(of: rows, id: id, title: title, source: name)
                    return (made.schema, made.notes)
                } catch {
                    failure = failure ?? error
                }
            }
            throw failure ?? StandardsRefusal.unusable("ファイルに表がありません。")
        } catch let trouble as any InputTrouble {
            throw StandardsRefusal.unusable(trouble.description)
        }
    }

    private static func tables(_ bytes: [UInt8], _ spool: Spool, _ name: String) throws -> [[[String]]] {
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) {
            return try XLSXFile.sheets(of: spool.path, named: name).map(\.rows)
        }
        guard let text = TextEncoding.text(of: bytes)?.text, let records = try? CSV.read(text) else {
            throw StandardsRefusal.unusable("\(name) を読めません。CSV（UTF-8 か Shift_JIS）か XLSX を選んでください。")
        }
        return [records.map(\.fields)]
    }

    private static let blankSchema = """
        id: reibo-2026
        title: 定義の名前
        origin: sample
        files:
          - id: persons
            title: 個人
            section: 住民課
            key: [宛名番号]
            items:
              - { name: 宛名番号, type: digits, digits: 15, required: true, unique: true }
              - { name: 氏名, type: text, digits: 100, required: true, repertoire: unicode }
              - { name: 生年月日, type: date, date: register }

        """
}
