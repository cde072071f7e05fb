import Core
import Database
import TestKit
import Trail
import Platform
import Testing
import Applications

@Suite("なくさない、二重に受け付けない")
struct OnceTests {
    @Test("同じ送信を何度しても、申請は一つ")
    func pressedTwice() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let check = try await resident.fillIn(.water)
            async let first = resident.submit(check)
            async let second = resident.submit(check)
            let receipts = try await [first, second, resident.submit(check)]
            let numbers = Set(receipts.compactMap { $0.text.firstMatch(of: /R8-[A-Z0-9]{4}-[A-Z0-9]{4}/)?.output })
            #expect(receipts.allSatisfy { $0.path.hasSuffix("/receipt") })
            #expect(numbers.count == 1)
            let count: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM application WHERE status = 'submitted'")?["n"]
            }
            #expect(count == 1)
        }
    }

    @Test("送信したあとに別の回答を送ると、断って元の申請を守る")
    func otherAnswersAfterwards() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let check = try await resident.fillIn(.water)
            let receipt = try await resident.submit(check)
            let id = String(receipt.path.split(separator: "/")[1])
            let late = try await resident.post("/applications/\(id)/payment", ["payment": "transfer"])
            #expect(late.firstStatus == 409)
            #expect(late.text.contains("すでに送信されています"))
            let stale = try await resident.post(
                "/applications/\(id)/submit", ["submission": check.hidden("submission"), "revision": "999"])
            #expect(stale.firstStatus == 409)
        }
    }

    @Test("確かめたあとに変わった回答は、確かめ直すまで送れない")
    func changedInAnotherTab() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let check = try await resident.fillIn(.water)
            let id = String(check.path.split(separator: "/")[1])
            _ = try await resident.post("/applications/\(id)/payment?from=check", ["payment": "transfer"])
            let refused = try await resident.submit(check)
            #expect(refused.firstStatus == 409)
            #expect(refused.text.contains("もう一度、内容をお確かめ"))
            let again = try await resident.get("/applications/\(id)/check")
            #expect(try await resident.submit(again).path.hasSuffix("/receipt"))
        }
    }

    @Test("補正を求められたあとは、前に開いた確認のページからは送れない")
    func staleCheckAfterReturn() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let first = try await resident.fillIn(.dog)
            let other = try await resident.get(first.path)
            let id = String(first.path.split(separator: "/")[1])
            _ = try await resident.submit(first)
            let clerk = try await town.officer("kankyo")
            for (verb, seen) in [("receive", "submitted"), ("return", "received")] {
                _ = try await clerk.post(
                    "/desk/cases/\(id)/\(verb)", ["seen": seen, "once": ID<Int>().text, "words": "お確かめください。"])
            }
            #expect(try await resident.submit(other).firstStatus == 409)
            #expect(try await town.platform.applications.status(of: .init(id) ?? .init()) == .returned)
        }
    }

    @Test("日付が過ぎた下書きは、日付を直すまで送れない")
    func passedDay() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let check = try await resident.fillIn(.water)
            // Day after day, somebody looks and does not send.
            for _ in 0..<15 {
                town.clock.advance(seconds: 23 * 3600)
                #expect(try await resident.get(check.path).status == 200)
            }
            let late = try await resident.get(check.path)
            #expect(!late.body.contains("name=\"submission\"") && late.body.contains("/start?from=check"))
            #expect(try await resident.submit(check).firstStatus == 422)
        }
    }

    @Test("終わっていない申請は送れない")
    func incomplete() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let first = try await resident.post("/procedures/water-start/apply")
            let id = first.path.split(separator: "/")[1]
            _ = try await resident.post(first.path, ["who": "person"])
            let sent = try await resident.post(
                "/applications/\(id)/submit", ["submission": ID<Int>().text, "revision": "1"])
            #expect(sent.firstStatus == 422)
        }
    }

    @Test("書き込みは記録と同じ取引にあり、記録は検証できる")
    func trail() async throws {
        try await TestTown.run(hasSample: true) { town in
            try await town.workOff()
            let result = try await EventLog.verify(town.platform.trail, in: town.platform.database)
            #expect(result.faults.isEmpty)
            #expect(result.entries > 60)
            #expect(result.waiting == 0)
        }
    }

    @Test(
        "消されたり書き換えられたりした記録は、見つかる",
        arguments: [
            "UPDATE event SET actor = 'system' WHERE kind = 'case.submitted'" as SQL,
            "DELETE FROM event WHERE kind = 'case.approved'",
            "DELETE FROM trail_entry WHERE place = 5",
            "UPDATE trail_head SET root = \([UInt8](repeating: 0, count: 32)) WHERE size = (SELECT max(size) FROM trail_head)",
        ])
    func tampering(_ change: SQL) async throws {
        try await TestTown.run(hasSample: true) { town in
            try await town.workOff()
            try await town.platform.database.write { transaction in
                transaction.keepHouse("tampering")
                try transaction.run(change)
            }
            let result = try await EventLog.verify(town.platform.trail, in: town.platform.database)
            #expect(!result.faults.isEmpty)
        }
    }

    @Test("状態は、記録からもう一度計算できる")
    func replay() async throws {
        try await TestTown.run(hasSample: true) { town in
            let statuses = [
                "case.begun": "draft", "case.submitted": "submitted", "case.received": "received",
                "case.reviewed": "reviewing", "case.returned": "returned", "case.corrected": "reviewing",
                "case.approved": "approved", "case.rejected": "rejected", "case.refused": "refused",
                "case.issued": "issued", "case.completed": "completed", "case.reconsidered": "reviewing",
                "case.withdrawn": "withdrawn",
            ]
            let pairs = try await town.platform.database.read { transaction in
                try transaction.rows("SELECT id, status FROM application").map { row -> (String, String?) in
                    let id: String = try row["id"]
                    let replayed = try transaction.events(of: id).compactMap { statuses[$0.event.kind] }.last
                    return (try row["status"], replayed)
                }
            }
            #expect(try pairs.count == TestTown.folder().sample?.cases.count)
            #expect(pairs.allSatisfy { $0.0 == $0.1 })
        }
    }
}
