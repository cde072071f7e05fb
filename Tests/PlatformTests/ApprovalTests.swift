import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("決裁")
struct ApprovalTests {
    /// An application for a park, on the desk of the construction section, where one decider and one clerk are.
    private func park(_ town: TestTown) async throws -> (visitor: Visitor, id: String) {
        try await town.sent(#require(try Walk.sample("park-use", on: town.clock.now.day)))
    }

    /// One for a nursery school: the children's section agrees first, then health.
    private func nursery(_ town: TestTown) async throws -> String {
        let sample = try #require(try TestTown.folder().sample)
        let item = try #require(sample.cases.first { $0.card == "nursery-school" })
        let now = town.clock.now
        return try await town.platform.applications.apply(
            card: item.card, through: .online, typed: item.typed(on: now.day), files: sample.files,
            by: Applicant(session: "nursery"), language: .ja, at: now
        ).text
    }

    @Test("決裁の要る手続きは、直接は決定できない。起案した人は自分では決裁できず、別の決裁者が決めると効力が出る")
    func fourEyes() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await park(town)
            let (clerk, decider) = (try await town.officer("madoguchi"), try await town.officer("kensetsu"))
            _ = try await clerk.press("receive", of: id)
            let page = try await decider.get("/desk/cases/\(id)")
            #expect(!page.body.contains("/approve\"") && page.body.contains("/propose\""))
            let direct = try await decider.post(
                "/desk/cases/\(id)/approve", ["seen": "received", "once": ID<Int>().text, "words": "許可します。"])
            #expect(direct.status == 409 && direct.text.contains("決裁を経て決定します") && direct.body.contains("許可します。"))

            let reasonless = try await decider.press("propose", of: id, ["outcome": "rejected", "words": ""])
            #expect(reasonless.status == 422)
            _ = try await decider.press("propose", of: id, ["outcome": "approved", "words": "許可します。"])
            let own = try await decider.press("agree", of: id)
            #expect(own.status == 409 && own.text.contains("別の決裁者"))
            #expect(try await town.status(id) == .received)
            #expect(try await decider.get("/desk/approvals").text.contains("別の決裁者を待つもの"))

            _ = try await decider.press("take-back", of: id)
            _ = try await clerk.press("propose", of: id, ["outcome": "approved", "words": "許可します。"])
            #expect(try await clerk.press("agree", of: id).status == 403)
            let busy = try await decider.post(
                "/desk/cases/\(id)/return",
                ["seen": "received", "once": ID<Int>().text, "words": "お確かめください。"])
            #expect(busy.status == 409 && busy.text.contains("決裁の途中です"))
            let waiting = try await decider.get("/desk/approvals")
            #expect(waiting.text.contains("あなたの決裁を待つもの 1件") && waiting.body.contains(id))
            let open = try await decider.get("/desk/cases/\(id)")
            for _ in 0..<2 { #expect(try await decider.press("agree", on: open, of: id).status == 200) }
            #expect(try await town.status(id) == .approved)
            #expect(try await town.count("case.approved", of: id) == 1)
            let seen = try await visitor.get("/applications/\(id)").text
            #expect(seen.contains("許可します。") && seen.contains("手数料"))
        }
    }

    @Test("決裁順のとおりに回り、次の課の決裁者は自分の番のあいだだけ見られる。差し戻すと理由が起案者に見える")
    func route() async throws {
        try await TestTown.run { town in
            let id = try await nursery(town)
            let (clerk, first) = (try await town.officer("madoguchi"), try await town.officer("kodomo"))
            let (second, stranger) = (try await town.officer("kenko"), try await town.officer("suido"))
            _ = try await first.press("receive", of: id)
            _ = try await clerk.press("propose", of: id, ["outcome": "approved", "words": "利用を認めます。"])
            // 健康福祉課の番ではない。
            #expect(try await second.get("/desk/cases/\(id)").status == 404)
            _ = try await first.press("agree", of: id)
            #expect(try await town.status(id) == .received)
            let page = try await second.get("/desk/cases/\(id)")
            #expect(page.status == 200 && page.text.contains("利用を認めます。") && page.text.contains("申請の内容"))
            #expect(!page.body.contains("/letter\"") && !page.body.contains("/note\"") && !page.text.contains("閲覧の記録"))
            #expect(try await stranger.get("/desk/cases/\(id)").status == 404)
            #expect(try await second.press("send-back", of: id, ["words": ""]).status == 422)
            let back = try await second.press("send-back", of: id, ["words": "世帯の所得を確かめてください。"])
            #expect(back.path == "/desk/approvals")
            #expect(try await second.get("/desk/cases/\(id)").status == 404)
            let told = try await clerk.get("/desk/cases/\(id)").text
            #expect(told.contains("差し戻されました") && told.contains("世帯の所得を確かめてください。"))

            _ = try await clerk.press("propose", of: id, ["outcome": "approved", "words": "所得を確認しました。"])
            _ = try await first.press("agree", of: id)
            _ = try await second.press("agree", of: id)
            #expect(try await town.status(id) == .approved)
            let done = try await clerk.get("/desk/cases/\(id)").text
            for words in ["起案", "決裁", "差戻し", "見本 健", "所得を確認しました。"] { #expect(done.contains(words)) }
        }
    }

    @Test("決裁の途中で申請者が取り下げると、決裁は終わる")
    func withdrawn() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await park(town)
            let (clerk, decider) = (try await town.officer("madoguchi"), try await town.officer("kensetsu"))
            _ = try await clerk.press("receive", of: id)
            _ = try await clerk.press("propose", of: id, ["outcome": "approved", "words": ""])
            let open = try await decider.get("/desk/cases/\(id)")
            _ = try await visitor.post("/applications/\(id)/withdraw", ["words": "中止になりました。"])
            #expect(try await decider.press("agree", on: open, of: id).status == 409)
            #expect(try await town.status(id) == .withdrawn)
            #expect(try await decider.get("/desk/approvals").text.contains("決裁を待つものはありません"))
        }
    }
}
