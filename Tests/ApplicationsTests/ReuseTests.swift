import Applications
import Core
import Platform
import TestKit
import Testing

@Suite("同じことを二度聞かない")
struct ReuseTests {
    /// Sends a sample's application, agreeing to these purposes. Gives its id and code.
    private func sent(
        _ town: TestTown, _ visitor: Visitor, _ walk: Walk, agreeing: [String]
    ) async throws -> (id: String, code: String) {
        let check = try await visitor.fillIn(walk)
        let id = String(check.path.split(separator: "/")[1])
        let pairs =
            [("submission", check.hidden("submission")), ("revision", check.hidden("revision"))]
            + agreeing.map { ("reuse", $0) }
        let receipt = try await visitor.post("/applications/\(id)/submit", pairs: pairs)
        let code = try #require(receipt.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
        return (id, String(code))
    }

    /// The code of an application with rows, whose applicant agreed to these purposes.
    private func code(
        _ town: TestTown, _ walk: Walk, agreeing purposes: Set<ReuseConsent.Purpose>
    ) async throws -> String {
        let (applications, who) = (town.platform.applications, Applicant(session: ID<Int>().text))
        let id = try await applications.apply(
            card: walk.card, through: .online, typed: walk.typed.mapValues { [$0] },
            files: try TestTown.folder().sample?.files ?? [:], by: who, language: .ja, at: town.clock.now)
        try await applications.agree(to: purposes, for: id, by: who, at: town.clock.now)
        return try await applications.openCase(id).code
    }

    private func begin(_ visitor: Visitor, _ card: String) async throws -> String {
        let page = try await visitor.post("/procedures/\(card)/apply")
        return String(page.path.split(separator: "/")[1])
    }

    @Test("同意した申請の答えは、確認コードで別の手続きに写せる。だれの、いつの答えかが見え、直せる")
    func reused() async throws {
        try await TestTown.run { town in
            let earlier = try await sent(town, town.visitor(), .dog, agreeing: ["own"])
            let visitor = town.visitor()
            let id = try await begin(visitor, "park-use")
            let choice = try await visitor.post("/applications/\(id)/reuse", ["code": earlier.code.lowercased()])
            #expect(choice.text.contains("髙﨑　花子（申請者）") && choice.text.contains("氏名、住所、電話番号"))
            #expect(!choice.body.contains("checked"))
            _ = try await visitor.post(
                "/applications/\(id)/reuse", ["code": earlier.code, "chosen": "yes", "applicant": "applicant"])
            let page = try await visitor.get("/applications/\(id)/applicant")
            #expect(page.body.contains("value=\"髙﨑\"") && page.body.contains("value=\"ﾊﾅｺ\""))
            #expect(page.text.contains("「犬の登録申請」（令和8年（2026年）11月24日）の髙﨑　花子さんの答えから"), "\(page.text)")
            // Another value is the person's own; an unchanged one still comes from there.
            let names = ["applicant.family": "高崎", "applicant.given": "花子"].merging(
                ["applicant.family_kana": "タカサキ", "applicant.given_kana": "ハナコ"]) { $1 }
            _ = try await visitor.post("/applications/\(id)/applicant", names)
            #expect(!(try await visitor.get("/applications/\(id)/applicant").text.contains("答えから")))
            let status = try await town.visitor().post("/resume", ["code": earlier.code])
            #expect(status.text.contains("この申請の答えは、次の申請で使われました。"))
        }
    }

    @Test("家族の答えは、家族への同意があるときだけ使える。送られた選択を書き換えても同じ")
    func household() async throws {
        try await TestTown.run { town in
            let walk = try #require(try Walk.sample("child-allowance", on: town.clock.now.day))
            let own = try await code(town, walk, agreeing: [.own])
            let both = try await code(town, walk, agreeing: [.own, .household])
            let visitor = town.visitor()
            let id = try await begin(visitor, "nursery-school")
            let path = "/applications/\(id)/reuse"
            let offered = try await visitor.post(path, ["code": both])
            let child = try #require(offered.body.firstMatch(of: /name="children" value="([^"]+)"/)?.output.1)
            #expect(!(try await visitor.post(path, ["code": own]).body.contains("name=\"children\"")))
            _ = try await visitor.post(path, ["code": own, "chosen": "yes", "children": String(child)])
            let empty = try await visitor.get("/applications/\(id)/children")
            #expect(empty.status == 200 && !empty.body.contains("id=\"rows\""))
            let fields = ["code": both, "chosen": "yes", "children": String(child)]
            for _ in 0..<2 { _ = try await visitor.post(path, fields) }
            let list = try await visitor.get("/applications/\(id)/children")
            let name = try #require(walk.typed["children.1/child_name.given"])
            #expect(list.text.contains(name) && list.body.split(separator: "/remove\"").count == 2)
        }
    }

    @Test("同意がない、取り消された、まちがった、送っていない: どのコードでも写せず、理由が分かる")
    func refused() async throws {
        try await TestTown.run { town in
            let (first, visitor) = (town.visitor(), town.visitor())
            let earlier = try await sent(town, first, .dog, agreeing: [])
            let id = try await begin(visitor, "park-use")
            func attempt(_ code: String) async throws -> Visitor.Reply {
                try await visitor.post(
                    "/applications/\(id)/reuse", ["code": code, "chosen": "yes", "applicant": "applicant"])
            }
            let no = try await attempt(earlier.code)
            #expect(no.firstStatus == 422 && no.text.contains("答えの再利用に同意していません"))
            #expect(no.body.contains("value=\"\(earlier.code)\""))
            _ = try await first.post("/applications/\(earlier.id)/consent", pairs: [("reuse", "own")])
            #expect(try await attempt(earlier.code).firstStatus == 303)
            _ = try await first.post("/applications/\(earlier.id)/consent")
            #expect(try await attempt(earlier.code).firstStatus == 422)
            #expect(try await attempt("3AC4-79DX-RTWH").text.contains("送信済みの申請は見つかりませんでした"))
            let draft = try await town.visitor().arrive(at: "contact", in: .dog)
            #expect(draft.status == 200)
            // Somebody who does not hold the application cannot change its consent.
            let stranger = try await visitor.post("/applications/\(earlier.id)/consent", pairs: [("reuse", "own")])
            #expect(stranger.status == 404)
        }
    }

    @Test("同じ画面で次の人が申請しても、前の人の答えは、コードを入れないかぎりどこにも出ない", arguments: ["browser", "counter"])
    func nothingReachesTheNext(_ place: String) async throws {
        try await TestTown.run { town in
            let visitor = place == "counter" ? try await town.officer("kankyo") : town.visitor()
            func begin(_ card: String) async throws -> Visitor.Reply {
                guard place == "counter" else { return try await visitor.post("/procedures/\(card)/apply") }
                return try await visitor.talk(about: [card], in: "environment")
            }
            let typed = Walk.dog.typed.merging(["by_present": "principal", "by_identity": "photo"]) { $1 }
            var page = try await begin("dog-registration")
            for _ in 0..<40 where !page.path.hasSuffix("/check") {
                let body = page.body
                page = try await visitor.post(page.path, typed.filter { body.contains("name=\"\($0.key)\"") })
            }
            let id = String(page.path.split(separator: "/")[1])
            let isTalk = place == "counter"
            let submit = isTalk ? "/counter/talk/submit" : "/applications/\(id)/submit"
            let receipt = try await visitor.post(
                submit,
                pairs: FilledForm.pairs(page.body, action: submit)
                    + [("reuse", "own"), ("reuse", "household"), ("agreed", "voice")])
            #expect(receipt.path.hasSuffix("/receipt"))

            let next = Walk.water.typed.merging(["by_present": "principal", "by_identity": "photo"]) { $1 }
            page = try await begin("water-start")
            let traces = ["髙﨑", "花子", "しらさぎ１０１", "０８０ー５６７８", "080-5678", "ポチ"]
            for _ in 0..<40 where !page.path.hasSuffix("/check") {
                for trace in traces { #expect(!page.body.contains(trace), "\(page.path): \(trace)") }
                let body = page.body
                page = try await visitor.post(page.path, next.filter { body.contains("name=\"\($0.key)\"") })
            }
            #expect(page.path.hasSuffix("/check"))
            for trace in traces { #expect(!page.body.contains(trace), "\(page.path): \(trace)") }
        }
    }
}
