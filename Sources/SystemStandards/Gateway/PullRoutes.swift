import Core
import Database
import FoundationEssentials
import Japanese
import Tabular
import Web

extension SystemStandards {
    /// データの窓口, as other systems ask: a token, what it is, and the tables.
    func addPullRoutes(to site: inout Site) {
        site.client(.post, Self.tokenPath, GatewayOperations.token) { visit in
            do { return try await giveToken(visit) } catch let refusal as TokenRefusal { return refusal.answer }
        }

        site.client(.post, "/api/gateway/introspect", GatewayOperations.introspect) { visit in
            do { return try await introspect(visit) } catch let refusal as TokenRefusal { return refusal.answer }
        }

        site.client(.get, "/api/gateway/{system}/{resource}", GatewayOperations.pull) { try await pull($0) }
    }

    private func pull(_ visit: Visit<Anyone>) async throws -> Answer {
        guard let token = visit.token, let gate = try await gate(token, at: visit.moment) else {
            throw MachineProblem.noToken
        }
        try limits.pulls.take(gate.client.id.text, at: visit.moment)
        let (system, resource) = (visit.parameter("system"), visit.parameter("resource"))
        let scope = "\(system):\(resource):read"
        guard gate.scopes.contains(scope) else {
            throw MachineProblem(
                403, ("このトークンではできません", "Not within this token's scope"),
                ("このトークンには「\(scope)」の許しがありません。", "This token lacks the scope \"\(scope)\"."))
        }
        let set = try await database.read { try GatewaySet.find(system: system, resource: resource, in: $0) }
        guard let set, let content = set.content, let key = try await vault.key(for: set.key) else {
            throw MachineProblem(
                404, ("まだ内容がありません", "Nothing is published yet"),
                ("この表は、まだ公開されていません。", "This table has no content yet."))
        }
        let etag = "\"\(content.version)\""
        if visit.conditions["if-none-match"] == etag { return .unchanged }
        let isCSV = visit.query["format"] == "csv" || visit.asked["accept"]?.lowercased().contains("text/csv") == true
        guard !isCSV else {
            try await log(set, content, "csv", content.rows, gate, visit)
            let (store, parts) = (files, content.parts)
            let size = content.pages.last ?? 0
            return Answer.file(
                Download(type: "text/csv; charset=utf-8", name: "\(system)-\(resource).csv", isShown: false) { index in
                    let begin = index * FileStore.piece
                    guard begin < size else { return nil }
                    return try await store.bytes(
                        from: begin, count: min(FileStore.piece, size - begin), of: parts, key: key)
                }
            ).saying("ETag", etag)
        }
        return try await page(visit, set, content, key, gate).saying("ETag", etag)
    }

    /// A page of a table as JSON, with where the next one is.
    private func page(
        _ visit: Visit<Anyone>, _ set: GatewaySet, _ content: GatewaySet.Content, _ key: SealingKey, _ gate: OpenGate
    ) async throws -> Answer {
        let last = max(1, content.pages.count - 1)
        let number = visit.query["page"].map { Int($0) } ?? 1
        guard let number, (1...last).contains(number) else {
            throw MachineProblem(
                400, ("page が読めません", "page is not readable"),
                ("page は 1 から \(last) までの整数です。", "page is an integer from 1 to \(last)."))
        }
        // Another version while pages are pulled is told, not mixed.
        if let wanted = visit.query["version"], wanted != String(content.version) {
            throw MachineProblem(
                409, ("版が変わりました", "The table has changed"),
                ("取りに来ているあいだに、新しい版になりました。はじめから取り直してください。", "A new version was published; begin again."))
        }
        let begin = content.pages[number - 1]
        let bytes = try await files.bytes(
            from: begin, count: content.pages[number] - begin, of: content.parts, key: key)
        let records = try CSV.read(String(decoding: bytes, as: UTF8.self))
        let items = records.map { record in
            JSONValue.members(zip(content.columns, record.fields).map { ($0, JSONValue.string($1)) })
        }
        try await log(set, content, "json", items.count, gate, visit)
        let next: String? = number < last ? "\(set.path)?page=\(number + 1)&version=\(content.version)" : nil
        return .json([
            "name": .string(set.name), "version": .number(content.version), "published_at": .string(content.at),
            "rows": .number(content.rows), "page": .number(number), "pages": .number(last), "items": .array(items),
            "next": JSONValue(next),
        ])
    }

    private func log(
        _ set: GatewaySet, _ content: GatewaySet.Content, _ format: String, _ rows: Int, _ gate: OpenGate,
        _ visit: Visit<Anyone>
    ) async throws {
        try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO gateway_pull (id, client, set_id, version, format, row_count, at)
                VALUES (\(ID<GatewayPull>()), \(gate.client.id), \(set.id), \(content.version), \(format), \(rows),
                    \(visit.moment))
                """)
            try transaction.record(
                Event(
                    "gateway.pulled", subject: set.id.text,
                    detail: ["version": String(content.version), "format": format, "rows": String(rows)]),
                by: gate.actor, at: visit.moment)
        }
    }
}
