import Applications
import Core
import Database
import Platform
import TestKit
import Testing
import Japanese

@Suite("保存期間と廃棄")
struct RetentionTests {
    private static let year = 366 * 24 * 3600

    @Test(
        "保存期間は、終わった年度の翌年度の初日から数える",
        arguments: [
            ("2026-11-24", 5, "2032-03-31"), ("2027-03-31", 5, "2032-03-31"), ("2027-04-01", 5, "2033-03-31"),
            ("2026-04-01", 1, "2028-03-31"),
        ])
    func period(_ closed: String, _ years: Int, _ last: String) throws {
        let (closed, last) = (try #require(Day(iso: closed)), try #require(Day(iso: last)))
        let period = RetentionPeriod(years: years)
        #expect(period.lastDay(closedOn: closed) == last)
        // Past on the day after, and not a day earlier.
        let moment = Moment(startOf: closed)
        #expect(moment >= period.closedBefore(on: last))
        #expect(moment < period.closedBefore(on: last.adding(days: 1)))
    }

    @Test("期間を過ぎた申請は、一覧にし、別の決裁者が件数を入力して廃棄する。鍵も内容も残らず、記録は残る")
    func disposal() async throws {
        try await TestTown.run { town in
            let (id, _) = try await decided(in: town)
            _ = try await decided(in: town)
            let early = try await town.officer("kankyo")
            let nothing = try await early.post("/desk/retention", ["section": "environment"])
            #expect(nothing.status == 409 && nothing.text.contains("保存期間を過ぎた申請は、いまはありません"))

            town.clock.advance(seconds: 7 * Self.year)
            let clerk = try await town.officer("kankyo")
            #expect(try await clerk.get("/desk/retention").text.contains("犬の登録"))
            let list = try await clerk.post("/desk/retention", ["section": "environment"])
            #expect(list.path.hasPrefix("/desk/retention/"))
            #expect(list.body.contains(id))
            // The one who proposes may not agree; nobody agrees without the number.
            #expect(try await clerk.post("\(list.path)/agree", ["count": "2"]).status == 403)
            let decider = try await town.officer("kankyo-kacho")
            let wrong = try await decider.post("\(list.path)/agree", ["count": "99"])
            #expect(wrong.status == 422 && wrong.text.contains("一覧のとおりに") && wrong.body.contains("value=\"99\""))
            #expect(try await decider.get("/desk/cases/\(id)").status == 200)

            let agreed = try await decider.post("\(list.path)/agree", ["count": "２"])
            #expect(agreed.status == 200 && agreed.text.contains("廃棄済"))
            #expect(try await decider.post("\(list.path)/agree", ["count": "2"]).status == 409)
            try await town.workOff()
            #expect(try await decider.get("/desk/cases/\(id)").status == 404)
            #expect(try await decider.get(list.path).text.contains("2件すべての鍵が消えています"))
            let left = try await town.platform.applications.leftovers()
            #expect(left.count == 2 && left.faults.isEmpty)
            #expect(try await town.platform.applications.withoutKey() == 0)
            let kinds = try await town.platform.database.read { try $0.events(of: id).map(\.event.kind) }
            #expect(kinds.contains("case.submitted") && kinds.contains("case.shredded"), "\(kinds)")
        }
    }

    @Test("消し残しは、証明の確認で見つかる")
    func leftovers() async throws {
        try await TestTown.run { town in
            let (id, _) = try await decided(in: town)
            town.clock.advance(seconds: 7 * Self.year)
            let list = try await town.officer("kankyo").post("/desk/retention", ["section": "environment"])
            _ = try await town.officer("kankyo-kacho").post("\(list.path)/agree", ["count": "1"])
            // The job has not run yet: key, content and the index of names are there still.
            #expect(try await town.platform.applications.leftovers().faults.count == 3)
            try await town.workOff()
            #expect(try await town.platform.applications.leftovers().faults.isEmpty)
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a hand that should not have been there")
                try transaction.run("DELETE FROM event WHERE subject = \(id) AND kind = 'case.shredded'")
            }
            #expect(try await town.platform.applications.leftovers().faults.count == 1)
        }
    }

    @Test("理由を書いて保留した申請は、一覧から外れ、解除するまで廃棄されない。ほかの課には見えない")
    func hold() async throws {
        try await TestTown.run { town in
            let (id, number) = try await decided(in: town)
            town.clock.advance(seconds: 7 * Self.year)
            let clerk = try await town.officer("kankyo")
            let list = try await clerk.post("/desk/retention", ["section": "environment"])
            let silent = try await clerk.post("\(list.path)/hold", ["application": id, "words": " "])
            #expect(silent.status == 422)
            let held = try await clerk.post("\(list.path)/hold", ["application": id, "words": "審査請求が続いているため"])
            #expect(held.status == 200 && !held.body.contains(number))
            let overview = try await clerk.get("/desk/retention")
            #expect(overview.text.contains("審査請求が続いているため"))
            #expect(try await clerk.post("/desk/retention", ["section": "environment"]).status == 409)
            let water = try await town.officer("suido")
            #expect(try await water.get(list.path).status == 404)
            #expect(!(try await water.get("/desk/retention").text.contains("審査請求")))
            _ = try await clerk.post("/desk/retention/release", ["application": id])
            #expect(try await clerk.post("/desk/retention", ["section": "environment"]).body.contains(number))
        }
    }

    /// An application that was approved.
    private func decided(in town: TestTown) async throws -> (id: String, number: String) {
        let applicant = town.visitor()
        let receipt = try await applicant.submit(applicant.fillIn(.dog))
        let id = String(receipt.path.split(separator: "/")[1])
        let decider = try await town.officer("kankyo-kacho")
        for (verb, seen) in [("receive", "submitted"), ("approve", "received")] {
            _ = try await decider.post("/desk/cases/\(id)/\(verb)", ["seen": seen, "once": ID<Int>().text])
        }
        let number = try await town.platform.database.read {
            try $0.row("SELECT number FROM application WHERE id = \(id)")?["number"] ?? ""
        }
        return (id, number)
    }
}
