import Browser
import TestKit
import Testing

@Suite("データの点検と情報システムを本物のブラウザーで", .serialized)
struct StandardsBrowserTests {
    @Test("どのページも、スマートフォンでも机の上でも、axe-core に通り、横に動かない。ファイルは画面から送れる")
    func pages() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let run = try await desk.send()
            let code = try await desk.group(run, "児童", "code")
            _ = try await desk.residents.post(code, ["page": "1", "v0": "1", "v1": "0"])
            _ = try await desk.residents.upload(
                "/desk/characters", ["character": "U+E001", "target": "多", "reason": "戸籍の字形と同じ", "evidence": "戸籍簿"],
                control: "picture", files: [("x.jpg", SamplePicture.jpeg)])
            _ = try await desk.residents.post(
                "\(run)/worksheets", ["source": "住民課", "section": "residents", "due": "2026-12-25"])
            let next = try await desk.residents.post("\(run)/apply")
            try await town.workOff()
            let sheets = try await desk.residents.get("/desk/worksheets").body
            let sheet = String(try #require(sheets.firstMatch(of: /href="(\/desk\/worksheets\/[^"]+)"/)?.1))
            let gateway = try await Gateway(town)
            _ = try await gateway.publish(Gateway.table)
            let systems = try await desk.residents.get("/desk/systems").body
            let system = String(try #require(systems.firstMatch(of: /href="(\/desk\/systems\/[0-9a-f-]{36})"/)?.1))
            let series = try await desk.residents.get(desk.place).body
            let compare = String(try #require(series.firstMatch(of: /href="([^"]*compare[^"]*)"/)?.1))
                .replacing("&amp;", with: "&")
            try await Browser.run { browser in
                for (screen, isLast) in [(Browser.Screen.phone, false), (.desktop, true)] {
                    let tab = try await browser.tab(screen)
                    try await tab.open("\(town.address)/desk")
                    try await tab.type("jumin", into: "#login")
                    try await tab.type("mihon-jumin-2026", into: "#password")
                    try await tab.follow("button.primary")
                    for (index, path) in [
                        "/desk/extracts", desk.place, run, next.path, code, "\(run)/characters", "/desk/characters",
                        compare,
                        "/desk/worksheets", sheet, "/desk/schemas", "/desk/schemas/persons-test",
                        "/desk/schemas/persons-test/edit", "/desk/systems", system, "/desk/linkages",
                        "/desk/books/contracts/new?about=\(system.split(separator: "/")[2])", "/desk/standardisation",
                        "/desk/standardisation/residents", "/desk/gateway", gateway.set,
                        "/desk/gateway/clients/\(gateway.id)",
                    ].enumerated() {
                        try await tab.open(town.address + path)
                        let violations = try await Axe.violations(on: tab)
                        #expect(violations.isEmpty, "\(path): \(violations.joined(separator: "\n"))")
                        let sideways =
                            try await tab.evaluate("document.documentElement.scrollWidth - innerWidth").number ?? 0
                        #expect(sideways <= 0, "\(path) is wider than the screen by \(sideways)")
                        if isLast { try await Pictures.keep(tab, "standards-\(index)", as: screen) }
                    }
                }
            }
        }
    }
}
