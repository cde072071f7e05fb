import Browser
import TestKit
import Testing

@Suite("計画の推進のページを本物のブラウザーで", .serialized)
struct GovernancePagesBrowserTests {
    /// Pages of the desk by who opens them, and those for everybody.
    static let pages: [(login: String?, paths: [String])] = [
        (
            "digital",
            [
                "/desk/home", "/desk/loops", "/desk/loops/new", "/desk/actions", "/desk/actions/new",
                "/desk/actions/import",
                "/desk/measures", "/desk/measures/robot-hours", "/desk/indicators", "/desk/bodies", "/desk/bodies/new",
                "/desk/plan",
                "/desk/surveys", "/desk/surveys/2026", "/desk/closing", "/desk/inbox", "/desk/decisions",
                "/desk/handover/residents",
                "/desk/updates/residents/2026-10", "/desk/plan/2.0/draft", "/desk/plan/2.0/draft/frame",
                "/desk/plan/2.0/draft/item-0", "/desk/plan/2.0/draft/term-0", "/desk/plan/2.0/draft/related-new",
                "/desk/sections/move",
            ]
        ),
        ("fukuchocho", ["/desk/home"]),
        (
            nil,
            [
                "/progress", "/progress?language=easy", "/plan/1.0", "/plan/1.0/mapping",
                "/plan/compare?old=1.0&new=1.0",
                "/progress/screen", "/progress/screen?slide=1",
            ]
        ),
    ]

    @Test("どのページも、スマートフォンでも机の上でも、axe-core に通り、横に動かない")
    func all() async throws {
        try await TestTown.run(hasSample: true) { town in
            let reader = try await town.officer("digital")
            _ = try await DraftDeskTests.draft(reader)
            let loop = try GovernanceDeskTests.link("水道の中止届", on: try await reader.get("/desk/loops"))
            let asked = try GovernanceDeskTests.link("電話でしか", on: try await reader.get("/desk/loops"))
            let action = try GovernanceDeskTests.link("1-1 転出届", on: try await reader.get("/desk/actions"))
            let body = try GovernanceDeskTests.link("DX推進委員会", on: try await reader.get("/desk/bodies"))
            let group = try GovernanceDeskTests.link("書かない窓口", on: try await reader.get("/desk/bodies"))
            let meeting = try GovernanceDeskTests.link("第3回", on: try await reader.get("/desk/bodies"))
            let minutes = try GovernanceDeskTests.link("第2回", on: try await town.visitor().get("/progress"))
            let errand = try GovernanceDeskTests.link("開く", on: try await reader.get("/desk/bodies"))
            let more = [
                "digital": [
                    loop, asked, action, action + "/edit", action + "/kpis/share", body, group, meeting, errand,
                    loop.replacing("/loops/", with: "/history/loop/"),
                ], "fukuchocho": [asked],
            ]
            try await Browser.run { browser in
                for screen in [Browser.Screen.phone, .desktop] {
                    let tab = try await browser.tab(screen)
                    for (login, paths) in Self.pages {
                        if let login { try await StoryBrowserTests.signIn(login, tab, town) }
                        for (index, path) in (paths + (login.map { more[$0] ?? [] } ?? [minutes])).enumerated() {
                            try await tab.open(town.address + path)
                            let violations = try await Axe.violations(on: tab)
                            #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
                            let sideways =
                                try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
                            #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
                            try await Pictures.keep(tab, "governance-\(login ?? "all")-\(index)", as: screen)
                        }
                    }
                }
            }
        }
    }
}
