import Browser
import TestKit
import Testing

@Suite("例規の点検を本物のブラウザーで", .serialized)
struct OrdinanceBrowserTests {
    @Test("どのページも、スマートフォンでも机の上でも、axe-core に通り、横に動かない")
    func pages() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("digital")
            _ = try await clerk.upload(
                "/desk/ordinances/import", control: "files",
                files: [
                    ("a.txt", Array(OrdinanceDeskTests.notice.utf8)), ("b.txt", Array(OrdinanceDeskTests.tax.utf8)),
                ])
            let board = try await clerk.get("/desk/ordinances")
            let place = String(
                try #require(board.body.firstMatch(of: /href="(\/desk\/ordinances\/[^"\/?]+)">見本町公告式条例/)?.1))
            _ = try await clerk.post(place + "/clauses/1", ["category": "書面掲示", "verdict": "Y", "comment": "掲示場だけ"])
            let text = OrdinanceDeskTests.notice.replacing("町役場の掲示場に掲示してこれを行う", with: "インターネットの利用により行う")
            let task = try await clerk.upload(
                place + "/amend", ["name": "公布をインターネットで", "text": text], control: "files", files: [])
            _ = try await clerk.post(task.path, ["do": "submitted", "assembly": "令和9年3月定例会"])
            try await Browser.run { browser in
                for (screen, _) in [(Browser.Screen.phone, 0), (.desktop, 1)] {
                    let tab = try await browser.tab(screen)
                    try await tab.open("\(town.address)/desk")
                    try await tab.type("digital", into: "#login")
                    try await tab.type("mihon-digital-2026", into: "#password")
                    try await tab.follow("button.primary")
                    for (index, path) in [
                        "/desk/ordinances", "/desk/ordinances/search?q=掲示&address=", place, place + "/clauses/1",
                        place + "/amend",
                        "/desk/ordinances/check", "/desk/ordinances/worksheet", "/desk/ordinances/tasks", task.path,
                        "/ordinances",
                        "/ordinances?language=easy",
                    ].enumerated() {
                        try await tab.open(town.address + path)
                        let violations = try await Axe.violations(on: tab)
                        #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
                        let sideways =
                            try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
                        #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
                        try await Pictures.keep(tab, "ordinances-\(index)", as: screen)
                    }
                }
            }
        }
    }
}
