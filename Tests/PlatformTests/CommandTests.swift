import FoundationEssentials
import Subprocess
import SystemPackage
import TestKit
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("コマンド")
struct CommandTests {
    /// What a command said and how it ended.
    private func run(
        _ arguments: [String], in folder: TemporaryFolder, _ settings: [String: String] = [:]
    ) async throws -> (code: Int, out: String, error: String) {
        var values: [Environment.Key: String?] = ["ORIGAMI_DATA": folder.path + "/data"]
        for (name, value) in settings { values[Environment.Key(rawValue: name) ?? "ORIGAMI_DATA"] = value }
        let result = try await Subprocess.run(
            .path(FilePath(ServerProcess.built)), arguments: .init(arguments), environment: .inherit.updating(values),
            output: .string(limit: 100_000), error: .string(limit: 100_000))
        guard case .exited(let code) = result.terminationStatus else { return (-1, "", "") }
        return (Int(code), result.standardOutput, result.standardError)
    }

    @Test(
        "まちがった使い方は 2、直すところは 1 で終わり、何を直すかを言う",
        arguments: [
            (["nonsense"], 2, "nonsense"), (["init"], 2, "--town"),
            (["init", "--town", "nowhere"], 1, "nowhere/town.yaml"),
            (["serve"], 1, "origami init"), (["staff", "add", "--login", "x"], 2, "--name"),
        ] as [([String], Int, String)])
    func exitCodes(_ arguments: [String], _ code: Int, _ words: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let result = try await run(arguments, in: folder)
        #expect(result.code == code, "\(result)")
        #expect(result.error.contains(words), "\(result.error)")
    }

    @Test(
        "合わない設定は、名前と直し方を言って始まらない",
        arguments: [
            (["ORIGAMI_ORIGIN": "foo"], "origin"), (["ORIGAMI_LOG_LEVEL": "loud"], "log.level"),
            (["ORIGAMI_CLIENT_HEADER": "bad header"], "client.header"), (["ORIGAMI_PORT": "99999"], "port"),
            (["ORIGAMI_OPERATIONS_PORT": "8080"], "operations.port"), (["ORIGAMI_NONSENSE": "1"], "ORIGAMI_NONSENSE"),
        ])
    func settings(_ settings: [String: String], _ words: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let result = try await run(["doctor"], in: folder, settings)
        #expect(result.code == 2 && result.error.contains(words), "\(result)")
    }

    @Test("発券機の記録を取り込む。まちがいは行と列で言い、何も取り込まない。二度目は数えない")
    func queue() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try await run(["init", "--town", TestTown.source, "--empty"], in: folder)
        let log = folder.path + "/log.csv"
        let head = "ticket,section,issued_at,called_at,ended_at\n"
        try Data((head + "A1,residents,2026-11-02 9:00,2026-11-02 8:59,\n").utf8).write(to: URL(filePath: log))
        let bad = try await run(["counter", "import", log], in: folder)
        #expect(bad.code == 1 && bad.error.contains("log.csv:2:4: 呼び出しが発券より前です"), "\(bad)")
        try Data((head + "A1,residents,2026-11-02 9:00,2026-11-02 9:12,\n").utf8).write(to: URL(filePath: log))
        #expect(try await run(["counter", "import", log], in: folder).out.contains("新しい記録 1件"))
        #expect(try await run(["counter", "import", log], in: folder).out.contains("すでにあった記録 1件"))
        let section = try await run(["counter", "import", log, "--section", "nowhere"], in: folder)
        #expect(section.code == 2 && section.error.contains("residents"))
    }

    @Test("用意した町は健康。鍵がなくなり、ほかの人に読めるようになると、doctor が言う")
    func doctor() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let made = try await run(["init", "--town", TestTown.source], in: folder)
        #expect(made.code == 0 && made.out.contains("kankyo"))
        let healthy = try await run(["doctor", "--json"], in: folder)
        #expect(healthy.code == 0 && healthy.out.contains("\"checks\""), "\(healthy)")
        let again = try await run(["init", "--town", TestTown.source], in: folder)
        #expect(again.code == 0)

        let keys = folder.path + "/data/keys"
        #expect(chmod(keys + "/town.key", 0o644) == 0)
        let open = try await run(["doctor"], in: folder)
        #expect(open.code == 1 && open.out.contains("chmod 600"))
        #expect(chmod(keys + "/town.key", 0o600) == 0)

        try FileManager.default.moveItem(atPath: keys + "/keys.sqlite", toPath: folder.path + "/away")
        let without = try await run(["doctor"], in: folder)
        #expect(without.code == 1 && without.out.contains("keys.sqlite がありません"))
        #expect(!FileManager.default.fileExists(atPath: keys + "/keys.sqlite"))
        #expect(try await run(["init", "--town", TestTown.source], in: folder).code == 1)
    }

    @Test("メールの試しは、サーバーの答えを言う。doctor は、答えないサーバーを知らせる")
    func mail() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try await run(["mail", "test", "a@example.jp"], in: folder).code == 2)
        let settings = try await TestMailServer.run(.init()) { server in
            let settings = [
                "ORIGAMI_MAIL_SERVER": "smtp://127.0.0.1:\(server.port)", "ORIGAMI_MAIL_SENDER": "b@example.jp",
                "ORIGAMI_MAIL_TLS": "none",
            ]
            let sent = try await run(["mail", "test", "a@example.jp"], in: folder, settings)
            #expect(sent.code == 0 && sent.out.contains("250 2.0.0 queued as TEST"), "\(sent)")
            #expect(try server.received().map(\.headers["Subject"]) == ["試しのメール"])
            let refused = try await run(["mail", "test", "unknown@example.jp"], in: folder, settings)
            #expect(refused.code == 1 && refused.error.contains("550 5.1.1"), "\(refused)")
            #expect(try await run(["mail", "test", "a"], in: folder, settings).code == 2)
            let answered = try await run(["doctor"], in: folder, settings)
            #expect(answered.out.contains("よし  メール: smtp://127.0.0.1:\(server.port)"), "\(answered)")
            return settings
        }
        let silent = try await run(["doctor"], in: folder, settings)
        #expect(silent.code == 1 && silent.out.contains("要対応  メール"), "\(silent)")
    }

    @Test("訳のない言葉は、場所とともに並び、様式の検査を止める")
    func languages() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let dog = TestTown.source + "/forms/dog-registration.yaml"
        #expect(try await run(["form", "check", dog, "--town", TestTown.source], in: folder).code == 0)
        let document = String(decoding: try #require(TestFile.bytes(dog)), as: UTF8.self)
        let form = folder.path + "/dog.yaml"
        let changed = document.replacing(", pt: Registro de cachorro", with: "")
        _ = FileManager.default.createFile(atPath: form, contents: Data(changed.utf8))
        let result = try await run(["form", "check", form, "--town", TestTown.source], in: folder)
        #expect(result.code == 1 && result.out.contains("Português（pt）がありません"), "\(result)")
        #expect(try await run(["form", "check", form], in: folder).code == 0)

        let missing = try await run(["language", "missing", "pt", "--town", TestTown.source], in: folder)
        #expect(missing.code == 1 && missing.out.contains("/forms/park-use.yaml:"), "\(missing)")
        #expect(
            missing.out.contains("まで猶予") && !missing.out.contains("/cards/") && missing.out.contains("texts/pt.yaml"))
        #expect(try await run(["language", "missing", "easy", "--town", TestTown.source], in: folder).code == 0)
        let unknown = try await run(["language", "missing", "vi", "--town", TestTown.source], in: folder)
        #expect(unknown.code == 2 && unknown.error.contains("ja, easy, en, pt"), "\(unknown)")
    }

    @Test("町の言語のまちがいは、ファイルと直し方を言う")
    func texts() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let town = folder.path + "/town"
        try FileManager.default.copyItem(atPath: TestTown.source, toPath: town)
        _ = FileManager.default.createFile(
            atPath: town + "/texts/pt.yaml", contents: Data("はい: Sim\n\"%1まで\": até\n空: \n".utf8))
        _ = FileManager.default.createFile(atPath: town + "/texts/vi.yaml", contents: Data("はい: Vâng\n".utf8))
        let result = try await run(["init", "--town", town], in: folder)
        #expect(result.code == 1 && result.error.contains("texts/pt.yaml:2: 「%1まで」の訳に、%1"), "\(result)")
        #expect(result.error.contains("texts/pt.yaml:3:") && result.error.contains("vi.yaml: この言語が、town.yaml"))
    }

    @Test("申請を表にして書き出す。まちがった列や形式は、使えるものを言う")
    func export() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try await run(["init", "--town", TestTown.source], in: folder)
        let export = ["cases", "export", "--card", "dog-registration"]
        let all = try await run(export + ["--columns", "number,status,field.owner"], in: folder)
        let lines = all.out.split(separator: "\r\n")
        #expect(all.code == 0 && lines.first == "\u{FEFF}受付番号,状態,飼い主の氏名,飼い主の氏名（フリガナ）", "\(all)")
        #expect(lines.count > 2 && all.error.contains("\(lines.count - 1)件"))
        let none = try await run(export + ["--until", "R1.5.1"], in: folder)
        #expect(none.code == 0 && none.out.split(separator: "\r\n").count == 1)
        let unknown = try await run(export + ["--columns", "nothing"], in: folder)
        #expect(unknown.code == 2 && unknown.error.contains("field.owner"))
        #expect(try await run(export + ["--format", "pdf"], in: folder).code == 2)
        #expect(try await run(export + ["--from", "昨日"], in: folder).code == 2)
    }

    @Test("職員を登録し、パスワードを変え、登録を解除する")
    func staff() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try await run(["init", "--town", TestTown.source, "--empty"], in: folder)
        let password = folder.path + "/password"
        _ = FileManager.default.createFile(atPath: password, contents: Data("十五文字以上の長いパスワードです\n".utf8))
        let add = ["staff", "add", "--login", "tanaka", "--name", "田中", "--role", "water:clerk"]
        #expect(try await run(add, in: folder).code == 2)
        for (arguments, code, words) in [
            (add, 0, "田中 さんを登録しました"), (add, 1, "使われています"),
            (["staff", "add", "--login", "sato", "--name", " ", "--role", "water:clerk"], 1, "氏名"),
            (["staff", "add", "--login", "sato", "--name", "佐藤", "--role", "moon:clerk"], 2, "課「moon」"),
            (["staff", "password", "--login", "tanaka"], 0, "変えました"),
            (["staff", "disable", "--login", "tanaka"], 0, "解除しました"),
            (["staff", "password", "--login", "tanaka"], 1, "いません"),
        ] as [([String], Int, String)] {
            // From a file: a command that refuses does not read its input, and a pipe would break.
            let input = try FileDescriptor.open(FilePath(password), .readOnly)
            let result = try await Subprocess.run(
                .path(FilePath(ServerProcess.built)), arguments: .init(arguments),
                environment: .inherit.updating(["ORIGAMI_DATA": folder.path + "/data"]),
                input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .string(limit: 10_000),
                error: .string(limit: 10_000))
            #expect(result.terminationStatus == .exited(Int32(code)), "\(arguments)")
            #expect(
                (result.standardOutput + result.standardError).contains(words), "\(arguments): \(result.standardError)")
        }
    }
}
