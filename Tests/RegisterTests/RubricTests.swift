import Core
import Japanese
import Register
import TestKit
import Testing

@Suite("段階の判定表")
struct RubricTests {
    static let today = day("2026-11-24")

    static func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(daysSince1970: 0) }

    /// What is known of a card, put together for a row of a table.
    struct Given: Sendable {
        var facts: [CardFact] = []
        var isInternal = false
        var yearlyCount: Int? = 100
        var form: FormSight?
        var papers: [Sight.Paper] = []
        var steps: Sight.Steps?
        var months: [MonthTally] = []
        var series: [CardFact.Item: [MeasureSeries.Value]] = [:]
        var voices: (count: Int, good: Int) = (0, 0)
        var held: Level?
        var exception: LevelException?

        func judged(on day: Day = today) -> Judgement {
            Rubric.judge(
                LevelInput(
                    Sight(isInternal: isInternal, yearlyCount: yearlyCount, form: form, papers: papers, steps: steps),
                    facts: facts, months: months, seenSeries: series, voices: voices, held: held, exception: exception,
                    on: day))
        }

        /// The same with a fact, so many days old.
        func with(
            _ item: CardFact.Item, _ finding: CardFact.Finding = .yes, age: Int = 10, year: Int? = nil, n: Int? = nil
        ) -> Given {
            var given = self
            let exemption = finding == .notApplicable ? CardFact.Exemption(clause: "町条例第3条", reason: "対面が必要") : nil
            given.facts.append(
                CardFact(
                    card: "x", item: item, finding: finding, fiscalYear: year.map { FiscalYear($0) },
                    source: n.map { "調査 n=\($0)" } ?? "調査", asOf: today.adding(days: -age), exemption: exemption,
                    by: .system, at: .workday))
            return given
        }

        func with(_ items: [CardFact.Item]) -> Given { items.reduce(self) { $0.with($1) } }

        func changed(_ change: (inout Given) -> Void) -> Given {
            var given = self
            change(&given)
            return given
        }
    }

    static let l1 = Given().with(.e1)
    static let l2 = l1.with([.e2, .e4])
    static let l3 = l2.with([.e3, .e5, .e7, .e9])
    static let l4 = l3.with([.e6, .e10, .e11, .e12]).with(.m1, .number(20), year: 2026)
    static let l5 = l4.with([.e8, .bundled, .residents])
        .with(.m3, .number(10), year: 2024).with(.m3, .number(7), year: 2026)
        .with(.m4, .number(60), year: 2024).with(.m4, .number(42), year: 2026)
        .with(.m6, .number(90), year: 2024).with(.m6, .number(90), year: 2026)

    /// A card, what it is given, and what is written of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let given: Given
        let words: String
        let badges: Set<Judgement.Badge>

        init(_ name: String, _ given: Given, _ words: String, _ badges: Set<Judgement.Badge> = []) {
            (self.name, self.given, self.words, self.badges) = (name, given, words, badges)
        }

        var testDescription: String { name }
    }

    static let few = l3.with([.e6, .e10, .e11, .e12]).changed { $0.yearlyCount = 9 }

    static func steps(minutes: (Int, Int), visits: (Int, Int)) -> Sight.Steps {
        Sight.Steps(
            recordedOn: today.adding(days: -30), clausesChecked: true,
            before: .init(minutes: minutes.0, visits: visits.0, papers: nil, stamps: nil),
            after: .init(minutes: minutes.1, visits: visits.1, papers: nil, stamps: nil))
    }

    /// So many applications at the counter last month.
    static func counter(_ count: Int) -> [MonthTally] {
        var tally = Tally()
        tally.sent = count
        return [MonthTally(month: Month(of: today).adding(months: -1), mouth: .counter, tally: tally)]
    }

    static let online = FormSight(
        since: day("2025-01-10"), papersElsewhere: [], papers: ["写し"], takesIdentification: false, fee: .none,
        reuses: true)

    static let rows: [Row] = [
        // 規則1・2: the highest level whose every criterion is yes; unknown is neither.
        Row("何も分からない", Given(), "L0（L1まで残り: E1 不明）"),
        Row("E1だけ", l1, "L1（L2まで残り: E2 不明、E4 不明）"),
        Row("送れる", l2, "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）"),
        Row("E5だけが不明", l2.with([.e3, .e7, .e9]), "L2（L3まで残り: E5 不明）"),
        Row("E5を見て、分からなかった", l2.with([.e3, .e7, .e9]).with(.e5, .unknown), "L2（L3まで残り: E5 不明）"),
        Row("E5がいいえ", l2.with([.e3, .e7, .e9]).with(.e5, .no), "L2（L3まで残り: E5 いいえ）"),
        Row("新しい記録が古い記録に代わる", l3.with(.e5, .no), "L2（L3まで残り: E5 いいえ）"),
        Row("下の段階が欠ければ、上があっても届かない", Given().with([.e2, .e3, .e4, .e5]), "L0（L1まで残り: E1 不明）"),
        Row("使われていない", l4.with(.m1, .number(19.9), year: 2026), "L3（L4まで残り: 利用 不明）"),
        Row(
            "使われず、時間も減っていない",
            l4.with(.m1, .number(19.9), year: 2026).with(.m4, .number(60), year: 2024).with(
                .m4, .number(49), year: 2026),
            "L3（L4まで残り: 利用 いいえ）"),
        Row(
            "時間が20％減った",
            l4.with(.m1, .number(1), year: 2026).with(.m4, .number(60), year: 2024).with(.m4, .number(48), year: 2026),
            "L4（L5まで残り: E8 不明、新しい価値 不明、成果 不明、M6 不明、住民の声 不明）"),
        Row("オンライン率がちょうど20％", l4, "L4（L5まで残り: E8 不明、新しい価値 不明、成果 不明、M6 不明、住民の声 不明）"),
        Row("DX", l5, "L5"),
        Row("成果が一つだけ", l5.with(.m4, .number(43), year: 2026), "L4（L5まで残り: 成果 不明）"),
        Row(
            "成果が一つだけで、ほかは違う",
            l5.with(.m4, .number(43), year: 2026).with(.m5, .number(3.9), year: 2026, n: 30), "L4（L5まで残り: 成果 いいえ）"),
        Row("満足度は30人から", l5.with(.m4, .number(43), year: 2026).with(.m5, .number(4), year: 2026, n: 30), "L5"),
        Row(
            "満足度が29人", l5.with(.m4, .number(43), year: 2026).with(.m5, .number(4), year: 2026, n: 29),
            "L4（L5まで残り: 成果 いいえ）"),
        Row("支援の成功が悪くなった", l5.with(.m6, .number(89), year: 2026), "L4（L5まで残り: M6 いいえ）"),
        // 規則3: 365 days fresh, 90 more for what was reached before.
        Row("365日", l1.with(.e2).with(.e4, age: 365), "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）"),
        Row("366日では、新しい段階には届かない", l1.with(.e2).with(.e4, age: 366), "L1（L2まで残り: E4 要再確認）", [.check]),
        Row(
            "366日でも、届いていた段階は残る", l1.with(.e2).with(.e4, age: 366).changed { $0.held = .digital },
            "L2（L3まで残り: E4 要再確認、E3 不明、E5 不明、E7 不明、E9 不明）", [.check]),
        Row(
            "切れて90日", l1.with(.e2).with(.e4, age: 455).changed { $0.held = .digital },
            "L2（L3まで残り: E4 要再確認、E3 不明、E5 不明、E7 不明、E9 不明）", [.check]),
        Row(
            "切れて91日で下がる", l1.with(.e2).with(.e4, age: 456).changed { $0.held = .digital },
            "L1（L2まで残り: E4 期限切れ）", [.check]),
        Row("古い「いいえ」は「いいえ」", l1.with(.e2).with(.e4, .no, age: 800), "L1（L2まで残り: E4 いいえ）"),
        // 規則4.
        Row("適用除外", l1.with(.e2).with(.e4, .notApplicable), "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）"),
        // 規則5: 9 and 10 cases.
        Row("少件数で、見直しの前後がない", few, "L3（L4まで残り: 利用 不明）", [.few]),
        Row(
            "少件数で、来庁が減った", few.changed { $0.steps = steps(minutes: (30, 30), visits: (1, 0)) },
            "L4（L5まで残り: E8 不明、新しい価値 不明、成果 不明、住民の声 不明）", [.few]),
        Row(
            "10件は少件数ではない",
            few.changed { ($0.steps, $0.yearlyCount) = (steps(minutes: (30, 30), visits: (1, 0)), 10) },
            "L3（L4まで残り: 利用 不明）"),
        Row("件数が不明なら少件数ではない", few.changed { $0.yearlyCount = nil }, "L3（L4まで残り: 利用 不明）"),
        // 規則6: at least ten, none online.
        Row(
            "提供済み・未利用", l2.with(.m1, .number(0), year: 2026).changed { $0.yearlyCount = 10 },
            "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）", [.unused]),
        Row(
            "9件なら言わない", l2.with(.m1, .number(0), year: 2026).changed { $0.yearlyCount = 9 },
            "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）", [.few]),
        Row("使われているか分からなければ言わない", l2, "L2（L3まで残り: E3 不明、E5 不明、E7 不明、E9 不明）"),
        Row(
            "見た10件がどれも窓口", l2.changed { ($0.yearlyCount, $0.months) = (nil, counter(10)) },
            "L2（L3まで残り: E3 不明、E5 不明、E9 不明）", [.unused]),
        Row(
            "見た9件がどれも窓口では、少なすぎて言わない", l2.changed { ($0.yearlyCount, $0.months) = (nil, counter(9)) },
            "L2（L3まで残り: E3 不明、E5 不明、E9 不明）"),
        Row("オンラインがなければ言わない", l1.with(.m1, .number(0), year: 2026), "L1（L2まで残り: E2 不明、E4 不明）"),
        // 規則10.
        Row("内部業務はE1でL2まで", l1.changed { $0.isInternal = true }, "L2（L3まで残り: E7 不明）"),
        Row("内部業務", Given(isInternal: true).with([.e1, .e7, .e10, .e11]), "L3（L4まで残り: 利用 不明）"),
        Row(
            "内部業務はM3とM4だけで見る",
            Given(isInternal: true).with([.e1, .e7, .e10, .e11]).with(.m1, .number(90), year: 2026)
                .with(.m4, .number(60), year: 2024).with(.m4, .number(42), year: 2026)
                .with(.m3, .number(10), year: 2024).with(.m3, .number(8), year: 2026),
            "L4（L5まで残り: 成果 いいえ）"),
        // What Origami sees itself.
        Row("様式を公開した", Given(form: online, papers: [.init(name: "写し", isAbolished: nil)]), "L2（L3まで残り: E7 不明）"),
        Row(
            "カードに、様式の知らない書類がある", Given(form: online, papers: [.init(name: "印鑑証明", isAbolished: nil)]),
            "L2（L3まで残り: E3 不明、E7 不明）"),
        Row(
            "窓口でしか払えない",
            Given(
                form: FormSight(
                    since: today, papersElsewhere: [], papers: [], takesIdentification: true, fee: .counter,
                    reuses: false)
            )
            .with(.e7), "L2（L3まで残り: E5 いいえ）"),
        Row(
            "窓口で出す書類がある",
            Given(
                form: FormSight(
                    since: today, papersElsewhere: ["原本"], papers: ["原本"], takesIdentification: false, fee: .none,
                    reuses: false)),
            "L1（L2まで残り: E2 いいえ）"),
        Row("本人確認が要ると記録されていれば、E4は様式からは言わない", Given(form: online).with(.identity), "L1（L2まで残り: E4 不明）"),
        Row(
            "見たことと違う記録は数えない", Given(form: online).with(.e7).with(.e9, .no).with(.e5, .no),
            "L3（L4まで残り: E6 不明、E10 不明、E11 不明、利用 不明）"),
    ]

    @Test("規則とその境目", arguments: rows)
    func rule(_ row: Row) {
        let judged = row.given.judged()
        #expect(judged.words == row.words)
        #expect(judged.badges == row.badges)
    }

    @Test(
        "20％まで、80％から: 紙の件数と紙の添付",
        arguments: [
            (8, 2, 0, Standing.yes, Standing.yes), (7, 3, 0, .no, .no), (8, 2, 1, .yes, .no), (10, 0, 2, .yes, .yes),
            (10, 0, 3, .yes, .no), (5, 0, 0, .yes, .yes), (5, 1, 0, .unknown, .unknown), (0, 0, 0, .unknown, .unknown),
        ])
    func shares(_ online: Int, _ paper: Int, _ withPapers: Int, _ e7: Standing, _ e10: Standing) {
        var (first, second) = (Tally(), Tally())
        (first.sent, first.withPapers, second.sent) = (online, withPapers, paper)
        let month = Month(of: Self.today).adding(months: -1)
        let given = Given(months: [
            MonthTally(month: month, mouth: .online, tally: first),
            MonthTally(month: month, mouth: .paper, tally: second),
        ])
        func standing(_ item: CardFact.Item) -> Standing? {
            given.judged().ladder.flatMap(\.criteria).first { $0.criterion == .item(item) }?.standing
        }
        #expect(standing(.e7) == e7 && standing(.e10) == e10)
    }

    @Test(
        "見直しの記録は24か月。切れて90日までは、届いていた段階が残る",
        arguments: [(730, Level.process), (731, .process), (820, .process), (821, .begunProcess)])
    func record(_ age: Int, _ level: Level) {
        let given = Self.l4.changed { given in
            given.held = .process
            given.steps = Sight.Steps(
                recordedOn: Self.today.adding(days: -age), clausesChecked: true,
                before: .init(minutes: nil, visits: nil, papers: nil, stamps: nil),
                after: .init(minutes: nil, visits: nil, papers: nil, stamps: nil))
        }
        #expect(given.judged().computed == level)
    }

    @Test("見たことと記録が違えば、見たことを数え、違いを示す")
    func disagreement() throws {
        let judged = Given(form: Self.online).with(.e9, .no).judged()
        let evidence = try #require(
            judged.ladder.flatMap(\.criteria).first { $0.criterion == .item(.e9) }?.evidence)
        #expect(evidence.standing == .yes && evidence.source == "Origamiの記録" && evidence.disagreement?.finding == .no)
        #expect(evidence.asOf == Self.today)
    }

    @Test("例外は期限の日まで。判定表による段階は、そのまま残る", arguments: [(0, Level.process), (30, .process), (31, .digital)])
    func exception(_ after: Int, _ level: Level) {
        let exception = LevelException(
            card: "x", level: .process, body: "DX推進委員会", reference: "令和8年度 第3号", decidedOn: Self.today,
            until: Self.today.adding(days: 30), reason: "制度の切替え", by: .system, at: .workday)
        let day = Self.today.adding(days: after)
        let given = Self.l2.changed { $0.exception = exception.holds(on: day) ? exception : nil }
        let judged = given.judged(on: day)
        #expect(judged.level == level && judged.computed == .digital)
    }

    @Test("「はい」を足しても下がらない。不明は、足しても消しても変わらない")
    func monotone() {
        var random = SeededRandom(seed: 1)
        let items = CardFact.Item.evidence + [.proactive, .bundled, .novel, .residents]
        for _ in 0..<2000 {
            var given = Given(form: Bool.random(using: &random) ? Self.online : nil)
            given.held = Level(rawValue: Int.random(in: 0...5, using: &random))
            for item in items where Int.random(in: 0..<4, using: &random) > 0 {
                let finding: CardFact.Finding = random.element(of: [.yes, .yes, .yes, .no, .unknown])
                given = given.with(item, finding, age: random.element(of: [0, 365, 366, 455, 456]))
            }
            let before = given.judged().computed
            let item = random.element(of: items)
            #expect(given.with(item).judged().computed >= before)
            let unknown = given.changed { $0.facts.removeAll { $0.item == item } }
            #expect(unknown.judged().computed == unknown.with(item, .unknown).judged().computed)
            if before > .analog,
                !given.judged().ladder.prefix(before.rawValue).flatMap(\.criteria).allSatisfy(\.standing.isKept)
            {
                Issue.record("\(before) without every criterion")
            }
        }
    }
}
