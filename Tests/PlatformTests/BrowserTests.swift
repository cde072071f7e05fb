import Browser
import TestKit
import Platform
import Testing
import Applications
import Core

@Suite("本物のブラウザーで", .serialized)
struct BrowserTests {
    @Test(
        "スマートフォンの幅で、スクリプトありでもなしでも、申請から決定まで進む",
        arguments: [(Walk.dog, true), (Walk.water, false), (Walk.dog, false), (Walk.water, true)])
    func journey(_ walk: Walk, runsScripts: Bool) async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let phone = try await browser.tab(.phone, runsScripts: runsScripts)
                try await phone.fillIn(walk, at: town.address) { tab in
                    try await accept(tab, runsScripts: runsScripts, walk.card)
                }
                try await accept(phone, runsScripts: runsScripts, walk.card)
                try await phone.follow("form[action$='/submit'] button")
                try await accept(phone, runsScripts: runsScripts, walk.card)
                #expect(try await phone.text("h1") == "申請が届きました")
                let id = String(try await phone.path.split(separator: "/")[1])

                let desk = try await browser.tab(.desktop, runsScripts: runsScripts)
                try await signIn(desk, "kankyo-kacho", "mihon-kacho-2026", at: town.address)
                try await accept(desk, runsScripts: runsScripts, "desk", as: .desktop)
                try await desk.open("\(town.address)/desk/cases/\(id)")
                try await accept(desk, runsScripts: runsScripts, "desk", as: .desktop)
                try await desk.follow("form[action$='/receive'] button")
                try await desk.press("details:has(form[action$='/approve']) summary")
                try await desk.type("手続きが済みました。", into: "#approve-words")
                try await accept(desk, runsScripts: runsScripts, "desk", as: .desktop)
                #expect(try await desk.evaluate("document.querySelector('#approve-words').value") == "手続きが済みました。")
                try await desk.follow("form[action$='/approve'] button")

                try await phone.open("\(town.address)/applications/\(id)")
                try await accept(phone, runsScripts: runsScripts, walk.card)
                #expect(try await phone.text(".state").contains("承認"))
                #expect(try await phone.text(".messages").contains("手続きが済みました。"))
            }
        }
    }

    /// The forms that have no walk of their own.
    private static let others = [
        "residence-certificate", "road-report", "disaster-certificate", "nursery-school", "park-use", "child-allowance",
        "pregnancy", "care-certification",
    ]

    @Test("どの様式も、スマートフォンの幅で、スクリプトありでもなしでも、写真も付けて申請できる", arguments: others, [true, false])
    func forms(_ card: String, runsScripts: Bool) async throws {
        try await TestTown.run { town in
            let walk = try #require(try Walk.sample(card, on: town.clock.now.day))
            try await Browser.run { browser in
                let phone = try await browser.tab(.phone, runsScripts: runsScripts)
                try await phone.fillIn(walk, at: town.address, files: TestTown.source + "/sample") { tab in
                    try await accept(tab, runsScripts: runsScripts, card)
                }
                try await accept(phone, runsScripts: runsScripts, card)
                try await phone.follow("form[action$='/submit'] button")
                #expect(try await phone.text("h1") == "申請が届きました")
                try await accept(phone, runsScripts: runsScripts, card)
            }
        }
    }

    @Test("キーボードだけで、最初のページから控えまで進む")
    func keyboardOnly() async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                try await tab.open("\(town.address)/procedures/water-start")
                for _ in 0..<30 where !(try await tab.path.hasSuffix("/receipt")) {
                    try await tab.answerByKeyboard(.water)
                }
                #expect(try await tab.text("h1") == "申請が届きました")
            }
        }
    }

    @Test("入力は途中でも保存される。通信が切れても消えず、戻れば保存し直し、そのことを伝える")
    func offline() async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                try await tab.open("\(town.address)/procedures/road-report")
                try await tab.follow("form[action$='/apply'] button")
                let place = try await tab.evaluate("location.href").string ?? ""
                try await tab.press("main form input[type=radio]")
                let status = "document.querySelector('[data-saved] [role=status]').textContent"
                try await tab.wait(for: "\(status).includes('保存しました')")
                try await tab.network(isOff: true)
                try await tab.evaluate("document.querySelectorAll('main form input[type=radio]')[1].click()")
                try await tab.wait(for: "\(status).includes('保存できませんでした')")
                try await tab.network(isOff: false)
                try await tab.wait(for: "\(status).includes('保存しました')")
                try await tab.open(place)
                #expect(
                    try await tab.evaluate("document.querySelectorAll('main form input[type=radio]')[1].checked").bool
                        == true)
            }
        }
    }

    @Test("写真の送信は、通信が切れるとその写真だけが失敗し、押せばもう一度送られる")
    func uploadAgain() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "identity", in: .residence)
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                let cookie = visitor.cookieHeader.split(separator: "=", maxSplits: 1).map(String.init)
                try await tab.send(
                    "Network.setCookie",
                    ["name": .string(cookie[0]), "value": .string(cookie[1]), "url": .string(town.address)])
                try await tab.open(town.address + page.path)
                try await tab.network(isOff: true)
                try await tab.attach([TestTown.source + "/sample/photo.jpg"], to: "input[type=file]")
                try await tab.wait(for: "document.querySelector('[role=status] button') !== null")
                try await tab.network(isOff: false)
                try await tab.press("[role=status] button")
                try await tab.wait(for: "document.querySelector('.attached .rows li') !== null")
                #expect(try await tab.text(".attached .rows").contains("photo.jpg"))
            }
        }
    }

    @Test("職員は、様式をその場で見ながら直せる")
    func builder() async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await signIn(tab, "kankyo", "mihon-kankyo-2026", at: town.address)
                try await tab.open(town.address + "/desk/forms")
                try await accept(tab, runsScripts: true, "forms", as: .desktop)
                try await tab.follow("form:has([value=dog-registration]) button")
                try await accept(tab, runsScripts: true, "outline", as: .desktop)
                try await tab.open(town.address + "/desk/forms/dog-registration/edit?at=pages.6")
                try await tab.type("犬のいる場所は、どこですか", into: "[name='question.ja']")
                try await tab.wait(for: "document.querySelector('#preview .title').innerText.includes('犬のいる場所は')")
                try await accept(tab, runsScripts: true, "editor", as: .desktop)
                try await tab.resize(.phone)
                try await accept(tab, runsScripts: true, "editor-phone", as: .phone)
                try await tab.resize(.desktop)
                try await tab.follow("main form button.primary")
                try await tab.open(town.address + "/desk/forms/dog-registration/review")
                #expect(try await tab.text("main").contains("犬のいる場所は、どこですか"))
                try await accept(tab, runsScripts: true, "review", as: .desktop)
                try await tab.open(town.address + "/desk/counter")
                try await accept(tab, runsScripts: true, "counter", as: .desktop)
            }
        }
    }

    @Test("まちがいのあるページは、要約から欄へ導き、入力を残す")
    func errors() async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                try await tab.open("\(town.address)/procedures/water-start")
                try await tab.follow("form[action$='/apply'] button")
                try await tab.press("#who")
                try await tab.follow("button.primary")
                try await tab.type("山田", into: "[name='user.family']")
                try await tab.follow("button.primary")
                try await accept(tab, runsScripts: true, "error")
                #expect(try await tab.evaluate("document.activeElement.className") == "problems")
                #expect(try await tab.evaluate("document.title").string?.hasPrefix("エラー") == true)
                #expect(try await tab.evaluate("document.querySelector(\"[name='user.family']\").value") == "山田")
                try await tab.press(".problems a")
                #expect(try await tab.evaluate("document.activeElement.name") == "user.given")
            }
        }
    }

    @Test("どの言語でも、住民の最初のページはだれにでも使える", arguments: ["ja", "easy", "en", "pt"])
    func languages(_ language: String) async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                try await tab.open("\(town.address)/language/\(language)?back=/")
                try await accept(tab, runsScripts: true, "home-\(language)")
                for path in [
                    "/procedures/water-start", "/procedures?q=すいどう", "/procedures?q=zzz", "/resume", "/nothing",
                    "/procedures", "/procedures?q=住民標&place=counter", "/procedures/moving-out", "/papers",
                ] {
                    try await tab.open(town.address + path)
                    try await accept(tab, runsScripts: true, "page-\(language)")
                }
            }
        }
    }

    @Test("職員のページは、どれもだれにでも使える")
    func deskPages() async throws {
        try await TestTown.run(hasSample: true) { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await tab.open("\(town.address)/desk")
                try await accept(tab, runsScripts: true, "sign-in", as: .desktop)
                try await signIn(tab, "kankyo-kacho", "mihon-kacho-2026", at: town.address)
                try await accept(tab, runsScripts: true, "inbox", as: .desktop)
                try await tab.follow("tbody a")
                try await accept(tab, runsScripts: true, "case", as: .desktop)
                let place = try await tab.path
                for path in [
                    "\(place)?note=telephone&for=letter&template=duplicate", "/desk/consultations", "/desk/approvals",
                    "/desk/templates", "/desk/templates/edit", "/desk/notices",
                    "/desk/notices/dog-registration/rejected",
                ] {
                    try await tab.open(town.address + path)
                    try await accept(tab, runsScripts: true, "desk", as: .desktop)
                }
                try await tab.open("\(town.address)/desk")
                try await tab.follow(".who button")
                try await signIn(tab, "kansa", "mihon-kansa-2026", at: town.address)
                try await accept(tab, runsScripts: true, "trail", as: .desktop)
                try await tab.follow("form[action$='/verify'] button")
                try await accept(tab, runsScripts: true, "verified", as: .desktop)
            }
        }
    }

    @Test(
        "最初に開くページの重さは、読み込むものすべてで30kB以下",
        arguments: [
            "/", "/language/easy?back=/", "/procedures/dog-registration", "/procedures?q=いぬ", "/resume",
            "/desk/sign-in",
        ])
    func weight(_ path: String) async throws {
        try await TestTown.run { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.phone)
                try await tab.open(town.address + path)
                let bytes =
                    try await tab.evaluate(
                        "performance.getEntries().reduce((sum, e) => sum + (e.transferSize ?? 0), 0)"
                    ).number ?? 0
                #expect(bytes > 1000 && bytes <= 30_000)
            }
        }
    }

    @Test("五十件ならんだ申請一覧も、30kB以下")
    func inboxWeight() async throws {
        try await TestTown.run { town in
            for number in 0..<55 {
                _ = try await town.platform.applications.apply(
                    card: "water-start", through: .online, typed: Walk.water.typed.mapValues { [$0] },
                    by: Applicant(session: "s\(number)"),
                    language: .ja,
                    at: town.clock.now)
            }
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await signIn(tab, "suido", "mihon-suido-2026", at: town.address)
                #expect(try await tab.evaluate("document.querySelectorAll('tbody tr').length") == 50)
                try await tab.open(town.address + "/desk")
                // Style and script are kept since the page to sign in.
                #expect(try await tab.evaluate("performance.getEntries()[0].transferSize").number ?? .infinity < 30_000)
                try await tab.follow("main p a.button")
                #expect(try await tab.evaluate("document.querySelectorAll('tbody tr').length") == 5)
            }
        }
    }

    private func signIn(_ tab: Tab, _ login: String, _ password: String, at address: String) async throws {
        try await tab.open("\(address)/desk")
        try await tab.type(login, into: "#login")
        try await tab.type(password, into: "#password")
        try await tab.follow("button.primary")
    }

    /// The page stands the judgement of axe-core and does not scroll sideways.
    private func accept(
        _ tab: Tab, runsScripts: Bool, _ name: String, as screen: Browser.Screen = .phone
    ) async throws {
        let path = try await tab.path
        // axe-core is a script itself; without scripts the same markup is there.
        let violations = runsScripts ? try await Axe.violations(on: tab) : []
        #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
        if runsScripts { try await Pictures.keep(tab, name, as: screen) }
        let sideways = try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
        #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
    }
}
