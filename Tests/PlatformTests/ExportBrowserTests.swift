import Browser
import Core
import Platform
import TestKit
import Testing

@Suite("書き出しと外部連携を、本物のブラウザーで", .serialized)
struct ExportBrowserTests {
    @Test("どの画面も、だれにでも使え、スマートフォンの幅でも横にはみ出さない")
    func pages() async throws {
        try await TestTown.run(hasSample: true) { town in
            let applicant = town.visitor()
            _ = try await applicant.submit(
                applicant.fillIn(Walk("dog-registration", Walk.dog.typed.merging(["owner.family": "𠮷田"]) { $1 })))
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await signIn(tab, "digital", "mihon-digital-2026", at: town.address)
                try await tab.open("\(town.address)/desk/interfaces")
                try await tab.type("住民情報システム", into: "#token-name")
                try await tab.press("#token-scopes-read")
                try await tab.press("#token-cards-dog-registration")
                try await tab.type("R9.3.31", into: "#token-expires")
                try await tab.follow("form[action$='/tokens'] button")
                try await accept(tab, "token")
                try await tab.open("\(town.address)/desk/interfaces")
                try await tab.type("基幹", into: "#hook-name")
                try await tab.type("http://169.254.169.254/", into: "#hook-url")
                try await tab.press("input[name=events][value='case.submitted']")
                try await tab.press("#hook-cards-dog-registration")
                try await tab.follow("form[action$='/webhooks'] button")
                try await accept(tab, "interfaces")
                try await tab.type("https://example.jp/hook", into: "#hook-url")
                try await tab.follow("form[action$='/webhooks'] button")
                try await tab.follow("a.button")
                try await tab.follow("a[href*='/webhooks/']")
                try await accept(tab, "webhook")
                try await tab.open("\(town.address)/api")
                try await accept(tab, "guide")

                let desk = try await browser.tab(.desktop)
                try await signIn(desk, "kankyo-kacho", "mihon-kacho-2026", at: town.address)
                try await desk.open("\(town.address)/desk/exports")
                try await accept(desk, "exports")
                try await desk.open("\(town.address)/desk/agreements")
                try await accept(desk, "agreements")
                try await desk.open("\(town.address)/desk/exports/environment/dog-registration")
                try await accept(desk, "export")
                try await desk.press("input[value='field.owner']")
                try await desk.type("2月30日", into: "#from")
                try await desk.follow("button[value=count]")
                #expect(try await desk.text(".problems").contains("日付を読み取れません"))
                try await accept(desk, "export-problem")
                try await desk.evaluate("document.querySelector('#from').value = ''; true")
                try await desk.follow("button[value=cp932]")
                #expect(try await desk.text("h1") == "Shift_JIS にない文字があります")
                try await accept(desk, "export-unmappable")
            }
        }
    }

    private func signIn(_ tab: Tab, _ login: String, _ password: String, at address: String) async throws {
        try await tab.open("\(address)/desk")
        try await tab.type(login, into: "#login")
        try await tab.type(password, into: "#password")
        try await tab.follow("button.primary")
    }

    /// The page stands the judgement of axe-core and does not scroll sideways, on a phone neither.
    private func accept(_ tab: Tab, _ name: String) async throws {
        let violations = try await Axe.violations(on: tab)
        #expect(violations.isEmpty, "\(name): \(violations.joined(separator: "\n"))")
        try await Pictures.keep(tab, name, as: .desktop)
        try await tab.resize(.phone)
        let sideways = try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
        #expect(sideways <= 0, "\(name) is wider than the screen by \(sideways)")
        try await tab.resize(.desktop)
    }
}
