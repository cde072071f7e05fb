import Core
import Database
import FoundationEssentials
import Japanese
import TestKit
import Testing

@Suite("基本の言葉")
struct CoreTests {
    @Test("時刻は、書いて読んでも変わらず、日本の日付を示す")
    func moments() throws {
        let moment = try #require(Moment(iso: "2026-11-24T15:30:00.123Z"))
        #expect(moment.iso == "2026-11-24T15:30:00.123Z")
        #expect(moment.day.iso == "2026-11-25" && moment.timeOfDay == "00:30")
        #expect(Moment(startOf: moment.day).iso == "2026-11-24T15:00:00.000Z")
        for text in [
            "", "2026-11-24", "2026-11-24T25:00:00.000Z", "2026-13-24T15:30:00.123Z", "2026-11-24T15:30:00.123",
        ] {
            #expect(Moment(iso: text) == nil)
        }
    }

    @Test("あとから作った名前は、あとに並ぶ")
    func identities() {
        let ids = (0..<10_000).map { _ in ID<Int>().text }
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        #expect(ids.allSatisfy { ID<Int>($0)?.text == $0 })
        #expect(ID<Int>("01A20F53-8e8f-7163-b2d9-7ad1fdca784d") == nil && ID<Int>("x") == nil)
    }

    @Test("言葉は三つの言語を持ち、ふりがなを分けられる")
    func texts() {
        let text = Text("犬の登録", easy: "{犬|いぬ}の {登録|とうろく}", en: "Dog registration")
        #expect(text[.easy] == "犬の 登録" && text.reading(.easy) == "いぬの とうろく")
        #expect(Text("%1へ", easy: "%1へ", en: "to %1").replacing("%1", with: text)[.en] == "to Dog registration")
        #expect(Text(ja: "犬", easy: nil, en: nil)[.en] == "犬")
        #expect(Text(ja: "犬", easy: nil, en: "dog").missing == [.easy])
        #expect(Text(verbatim: "{x}{")[.ja] == "{x}{")
    }

    @Test("町が足した言語は、その町の言葉、プログラムの言葉の訳、控えの言語の順に示す")
    func addedLanguages() throws {
        func language(_ json: String) throws -> Language {
            try JSONDecoder().decode(Language.self, from: Data(json.utf8))
        }
        let words = ["%1を入力してください。": "Escreva: %1 (%2)", "名": "Nome"]
        let pt = try language(#"{"id": "pt", "name": "Português"}"#).knowing(words)
        let zh = try language(#"{"id": "zh-Hant", "name": "中文", "fallback": "easy"}"#)
        let text = try JSONDecoder().decode(
            Text.self, from: Data(#"{"ja": "犬", "easy": "{犬|いぬ}", "en": "dog", "pt": "cachorro", "vi": ""}"#.utf8))
        #expect(text[pt] == "cachorro" && text[zh] == "犬" && text.reading(zh) == "いぬ" && text.wordings.count == 4)
        #expect(text.missing(in: [pt, zh]) == [zh])
        #expect(try JSONDecoder().decode(Text.self, from: JSONEncoder().encode(text)) == text)

        let please = Text("%1を入力してください。", easy: "%1を {書|か}いて ください。", en: "Please enter: %1")
        let name = Text("名", easy: "{名|めい}", en: "Given name")
        let filled = please.replacing("%2", with: Text(verbatim: "{%1}")).replacing("%1", with: name)
        #expect(filled[pt] == "Escreva: Nome ({%1})" && filled[.ja] == "名を入力してください。")
        #expect(filled[zh] == "名を 書いて ください。" && filled[.en] == "Please enter: Given name")
        #expect(please.with("a", "b")[pt] == "Escreva: a (b)" && please.with("%2")[.en] == "Please enter: %2")
        let row = [name, text].joined("、", en: ", ")
        #expect(row[pt] == "Nome, cachorro" && row[zh] == "名、犬" && row[.en] == "Given name, dog")
        #expect(Text(verbatim: "名")[pt] == "名" && Text("新", easy: "新", en: "new")[pt] == "new")

        #expect((pt.tag, zh.tag, Language.easy.tag) == ("pt", "zh-Hant", "ja"))
        #expect(Language(kept: "pt") == pt && Language(kept: "pt").tag == "ja" && text[Language(kept: "vi")] == "犬")
        for id in ["ja", "en", "easy", "p", "p t", "pt-", "pt_BR", "\"", "português"] {
            #expect(throws: DecodingError.self) { try language("{\"id\": \(id.debugDescription), \"name\": \"x\"}") }
        }
        #expect(throws: DecodingError.self) { try language(#"{"id": "pt", "name": "x", "fallback": "ja"}"#) }
    }

    @Test("やりなおしは、だんだん間をあけ、六時間をこえない")
    func backOff() {
        #expect(Job.delay(afterAttempts: 1) == 120 && Job.delay(afterAttempts: 3) == 480)
        #expect((0..<100).allSatisfy { Job.delay(afterAttempts: $0) <= 6 * 3600 })
    }

    @Test("役割は、課の中でだけ働く")
    func roles() {
        let clerk = Officer(id: ID(), name: "x", memberships: [Membership(section: "a", role: .clerk)])
        #expect(
            clerk.may(.handleCases, in: "a") && !clerk.may(.handleCases, in: "b") && !clerk.may(.decideCases, in: "a"))
        let auditor = Officer(id: ID(), name: "x", memberships: [Membership(section: "a", role: .auditor)])
        #expect(auditor.may(.readTrail, in: "b") && !auditor.may(.readCases, in: "a"))
    }
}

@Suite("設定")
struct SettingsTests {
    private func read(_ environment: [String: String], file: String? = nil) async throws -> Settings {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        if let file {
            _ = FileManager.default.createFile(atPath: folder.path + "/origami.yaml", contents: Data(file.utf8))
        }
        return try await Settings.read(environment: environment.merging(["ORIGAMI_DATA": folder.path]) { $1 })
    }

    @Test("環境変数、ファイル、初期値の順に読む")
    func order() async throws {
        let file = "port: 9000\nlog:\n  level: debug\nworker: false\n"
        let settings = try await read(["ORIGAMI_PORT": "9001"], file: file)
        #expect(settings.port == 9001 && settings.logLevel == "debug" && settings.worker == false)
        #expect(settings.host == "127.0.0.1" && settings.origin == "http://127.0.0.1:9001")
        #expect(settings.entries.first { $0.variable == "ORIGAMI_LOG_LEVEL" }?.source == "file")
    }

    @Test(
        "まちがいは、名前と直し方を言って断る",
        arguments: [
            (["ORIGAMI_PROT": "1"], nil, "ORIGAMI_PROT"), (["ORIGAMI_PORT": "many"], nil, "0 から 65535"),
            ([:], "prot: 1\n", "prot"), (["ORIGAMI_WORKER": "perhaps"], nil, "true か false"),
        ] as [([String: String], String?, String)])
    func mistakes(_ environment: [String: String], _ file: String?, _ words: String) async throws {
        let mistake = await #expect(throws: Settings.Mistake.self) { _ = try await read(environment, file: file) }
        #expect(mistake?.description.contains(words) == true)
    }

    @Test("メールの設定は、書かなければ送らない。パスワードは伏せて示す")
    func mail() async throws {
        #expect(try await read([:]).mail == nil)
        let file = "mail:\n  server: smtps://[::1]:465\n  user: origami\n  sender: a@example.lg.jp\n  password: 0123\n"
        let settings = try await read([:], file: file)
        #expect(settings.mail?.address == "smtps://[::1]:465" && settings.mail?.isEncrypted == true)
        #expect(settings.entries.first { $0.variable == "ORIGAMI_MAIL_PASSWORD" }?.value == "********")
        for (address, shown) in [
            ("postgresql://o:geheim@db:5432/t?sslmode=require", "postgresql://o:********@db:5432/t?sslmode=require"),
            ("postgresql:///t?user=o&password=geheim&host=/run", "postgresql:///t?user=o&password=********&host=/run"),
            ("postgresql://o@db/t", "postgresql://o@db/t"), ("sqlite:/srv/a:b@c.sqlite", "sqlite:/srv/a:b@c.sqlite"),
        ] {
            let settings = try await Settings.read(environment: ["ORIGAMI_DATABASE": address])
            #expect(settings.entries.first { $0.variable == "ORIGAMI_DATABASE" }?.value == shown)
            #expect(settings.shownDatabase == shown && settings.database == address)
        }
        #expect(!settings.entries.contains { $0.variable.hasPrefix("ORIGAMI_MAIL") && $0.value.contains("123") })
    }

    @Test(
        "合わないメールの設定は、名前と直し方を言って断る",
        arguments: [
            (["SERVER": "mail.example.lg.jp"], "mail.server"), (["SERVER": "smtp://a.example.jp"], "mail.server"),
            (["SERVER": "smtp://a@b.example.jp:25"], "mail.server"), (["SERVER": "smtp://a.jp:25/x"], "mail.server"),
            (["SERVER": "smtp://a.example.jp:0"], "mail.server"), (["SENDER": ""], "mail.sender"),
            (["SENDER": "町 <a@example.jp>"], "mail.sender"), (["TLS": "maybe"], "mail.tls"),
            (["USER": "x"], "mail.password"), (["PASSWORD": "hidden"], "mail.user"),
            (["SERVER": "smtps://a.example.jp:465", "TLS": "none"], "mail.tls"),
            (["TLS": "none", "USER": "x", "PASSWORD": "hidden"], "mail.tls"),
        ])
    func mailMistakes(_ changes: [String: String], _ words: String) async throws {
        var environment = [
            "ORIGAMI_MAIL_SERVER": "smtp://mail.example.lg.jp:587", "ORIGAMI_MAIL_SENDER": "a@example.lg.jp",
        ]
        for (name, value) in changes { environment["ORIGAMI_MAIL_\(name)"] = value }
        let mistake = await #expect(throws: Settings.Mistake.self) { _ = try await read(environment) }
        #expect(mistake?.description.contains(words) == true && mistake?.description.contains("hidden") == false)
    }
}

@Suite("封")
struct VaultTests {
    private func vault(_ folder: TemporaryFolder, key: UInt8 = 1) async throws -> Vault {
        let keys = try await Database("sqlite:\(folder.path)/keys.sqlite", isNew: true)
        try await keys.migrate(Vault.migrations)
        return Vault(townKey: Array(repeating: key, count: 32), keys: keys)
    }

    @Test("封をした値は、置き場所が変わると開かない")
    func places() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let key = try await vault(folder).makeKey(for: "a")
        let sealed = try key.seal("髙﨑", at: .init("t", "1", "c"))
        #expect(try key.text(sealed, at: .init("t", "1", "c")) == "髙﨑")
        for place in [SealingKey.Place("t", "2", "c"), .init("t", "1", "d"), .init("u", "1", "c")] {
            #expect(throws: (any Error).self) { try key.text(sealed, at: place) }
        }
        var changed = sealed
        changed[changed.count / 2] ^= 1
        #expect(throws: (any Error).self) { try key.text(changed, at: .init("t", "1", "c")) }
    }

    @Test("同じものに二度封をしても、同じには見えない")
    func nonces() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let key = try await vault(folder).makeKey(for: "a")
        #expect(try key.seal("x", at: .init("t", "1", "c")) != key.seal("x", at: .init("t", "1", "c")))
    }

    @Test("鍵は、消すと戻らない。ほかの町の鍵では開かない")
    func shredding() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let vault = try await vault(folder)
        _ = try await vault.makeKey(for: "a")
        _ = try await vault.makeKey(for: "b")
        try await vault.shred("a")
        #expect(try await vault.key(for: "a") == nil)
        #expect(try await vault.key(for: "b") != nil)
        #expect(try await vault.keys(for: ["a", "b"]).keys.sorted() == ["b"])
        #expect(try await vault.fitsItsKeys())
        #expect(try await self.vault(folder, key: 2).fitsItsKeys() == false)
    }
}
