import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("送ったあと")
struct AfterSendingTests {
    /// A request for a residence record that was sent, on the desk of the residents' section.
    private func sent(_ town: TestTown) async throws -> (visitor: Visitor, officer: Visitor, id: String) {
        let visitor = town.visitor()
        var page = try await visitor.arrive(at: "identity", in: .residence)
        page = try await visitor.upload(page.path, ["way": "counter"], control: "identity", files: [])
        let receipt = try await visitor.submit(try await visitor.post(page.path, ["telephone": "0285-56-9188"]))
        let id = String(receipt.path.split(separator: "/")[1])
        return (visitor, try await town.officer("jumin"), id)
    }

    /// Presses one of the buttons of an application on the desk.
    private func act(_ officer: Visitor, _ id: String, _ verb: String, _ fields: [String: String] = [:]) async throws
        -> Visitor.Reply
    {
        let page = try await officer.get("/desk/cases/\(id)")
        let form = page.body.split(separator: "action=\"/desk/cases/\(id)/\(verb)\"").dropFirst().first ?? ""
        func hidden(_ name: String) -> String {
            form.firstRange(of: "name=\"\(name)\" value=\"").map {
                String(form[$0.upperBound...].prefix { $0 != "\"" })
            } ?? ""
        }
        let own = ["seen": hidden("seen"), "once": hidden("once")]
        return try await officer.post("/desk/cases/\(id)/\(verb)", own.merging(fields) { $1 })
    }

    @Test("補正は、求められた回答だけを直せる。直すと審査に戻り、ほかの回答は変わらない")
    func pinned() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            _ = try await act(officer, id, "receive")
            let empty = try await act(officer, id, "return", ["pin": "copies", "why.copies": " "])
            #expect(empty.firstStatus == 422 && empty.body.contains("value=\"copies\" checked"))
            let nothing = try await act(officer, id, "return", ["pin": "nosuch", "why.nosuch": "直してください"])
            #expect(nothing.firstStatus == 409)
            let returned = try await act(
                officer, id, "return", ["pin": "copies", "why.copies": "1通で足りますか。", "words": ""])
            #expect(returned.text.contains("・通数：1通で足りますか。"))

            let status = try await visitor.get("/applications/\(id)")
            #expect(status.text.contains("直していただくところ") && status.text.contains("1通で足りますか。"))
            let check = try await visitor.get("/applications/\(id)/check")
            #expect(check.body.contains("/copies?from=check\"") && !check.body.contains("/address?from=check\""))
            #expect(try await visitor.get("/applications/\(id)/address").path == "/applications/\(id)")
            let other = try await visitor.post("/applications/\(id)/purpose", ["purpose": "housing"])
            #expect(other.firstStatus == 409 && other.body.contains("href=\"/applications/\(id)\""))

            let again = try await visitor.post("/applications/\(id)/copies?from=check", ["copies": "1"])
            #expect(again.path.hasSuffix("/check"))
            _ = try await visitor.submit(again)
            let desk = try await officer.get("/desk/cases/\(id)")
            #expect(desk.text.contains("審査中") && desk.text.contains("1通") && desk.text.contains("410円"))
        }
    }

    @Test("補正で選んだ答えが新しい質問を開けば、それにも答えられる")
    func opened() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            _ = try await act(officer, id, "receive")
            _ = try await act(officer, id, "return", ["pin": "who", "why.who": "ご家族の分ではありませんか。", "words": ""])
            let next = try await visitor.post("/applications/\(id)/who?from=check", ["who": "member"])
            #expect(next.path.hasSuffix("/members"))
            let row = try await visitor.post(next.path + "/add?from=check")
            let name = ["family": "髙﨑", "given": "太郎", "family_kana": "タカサキ", "given_kana": "タロウ"]
            let check = try await visitor.post(
                row.path + "?from=check",
                Dictionary(uniqueKeysWithValues: name.map { ("member_name." + $0.key, $0.value) }))
            #expect(check.path.hasSuffix("/check") && check.text.contains("髙﨑　太郎"))
            _ = try await visitor.submit(check)
            #expect(try await officer.get("/desk/cases/\(id)").text.contains("世帯の方 1：髙﨑　太郎"))
        }
    }

    @Test("申請者は担当に連絡できる。二度押しても一通")
    func replies() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            let status = try await visitor.get("/applications/\(id)")
            let once = status.hidden("once")
            let empty = try await visitor.post("/applications/\(id)/reply", ["once": once, "words": ""])
            #expect(empty.firstStatus == 422)
            for _ in 0..<2 {
                _ = try await visitor.post("/applications/\(id)/reply", ["once": once, "words": "電話は午後にお願いします。"])
            }
            let desk = try await officer.get("/desk/cases/\(id)").text
            #expect(desk.split(separator: "電話は午後にお願いします。").count == 2)
            #expect(try await officer.get("/desk").text.contains("連絡あり"))
            _ = try await act(officer, id, "letter", ["words": "分かりました。"])
            let answered = try await officer.get("/desk").text
            #expect(!answered.contains("連絡あり"))
            let number = try await visitor.post(
                "/applications/\(id)/reply", ["once": once, "words": "番号は 1234 5678 9018 です"])
            #expect(number.firstStatus == 422 && number.body.contains("1234 5678 9018"))
            let stranger = try await town.visitor().post("/applications/\(id)/reply", ["once": once, "words": "x"])
            #expect(stranger.firstStatus == 403 && stranger.text.contains("確認コード"))
        }
    }

    @Test("決定の前なら取り下げられる。取り下げた申請は処理できず、決定のあとは取り下げられない")
    func withdrawal() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            #expect(try await visitor.get("/applications/\(id)/withdraw").text.contains("元には戻せません"))
            let done = try await visitor.post("/applications/\(id)/withdraw", ["words": "別の手続きにしました。"])
            #expect(done.text.contains("取り下げられました"))
            let desk = try await officer.get("/desk/cases/\(id)")
            #expect(desk.text.contains("取下げ") && desk.text.contains("別の手続きにしました。"))
            #expect(!desk.body.contains("/approve\""))

            let (other, second, decided) = try await sent(town)
            _ = try await act(second, decided, "receive")
            _ = try await act(second, decided, "approve", ["words": ""])
            #expect(try await other.post("/applications/\(decided)/withdraw").firstStatus == 409)
        }
    }

    @Test("手数料は承認のときに一度だけ請求され、受領・返金が記録される。二度は受け取れない")
    func fees() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            _ = try await act(officer, id, "receive")
            #expect(!(try await visitor.get("/applications/\(id)").text.contains("お支払いをお待ち")))
            _ = try await act(officer, id, "approve", ["words": ""])
            #expect(try await visitor.get("/applications/\(id)").text.contains("710円"))
            #expect(try await officer.post("/desk/cases/\(id)/fee-paid", ["yen": "700"]).firstStatus == 409)
            for _ in 0..<2 { _ = try await officer.post("/desk/cases/\(id)/fee-paid", ["yen": "710"]) }
            #expect(try await visitor.get("/applications/\(id)").text.contains("お支払い済み"))
            let waived = try await officer.post("/desk/cases/\(id)/fee-waived", ["yen": "710", "words": "生活保護"])
            #expect(waived.firstStatus == 409)
            let unexplained = try await officer.post("/desk/cases/\(id)/fee-refunded", ["yen": "710", "words": ""])
            #expect(unexplained.firstStatus == 422)
            let refunded = try await officer.post(
                "/desk/cases/\(id)/fee-refunded", ["yen": "710", "words": "二重に受け取ったため"])
            #expect(refunded.text.contains("返金済み"))
            let entries: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM fee_entry")?["n"]
            }
            #expect(entries == 3)
        }
    }

    @Test("支払いページへは受付番号と金額が伝わり、届いた入金は一度だけ記録される。金額が違えば記録しない")
    func paidElsewhere() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            _ = try await act(officer, id, "receive")
            _ = try await act(officer, id, "approve", ["words": ""])
            let status = try await visitor.get("/applications/\(id)")
            let link = /https:\/\/pay\.example\.jp\/kaminokawa\?ref=(R[0-9A-Z-]+)&amp;yen=710/
            let number = String(try #require(status.body.firstMatch(of: link)?.output.1))
            let applications = town.platform.applications
            func confirm(
                _ number: String, _ yen: Int, _ reference: String = "P-1"
            ) async throws -> PaymentOutcome {
                let notice = PaymentNotice(number: number, yen: yen, reference: reference)
                return try await applications.confirm(notice, at: town.clock.now)
            }
            #expect(try await confirm(number, 700) == .otherAmount(due: 710))
            #expect(try await confirm("R8-XXXX-XXXX", 710) == .noSuchNumber)
            #expect(try await confirm(number, 710) == .recorded)
            #expect(try await confirm(number, 710) == .known)
            #expect(try await confirm(number, 710, "P-2") == .paidBefore)
            #expect(try await officer.get("/desk/cases/\(id)").text.contains("二重の支払いでないか"))
            let after = try await visitor.get("/applications/\(id)")
            #expect(after.text.contains("お支払い済み") && !after.body.contains("pay.example.jp"))
            #expect(try await officer.get("/desk/cases/\(id)").text.contains("P-1"))
        }
    }

    @Test("申請のときに払う手数料は、補正で変わればまだ払っていない分が改められる。払ったあとなら、課に知らされる", arguments: [false, true])
    func adjusted(_ isPaid: Bool) async throws {
        try await TestTown.run { town in
            let document = String(
                decoding: try #require(TestFile.bytes(TestTown.source + "/forms/park-use.yaml")), as: UTF8.self)
            let now = town.clock.now
            try await town.platform.database.write { transaction in
                let changed = document.replacing("due: approval", with: "due: submission")
                    .replacing(/version: [0-9]+/, with: "version: 99")
                _ = try Form.publish(
                    FormFile.prove(changed, file: "park-use"), by: .system, at: now, in: transaction)
            }
            let walk = try #require(try Walk.sample("park-use", on: town.clock.now.day))
            let visitor = town.visitor()
            let receipt = try await visitor.submit(visitor.fillIn(walk))
            let id = String(receipt.path.split(separator: "/")[1])
            let officer = try await town.officer("kensetsu")
            let before = try #require(
                try await visitor.get("/applications/\(id)").text.firstMatch(of: /手数料([0-9,]+円)/)?.output.1)
            let page = try await officer.get("/desk/cases/\(id)")
            if isPaid { _ = try await officer.post("/desk/cases/\(id)/fee-paid", ["yen": page.hidden("yen")]) }
            _ = try await act(officer, id, "receive")
            _ = try await act(officer, id, "return", ["pin": "time", "why.time": "1時間でよいですか。", "words": ""])
            _ = try await visitor.post(
                "/applications/\(id)/time?from=check", ["start": walk.typed["start"] ?? "", "hours": "1"])
            _ = try await visitor.submit(visitor.get("/applications/\(id)/check"))
            let desk = try await officer.get("/desk/cases/\(id)").text
            #expect(desk.contains("請求額の変更") != isPaid)
            #expect(desk.contains("補正により、手数料が \(before) から") == isPaid)
        }
    }

    @Test("実際にかかった日数は、十件そろうまで言わず、そろえば申請の前に見せる")
    func measured() async throws {
        try await TestTown.run { town in
            for number in 1...10 {
                #expect(!(try await town.visitor().get("/procedures/residence-certificate").text.contains("お答えしています")))
                let (_, _, id) = try await sent(town)
                town.clock.advance(seconds: (number == 10 ? 8 : 2) * 86_400)
                let again = try await town.officer("jumin")
                _ = try await act(again, id, "receive")
                _ = try await act(again, id, "approve", ["words": ""])
            }
            let page = try await town.visitor().get("/procedures/residence-certificate").text
            #expect(page.contains("半分の方に2日以内、10人のうち9人に2日以内"))
        }
    }

    @Test("控えと決定通知書は、名前の字も正しいPDFになる。決定の前には通知書はない")
    func papers() async throws {
        try await TestTown.run { town in
            let (visitor, officer, id) = try await sent(town)
            let receipt = try await visitor.get("/applications/\(id)/receipt.pdf")
            #expect(receipt.headers["content-type"] == "application/pdf")
            let text = try await PaperText.read(receipt.bytes)
            for words in ["受付の控え", "髙﨑", "300円×2通=600円", "710円", "昭和55年（1980年）3月1日"] {
                #expect(text.contains(words), "\(words) is not in \(text)")
            }
            #expect(try await visitor.get("/applications/\(id)/notice.pdf").status == 404)
            _ = try await act(officer, id, "receive")
            _ = try await act(officer, id, "reject", ["words": "別の世帯の方の分のため"])
            let notice = try await PaperText.read(try await visitor.get("/applications/\(id)/notice.pdf").bytes)
            for words in ["決定通知書", "髙﨑", "花子", "承認しません", "別の世帯の方の分のため", "審査請求"] {
                #expect(notice.contains(words), "\(words) is not in \(notice)")
            }
            #expect(try await officer.get("/desk/cases/\(id)/notice.pdf").status == 200)
            #expect(try await town.officer("suido").get("/desk/cases/\(id)/notice.pdf").status == 404)
        }
    }
}
