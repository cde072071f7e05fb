import Browser
import Core
import Platform
import TestKit
import Testing

@Suite("台帳を本物のブラウザーで", .serialized)
struct RegisterBrowserTests {
    @Test("どのページも、スマートフォンでも机の上でも、axe-core に通り、横に動かない")
    func pages() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("digital")
            let dog = "/desk/cards/dog-registration"
            let steps = [
                "version": "1", "count": "2", "known": "yes", "do": "save", "0.phase": "見直し前", "0.name": "窓口で書く",
                "0.by": "町民", "0.minutes": "15", "1.phase": "見直し後", "1.name": "オンラインで申請する", "1.by": "町民",
            ]
            #expect(try await clerk.post(dog + "/edit?part=steps", steps).status == 200)
            let papers = [
                "version": "2", "count": "1", "known": "yes", "do": "save", "0.name.ja": "鑑札の写し", "0.clause": "規則 第3条",
            ]
            #expect(try await clerk.post(dog + "/edit?part=papers", papers).status == 200)
            _ = try await clerk.post(dog + "/facts/E4", ["finding": "yes", "source": "窓口", "as_of": "2026-11-02"])
            try await Browser.run { browser in
                for screen in [Browser.Screen.phone, .desktop] {
                    let tab = try await browser.tab(screen)
                    try await tab.open("\(town.address)/desk")
                    try await tab.type("digital", into: "#login")
                    try await tab.type("mihon-digital-2026", into: "#password")
                    try await tab.follow("button.primary")
                    for path in [
                        "/desk/cards", dog, dog + "/edit?part=base", dog + "/edit?part=steps",
                        dog + "/edit?part=papers",
                        dog + "/facts/E5", dog + "/facts/M1", dog + "/history", dog + "/history/1", "/desk/cards/new",
                        "/desk/cards/import", "/desk/inventory", "/desk/inventory/questions",
                        "/desk/inventory/cards/dog-registration",
                    ] {
                        try await tab.open(town.address + path)
                        let violations = try await Axe.violations(on: tab)
                        #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
                        let sideways =
                            try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
                        #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
                    }
                    // What is wrong is told, focused and leads to its control.
                    try await tab.open(town.address + "/desk/cards/new")
                    try await tab.follow("button.primary")
                    #expect(try await Axe.violations(on: tab).isEmpty)
                    #expect(try await tab.has("a[href='#id']"))
                }
            }
        }
    }
}
