import Browser
import Platform
import TestKit
import Testing

@Suite("窓口の会話を本物のブラウザーで", .serialized)
struct CounterBrowserTests {
    @Test("一つの会話で二つの手続きを送り、終わったあとは「戻る」でも何も出ない。2つめの画面はついて来て、消える")
    func conversation() async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let desk = try await browser.tab(.desktop)
                try await desk.open("\(town.address)/desk")
                try await desk.type("madoguchi", into: "#login")
                try await desk.type("mihon-madoguchi-2026", into: "#password")
                try await desk.follow("button.primary")
                try await desk.open("\(town.address)/desk/counter/screens")
                try await desk.follow("main form button.primary")
                try await accept(desk, "screens")
                let code = try await desk.text(".code b")
                let tablet = try await browser.tab(.desktop)
                try await tablet.open("\(town.address)/counter/screen")
                try await accept(tablet, "pairing")
                try await tablet.type(code, into: "#code")
                try await tablet.follow("button.primary")
                try await accept(tablet, "blank")

                try await desk.open("\(town.address)/desk/counter")
                try await accept(desk, "counter")
                try await desk.type("9:50", into: "#arrived")
                try await desk.follow("form[action$='/begin'] button")
                try await desk.open("\(town.address)/counter/talk/choose?event=birth")
                try await accept(desk, "choose")
                try await desk.press("input[value='pregnancy']")
                try await desk.press("input[value='child-allowance']")
                try await desk.follow("button[value='ask']")
                for _ in 0..<60 where !(try await desk.path.hasSuffix("/counter/talk/check")) {
                    let path = try await desk.path
                    if ["/contact", "/children", "/account-copy"].contains(where: path.hasSuffix) {
                        try await accept(desk, "question")
                        try await tablet.open("\(town.address)/counter/screen")
                        try await accept(tablet, "screen")
                        let asked = try await desk.text("h1")
                        #expect(try await tablet.text("h1") == asked)
                    }
                    try await answer(desk)
                }
                try await accept(desk, "check")
                try await tablet.open("\(town.address)/counter/screen")
                try await accept(tablet, "screen-check")
                #expect(try await tablet.text("main").contains("髙﨑　花子"))
                try await desk.press("#agreed")
                try await desk.follow("form[action$='/talk/submit'] button")
                #expect(try await desk.path == "/counter/talk/receipt")
                try await accept(desk, "receipt")
                let handedOver = try await desk.text(".code b")
                try await desk.follow("form[action$='/counter/end'] button.primary")
                #expect(try await desk.path == "/desk/counter")

                for _ in 0..<12 {
                    // The browser goes back: nothing of the person is there, neither kept nor asked for again.
                    try await desk.evaluate("history.back()")
                    try await Task.sleep(for: .milliseconds(300))
                    let words = try await desk.evaluate("document.documentElement.outerHTML").string ?? ""
                    let path = try await desk.path
                    for trace in ["髙﨑", "花子", "080-5678", "見本銀行", "見本医院"] {
                        #expect(!words.contains(trace), "\(path): \(trace)")
                    }
                }
                try await tablet.open("\(town.address)/counter/screen")
                #expect(!(try await tablet.text("main").contains("髙﨑")))
                try await theNextClient(desk, at: town.address)
                try await desk.open("\(town.address)/desk/counter/times")
                try await accept(desk, "times")
                try await desk.open("\(town.address)/desk/counter/queue")
                try await accept(desk, "queue")
                try await weeksLater(browser, town, code: handedOver)
            }
        }
    }

    /// The next person's conversation begins empty of the one before.
    private func theNextClient(_ desk: Tab, at address: String) async throws {
        try await desk.open("\(address)/desk/counter")
        try await desk.follow("form[action$='/begin'] button")
        try await desk.open("\(address)/counter/talk/choose?event=birth")
        try await desk.press("input[value='child-allowance']")
        try await desk.follow("button[value='ask']")
        for _ in 0..<6 {
            let words = try await desk.evaluate("document.documentElement.outerHTML").string ?? ""
            for trace in ["髙﨑", "花子", "080-5678", "見本銀行"] { #expect(!words.contains(trace)) }
            let typed = try await desk.evaluate(
                "[...document.querySelectorAll('main input:not([type=hidden]):not([type=radio]), main textarea')].map(i => i.value).join('')"
            )
            #expect(typed.string == "")
            try await answer(desk)
        }
        try await desk.open("\(address)/desk/counter")
        if try await desk.has("form[action$='/counter/end'] button") {
            try await desk.follow("form[action$='/counter/end'] button")
        }
    }

    /// The applications lie with two sections, and weeks later the other parent sees by the code how one stands.
    private func weeksLater(_ browser: Browser, _ town: TestTown, code: String) async throws {
        for (login, form) in [("kenko", "妊娠の届出"), ("kodomo", "児童手当の認定請求")] {
            let officer = try await town.officer(login)
            #expect(try await officer.get("/desk").text.contains(form), "\(login)")
        }
        town.clock.advance(seconds: 21 * 24 * 3600)
        let phone = try await browser.tab(.phone)
        try await phone.open("\(town.address)/resume")
        try await phone.type(code, into: "#code")
        try await phone.follow("main button.primary")
        let (state, path) = (try await phone.text("main"), try await phone.path)
        #expect(state.contains("送信済") && !state.contains("見つかりません"), "\(path): \(state.prefix(300))")
    }

    /// What is said at the counter, by control; only one of the forms asks what both have.
    private static let said = [
        "by_present": "principal", "by_identity": "photo", "birth.era": "heisei", "birth.year": "4",
        "birth.month": "3", "birth.day": "1", "address.postcode": "329-0618", "address.street": "上三川町ゆうきが丘99-9",
        "telephone": "080-5678-1234", "work": "no", "weeks": "12", "due.era": "reiwa", "due.year": "9",
        "due.month": "5", "due.day": "20", "clinic": "見本医院", "std_test": "yes", "tuberculosis_test": "yes",
        "handbook": "centre", "reason": "birth", "claimant.family": "髙﨑", "claimant.given": "花子",
        "claimant.family_kana": "タカサキ", "claimant.given_kana": "ハナコ", "spouse": "no",
        "child_name.family": "髙﨑", "child_name.given": "さくら", "child_name.family_kana": "タカサキ",
        "child_name.given_kana": "サクラ", "child_birth.era": "reiwa", "child_birth.year": "5",
        "child_birth.month": "6", "child_birth.day": "1", "together": "yes", "account.bank": "見本銀行",
        "account.branch": "上三川支店", "account.type": "ordinary", "account.number": "1234567",
        "account.holder": "タカサキ ハナコ", "way": "later",
    ]

    private func answer(_ tab: Tab) async throws {
        if try await tab.has("form[action$='/add']") {
            let isEmpty = try await !tab.has("ol.rows > li")
            try await tab.follow(isEmpty ? "form[action$='/add'] button" : "main form:not([action$='/add']) button")
            return
        }
        for (control, value) in Self.said.sorted(by: { $0.key < $1.key }) {
            let named = "[name='\(control)']:not([type=hidden])"
            guard try await tab.has("main \(named)") else { continue }
            if try await tab.has("main input[type=radio]\(named)") {
                try await tab.press("main input\(named)[value='\(value)']")
            } else if try await tab.has("main select\(named)") {
                try await tab.choose(value, in: "main select\(named)")
            } else {
                try await tab.type(value, into: "main \(named)")
            }
        }
        try await tab.follow("main form button.primary")
    }

    /// The page stands the judgement of axe-core and does not scroll sideways, on a desk or on a phone.
    private func accept(_ tab: Tab, _ name: String) async throws {
        let path = try await tab.path
        let violations = try await Axe.violations(on: tab)
        #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
        try await Pictures.keep(tab, "talk-\(name)", as: .desktop)
        for screen in [Browser.Screen.phone, .desktop] {
            try await tab.resize(screen)
            let sideways =
                try await tab.evaluate("(document.documentElement?.scrollWidth ?? 0) - innerWidth").number ?? 0
            #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
        }
    }
}
