import Applications
import Browser
import Core
import Database
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("段階と実績を見る", .serialized)
struct ChartTests {
    @Test("図と表は、電話でも机でも読め、だれにでも使える")
    func pages() async throws {
        try await TestTown.run(hasSample: true) { town in
            try await fill(town)
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                for path in [
                    "/desk/levels", "/desk/cards/dog-registration/level", "/desk/numbers",
                    "/desk/numbers/dog-registration", "/numbers", "/procedures/dog-registration",
                ] {
                    try await signIn(tab, town)
                    try await tab.open(town.address + path)
                    for screen in [Browser.Screen.phone, .desktop] {
                        try await tab.resize(screen)
                        #expect(try await Axe.violations(on: tab) == [], "\(path)")
                        let sideways = try await tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                            .number
                        #expect(sideways.map { $0 <= 0 } == true, "\(path) is wider than the screen")
                    }
                    try await Pictures.keep(tab, "numbers" + path.replacing("/", with: "-"), as: .desktop)
                }
            }
        }
    }

    private func signIn(_ tab: Tab, _ town: TestTown) async throws {
        try await tab.open("\(town.address)/desk")
        guard try await tab.path.hasSuffix("/sign-in") else { return }
        try await tab.type("digital", into: "#login")
        try await tab.type("mihon-digital-2026", into: "#password")
        try await tab.follow("button.primary")
    }

    /// A month of applications, drafts that were left, and facts that raise a level step by step.
    private func fill(_ town: TestTown) async throws {
        let applications = town.platform.applications
        let officer = Officer(
            id: ID(), name: "決", memberships: [Membership(section: "environment", role: .decider)])
        for page in ["owner", "dog", "dog", "chip"] { _ = try await town.visitor().arrive(at: page, in: .dog) }
        for number in 0..<40 {
            let channel = Channel.allCases[number % 7 == 0 ? 2 : number % 11 == 0 ? 3 : 0]
            var typed = Walk.dog.typed.mapValues { [$0] }
            typed.merge(["by_present": ["principal"], "by_identity": ["photo"], "by_arrived.year": ["2026"]]) { $1 }
            typed.merge(["by_arrived.month": ["11"], "by_arrived.day": ["20"]]) { $1 }
            let id = try await applications.apply(
                card: "dog-registration", through: channel, typed: typed, by: Applicant(session: "c \(number)"),
                language: .ja, at: town.clock.now)
            if number % 4 == 0 { town.clock.advance(seconds: 24 * 3600) }
            guard number < 30 else { continue }
            for action in [Applications.DeskAction.receive, .approve(words: "")] {
                try await applications.act(
                    action, on: id, seen: try await applications.status(of: id), once: ID<Int>().text, by: officer,
                    at: town.clock.now.adding(seconds: number % 9 * 86_400))
            }
        }
        for (item, days) in [(CardFact.Item.e7, 20), (.e10, 25), (.e11, 10)] {
            town.clock.advance(seconds: days * 24 * 3600)
            let now = town.clock.now
            try await town.platform.database.write { transaction in
                try CardFact(
                    card: "dog-registration", item: item, finding: .yes, fiscalYear: nil, source: "環境課の聞き取り",
                    asOf: now.day, exemption: nil, by: .system, at: now
                ).save(by: .system, in: transaction)
            }
            _ = try await town.platform.register.recordLevels(by: .system, at: now)
        }
    }
}
