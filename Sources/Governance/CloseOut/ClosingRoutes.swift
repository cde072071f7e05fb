import Core
import Database
import HTML
import Japanese
import Web

extension Governance {
    /// 終期と次の計画, on the desk.
    func addClosingRoutes(to site: inout Site) {
        site.officer(.get, "/desk/closing", needs: nil) { visit in
            .page(try await closingPage(visit, Entry(today: visit.moment.day)))
        }
        closing("draft", &site) { entry, visit in
            let number = entry.words("number", "版の番号", most: 12)
            let (from, until) = (entry.day("from", "計画期間の始まり"), entry.day("until", "計画期間の終わり"))
            let reason = entry.words("reason", "見直しの理由", most: 600)
            try entry.check()
            guard let from, let until else { return }
            let former = entry["former"] ?? ""
            try await draft(
                number, after: former, from: from, until: until, reason: reason, by: visit.who, at: visit.moment)
        }
        closing("consult", &site) { entry, visit in
            let (from, until) = (entry.day("consult-from", "募集の始まり"), entry.day("consult-until", "募集の終わり"))
            let lead = entry.words("lead", "案内の文", most: 600)
            try entry.check()
            guard let from, let until else { return }
            try await consult(
                entry["plan"] ?? "", from: from, until: until, lead: lead, by: visit.who, at: visit.moment)
        }
        closing("answer", &site) { entry, visit in
            let id = Opinion.ID(entry["opinion"] ?? "")
            if id == nil { entry.fail("opinion", "「どの意見か」を、一覧から選んでください。") }
            let gist = entry.words("gist", "意見の要旨", most: 600)
            let words = entry.words("answer", "町の考え方", most: 1000)
            let outcome = entry.choice("outcome", "扱い", OpinionAnswer.Outcome.self)
            try entry.check()
            guard let id else { return }
            try await answer(
                id, gist: gist, words: words, outcome: outcome ?? .reference, by: visit.who, at: visit.moment)
        }
        closing("publish", &site) { entry, visit in
            try await publishResult(of: entry["plan"] ?? "", seen: entry.seen, by: visit.who, at: visit.moment)
        }
        closing("withdraw", &site) { entry, visit in
            try await withdraw(entry["plan"] ?? "", by: visit.who, at: visit.moment)
        }
        closing("adopt", &site) { entry, visit in
            try await adopt(entry["plan"] ?? "", by: entry["meeting"] ?? "", officer: visit.who, at: visit.moment)
        }
    }

    private func closing(
        _ verb: String, _ site: inout Site,
        _ work: @escaping @Sendable (inout Entry, Visit<Officer>) async throws -> Void
    ) {
        site.officer(.post, "/desk/closing/\(verb)", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await closingPage(visit, $0) }) { entry in
                try await work(&entry, visit)
                return .redirect(("/desk/closing" as Link).asking([("saved", verb)]))
            }
        }
    }

    private static let savedClosing = [
        "draft": "次の計画の案をつくりました。続ける取組は、策定のときに引き継がれます。", "consult": "意見の募集を始めました。",
        "answer": "町の考え方を書きました。", "publish": "結果を公表しました。", "withdraw": "案を取り下げました。", "adopt": "策定しました。前の版は引き継がれました。",
    ]

    private func closingPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, today) = (frame(visit), visit.moment.day)
        let found = try await database.read { transaction in
            (
                state: try GovernanceState(self, on: today, in: transaction),
                consultations: try Kept<Consultation>.list(in: transaction),
                opinions: try Kept<Consultation>.list(in: transaction).flatMap {
                    try Opinion.list(of: $0.id, in: transaction)
                },
                national: try Kept<NationalPlan>.list(in: transaction).first?.content
            )
        }
        let words =
            frame.officer.may(.preparePlan)
            ? try await words(of: found.opinions, for: frame.officer, at: visit.moment) : [:]
        return ClosingPage(
            frame: frame, state: found.state, consultations: found.consultations, opinions: found.opinions,
            words: words,
            national: found.national, today: today
        ).page(entry, saved: visit.query["saved"].flatMap { Self.savedClosing[$0] })
    }
}
