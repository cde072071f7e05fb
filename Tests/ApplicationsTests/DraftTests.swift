import Platform
import TestKit
import Testing
import Applications
import Core
import Database

@Suite("下書き")
struct DraftTests {
    private func count(_ town: TestTown) async throws -> Int {
        try await town.platform.database.read { try $0.row("SELECT count(*) AS n FROM application")?["n"] ?? 0 }
    }

    @Test("郵便番号だけを入れても、町の住所の初めが入り、続きを書ける。書いた住所は変えない")
    func postcodes() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "address", in: .dog)
            let known = try await visitor.post(page.path, ["address.postcode": "〒３２９－０６１１", "address.street": ""])
            #expect(known.status == 422 && known.text.contains("住所の続き"))
            #expect(known.body.contains("value=\"栃木県河内郡上三川町大字上三川\""))
            let unknown = try await visitor.post(page.path, ["address.postcode": "100-0001", "address.street": ""])
            #expect(unknown.status == 422 && !unknown.text.contains("住所の続き"))
            let own = ["address.postcode": "329-0611", "address.street": "どこか1番地"]
            #expect(try await visitor.post(page.path, own).firstStatus == 303)
            #expect(try await visitor.get("/postcodes/3290618").body == "栃木県河内郡上三川町しらさぎ")
            #expect(try await visitor.get("/postcodes/0000000").status == 404)
        }
    }

    @Test("始めるボタンを二度押しても、書く前なら下書きは一つ")
    func startedTwice() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/dog-registration/apply")
            let again = try await visitor.post("/procedures/dog-registration/apply")
            #expect(first.path == again.path)
            #expect(try await count(town) == 1)
        }
    }

    @Test("書きかけの申請があれば、続けるか新しく始めるかを選ぶ")
    func begunBefore() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let next = try await visitor.post(first.path, ["who": "person"])
            let choice = try await visitor.post("/procedures/water-start/apply")
            #expect(choice.text.contains("書きかけの申請があります") && choice.text.contains("まで保存されます"))
            #expect(choice.body.contains("href=\"\(next.path)\""))
            #expect(try await count(town) == 1)
            let anew = try await visitor.post("/procedures/water-start/apply", ["anew": "yes"])
            #expect(anew.path.hasSuffix("/who") && anew.path != first.path)
        }
    }

    @Test("九十日だれも来なければ消え、鍵も消える。それまでは残る")
    func expiry() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            _ = try await visitor.post(first.path, ["who": "person"])
            let id = String(first.path.split(separator: "/")[1])
            town.clock.advance(seconds: 89 * 24 * 3600)
            try await town.platform.applications.deleteExpiredDrafts(at: town.clock.now)
            #expect(try await count(town) == 1)
            town.clock.advance(seconds: 2 * 24 * 3600)
            try await town.workOff()
            try await town.workOff()
            #expect(try await count(town) == 0)
            #expect(try await town.platform.vault.key(for: id) == nil)
        }
    }

    @Test("前に戻って選び直すと、通らない道の回答は送られない")
    func changedWay() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.dog)
            let id = check.path.split(separator: "/")[1]
            #expect(check.text.contains("392141234567890"))
            let changed = try await visitor.post("/applications/\(id)/chip?from=check", ["chip": "no"])
            #expect(changed.path.hasSuffix("/check"))
            #expect(!changed.text.contains("392141234567890"))
            // Coming back, what was typed is still there.
            _ = try await visitor.post("/applications/\(id)/chip?from=check", ["chip": "yes"])
            #expect(try await visitor.get("/applications/\(id)/check").text.contains("392141234567890"))
        }
    }

    @Test("共用の端末では、表示を終えると開けなくなる")
    func leaving() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.dog)
            let id = check.path.split(separator: "/")[1]
            _ = try await visitor.post("/applications/\(id)/leave")
            #expect(try await visitor.get(check.path).path == "/resume")
        }
    }

    @Test("言葉を変えても、回答は残る")
    func languages() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.water)
            let english = try await visitor.get("/language/en?back=" + Visitor.encoded(check.path))
            #expect(english.path == check.path)
            #expect(english.text.contains("Check your answers") && english.text.contains("𠮷田　太郎"))
        }
    }

    @Test("切れたあとに送った答えは、確認コードを入れると、もう一度送れる。まちがったコードでもなくならない")
    func replayed() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let next = try await visitor.post(first.path, ["who": "person"])
            let id = String(next.path.split(separator: "/")[1])
            let code = try await visitor.get("/applications/\(id)/code").body.split(separator: "<b>").map {
                $0.prefix(14)
            }
            .first { $0.contains("-") && $0.count == 14 }

            let other = town.visitor()
            let typed = [
                "user.family": "髙﨑<b>", "user.given": "花", "user.family_kana": "タカサキ", "user.given_kana": "ハナ",
            ]
            let asked = try await other.post(next.path, typed)
            #expect(asked.firstStatus == 403 && asked.text.contains("確認コード"))
            #expect(asked.body.contains("value=\"髙﨑&lt;b&gt;\""))
            let kept = Dictionary(uniqueKeysWithValues: typed.map { ("kept." + $0.key, $0.value) })
                .merging(["kept-path": next.path]) { $1 }
            let wrong = try await other.post("/resume", kept.merging(["code": "3333-3333-3333"]) { $1 })
            #expect(wrong.firstStatus == 422 && wrong.body.contains("髙﨑&lt;b&gt;"))
            let opened = try await other.post("/resume", kept.merging(["code": String(code ?? "")]) { $1 })
            #expect(opened.text.contains("入力の続きです") && opened.body.contains("action=\"\(next.path)\""))
            #expect(try await other.post(next.path, typed).path.hasSuffix("/address"))
            let elsewhere = try await other.post(
                "/resume", kept.merging(["code": String(code ?? ""), "kept-path": "/desk/sign-out"]) { $1 })
            #expect(!elsewhere.body.contains("/desk/sign-out"))
        }
    }

    @Test("書きながら保存される。まだ正しくない答えは保存せず、何も言わない")
    func automatic() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let page = try await visitor.post(first.path, ["who": "person"])
            let partly = try await visitor.post(page.path + "?auto=yes", ["user.family": "髙﨑"])
            #expect(partly.firstStatus == 422)
            let whole = ["user.family": "髙﨑", "user.given": "花", "user.family_kana": "タカサキ", "user.given_kana": "ハナ"]
            #expect(try await visitor.post(page.path + "?auto=yes", whole).firstStatus == 204)
            #expect(try await visitor.get(page.path).body.contains("value=\"髙﨑\""))

            // Of a page with several questions, those that are right are kept.
            let dog = try await visitor.arrive(at: "dog", in: .dog)
            let some = try await visitor.post(dog.path + "?auto=yes", ["dog_name": "ポチ", "breed": "", "sex": "male"])
            #expect(some.firstStatus == 422)
            #expect(try await visitor.get(dog.path).body.contains("value=\"ポチ\""))
        }
    }

    @Test("繰り返しの中の計算した値は、その場で見える。消した行に送った答えは、そう言って断る")
    func rows() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "children", in: Walk("nursery-school", Self.parent))
            let name = try await visitor.post(page.path + "/add")
            let child = ["family": "髙﨑", "given": "太郎", "family_kana": "タカサキ", "given_kana": "タロウ"]
            let birth = try await visitor.post(
                name.path, Dictionary(uniqueKeysWithValues: child.map { ("child_name." + $0.key, $0.value) }))
            let age = try await visitor.post(
                birth.path,
                [
                    "child_birth.era": "reiwa", "child_birth.year": "5", "child_birth.month": "4",
                    "child_birth.day": "2",
                ])
            #expect(age.path.hasSuffix("/child-age") && age.text.contains("3歳児クラス"))
            let row = age.path.split(separator: "/")[3]
            _ = try await visitor.post("\(page.path)/\(row)/remove")
            let late = try await visitor.post(age.path)
            #expect(late.firstStatus == 409 && late.text.contains("この質問はもうありません"))
        }
    }

    private static let parent = [
        "applicant.family": "髙﨑", "applicant.given": "花", "applicant.family_kana": "タカサキ",
        "applicant.given_kana": "ハナ", "address.postcode": "329-0618", "address.street": "上三川町しらさぎ一丁目1番地",
        "telephone": "0285-56-9188",
    ]
}
