import Configuration
import FoundationEssentials
import SystemPackage
import Yams

/// How an installation is set up. Read once, at the start; every part gets its own values from here.
package struct Settings: Sendable {
    /// The address the pages are served at. 127.0.0.1 is this machine alone.
    package var host = "127.0.0.1"
    /// The port of the pages.
    package var port = 8080
    /// The port of `/health` and `/metrics`, on this machine alone.
    package var operationsPort = 8081
    /// The folder of the town's data.
    package var data = "var"
    /// The address of the database.
    package var database = "sqlite:var/origami.sqlite"
    /// The public key that backups are sealed to; empty where it is told each time.
    package var backupKey = ""
    /// The bucket that attachments are kept in. Nil: the folder `files` of the data folder.
    package var bucket: BucketSettings?
    /// The program that looks for viruses in what is sent in, with its arguments; empty for none.
    package var scanner = ""
    /// The folder of the keys. Backed up apart from the database.
    package var keys = "var/keys"
    /// The address residents type, such as `https://shinsei.example.lg.jp`. With https, cookies travel over TLS alone.
    package var origin = "http://127.0.0.1:8080"
    /// The header in which a proxy in front of the program says who asks, such as `X-Forwarded-For`. Empty: nobody in front.
    package var clientHeader = ""
    /// True if `serve` does the jobs as well. False where `work` runs beside it.
    package var worker = true
    /// `debug`, `info`, `warning` or `error`.
    package var logLevel = "info"
    /// The server that mail goes through. Nil: no mail is sent.
    package var mail: MailServer?
    /// 庁内の送り先: the addresses of the town's own network that webhooks may go to, as `host:port`.
    package var webhookLAN: Set<String> = []

    /// All settings as they were read, for `doctor`.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// One setting as an operator knows it.
    package struct Definition: Sendable {
        /// Its name in the file; `ORIGAMI_` and the name in capitals in the environment.
        package let name: String
        /// What it is, in one line.
        package let meaning: String

        /// `ORIGAMI_LOG_LEVEL` for `log.level`.
        package var variable: String { "ORIGAMI_" + name.uppercased().replacing(".", with: "_") }

        /// True if its value is shown to nobody.
        package var isSecret: Bool { name.hasSuffix("password") }
    }

    /// A setting with its value and where that came from.
    package struct Entry: Sendable, Encodable {
        package let variable: String
        /// Asterisks for a secret that is set.
        package let value: String
        /// `environment`, `file` or `default`.
        package let source: String
    }

    /// Every setting there is. `docs/settings.md` has the same.
    package static let definitions = [
        Definition(name: "host", meaning: "address the pages are served at"),
        Definition(name: "port", meaning: "port of the pages"),
        Definition(name: "operations.port", meaning: "port of /health and /metrics, on this machine alone"),
        Definition(name: "data", meaning: "folder of the town's data"),
        Definition(name: "database", meaning: "address of the database"),
        Definition(
            name: "files.bucket", meaning: "https://host/bucket for attachments; empty: in the data folder"),
        Definition(name: "files.region", meaning: "region of the bucket"),
        Definition(name: "files.user", meaning: "id of the bucket's access key"),
        Definition(name: "files.password", meaning: "secret of the bucket's access key"),
        Definition(name: "files.scanner", meaning: "program that looks for viruses, such as clamdscan; empty: none"),
        Definition(name: "keys", meaning: "folder of the keys, backed up apart from the database"),
        Definition(name: "backup.key", meaning: "public key that backups are sealed to; empty: it is told each time"),
        Definition(name: "origin", meaning: "address residents type; with https cookies travel over TLS alone"),
        Definition(name: "client.header", meaning: "header in which a proxy says who asks; empty without a proxy"),
        Definition(name: "worker", meaning: "whether `serve` does the jobs as well"),
        Definition(name: "log.level", meaning: "debug, info, warning or error"),
        Definition(name: "mail.server", meaning: "smtp://host:587 or smtps://host:465; empty: no mail is sent"),
        Definition(name: "mail.user", meaning: "name to sign in to the mail server with; empty if it asks for none"),
        Definition(name: "mail.password", meaning: "password of that name"),
        Definition(name: "mail.sender", meaning: "address that mail comes from"),
        Definition(name: "mail.tls", meaning: "required, or none for a mail server on this machine"),
        Definition(
            name: "mail.ca", meaning: "PEM file of the CA that vouches for the mail server; empty: the machine's"),
        Definition(
            name: "webhook.lan", meaning: "host:port of the town's own network that webhooks may go to, with commas"),
    ]

    /// Reads the environment, then `origami.yaml` in the data folder, then the defaults.
    ///
    /// Throws ``Mistake`` for a name that does not exist or a value that does not fit.
    package static func read(environment: [String: String] = ProcessInfo.processInfo.environment) async throws
        -> Settings
    {
        var settings = Settings()
        let data = environment["ORIGAMI_DATA"] ?? settings.data
        let path = "\(data)/origami.yaml"
        try checkNames(environment: environment, file: path)
        let variables = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "origami"))
        let file = ConfigReader(
            provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(path), allowMissing: true))

        func text(_ name: String, _ fallback: String) -> String {
            let key = ConfigKey(stringLiteral: name)
            let (value, source) =
                variables.string(forKey: key).map { ($0, "environment") }
                ?? file.string(forKey: key).map { ($0, "file") } ?? (fallback, "default")
            let definition = Definition(name: name, meaning: "")
            let shown =
                definition.isSecret && !value.isEmpty
                ? "********" : name == "database" ? Self.withoutPassword(value) : value
            settings.entries.append(Entry(variable: definition.variable, value: shown, source: source))
            return value
        }
        func number(_ name: String, _ fallback: Int) throws -> Int {
            let value = text(name, String(file.int(forKey: ConfigKey(stringLiteral: name)) ?? fallback))
            guard let number = Int(value), (0...65535).contains(number) else {
                throw Mistake("\(name) は 0 から 65535 までの数で書いてください（いまの値: \(value)）")
            }
            return number
        }

        settings.host = text("host", settings.host)
        settings.port = try number("port", settings.port)
        settings.operationsPort = try number("operations.port", settings.operationsPort)
        settings.data = text("data", data)
        settings.database = text("database", "sqlite:\(data)/origami.sqlite")
        settings.bucket = try BucketSettings(reading: text)
        settings.scanner = text("files.scanner", "")
        settings.keys = text("keys", "\(data)/keys")
        settings.backupKey = text("backup.key", "")
        settings.origin = text("origin", "http://\(settings.host):\(settings.port)")
        settings.clientHeader = text("client.header", settings.clientHeader)
        let worker = text("worker", file.bool(forKey: "worker").map(String.init) ?? "true")
        guard let flag = Bool(worker) else { throw Mistake("worker は true か false で書いてください（いまの値: \(worker)）") }
        settings.worker = flag
        settings.logLevel = text("log.level", settings.logLevel)
        settings.mail = try MailServer(reading: text)
        settings.webhookLAN = try OutsideAddress.local(text("webhook.lan", ""))
        try settings.check()
        return settings
    }

    /// The address of the database as people may see it.
    package var shownDatabase: String { Self.withoutPassword(database) }

    private static func withoutPassword(_ address: String) -> String {
        address.replacing(/(:\/\/[^\/?@]*?:)[^@\/]*@/) { "\($0.1)********@" }
            .replacing(/([?&]password=)[^&]*/) { "\($0.1)********" }
    }

    /// Throws a ``Mistake`` for a value that would not do what it seems to say.
    private func check() throws {
        let levels = ["debug", "info", "warning", "error"]
        guard levels.contains(logLevel) else {
            throw Mistake("log.level は \(levels.joined(separator: ", ")) のどれかにしてください（いまの値: \(logLevel)）")
        }
        let isAddress = ["http://", "https://"].contains { origin.hasPrefix($0) && origin.utf8.count > $0.utf8.count }
        guard isAddress, !origin.hasSuffix("/"), origin.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Mistake("origin は https://shinsei.example.lg.jp のように、最後の / を付けずに書いてください（いまの値: \(origin)）")
        }
        let isToken = clientHeader.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard isToken else { throw Mistake("client.header はヘッダーの名前だけを書いてください（いまの値: \(clientHeader)）") }
        guard port == 0 || port != operationsPort else {
            throw Mistake("port と operations.port は別の番号にしてください（どちらも \(port)）")
        }
    }

    /// A setting that cannot be taken, with the mend.
    package struct Mistake: Error, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = "設定の誤り: \(description)" }
    }

    private static func checkNames(environment: [String: String], file: String) throws {
        let known = Set(definitions.map(\.variable))
        for name in environment.keys.sorted() where name.hasPrefix("ORIGAMI_") && !known.contains(name) {
            throw Mistake("環境変数 \(name) という設定はありません。使える名前は docs/settings.md にあります")
        }
        guard let bytes = FileManager.default.contents(atPath: file) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        let written: [String]
        do {
            written = try Yams.load(yaml: text).map { names(in: $0, below: "") } ?? []
        } catch {
            throw Mistake("\(file) を読み取れません。書き方は docs/settings.md にあります（\(error)）")
        }
        if written.contains("data") { throw Mistake("\(file) に data は書けません。環境変数 ORIGAMI_DATA で決めてください") }
        for name in written where !definitions.contains(where: { $0.name == name }) {
            throw Mistake("\(file) の \(name) という設定はありません。使える名前は docs/settings.md にあります")
        }
    }

    private static func names(in node: Any, below prefix: String) -> [String] {
        guard let map = node as? [String: Any] else { return [prefix] }
        return map.flatMap { names(in: $0.value, below: prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
    }
}
