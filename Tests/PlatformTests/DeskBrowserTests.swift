import Browser
import TestKit
import Testing

@Suite("申請一覧のブラウザー")
struct DeskBrowserTests {
    @Test("一覧はキーだけで進み、どのページもだれにでも使え、横にはみ出さない")
    func keys() async throws {
        try await TestTown.run(hasSample: true) { town in
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await tab.open("\(town.address)/desk")
                try await tab.type("kankyo-kacho", into: "#login")
                try await tab.type("mihon-kacho-2026", into: "#password")
                try await tab.follow("button.primary")
                let number = "document.activeElement.textContent"
                try await tab.key("j")
                let first = try await tab.evaluate(number).string ?? ""
                try await tab.key("j")
                let second = try await tab.evaluate(number).string ?? ""
                #expect(first.hasPrefix("R8-") && second.hasPrefix("R8-") && first != second)
                try await tab.key("x")
                try await tab.key("k")
                #expect(try await tab.evaluate(number).string == first)
                #expect(
                    try await tab.evaluate("document.querySelector('input[name=n]:checked').value").string == second)
                try await tab.key("?")
                #expect(try await tab.evaluate("document.getElementById('keys').open").bool == true)
                try await accept(tab, "list")
                try await tab.key("/")
                #expect(try await tab.evaluate("document.activeElement.id").string == "q")
                // What is typed into a box is no command.
                try await tab.type("j")
                #expect(try await tab.evaluate("document.activeElement.id").string == "q")
                try await tab.press("#keys button")
                try await tab.evaluate("document.activeElement.blur()")
                try await tab.key("j")
                #expect(try await tab.evaluate("document.activeElement.tagName").string != "A")

                try await tab.choose("receive", in: "#deed")
                try await tab.follow(".bulk button[value=all]")
                try await accept(tab, "bulk-check")
                try await tab.follow("button.primary")
                try await accept(tab, "bulk-result")
                try await tab.open("\(town.address)/desk?who=nobody&due=overdue&card=water-start&status=open")
                try await tab.press(".spoken summary")
                try await tab.press(".search summary")
                try await accept(tab, "narrow")
                try await tab.type("急ぎの水道", into: "#view-name")
                try await tab.follow(".spoken button")
                try await tab.open("\(town.address)/desk/views")
                try await accept(tab, "views")
                try await tab.open("\(town.address)/desk")
                try await tab.follow("tbody a")
                try await tab.follow(".facts form button")
                try await accept(tab, "assigned")
                try await tab.open("\(town.address)/desk/handover")
                try await accept(tab, "handover")
            }
        }
    }

    private func accept(_ tab: Tab, _ name: String) async throws {
        let violations = try await Axe.violations(on: tab)
        #expect(violations.isEmpty, "\(name): \(violations.joined(separator: "\n"))")
        try await Pictures.keep(tab, "desk-\(name)", as: .desktop)
        for screen in [Browser.Screen.phone, .desktop] {
            try await tab.resize(screen)
            let sideways = try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
            #expect(sideways <= 0, "\(name) is wider than \(screen.width) by \(sideways)")
        }
    }
}
