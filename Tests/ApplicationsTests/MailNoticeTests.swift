import Applications
import Core
import Platform
import TestKit
import Testing

@Suite("メールでのお知らせ")
struct MailNoticeTests {
    private func town(_ work: @escaping @Sendable (TestTown, TestMailServer) async throws -> Void) async throws {
        try await TestMailServer.run(TestMailServer.Manner()) { server in
            let mail = try await Settings.read(environment: [
                "ORIGAMI_MAIL_SERVER": "smtp://127.0.0.1:\(server.port)", "ORIGAMI_MAIL_TLS": "none",
                "ORIGAMI_MAIL_SENDER": "shinsei@town.example.jp",
            ]).mail
            try await TestTown.run(settings: { $0.mail = mail }, { try await work($0, server) })
        }
    }

    private func sent(_ visitor: Visitor, news: String) async throws -> Visitor.Reply {
        let check = try await visitor.fillIn(.dog)
        let id = check.path.split(separator: "/")[1]
        return try await visitor.post(
            "/applications/\(id)/submit",
            ["submission": check.hidden("submission"), "revision": check.hidden("revision"), "news": news])
    }

    @Test("希望した人に、お知らせがあることだけをメールで知らせる。氏名も手続きの名前も、コードも書かない")
    func told() async throws {
        try await town { town, server in
            let receipt = try await sent(town.visitor(), news: "ｈａｎａｋｏ@example.jp")
            #expect(receipt.path.hasSuffix("/receipt"))
            let id = receipt.path.split(separator: "/")[1]
            let number = try #require(receipt.text.firstMatch(of: /R[0-9]-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            let code = try #require(receipt.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            try await town.workOff()
            try await town.workOff()
            let officer = try await town.officer("kankyo")
            _ = try await officer.post(
                "/desk/cases/\(id)/letter", ["once": ID<Int>().text, "words": "鑑札の準備ができました。"])
            try await town.workOff()
            let mails = try server.received()
            #expect(mails.count == 2)
            for mail in mails {
                #expect(mail.recipients == ["hanako@example.jp"])
                #expect(mail.headers["Subject"] == "【上三川町】申請についてのお知らせ（\(number)）")
                #expect(mail.text.contains("/resume"))
                for word in ["髙﨑", "犬", "鑑札", String(code)] { #expect(!mail.text.contains(word)) }
            }
            #expect(try await officer.get("/desk/cases/\(id)").text.contains("お知らせメールの送信"))
        }
    }

    @Test("あとから「届かなかった」と知らされたら、お知らせ先を外し、記録に残す。遅れているだけの知らせと、よそのメールの知らせでは、何も変えない")
    func bounced() async throws {
        try await town { town, server in
            let receipt = try await sent(town.visitor(), news: "gone@example.jp")
            let id = receipt.path.split(separator: "/")[1]
            try await town.workOff()
            try await town.workOff()
            let mail = try #require(try server.received().first)
            func notification(_ action: String, _ original: String) -> [UInt8] {
                Array(
                    """
                    From: MAILER-DAEMON@mx.example.jp
                    Message-ID: <20261126.1@mx.example.jp>
                    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                    --b
                    Content-Type: message/delivery-status

                    Final-Recipient: rfc822; gone@example.jp
                    Action: \(action)
                    Status: 5.1.1

                    --b
                    Content-Type: message/rfc822

                    \(original)
                    --b--
                    """.utf8)
            }
            let applications = town.platform.applications
            #expect(try await applications.noteBounce(notification("delayed", mail.raw), at: town.clock.now) == 0)
            let other = "Message-ID: <\(ID<Int>())@example.jp>"
            #expect(try await applications.noteBounce(notification("failed", other), at: town.clock.now) == 0)
            #expect(try await applications.noteBounce(notification("failed", mail.raw), at: town.clock.now) == 1)
            #expect(try await applications.noteBounce(notification("failed", mail.raw), at: town.clock.now) == 0)
            let officer = try await town.officer("kankyo")
            #expect(try await officer.get("/desk/cases/\(id)").text.contains("お知らせメールが届かない"))
            _ = try await officer.post(
                "/desk/cases/\(id)/letter", ["once": ID<Int>().text, "words": "鑑札の準備ができました。"])
            try await town.workOff()
            #expect(try server.received().count == 1)
        }
    }

    @Test("アドレスでないものは、その場で直せる。希望しない人と、やめた人には送らない")
    func wishes() async throws {
        try await town { town, server in
            let visitor = town.visitor()
            let wrong = try await sent(visitor, news: "hanako@")
            #expect(
                wrong.status == 422 && wrong.body.contains("value=\"hanako@\"") && wrong.body.contains("news-error"))
            let other = town.visitor()
            let receipt = try await sent(other, news: "")
            let status = "/applications/\(receipt.path.split(separator: "/")[1])"
            _ = try await other.post(status + "/mail", ["news": "hanako@example.jp"])
            #expect(try await other.get(status).body.contains("value=\"hanako@example.jp\""))
            let bad = try await other.post(status + "/mail", ["news": "花子"])
            #expect(bad.status == 422 && bad.body.contains("value=\"花子\""))
            _ = try await other.post(status + "/mail", ["news": ""])
            try await town.workOff()
            #expect(try server.received().isEmpty)
        }
    }

    @Test("サーバーの設定がなければ、メールの欄は出ない")
    func none() async throws {
        try await TestTown.run { town in
            let check = try await town.visitor().fillIn(.dog)
            #expect(!check.body.contains("name=\"news\""))
        }
    }
}
