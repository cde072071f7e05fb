import Applications
import Core
import Platform
import TestKit
import Testing

@Suite("様式の作成")
struct BuilderTests {
    private let dog = "/desk/forms/dog-registration"

    private func revision(_ page: Visitor.Reply) -> String { page.hidden("revision") }

    /// Opens a place, changes some of its controls and saves it.
    private func edit(
        _ clerk: Visitor, _ form: String, _ place: String, _ changes: [String: String]
    ) async throws -> Visitor.Reply {
        let path = "\(form)/edit?at=\(place)"
        let page = try await clerk.get(path)
        #expect(page.status == 200, "\(place)")
        let pairs = FilledForm.pairs(page.body, action: path).filter { changes[$0.0] == nil }
        return try await clerk.post(path, pairs: pairs + changes.map { ($0.key, $0.value) })
    }

    @Test(
        "公開中のどの様式も、編集の画面を開いて保存しただけでは変わらない",
        arguments: [
            "care-certification", "child-allowance", "disaster-certificate", "dog-registration", "nursery-school",
            "park-use",
            "pregnancy", "residence-certificate", "road-report", "water-start",
        ])
    func unchanged(_ card: String) async throws {
        try await TestTown.run { town in
            let officers = ["kankyo-kacho", "jumin", "kodomo", "kenko", "kensetsu"]
            var clerk: Visitor?
            for officer in officers {
                let visitor = try await town.officer(officer)
                let reply = try await visitor.post("/desk/forms", ["card": card])
                if reply.status == 200 { clerk = visitor }
            }
            let editor = try #require(clerk)
            let outline = try await editor.get("/desk/forms/\(card)")
            #expect(outline.text.contains("指摘はありません"), "\(outline.text)")
            let places = outline.body.matches(of: /edit\?at=([a-z0-9_.]*)"/).map { String($0.output.1) }
            #expect(places.count > 5)
            for place in Set(places) {
                let path = "/desk/forms/\(card)/edit?at=\(place)"
                let page = try await editor.get(path)
                let saved = try await editor.post(path, pairs: FilledForm.pairs(page.body, action: path))
                #expect(saved.status == 200, "\(place)")
            }
            let after = try await editor.get("/desk/forms/\(card)")
            #expect(after.text.contains("指摘はありません"), "\(after.text)")
            let review = try await editor.get("/desk/forms/\(card)/review")
            #expect(review.text.contains("違いはありません。"), "\(review.text)")
        }
    }

    @Test("YAMLを知らない職員が質問を足し、指摘を直し、別の決裁者が公開すると、申請する人の画面に出る")
    func published() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var outline = try await clerk.post("/desk/forms", ["card": "dog-registration"])
            outline = try await clerk.post(
                dog + "/change",
                ["revision": revision(outline), "do": "add", "place": "pages", "sort": "page"])
            #expect(outline.text.contains("新しい質問") && outline.text.contains("やさしい日本語（easy）がありません"))
            #expect(!outline.body.contains("/propose"))
            let last = try #require(outline.body.matches(of: /at=pages\.([0-9]+)"/).map { Int($0.output.1) ?? 0 }.max())
            let words = { (key: String, text: String) in
                ["ja": text, "easy": "ひらがな", "en": "English", "pt": "Português"].reduce(into: [:]) {
                    $0["\(key).\($1.key)"] = $1.value
                }
            }
            // The new question is asked of those whose dog is kept elsewhere.
            let page = try await edit(
                clerk, dog, "pages.\(last)",
                words("question", "飼育場所の管理者はだれですか").merging(
                    ["when.mode": "simple", "when.place.is": "other"]) { $1 })
            #expect(page.text.contains("飼育場所の管理者はだれですか"))
            _ = try await edit(clerk, dog, "pages.\(last).fields.0", words("label", "管理者"))
            outline = try await clerk.get(dog)
            #expect(outline.text.contains("「犬を飼う場所」が「別の場所」の場合") && outline.text.contains("指摘はありません"))
            let proposed = try await clerk.post(dog + "/propose", ["revision": revision(outline)])
            #expect(proposed.text.contains("公開の確認を待っています"))
            #expect(try await clerk.get(dog + "/edit?at=nosuch.7").status == 404)
            let locked = try await clerk.post(
                dog + "/change", ["revision": revision(clerk.get(dog + "/review")), "do": "remove", "place": "pages.3"])
            #expect(locked.status == 409 && locked.text.contains("差し戻してから"))
            // A clerk does not publish.
            #expect(try await clerk.post(dog + "/publish", ["revision": "3"]).status == 403)

            let decider = try await town.officer("kankyo-kacho")
            let review = try await decider.get(dog + "/review")
            #expect(review.text.contains("ページ「飼育場所の管理者はだれですか」が増えました") && review.text.contains("飼育場所の管理者はだれですか"))
            #expect(try await decider.post(dog + "/publish", ["revision": "1"]).status == 409)
            let done = try await decider.post(dog + "/publish", ["revision": revision(review)])
            #expect(done.path == "/desk/forms" && done.text.contains("第5版"))

            let visitor = town.visitor()
            let asked = try await visitor.arrive(
                at: "page-1",
                in: Walk(
                    "dog-registration",
                    Walk.dog.typed.merging([
                        "place": "other", "place_address.postcode": "3290617", "place_address.street": "上三川町大字上蒲生1",
                    ]) { $1 }))
            #expect(asked.text.contains("飼育場所の管理者はだれですか"))
        }
    }

    @Test("申し出た人は、決裁者でも自分では公開できない。差し戻しには理由がいる")
    func fourEyes() async throws {
        try await TestTown.run { town in
            let decider = try await town.officer("kankyo-kacho")
            _ = try await decider.post("/desk/forms", ["card": "water-start"])
            let water = "/desk/forms/water-start"
            _ = try await edit(decider, water, "pages.0", ["question.ja": "どなたが水道を使いますか。"])
            _ = try await decider.post(water + "/propose", ["revision": revision(decider.get(water))])
            let proposed = try await decider.get(water + "/review")
            let own = try await decider.post(water + "/publish", ["revision": revision(proposed)])
            #expect(own.status == 409 && own.text.contains("別の決裁者"))
            let clerk = try await town.officer("suido")
            #expect(try await clerk.post(water + "/return", ["revision": revision(proposed)]).status == 403)
            let back = try await decider.post(water + "/return", ["revision": revision(proposed), "words": "言い直します。"])
            #expect(back.text.contains("差し戻されました") && back.text.contains("言い直します。"))
        }
    }

    @Test("二人が同時に直したとき、あとの人の入力は消えず、先に変わったことが分かる")
    func together() async throws {
        try await TestTown.run { town in
            let (one, other) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            _ = try await one.post("/desk/forms", ["card": "dog-registration"])
            let path = dog + "/edit?at=pages.2"
            let seen = try await other.get(path)
            _ = try await edit(one, dog, "pages.2", ["question.ja": "飼い主はだれですか"])
            let pairs = FilledForm.pairs(seen.body, action: path).filter { $0.0 != "question.ja" }
            let late = try await other.post(path, pairs: pairs + [("question.ja", "飼い主のお名前は")])
            #expect(late.status == 409 && late.text.contains("先に変わりました"))
            #expect(late.body.contains("value=\"飼い主のお名前は\""))
            #expect(late.text.contains("「飼い主はだれですか」→「飼い主のお名前は」"))
            // Where a page stands now is another page: what was typed is shown, and goes nowhere.
            let moving = try await other.get(path)
            let outline = try await one.get(dog)
            _ = try await one.post(dog + "/change", ["revision": revision(outline), "do": "up", "place": "pages.2"])
            let lost = try await other.post(
                path,
                pairs: FilledForm.pairs(moving.body, action: path).filter { $0.0 != "question.ja" } + [
                    ("question.ja", "飼い主のお名前は")
                ])
            #expect(lost.status == 409 && lost.text.contains("飼い主のお名前は") && lost.text.contains("いまの構成を見る"))
            #expect(try await one.get(path).text.contains("登録は、生後91日になってからです"))
            _ = try await one.post(dog + "/undo", ["revision": revision(one.get(dog))])
            _ = try await edit(one, dog, "pages.2", ["question.ja": "飼い主はどなた"])
            let again = try await one.post(dog + "/undo", ["revision": revision(one.get(dog))])
            #expect(again.text.contains("飼い主はだれですか"))
            // Another section's officers do not see it at all.
            #expect(try await town.officer("jumin").get(dog).status == 404)
        }
    }

    @Test("途中の入力も、まちがった入力も残り、直すところがその場で分かる")
    func unfinished() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            _ = try await clerk.post("/desk/forms", ["card": "dog-registration"])
            let page = try await edit(clerk, dog, "", ["minutes": "六"])
            #expect(page.body.contains("value=\"六\"") && page.text.contains("指摘"))
            let condition = try await edit(
                clerk, dog, "pages.4", ["when.mode": "yaml", "when.yaml": "field: place\nis: [", "minutes": "6"])
            #expect(condition.text.contains("field: place\nis: ["))
            let number = try await edit(clerk, dog, "pages.4.fields.0", ["kind": "digits"])
            #expect(number.body.contains("name=\"digits\""))
            let twelve = try await edit(clerk, dog, "pages.4.fields.0", ["digits": "１２"])
            #expect(twelve.body.contains("value=\"12\""))
            _ = try await edit(clerk, dog, "", ["minutes": "6"])
            _ = try await edit(clerk, dog, "pages.4", ["when.mode": "always"])
            #expect(try await clerk.get(dog).text.contains("個人番号を受け取れてしまうため"))
        }
    }

    @Test("書き出した様式は、ほかの町の手続きに取り込め、どこから来たかが残る。様式でないものは断る")
    func lineage() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            let file = try await clerk.get(dog + "/export.yaml")
            #expect(file.headers["content-disposition"]?.contains("dog%2Dregistration%2D4.yaml") == true)
            #expect(file.body.contains("上三川町"))
            let other = try await town.officer("suido")
            for bad in ["", "町の様式です", "a: [", String(repeating: "あ", count: 600_000)] {
                let reply = try await other.upload(
                    "/desk/forms/import", ["card": "water-start"], control: "file", files: [("x.yaml", Array(bad.utf8))]
                )
                #expect(reply.status == 422, "\(bad.prefix(10))")
            }
            let draft = try await other.upload(
                "/desk/forms/import", ["card": "water-start"], control: "file", files: [("dog.yaml", file.bytes)])
            #expect(draft.path == "/desk/forms/water-start")
            #expect(draft.text.contains("上三川町の様式「dog-registration」第4版（2026-11-24）をもとにしています"))
            #expect(draft.text.contains("犬の生年月日を教えてください"))
            let stranger = try await other.upload(
                "/desk/forms/import", ["card": "dog-registration"], control: "file", files: [("dog.yaml", file.bytes)])
            #expect(stranger.status == 404)
        }
    }

    @Test("言葉だけの新しい版には、入力中の人が答えを残したまま移れる。質問が変わった版には移れない")
    func offered() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.dog)
            let id = String(check.path.split(separator: "/")[1])
            #expect(!check.body.contains("/newer"))
            func publish(_ change: (Visitor) async throws -> Void) async throws {
                let (clerk, decider) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
                _ = try await clerk.post("/desk/forms", ["card": "dog-registration"])
                try await change(clerk)
                _ = try await clerk.post(dog + "/propose", ["revision": revision(clerk.get(dog))])
                let proposed = try await decider.get(dog + "/review")
                _ = try await decider.post(dog + "/publish", ["revision": revision(proposed)])
            }
            try await publish { _ = try await edit($0, dog, "pages.2", ["question.ja": "飼い主はどなたですか"]) }
            let offered = try await visitor.get(check.path)
            #expect(offered.text.contains("この申請の説明が新しくなりました"))
            let moved = try await visitor.post("/applications/\(id)/newer")
            #expect(moved.path.hasSuffix("/check") && moved.text.contains("柴犬") && !moved.body.contains("/newer"))
            #expect(try await visitor.get("/applications/\(id)/owner").text.contains("飼い主はどなたですか"))
            try await publish { clerk in
                let outline = try await clerk.get(dog)
                _ = try await clerk.post(
                    dog + "/change", ["revision": revision(outline), "do": "remove", "place": "pages.13"])
            }
            #expect(!(try await visitor.get(check.path).body.contains("/newer")))
            #expect(try await visitor.submit(visitor.get(check.path)).path.hasSuffix("/receipt"))
        }
    }

    @Test("大きすぎる文書、深すぎる場所、とほうもない数でも、様式の画面は止まらない")
    func bombs() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            for (one, next) in zip("abcdefgh", "bcdefghi") {
                bomb += "\(next): &\(next) [" + Array(repeating: "*\(one)", count: 10).joined(separator: ", ") + "]\n"
            }
            for tail in ["pages: *i\n", "? *i\n: x\npages: []\n", "? [*i, {a: *i}]\n: x\npages: []\n"] {
                let reply = try await clerk.upload(
                    "/desk/forms/import", ["card": "dog-registration"], control: "file",
                    files: [("bomb.yaml", Array((bomb + tail).utf8))])
                #expect(reply.status == 422 && reply.text.contains("大きすぎるか"))
            }
            _ = try await clerk.post("/desk/forms", ["card": "dog-registration"])
            let area = try await edit(clerk, dog, "pages.4", ["when.mode": "yaml", "when.yaml": bomb])
            #expect(area.status == 200)
            for place in ["pages.0.a.b.pages.0", Array(repeating: "a", count: 900).joined(separator: ".") + ".pages.0"]
            {
                for path in ["\(dog)/edit?at=\(place)", "\(dog)/edit?at=\(place)&preview=yes"] {
                    let reply = try await clerk.post(
                        path, ["revision": "1", "when.mode": "simple", "question.ja": "あ"])
                    #expect((400..<500).contains(reply.status) || path.hasSuffix("yes"), "\(reply.status)")
                }
            }
            _ = try await edit(clerk, dog, "pages.4", ["when.mode": "always"])
            for number in ["9223372036854775807", "-9223372036854775808"] {
                _ = try await edit(
                    clerk, dog, "pages.10", ["when.mode": "yaml", "when.yaml": "{ field: birth, at_least: \(number) }"])
                _ = try await edit(
                    clerk, dog, "pages.8.fields.0", ["days.days_back": number, "days.business_days_ahead": number])
                let outline = try await clerk.get(dog)
                #expect(outline.status == 200 && outline.text.contains("指摘"))
                #expect(try await clerk.get(dog + "/review").status == 200)
            }
        }
    }

    @Test("だれも申請できない様式、添える質問のない書類は、公開の前に分かる。公開する人は、質問のほかの決まりも見る")
    func deadEnds() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            _ = try await clerk.post("/desk/forms", ["card": "dog-registration"])
            for (place, sort) in [("pages", "exit"), ("requirements", "requirement")] {
                let outline = try await clerk.get(dog)
                _ = try await clerk.post(
                    dog + "/change", ["revision": revision(outline), "do": "add", "place": place, "sort": sort])
            }
            #expect(try await clerk.get(dog).text.contains("を添える質問がありません"))
            let review = try await clerk.get(dog + "/review").text
            #expect(review.contains("犬の登録手数料（サンプル）：3,000円") && review.contains("根拠："))
            let words = ["ja": "おわり", "easy": "おわり", "en": "End", "pt": "Fim"]
            func texts(_ keys: [String]) -> [String: String] {
                keys.reduce(into: [:]) { all, key in
                    for (language, text) in words { all["\(key).\(language)"] = text }
                }
            }
            let outline = try await clerk.get(dog)
            _ = try await clerk.post(
                dog + "/change", ["revision": revision(outline), "do": "remove", "place": "requirements.0"])
            let last = try #require(outline.body.matches(of: /at=pages\.([0-9]+)"/).map { Int($0.output.1) ?? 0 }.max())
            _ = try await edit(clerk, dog, "pages.\(last)", texts(["question", "exit"]))
            #expect(try await clerk.get(dog).text.contains("だれも申請できません"))
        }
    }

    @Test("プレビューは、入力中の言葉をそのまま見せ、何も保存しない")
    func preview() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            _ = try await clerk.post("/desk/forms", ["card": "dog-registration"])
            let path = dog + "/edit?at=pages.2"
            let page = try await clerk.get(path)
            let pairs = FilledForm.pairs(page.body, action: path).filter { $0.0 != "question.ja" }
            let piece = try await clerk.post(path + "&preview=yes", pairs: pairs + [("question.ja", "<b>だれ</b>？")])
            #expect(piece.body.hasPrefix("<div class=\"phone\"") && piece.body.contains("&lt;b&gt;だれ&lt;/b&gt;？"))
            #expect(!(try await clerk.get(path).text.contains("だれ？")))
        }
    }
}
