import Core
import Japanese

/// 判定. The level of a card on a day, with everything that led to it.
package struct Judgement: Sendable {
    package let input: LevelInput
    /// By the rubric alone.
    package let computed: Level
    /// What is shown: by the rubric, or by a decision of the committee (rule 7).
    package let level: Level
    /// What is missing for the next level by the rubric.
    package let missing: [Missing]
    package let badges: Set<Badge>
    /// Every criterion of every level, as it stands.
    package let ladder: [Rung]

    /// One level's criteria.
    package struct Rung: Sendable {
        package let level: Level
        package let criteria: [Judged]
    }

    /// A criterion as it stands.
    package struct Judged: Sendable {
        package let criterion: Criterion
        package let standing: Standing
        /// For an item: what it rests on.
        package let evidence: Evidence?
        /// For a measure, and where process evidence stands in for one: why.
        package let words: String?
    }

    /// What a level still needs.
    package struct Missing: Sendable, Equatable {
        package let criterion: Criterion
        package let standing: Standing

        /// 「E5 不明」.
        package var words: String { "\(criterion.mark) \(standing.name)" }
    }

    /// しるし beside a level.
    package enum Badge: String, Sendable, Codable, CaseIterable {
        /// 提供済み・未利用 (rule 6).
        case unused
        /// 少件数 (rule 5).
        case few
        /// 要再確認 (rule 3).
        case check

        package var name: String {
            switch self {
            case .unused: "提供済み・未利用"
            case .few: "少件数"
            case .check: "要再確認"
            }
        }
    }

    /// What the committee decided, where that is shown instead.
    package var exceptionWords: String? { input.exception.map { "\($0.words)。\($0.reason)" } }

    /// 「L2（L3まで残り: E5 不明）」.
    package var words: String { Judgement.words(level: computed, missing: missing.map(\.words)) }

    static func words(level: Level, missing: [String]) -> String {
        guard let next = level.next, !missing.isEmpty else { return level.mark }
        return "\(level.mark)（\(next.mark)まで残り: \(missing.joined(separator: "、"))）"
    }
}

extension Rubric {
    /// The level of an input. Pure: rules 1 to 8 and 10.
    package static func judge(_ input: LevelInput) -> Judgement {
        let bench = Bench(input)
        let ladder = Level.allCases.dropFirst().map { level in
            Judgement.Rung(
                level: level, criteria: criteria(of: level, isInternal: input.isInternal).map(bench.judge))
        }
        func highest(_ isEnough: (Standing) -> Bool) -> Level {
            ladder.prefix { $0.criteria.allSatisfy { isEnough($0.standing) } }.last?.level ?? .analog
        }
        // Evidence that expired keeps what was reached, and reaches nothing new.
        let computed = max(highest(\.isMet), min(highest(\.isKept), input.held ?? .analog))
        let ahead = ladder.first { $0.level == computed.next }?.criteria ?? []
        let below = ladder.filter { $0.level <= computed }.flatMap(\.criteria)
        return Judgement(
            input: input, computed: computed, level: input.exception?.level ?? computed,
            missing: (below + ahead).filter { !$0.standing.isMet }.map {
                Judgement.Missing(criterion: $0.criterion, standing: $0.standing)
            },
            badges: badges(input, bench, below + ahead), ladder: ladder)
    }

    private static func badges(
        _ input: LevelInput, _ bench: Bench, _ judged: [Judgement.Judged]
    ) -> Set<Judgement.Badge> {
        var badges: Set<Judgement.Badge> = []
        if input.isFew { badges.insert(.few) }
        if judged.contains(where: { $0.standing == .grace || $0.standing == .expired }) { badges.insert(.check) }
        if bench.isOfferedAndUnused { badges.insert(.unused) }
        return badges
    }

    /// Judges one criterion after the other.
    private struct Bench {
        let input: LevelInput
        let seen: [CardFact.Item: Sight.Seen]

        init(_ input: LevelInput) { (self.input, seen) = (input, input.seen) }

        func evidence(_ item: CardFact.Item) -> Evidence {
            Evidence(item, fact: input.facts[item], seen: seen[item], on: input.today)
        }

        func judge(_ criterion: Criterion) -> Judgement.Judged {
            if case .item(let item) = criterion {
                let evidence = evidence(item)
                return .init(
                    criterion: criterion, standing: evidence.standing, evidence: evidence, words: evidence.words)
            }
            if input.isFew, let process = processEvidence(criterion) {
                return .init(
                    criterion: criterion, standing: process.standing, evidence: nil,
                    words: "少件数のため、指標の代わりに業務の流れの記録で見ます: \(process.words)")
            }
            switch criterion {
            case .item, .use: return measured(criterion, .any(use), useWords)
            case .outcome: return measured(criterion, .atLeast(2, of: outcome), outcomeWords)
            case .inclusion: return measured(criterion, inclusion, words(.m6))
            case .newValue:
                let items: [CardFact.Item] = [.proactive, .bundled, .novel]
                return measured(criterion, .any(items.map { evidence($0).standing }), nil)
            case .residents:
                let evidence = evidence(.residents)
                return .init(
                    criterion: criterion, standing: evidence.standing, evidence: evidence, words: evidence.words)
            }
        }

        private func measured(_ criterion: Criterion, _ standing: Standing, _ words: String?) -> Judgement.Judged {
            .init(criterion: criterion, standing: standing, evidence: nil, words: words)
        }

        private func series(_ item: CardFact.Item) -> MeasureSeries {
            input.series[item] ?? MeasureSeries(item, [], on: input.today)
        }

        /// M1 ≥ 20 %, M4 −20 %; an internal process has no M1.
        private var use: [Standing] {
            let minutes = series(.m4).fell(by: 20, on: input.today)
            if input.isInternal { return [minutes] }
            return [series(.m1).current(on: input.today) { $0.number >= 20 }, minutes]
        }

        private var outcome: [Standing] {
            let today = input.today
            let faster = [series(.m3).fell(by: 30, on: today), series(.m4).fell(by: 30, on: today)]
            if input.isInternal { return faster }
            return faster + [satisfied, series(.m1).current(on: today) { $0.number >= 50 }]
        }

        /// M5 ≥ 4.0 with n ≥ 30. Where nobody knows how many answered, it is unknown.
        private var satisfied: Standing {
            guard let current = series(.m5).current, let count = current.count else { return .unknown }
            return series(.m5).current(on: input.today) { $0.number >= 4.0 && count >= 30 }
        }

        private var inclusion: Standing {
            series(.m6).change(on: input.today) { baseline, current in current >= baseline - 1e-9 }
        }

        private var useWords: String { input.isInternal ? words(.m4) : words(.m1) + "、" + words(.m4) }

        private var outcomeWords: String {
            (input.isInternal ? [.m3, .m4] : [.m3, .m4, .m5, .m1]).map(words).joined(separator: "、")
        }

        /// 「M1 12.3（令和8年度）」.
        private func words(_ item: CardFact.Item) -> String {
            let series = series(item)
            guard let current = series.current else { return "\(item.rawValue) 不明" }
            let now = "\(item.rawValue) \(LevelWords.number(current.number, of: item))（\(current.year.wareki)）"
            guard let baseline = series.baseline else { return now }
            return now + " ← \(LevelWords.number(baseline.number, of: item))（\(baseline.year.wareki)）"
        }

        /// Rule 5: what the step map says, where too few cases say anything. For use one thing that became less, for the
        /// outcome two; for M6 that there is a way in without a device.
        private func processEvidence(_ criterion: Criterion) -> (standing: Standing, words: String)? {
            switch criterion {
            case .use: improved(1, minutes: 20)
            case .outcome: improved(2, minutes: 30)
            case .inclusion: (evidence(.e12).standing, "端末のない人の入口（E12）")
            case .item, .newValue, .residents: nil
            }
        }

        private func improved(_ count: Int, minutes percent: Int) -> (standing: Standing, words: String) {
            let record = evidence(.e11).standing
            guard record.isKept, let before = input.sight.steps?.before, let after = input.sight.steps?.after else {
                return (record.isMet ? .unknown : record, "見直しの前後の工程が記録されていません")
            }
            func less(_ before: Int?, _ after: Int?) -> Bool? {
                before.flatMap { before in after.map { $0 < before } }
            }
            let faster = before.minutes.flatMap { before in
                after.minutes.map { before > 0 && $0 * 100 <= before * (100 - percent) }
            }
            let parts: [(String, Bool?)] = [
                ("時間−\(percent)％", faster), ("来庁", less(before.visits, after.visits)),
                ("紙", less(before.papers, after.papers)), ("押印", less(before.stamps, after.stamps)),
            ]
            let standings = parts.map { $0.1.map { $0 ? record : Standing.no } ?? .unknown }
            let fewer = parts.filter { $0.1 == true }.map(\.0)
            return (
                Standing.atLeast(count, of: standings),
                fewer.isEmpty ? "減ったものの記録がありません" : fewer.joined(separator: "・") + "が減りました"
            )
        }

        /// Rule 6: online exists, at least ten cases, none online.
        var isOfferedAndUnused: Bool {
            guard !input.isInternal, evidence(.e2).standing.isKept else { return false }
            let sent = input.cases.values.reduce(0) { $0 + $1.sent }
            if sent >= Rubric.few { return input.cases.allSatisfy { !$0.key.isOnline || $0.value.sent == 0 } }
            guard let yearly = input.yearlyCases, yearly >= Rubric.few, let online = series(.m1).current else {
                return false
            }
            return online.number == 0
        }
    }
}
