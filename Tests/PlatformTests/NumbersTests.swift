import Applications
import Core
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("段階と実績のページ")
struct NumbersTests {
    @Test("段階のページは、残りと出典を示す。委員会の例外は、推進室だけが記録でき、期限で終わる")
    func level() async throws {
        try await TestTown.run { town in
            try await town.workOff()
            let clerk = try await town.officer("kankyo")
            let page = try await clerk.get("/desk/cards/dog-registration/level")
            #expect(page.text.contains("L2（L3まで残り: E7 不明）") && page.text.contains("Origamiの記録"))
            #expect(page.text.contains("様式を公開しています") && !page.body.contains("例外を記録する"))
            let typed = [
                "level": "3", "body": "DX推進委員会", "reference": "令和8年度 第3号", "decided": "令和8年11月20日",
                "until": "2026-12-31", "reason": "1月の切替えまで",
            ]
            let path = "/desk/cards/dog-registration/level/exception"
            #expect(try await clerk.post(path, typed).status == 403)

            let secretary = try await town.officer("digital")
            let wrong = try await secretary.post(path, typed.merging(["until": "2028-01-01", "body": ""]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("例外は1年までです") && wrong.body.contains("1月の切替えまで"))
            let kept = try await secretary.post(path, typed)
            #expect(kept.status == 200 && kept.text.contains("委員会の決定による例外（令和8年12月31日まで）"))
            #expect(kept.text.contains("判定表では L2"))
            #expect(try await secretary.post(path, typed).status == 200)
            let list = try await clerk.get("/desk/levels")
            #expect(list.text.contains("例外（2026-12-31まで）") && list.text.contains("あと一つで、次の段階"))
            town.clock.advance(seconds: 40 * 24 * 3600)
            try await town.workOff()
            let after = try await town.officer("kankyo").get("/desk/cards/dog-registration/level")
            #expect(after.text.contains("L2　デジタイゼーション（達成）") && after.body.contains("level-history-title"))
            #expect(try await town.officer("kankyo").get("/desk/levels.csv").text.contains("犬の登録"))
        }
    }

    @Test("町の実績は、少ない数を示さない。職員は、課ごと・手続きごとに見られる")
    func numbers() async throws {
        try await TestTown.run { town in
            try await apply(.dog, 12, online: 12, town)
            try await apply(.water, 15, online: 4, town)
            #expect(try await town.visitor().get("/numbers").text.contains("この年度の実績は、まだありません"))
            // The month is not over yet.
            let early = try await town.officer("kankyo").get("/desk/cards/dog-registration/level")
            #expect(early.text.contains("M1 不明"))
            town.clock.advance(seconds: 20 * 24 * 3600)

            let page = try await town.visitor().get("/numbers")
            #expect(page.text.contains("非公表") && page.text.contains("27") && page.body.contains("months-title"))
            #expect(!page.text.contains("26.7"))
            for (language, words) in [("easy", "ぜんぶ"), ("en", "Not shown"), ("pt", "Não mostrado")] {
                let reply = try await town.visitor().get("/numbers", headers: ["Cookie": "language=\(language)"])
                #expect(reply.status == 200 && reply.text.contains(words), "\(language)")
            }
            let file = try await town.visitor().get("/numbers.csv")
            #expect(file.text.contains("町全体,27,") && file.text.contains("非公表"))
            let procedure = try await town.visitor().get("/procedures/water-start").text
            #expect(procedure.contains("15件の申請がありました") && !procedure.contains("がオンラインでした"))

            let clerk = try await town.officer("kankyo")
            let desk = try await clerk.get("/desk/numbers")
            #expect(desk.text.contains("令和8年度（2026年度）") && desk.text.contains("26.7％") && desk.text.contains("環境課"))
            let card = try await clerk.get("/desk/numbers/water-start?year=2026")
            #expect(card.text.contains("4件　26.7％") && card.text.contains("窓口"))
            #expect(try await clerk.get("/desk/numbers/water-start?year=2025").text.contains("まだありません"))
            #expect(try await clerk.get("/desk/numbers/nowhere").status == 404)
            #expect(try await clerk.get("/desk/numbers/water-start/months.csv").text.contains("2026-11,窓口,11,11"))
            #expect(try await clerk.get("/desk/numbers.csv?section=water").text.contains("水道使用開始届"))

            // What was counted here is a measure of the level, once the month is over.
            let level = try await clerk.get("/desk/cards/water-start/level")
            #expect(level.text.contains("M1 26.7％（令和8年度）"))
        }
    }

    /// So many applications, the first of them online, the others at the counter.
    private func apply(_ walk: Walk, _ count: Int, online: Int, _ town: TestTown) async throws {
        for number in 0..<count {
            let isOnline = number < online
            var typed = walk.typed.mapValues { [$0] }
            if !isOnline { typed.merge(["by_present": ["principal"], "by_identity": ["photo"]]) { $1 } }
            _ = try await town.platform.applications.apply(
                card: walk.card, through: isOnline ? .online : .counter, typed: typed,
                by: Applicant(session: "n \(number)"),
                language: .ja, at: town.clock.now)
        }
    }
}
