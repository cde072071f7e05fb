import Browser
import Core
import Japanese
import Platform
import TestKit
import Testing

@Suite("計画の推進を本物のブラウザーで", .serialized)
struct StoryBrowserTests {
    static func signIn(_ login: String, _ tab: Tab, _ town: TestTown) async throws {
        let person = try #require(try TestTown.folder().sample?.staff.first { $0.login == login })
        if try await tab.has("form[action='/desk/sign-out'] button") {
            try await tab.follow("form[action='/desk/sign-out'] button")
        }
        try await tab.open("\(town.address)/desk/sign-in")
        try await tab.type(login, into: "#login")
        try await tab.type(person.password, into: "#password")
        try await tab.follow("button.primary")
    }

    /// Opens what stands behind a line that opens it.
    static func unfold(_ words: String, _ tab: Tab) async throws {
        _ = try await tab.evaluate(
            "[...document.querySelectorAll('details')].filter(d => d.querySelector('summary').textContent.includes(\(Tab.quoted(words)))).forEach(d => d.open = true)"
        )
    }

    /// Chooses by what is shown.
    static func choose(_ name: String, in selector: String, _ tab: Tab) async throws {
        let value = try await tab.evaluate(
            "[...document.querySelector(\(Tab.quoted(selector))).options].find(o => o.textContent.includes(\(Tab.quoted(name))))?.value ?? ''"
        ).string
        try await tab.choose(try #require(value.flatMap { $0.isEmpty ? nil : $0 }), in: selector)
    }

    /// Follows a link by its words.
    static func go(_ words: String, _ tab: Tab) async throws {
        let address = try await tab.evaluate(
            "[...document.querySelectorAll('a')].find(a => a.textContent.includes(\(Tab.quoted(words))))?.href ?? ''"
        ).string
        try await tab.open(try #require(address.flatMap { $0.isEmpty ? nil : $0 }, "no link \(words)"))
    }

    /// True if the page says all of it.
    static func says(_ words: String..., on tab: Tab) async throws -> Bool {
        let text = try await tab.evaluate("document.body.innerText").string ?? ""
        return words.allSatisfy(text.contains)
    }

    @Test("転出届1.8%: 観察から、変えられない見込み、結果、進捗の表、委員会の資料、公開ページまで")
    func movingOut() async throws {
        try await TestTown.run { town in
            try await Self.prepare(town)
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await Self.signIn("madoguchi", tab, town)
                try await Self.go("推進ホーム", tab)
                try await Self.go("OODA", tab)
                try await Self.go("見たことを書く", tab)
                for (control, words) in [
                    ("title", "転出届のオンラインが1.8%"), ("fact", "転出届のうち、オンラインで届いたものは1.8%だった。"), ("value", "1.8"),
                    ("unit", "%"),
                    ("source", "デジタル庁ダッシュボード（令和4年度実績）"), ("on", "令和8年11月20日"), ("seen-by", "住民課の窓口"),
                ] { try await Self.write(words, "#\(control)", tab) }
                try await Self.choose("転出届", in: "#card", tab)
                try await Self.choose("住民課", in: "#section", tab)
                try await Self.choose("オンライン化", in: "#item", tab)
                try await Self.choose("転出届をオンラインで", in: "#action", tab)
                try await tab.follow("form button.primary")
                #expect(try await Self.says("観察を残しました", on: tab))
                let place = try await tab.path
                for (idea, size) in [("転入の案内に書けば", "10%"), ("月曜に暗証番号の席をつくれば", "月10人")] {
                    try await Self.unfold("仮説", tab)
                    for (control, words) in [
                        ("if", idea), ("then", "オンラインで出す方が増える"), ("metric", "オンライン利用率"), ("size", size),
                        ("wrong-if", "変わらない"),
                        ("affected", "引っ越す方。スマートフォンのない方は窓口で受ける"),
                    ] { try await Self.write(words, "#\(control)", tab) }
                    try await tab.follow("form[action$='/orient'] button.primary")
                }
                // 課長が決める.
                try await Self.signIn("jumin", tab, town)
                try await tab.open(town.address + place)
                try await Self.unfold("決める", tab)
                for (control, words) in [
                    ("sentence", "転入の案内の1枚めを差し替え、8週間試す"), ("reason", "小さく始められる"), ("success", "8週間で10%"),
                    ("stop", "3%に届かない"),
                ] { try await Self.write(words, "#\(control)", tab) }
                try await Self.choose("見本 窓", in: "#owner", tab)
                try await Self.write("2027-01-20", "#review-on", tab)
                try await tab.follow("form[action$='/decide'] button.primary")
                #expect(try await Self.says("見本 住（課）", on: tab))
                // 見込みを決めて始める. そのあとは、どこにも直すところがない.
                for (control, words) in [
                    ("metric-words", "オンライン利用率"), ("expected-unit", "%"), ("before", "1.8"), ("expected", "10"),
                    ("stop-at", "3"),
                    ("end", "2027-01-19"), ("scope", "住民課の窓口"), ("guard-rails", "窓口で出したい方を回さない"),
                ] { try await Self.write(words, "#\(control)", tab) }
                try await tab.follow("form[action$='/start'] button.primary")
                #expect(try await Self.says("始まったあとは変えられません", on: tab))
                #expect(try await !tab.has("#expected, form[action$='/start']"))
                // 見直しの日に目をさます.
                town.clock.advance(seconds: 57 * 86_400)
                try await town.workOff()
                try await Self.signIn("madoguchi", tab, town)
                try await Self.go("推進ホーム", tab)
                #expect(try await Self.says("見直しの日が来ました: 転出届のオンラインが1.8%", on: tab))
                try await Self.go("見直しの日が来ました", tab)
                try await Self.write("11.3", "#result", tab)
                try await Self.write("8週間の届出97件のうち11件", "#evidence", tab)
                try await tab.follow("form[action$='/result'] button.primary")
                #expect(try await Self.says("見込みに届いた", on: tab))
                try await tab.press("input[name=ending][value=adopt]")
                try await Self.write("案内の差し替えを続ける。", "#ending-reason", tab)
                try await tab.follow("form[action$='/end'] button.primary")
                // 二つめは、やめる. やめることも同じに並ぶ.
                try await Self.stopSecond(tab, town)
                try await Self.go("転出届をオンラインで", tab)
                #expect(try await Self.says("オンライン利用率は見込み10%に対して11.3%", on: tab))
                try await tab.open("\(town.address)/progress")
                #expect(try await Self.says("取り入れました", "案内の差し替えを続ける。", on: tab))
                #expect(try await Self.says("やめました", on: tab))
                try await Self.packet(town)
            }
        }
    }

    /// What a town has before the story: its plan, one action, a committee.
    static func prepare(_ town: TestTown) async throws {
        let keeper = try await town.officer("digital")
        let action = try await keeper.post(
            "/desk/actions/new",
            [
                "seen": "0", "number": "1-1", "title": "転出届をオンラインで", "item": "1", "section": "residents",
                "state": "working",
                "situation": "", "issue": "", "work": "", "schedule": "令和8年度 3-4 試す", "cards": "moving-out",
            ])
        guard action.status == 200 else { throw TestFault("\(action.text.prefix(300))") }
        let body = try await keeper.post(
            "/desk/bodies/new",
            [
                "seen": "0", "name": "DX推進委員会", "sort": "committee", "rule": "設置要綱", "purpose": "決める", "quorum": "half",
                "term-month": "3", "ends-on": "",
            ])
        let place = String(body.path.prefix { $0 != "?" })
        for (login, post) in [("副町長", "chair"), ("住", "member"), ("育", "member")] {
            let page = try await keeper.get(place)
            let officer = page.body.firstMatch(of: try Regex("<option value=\"([0-9a-f-]{36})\"[^>]*>見本 \(login)<"))
            let id = officer?.output[1].substring.map(String.init) ?? ""
            _ = try await keeper.post(
                place + "/appoint",
                [
                    "seen": page.hidden("seen"), "officer": id, "outsider": "", "section": "", "post": post,
                    "order": "",
                    "from": "2026-04-01", "until": "2027-03-31",
                ])
        }
    }

    static func write(_ words: String, _ selector: String, _ tab: Tab) async throws {
        _ = try await tab.evaluate("document.querySelector(\(Tab.quoted(selector))).value = ''")
        try await tab.type(words, into: selector)
    }

    /// The second idea is observed again by itself and stopped without a trial.
    private static func stopSecond(_ tab: Tab, _ town: TestTown) async throws {
        let story = try await tab.path
        try await go("ここから次の観察を始める", tab)
        for (control, words) in [
            ("title", "暗証番号の席"), ("fact", "月曜の相談は4週間で2人だった。"), ("source", "窓口の日誌"), ("seen-by", "住民課"),
        ] { try await write(words, "#\(control)", tab) }
        try await choose("住民課", in: "#section", tab)
        try await tab.follow("form button.primary")
        try await unfold("終わりにする", tab)
        try await tab.press("input[name=ending][value=stop]")
        try await write("来る方が少ないので、席はつくらない。", "#ending-reason", tab)
        try await tab.follow("form[action$='/end'] button.primary")
        #expect(try await says("ループを終わりました", on: tab))
        try await tab.open(town.address + story)
        #expect(try await says("このあとのループ", "暗証番号の席", on: tab))
    }

    /// The committee's packet has it.
    private static func packet(_ town: TestTown) async throws {
        let keeper = try await town.officer("digital")
        let body = try GovernanceDeskTests.link("DX推進委員会", on: try await keeper.get("/desk/bodies"))
        let meeting = try await keeper.post(
            body + "/meetings", ["title": "第1回", "on": "2027-01-25", "time": "10:00", "place": "庁議室"])
        #expect(meeting.text.contains("試行の結果（取り入れる）: 転出届のオンラインが1.8%"))
        let paper = try await keeper.get(String(meeting.path.prefix { $0 != "?" }) + "/packet.pdf")
        #expect(try await PaperText.read(paper.bytes).contains("見込み10%に対して11.3%"))
    }
}
