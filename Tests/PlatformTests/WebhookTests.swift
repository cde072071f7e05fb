import Core
import Database
import Platform
import TestKit
import Testing

@Suite("知らせ（Webhook）")
struct WebhookTests {
    /// A dog's application.
    private func send(_ town: TestTown) async throws {
        let applicant = town.visitor()
        _ = try await applicant.submit(applicant.fillIn(.dog))
    }

    /// Registers an address at the desk. Gives the page that came back.
    private func register(_ town: TestTown, _ url: String) async throws -> Visitor.Reply {
        try await town.officer("digital").post(
            "/desk/interfaces/webhooks",
            pairs: [
                ("name", "基幹"), ("url", url), ("events", "case.submitted"), ("events", "case.approved"),
                ("cards", "dog-registration"),
            ])
    }

    private func secret(_ page: Visitor.Reply) throws -> String {
        String(try #require(page.body.firstMatch(of: /<code class="digest">([0-9a-f]{64})/)).1)
    }

    /// The page of the only address.
    private func journal(_ town: TestTown) async throws -> Visitor.Reply {
        let desk = try await town.officer("digital")
        let list = try await desk.get("/desk/interfaces")
        let link = try #require(list.body.firstMatch(of: /href="(\/desk\/interfaces\/webhooks\/[^"]+)"/)).1
        return try await desk.get(String(link))
    }

    @Test("できごとは、署名つきで届く。中身は番号と種類と時刻だけ。選ばなかったことは届かない")
    func delivery() async throws {
        try await TestHookServer.run { server in
            try await TestTown.run(settings: { $0.webhookLAN = ["127.0.0.1:\(server.port)"] }) { town in
                server.know(try secret(try await register(town, "http://127.0.0.1:\(server.port)/hook?x=1")))
                try await send(town)
                try await town.workOff()
                let received = try server.received()
                try #require(received.count == 1)
                #expect(received[0].isSigned && received[0].path == "/hook?x=1")
                #expect(Set(received[0].message.keys) == ["id", "kind", "procedure", "application", "at"])
                #expect(received[0].message["kind"] == "case.submitted" && received[0].message["id"] == received[0].id)
                #expect(received[0].message["application"]?.hasPrefix("R8-") == true)
                let page = try await journal(town)
                #expect(page.text.contains("届いた") && page.text.contains("（200）"))
            }
        }
    }

    @Test("500 なら間をあけて送り直し、直れば届く。7日のあいだは、もう一度送れる")
    func retry() async throws {
        try await TestHookServer.run { server in
            try await TestTown.run(settings: { $0.webhookLAN = ["127.0.0.1:\(server.port)"] }) { town in
                server.know(try secret(try await register(town, "http://127.0.0.1:\(server.port)/")))
                server.answer(500)
                try await send(town)
                try await town.workOff()
                #expect(try server.received().count == 1)
                // Another one does not knock at once, too.
                try await send(town)
                try await town.workOff()
                #expect(try server.received().count == 1)
                #expect(try await journal(town).text.contains("から、届いていません"))
                server.answer(200)
                town.clock.advance(seconds: 31)
                try await town.workOff()
                let received = try server.received()
                #expect(received.count == 3 && received.allSatisfy(\.isSigned))
                #expect(Set(received.map(\.id)).count == 2)

                let page = try await journal(town)
                let replay = try #require(page.body.firstMatch(of: /action="([^"]+\/replay)"/)).1
                _ = try await town.officer("digital").post(String(replay))
                try await town.workOff()
                #expect(try server.received().count == 4)
                town.clock.advance(seconds: 8 * 86_400)
                try await town.workOff()
                #expect(try await journal(town).text.contains("知らせることはありませんでした"))
            }
        }
    }

    @Test("1日届かなければ止まり、ページで知らせる。もう一度始めると、届いていないものも送る")
    func stopping() async throws {
        try await TestHookServer.run { server in
            try await TestTown.run(settings: { $0.webhookLAN = ["127.0.0.1:\(server.port)"] }) { town in
                server.know(try secret(try await register(town, "http://127.0.0.1:\(server.port)/")))
                server.answer(302)
                try await send(town)
                for _ in 0..<4 {
                    try await town.workOff()
                    town.clock.advance(seconds: 8 * 3600)
                }
                try await town.workOff()
                // A redirect is not followed.
                #expect(try server.received().allSatisfy { $0.path == "/" })
                let stopped = try await journal(town)
                #expect(stopped.text.contains("1日のあいだ何も届かなかったので"))
                let before = try server.received().count
                try await send(town)
                try await town.workOff()
                #expect(try server.received().count == before)
                server.answer(204)
                let start = try #require(stopped.body.firstMatch(of: /action="([^"]+\/start)"/)).1
                _ = try await town.officer("digital").post(String(start))
                try await town.workOff()
                #expect(try server.received().count == before + 1)
            }
        }
    }

    @Test(
        "庁内や機械の中に通じるアドレスには送らない",
        arguments: [
            "http://169.254.169.254/latest/meta-data", "https://169.254.169.254/", "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://192.168.1.1/", "https://172.20.0.1/", "https://[::1]/", "https://[fe80::1]/", "https://[fd00::1]/",
            "https://[::ffff:127.0.0.1]/", "https://0x7f000001/", "https://2130706433/", "https://0177.0.0.1/",
            "https://127.1/", "https://user@example.jp/", "ftp://example.jp/", "http://example.jp/", "https://",
            "javascript:1",
        ])
    func refused(_ url: String) async throws {
        #expect(throws: OutsideAddress.Refusal.self) { try OutsideAddress(url, local: ["127.0.0.1:9000"]) }
    }

    @Test("名前が機械の中を指していれば、送るときに断る。登録の画面も、打ったものを残して断る")
    func names() async throws {
        let outcome = await OutsidePost(Settings()).send([], to: "https://localhost/", headers: [])
        guard case .failed(let words) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(words.contains("庁内のネットワーク"))
        try await TestTown.run { town in
            let page = try await register(town, "http://169.254.169.254/latest")
            #expect(page.status == 422 && page.body.contains("value=\"http://169.254.169.254/latest\""))
            #expect(page.text.contains("https:// で始まるアドレス"))
        }
    }
}
