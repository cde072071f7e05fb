import Core
import FoundationEssentials
import TestKit
import Testing

@Suite("メール")
struct MailTests {
    /// A mailer set up as an operator would.
    private func mailer(
        _ address: String, _ settings: [String: String] = [:], within limit: Duration = Mailer.timeLimit
    ) async throws -> Mailer {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let usual = [
            "ORIGAMI_DATA": folder.path, "ORIGAMI_MAIL_SERVER": address,
            "ORIGAMI_MAIL_SENDER": "shinsei@example.lg.jp", "ORIGAMI_MAIL_TLS": "none",
        ]
        let read = try await Settings.read(environment: usual.merging(settings) { $1 })
        return try #require(Mailer(read, within: limit))
    }

    private func mail(to: String = "taro@example.jp", subject: String = "件名", text: String = "本文") throws -> Mail {
        try Mail(to: to, subject: subject, text: text)
    }

    /// Expects that a mail is put off for now, with these words.
    private func expectPutOff(_ mail: Mail, by mailer: Mailer, _ words: String) async {
        let fault = await #expect(throws: MailFault.self) { try await mailer.send(mail, at: .workday) }
        guard case .tryAgain(let found)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(found.contains(words))
    }

    @Test("件名も本文も、書いたとおりに届く")
    func delivery() async throws {
        try await TestMailServer.run(.init()) { server in
            let mailer = try await mailer("smtp://127.0.0.1:\(server.port)")
            let subject = "【上三川町】「犬の登録」（髙﨑𠮷子様）の申請を受け付けました。受付番号と、これからの流れをお知らせします🐕"
            let text = "髙﨑様\r\n.\n..点で始まる行\n\n" + String(repeating: "長い行", count: 500) + "\r終わり\n"
            let mail = try mail(subject: subject, text: text)
            let moment = try #require(Moment(iso: "2026-11-24T16:05:09.123Z"))
            #expect(try await mailer.send(mail, at: moment) == "250 2.0.0 queued as TEST")
            try await mailer.send(try self.mail(to: ".a..b@docomo.ne.jp", subject: "", text: ""), at: moment)

            let received = try server.received()
            try #require(received.count == 2)
            let first = received[0]
            #expect(first.sender == "shinsei@example.lg.jp" && first.recipients == ["taro@example.jp"])
            let lines = text.split(omittingEmptySubsequences: false) { ["\r\n", "\r", "\n"].contains($0) }
            #expect(first.text == lines.joined(separator: "\r\n"))
            let headers = [
                "Subject": subject, "From": "shinsei@example.lg.jp", "To": "taro@example.jp",
                "Date": "Wed, 25 Nov 2026 01:05:09 +0900", "Message-ID": "<\(mail.id)@example.lg.jp>",
                "MIME-Version": "1.0", "Content-Type": "text/plain; charset=\"UTF-8\"",
                "Content-Transfer-Encoding": "base64", "Auto-Submitted": "auto-generated",
            ]
            for (name, value) in headers { #expect(first.headers[name] == value) }
            #expect(first.headers.count == headers.count)
            #expect(first.raw.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
            #expect(first.raw.allSatisfy { $0.isASCII && (!$0.isNewline || $0 == "\r\n") })

            // Every word stands for itself: whole characters, at most 75 in all (RFC 2047, 2).
            let words = first.raw.matches(of: /=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/)
            let decoded = words.map {
                Data(base64Encoded: String($0.1)).flatMap { String(validating: $0, as: UTF8.self) }
            }
            #expect(words.count > 2 && words.allSatisfy { $0.0.count <= 75 })
            #expect(decoded.compactMap { $0 }.joined() == subject && !decoded.contains(nil))

            #expect(received[1].recipients == [".a..b@docomo.ne.jp"] && received[1].text == "")
            #expect(received[1].raw.contains("\r\nTo: \".a..b\"@docomo.ne.jp\r\nSubject: \r\n"))
        }
    }

    @Test("名のない証明書のサーバーには、そのCAを設定したときだけ渡す", arguments: [("starttls", "smtp"), ("implicit", "smtps")])
    func encryption(_ way: String, _ scheme: String) async throws {
        var manner = TestMailServer.Manner()
        manner.tls = try #require(.init(rawValue: way))
        (manner.user, manner.password) = ("origami", "パスワード p@ss:word/")
        try await TestMailServer.run(manner) { [manner] server in
            let address = "\(scheme)://127.0.0.1:\(server.port)"
            let login = [
                "ORIGAMI_MAIL_USER": manner.user, "ORIGAMI_MAIL_PASSWORD": manner.password,
                "ORIGAMI_MAIL_TLS": "required",
            ]
            let unknown = try await mailer(address, login)
            await expectPutOff(try mail(), by: unknown, "証明書を確かめられません")
            await #expect(throws: MailFault.self) { try await unknown.greet() }
            let absent = try await mailer(address, login.merging(["ORIGAMI_MAIL_CA": "/nowhere"]) { $1 })
            await expectPutOff(try mail(), by: absent, "mail.ca")
            #expect(try server.received().isEmpty)

            let known = try await mailer(address, login.merging(["ORIGAMI_MAIL_CA": server.certificate]) { $1 })
            #expect(try await known.greet().hasPrefix("250"))
            #expect(try server.received().isEmpty)
            try await known.send(try mail(), at: .workday)
            let received = try #require(try server.received().first)
            #expect(received.isEncrypted && received.login == "origami" && received.headers["Subject"] == "件名")
        }
    }

    @Test("暗号化に応じないサーバーには、none としないかぎり渡さない")
    func downgrade() async throws {
        try await TestMailServer.run(.init()) { server in
            let address = "smtp://127.0.0.1:\(server.port)"
            let mailer = try await mailer(address, ["ORIGAMI_MAIL_TLS": "required"])
            await expectPutOff(try mail(), by: mailer, "STARTTLS")
            #expect(try server.received().isEmpty)
        }
    }

    @Test("パスワードが違えば、直るまで待つ。合えば届く")
    func authentication() async throws {
        var manner = TestMailServer.Manner()
        (manner.user, manner.password) = ("origami", "正しいパスワード")
        try await TestMailServer.run(manner) { server in
            let address = "smtp://127.0.0.1:\(server.port)"
            let user = ["ORIGAMI_MAIL_USER": "origami"]
            let wrong = try await mailer(address, user.merging(["ORIGAMI_MAIL_PASSWORD": "違うパスワード"]) { $1 })
            await expectPutOff(try mail(), by: wrong, "mail.password")
            // 530 is said to the sender's address, and is not about the recipient.
            await expectPutOff(try mail(), by: try await mailer(address), "530")
            #expect(try server.received().isEmpty)
            let right = try await mailer(address, user.merging(["ORIGAMI_MAIL_PASSWORD": "正しいパスワード"]) { $1 })
            try await right.send(try mail(), at: .workday)
            #expect(try server.received().map(\.login) == ["origami"])
        }
    }

    @Test("5xxはあきらめ、4xxはあとで送り直す。どちらの言葉にも宛先は残らない")
    func replies() async throws {
        try await TestMailServer.run(.init()) { server in
            let mailer = try await mailer("smtp://127.0.0.1:\(server.port)")
            for (name, fault) in [
                ("unknown", MailFault.refused("550 5.1.1 <（宛先）>: no such mailbox")),
                ("spam", .refused("554 5.7.1 not wanted")),
                ("full", .tryAgain("452 4.2.2 <（宛先）>: mailbox is full")),
                ("greylisted", .tryAgain("451 4.7.1 come again")),
            ] {
                let found = await #expect(throws: MailFault.self) {
                    try await mailer.send(try mail(to: "\(name)@example.jp"), at: .workday)
                }
                #expect(found == fault)
                #expect(found?.description.contains("example.jp") == false)
            }
            #expect(try server.received().isEmpty)
        }
    }

    @Test("門前払いは、宛先のせいではない")
    func turnedAway() async throws {
        var manner = TestMailServer.Manner()
        manner.greeting = .away
        try await TestMailServer.run(manner) { server in
            await expectPutOff(try mail(), by: try await mailer("smtp://127.0.0.1:\(server.port)"), "554")
        }
        await expectPutOff(try mail(), by: try await mailer("smtp://127.0.0.1:1"), "つながりません")
    }

    @Test("黙ったサーバーは、時間が来ればあきらめる")
    func silence() async throws {
        var manner = TestMailServer.Manner()
        manner.greeting = .none
        try await TestMailServer.run(manner) { server in
            let mailer = try await mailer("smtp://127.0.0.1:\(server.port)", within: .milliseconds(300))
            await expectPutOff(try mail(), by: mailer, "返事がありません")
        }
        try await TestMailServer.run(.init()) { server in
            let mailer = try await mailer("smtp://127.0.0.1:\(server.port)", within: .milliseconds(300))
            await expectPutOff(try mail(to: "slow@example.jp"), by: mailer, "返事がありません")
        }
    }

    @Test("黙ったサーバーを待つあいだも、ほかの仕事は止まらない")
    func otherWork() async throws {
        var manner = TestMailServer.Manner()
        manner.greeting = .none
        let waiting = try await TestMailServer.run(manner) { server in
            var waiting: [Task<Void, Never>] = []
            for _ in 0..<16 {
                let mailer = try await mailer("smtp://127.0.0.1:\(server.port)")
                let mail = try mail()
                waiting.append(
                    Task { await #expect(throws: MailFault.self) { try await mailer.send(mail, at: .workday) } })
            }
            // The server is waited for ten seconds. It goes away, and the mails with it, as soon as the other work is done.
            let time = await ContinuousClock().measure { try? await Task.sleep(for: .milliseconds(50)) }
            #expect(time < .seconds(9))
            return waiting
        }
        for task in waiting { await task.value }
    }

    @Test(
        "宛先や件名に、ほかの宛先や見出しを忍ばせることはできない",
        arguments: [
            ("a@example.jp\r\nBcc: b@example.jp", "件名"), ("a@example.jp>\r\nRCPT TO:<b@example.jp", "件名"),
            ("a@example.jp\n", "件名"), ("a@example.jp,b@example.jp", "件名"), ("a@example.jp b@example.jp", "件名"),
            ("太郎 <a@example.jp>", "件名"), ("<a@example.jp>", "件名"), ("a@b@example.jp", "件名"),
            ("\"a b\"@example.jp", "件名"),
            ("a(x)@example.jp", "件名"), ("a@example.jp> SIZE=1", "件名"), ("a\u{0}@example.jp", "件名"), ("", "件名"),
            ("a@", "件名"), ("@example.jp", "件名"), ("a@localhost", "件名"), ("a@-example.jp", "件名"),
            ("a@example..jp", "件名"),
            ("太郎@example.jp", "件名"), ("a@例え.jp", "件名"), (String(repeating: "a", count: 65) + "@example.jp", "件名"),
            ("a@example.jp", "件名\r\nBcc: b@example.jp"), ("a@example.jp", "件名\n"), ("a@example.jp", "件名\r"),
            ("a@example.jp", "件名\u{0}"), ("a@example.jp", "件\u{2028}名"), ("a@example.jp", "件\u{85}名"),
        ])
    func injection(_ to: String, _ subject: String) throws {
        let fault = #expect(throws: MailFault.self) { try mail(to: to, subject: subject) }
        guard case .refused? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test("ふつうの宛先は受け付ける", arguments: ["a@example.jp", "a.b+c_d-e@mail.example.lg.jp", "a..b.@docomo.ne.jp", "0@1.jp"])
    func addresses(_ to: String) throws { #expect(try mail(to: to).to.text == to) }
}
