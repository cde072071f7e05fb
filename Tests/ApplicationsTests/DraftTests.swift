import Platform
import TestKit
import Testing
import Applications
import Core
import Database

@Suite("下書き")
struct DraftTests {
    private func count(_ town: TestTown) async throws -> Int {
        try await town.platform.database.read { try $0.row("SELECT count(*) AS n FROM application")?["n"] ?? 0 }
    }

    @Test("始めるボタンを二度押しても、書く前なら下書きは一つ")
    func startedTwice() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/dog-registration/apply")
            let again = try await visitor.post("/procedures/dog-registration/apply")
            #expect(first.path == again.path)
            #expect(try await count(town) == 1)
        }
    }

    @Test("書きかけの申請があれば、続けるか新しく始めるかを選ぶ")
    func begunBefore() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let next = try await visitor.post(first.path, ["who": "person"])
            let choice = try await visitor.post("/procedures/water-start/apply")
            #expect(choice.text.contains("書きかけの申請があります"))
            #expect(choice.body.contains("href=\"\(next.path)\""))
            #expect(try await count(town) == 1)
            let anew = try await visitor.post("/procedures/water-start/apply", ["anew": "yes"])
            #expect(anew.path.hasSuffix("/who") && anew.path != first.path)
        }
    }

    @Test("九十日だれも来なければ消え、鍵も消える。それまでは残る")
    func expiry() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            _ = try await visitor.post(first.path, ["who": "person"])
            let id = String(first.path.split(separator: "/")[1])
            town.clock.advance(seconds: 89 * 24 * 3600)
            try await town.platform.applications.deleteExpiredDrafts(at: town.clock.now)
            #expect(try await count(town) == 1)
            town.clock.advance(seconds: 2 * 24 * 3600)
            try await town.workOff()
            try await town.workOff()
            #expect(try await count(town) == 0)
            #expect(try await town.platform.vault.key(for: id) == nil)
        }
    }

    @Test("前に戻って選び直すと、通らない道の回答は送られない")
    func changedWay() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.dog)
            let id = check.path.split(separator: "/")[1]
            #expect(check.text.contains("392141234567890"))
            let changed = try await visitor.post("/applications/\(id)/chip?from=check", ["chip": "no"])
            #expect(changed.path.hasSuffix("/check"))
            #expect(!changed.text.contains("392141234567890"))
            // Coming back, what was typed is still there.
            _ = try await visitor.post("/applications/\(id)/chip?from=check", ["chip": "yes"])
            #expect(try await visitor.get("/applications/\(id)/check").text.contains("392141234567890"))
        }
    }

    @Test("共用の端末では、表示を終えると開けなくなる")
    func leaving() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.dog)
            let id = check.path.split(separator: "/")[1]
            _ = try await visitor.post("/applications/\(id)/leave")
            #expect(try await visitor.get(check.path).path == "/resume")
        }
    }

    @Test("言葉を変えても、回答は残る")
    func languages() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let check = try await visitor.fillIn(.water)
            let english = try await visitor.get("/language/en?back=" + Visitor.encoded(check.path))
            #expect(english.path == check.path)
            #expect(english.text.contains("Check your answers") && english.text.contains("𠮷田　太郎"))
        }
    }
}
