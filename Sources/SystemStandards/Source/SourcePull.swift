import Japanese
import Core
import Database
import FoundationEssentials
import HTML
import Tabular

extension SystemStandards {
    static let pull = "extract.pull"
    /// More bytes than that are not taken from anybody.
    private static let mostPulled = 200 * 1024 * 1024
    /// So long the pages of one answer are followed: well before anybody else may take the job.
    private static let longest: Duration = .seconds(300)

    /// Why nothing was pulled, for whoever looks after it.
    private struct PullTrouble: Error { let words: String }

    /// 取りに行く. What is pulled becomes the next run of the extract, and is checked.
    var pulling: JobHandler {
        JobHandler(long: Self.pull) { job, now in
            guard let id = job.payload["source"],
                let source = try await database.read({ try PullSource.find(id, in: $0) }),
                job.payload["revision"] == String(source.revision),
                // The run is called after the job: done twice, it is there once.
                let run = ExtractRun.ID(job.id),
                try await !database.read({ try ExtractRun.find(job.id, in: $0) != nil })
            else { return }
            if job.payload["once"] == nil, let next = source.often.next(after: now) {
                try await database.write { transaction in
                    transaction.keepHouse("the next time is planned")
                    guard try !JobQueue.isWaiting(Self.pull, after: now, source: id, in: transaction) else { return }
                    try transaction.enqueue(Self.pull, ["source": id, "revision": String(source.revision)], at: next)
                }
            }
            let words: String
            do {
                words = try await take(source, as: run, at: now)
            } catch let trouble as PullTrouble {
                words = trouble.words
            }
            try await database.write { transaction in
                try transaction.run("UPDATE pull_source SET tried_at = \(now), words = \(words) WHERE id = \(id)")
                try transaction.record(
                    Event("source.pulled", subject: source.extract.text, detail: ["part": source.part]), by: .system,
                    at: now)
            }
        }
    }

    /// Pulls, and puts the run down. Gives what is said of it.
    private func take(_ source: PullSource, as run: ExtractRun.ID, at now: Moment) async throws -> String {
        let found = try await database.read { transaction in
            (
                try Extract.find(source.extract.text, in: transaction),
                try transaction.row("SELECT secret, officer FROM pull_source WHERE id = \(source.id)")
            )
        }
        guard let extract = found.0, let row = found.1, let key = try await vault.key(for: source.key) else {
            throw PullTrouble(words: "秘密がありません。もう一度保存してください。")
        }
        let secret = try key.text(try row["secret"], at: source.place)
        let content =
            source.way == .file ? try await file(source, secret) : try await records(source, secret, at: now)
        guard content.count > 0 else { throw PullTrouble(words: "返ってきたものが空でした。") }
        if let refusal = try StandardsRefusal.reason(against: content) {
            throw PullTrouble(words: refusal.words[.ja])
        }
        let schema = try await currentSchema(of: extract)
        let own = try await vault.makeKey(for: "extract \(run)")
        let name = source.address.split(separator: "/").last.map(String.init) ?? source.part
        let parts = try await files.keep(content, inPartsAs: "\(run) \(source.part)", key: own)
        try await begin(
            run, of: extract, schema, [.init(part: source.part, name: name, parts: parts)], .pull, base: nil,
            changes: [], changed: 0, by: try row["officer"], at: now)
        return "取りに行きました（\(content.count.grouped)バイト）。"
    }

    private func answered(_ outcome: OutsidePost.Outcome, _ what: String) throws {
        switch outcome {
        case .answered(let status) where (200...299).contains(status): return
        case .answered(let status):
            let why = status == 401 || status == 403 ? "秘密か、許された範囲を確かめてください" : "相手のシステムに確かめてください"
            throw PullTrouble(words: "\(what)で、\(status) が返りました。\(why)。")
        case .failed(let words): throw PullTrouble(words: "\(what)で、つながりませんでした（\(words)）。")
        }
    }

    private func file(_ source: PullSource, _ secret: String) async throws -> Spool {
        let headers = OutsideFile.headers(
            for: source.address, region: source.region, user: source.user, password: secret)
        let (outcome, content) = try await post.fetch(
            from: source.address, headers: headers ?? [], upTo: Self.mostPulled)
        try answered(outcome, "ファイルの受け取り")
        return content
    }

    /// A table by REST: CSV as it comes, or JSON made into CSV, page after page.
    private func records(_ source: PullSource, _ secret: String, at now: Moment) async throws -> Spool {
        let token = try await token(source, secret, at: now)
        let headers = [
            (name: "Authorization", value: "Bearer \(token)"),
            (name: "Accept", value: "text/csv, application/json;q=0.9"),
        ]
        var (address, table) = (source.address, JSONTable())
        let begun = ContinuousClock.now
        while ContinuousClock.now - begun < Self.longest {
            let (outcome, content) = try await post.fetch(from: address, headers: headers, upTo: Self.mostPulled)
            try answered(outcome, "データの受け取り")
            let first = content.bytes(from: 0, count: 64).first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
            guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
                guard address == source.address else { throw PullTrouble(words: "続きのページが、JSONではありませんでした。") }
                return content
            }
            guard let next = try? table.take(content.bytes(from: 0, count: content.count)) else {
                throw PullTrouble(words: "返ってきたJSONが、記録の一覧として読めません。")
            }
            guard let next = next.place else { return try table.csv() }
            guard next.hasPrefix("/"), !next.hasPrefix("//") else {
                throw PullTrouble(words: "続きのページが、別のサーバーを指しています。")
            }
            address = source.address.origin + next
        }
        throw PullTrouble(words: "5分たっても、全部は返りませんでした。相手のシステムに確かめてください。")
    }

    private func token(_ source: PullSource, _ secret: String, at now: Moment) async throws -> String {
        var fields = [(name: "grant_type", value: "client_credentials")]
        if !source.scope.isEmpty { fields.append((name: "scope", value: source.scope)) }
        var headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        switch source.way {
        case .basic:
            // RFC 6749, section 2.3.1: both are encoded as in a form first.
            let pair = Data("\(Link.encoded(source.user)):\(Link.encoded(secret))".utf8).base64EncodedString()
            headers.append((name: "Authorization", value: "Basic \(pair)"))
        default:
            let assertion = ClientAssertion.make(
                client: source.user, secret: secret, for: source.tokenPlace, at: now.milliseconds / 1000)
            fields.append((name: "client_assertion_type", value: Self.assertionKind))
            fields.append((name: "client_assertion", value: assertion))
        }
        // A form is encoded as a query is.
        let body = fields.map { "\(Link.encoded($0.name))=\(Link.encoded($0.value))" }.joined(separator: "&")
        let (outcome, content) = try await post.fetch(
            Array(body.utf8), from: source.tokenPlace, headers: headers, upTo: 1 << 16, within: .seconds(20))
        try answered(outcome, "トークンの受け取り")
        struct Token: Decodable {
            let text: String

            private enum CodingKeys: String, CodingKey { case text = "access_token" }
        }
        let bytes = content.bytes(from: 0, count: content.count)
        guard let token = try? JSONDecoder().decode(Token.self, from: Data(bytes)).text,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), token.utf8.count <= 8192
        else { throw PullTrouble(words: "トークンとして読めるものが返りませんでした。") }
        return token
    }
}

extension JobQueue {
    /// True if a later pull of this source waits already.
    fileprivate static func isWaiting(
        _ kind: String, after moment: Moment, source: String, in transaction: Transaction
    ) throws -> Bool {
        try transaction.rows(
            """
            SELECT payload FROM job WHERE kind = \(kind) AND run_at > \(moment) AND done_at IS NULL AND failed_at IS NULL
            """
        ).contains { row in
            let payload: [String: String] = try KeptJSON.read(row["payload"] as String)
            return payload["source"] == source && payload["once"] == nil
        }
    }
}

extension String {
    /// `https://host:port` of an address.
    fileprivate var origin: String {
        guard let scheme = firstRange(of: "://") else { return self }
        return String(self[..<(self[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? endIndex)])
    }
}
