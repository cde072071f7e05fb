import Core
import Database
import Japanese

extension Register {
    /// What the register and the applications can tell.
    package var measures: [Measure] { caseMeasures + cardMeasures }

    private var caseMeasures: [Measure] {
        let numbers = numbers
        @Sendable func year(_ scope: Measure.Scope, _ transaction: Transaction) throws -> YearNumbers {
            YearNumbers(
                year: scope.months.upperBound.fiscalYear,
                months: try numbers.byMonth(scope.card, scope.months, transaction),
                days: try numbers.days(scope.card, scope.months, transaction))
        }
        return [
            Measure(
                "online-share", "オンライン利用率", definition: "オンラインで届いた申請 ÷ すべての口で届いた申請", unit: .percent, better: .higher,
                span: .flow, source: "申請の記録（自動）", isPerCard: true
            ) { scope, transaction in
                let year = try year(scope, transaction)
                return year.onlineShare.map { Measure.Reading($0, cases: year.total.sent) }
            },
            Measure(
                "completion", "完了率", definition: "送信された申請 ÷ 入力が始まった申請", unit: .percent, better: .higher, span: .flow,
                source: "申請の記録（自動）", isPerCard: true
            ) { scope, transaction in
                let year = try year(scope, transaction)
                return year.completion.map { Measure.Reading($0, cases: year.total.begun) }
            },
            Measure(
                "days", "処理日数（中央値）", definition: "届いた日から決定の日までの開庁日数の中央値。補正を待つ日は数えない", unit: .days, better: .lower,
                span: .flow, source: "申請の記録（自動）", isPerCard: true
            ) { scope, transaction in
                let spread = try year(scope, transaction).days
                return spread.median.map { Measure.Reading(Double($0), cases: spread.count) }
            },
            Measure(
                "minutes", "1件あたりの職員の時間", definition: "受付から完了までに職員が画面で扱った時間の平均", unit: .minutes, better: .lower,
                span: .flow, source: "申請の記録（自動）", isPerCard: true
            ) { scope, transaction in
                guard let card = scope.card else { return nil }
                return try numbers.minutes(card, scope.months, transaction).map {
                    Measure.Reading($0.perCase, cases: $0.cases)
                }
            },
            Measure(
                "cases", "届いた申請", definition: "すべての口で届いた申請の件数", unit: .count, better: .higher, span: .flow,
                source: "申請の記録（自動）", isPerCard: true
            ) { scope, transaction in
                let sent = try year(scope, transaction).total.sent
                return sent > 0 ? Measure.Reading(Double(sent), cases: sent) : nil
            },
        ]
    }

    private var cardMeasures: [Measure] {
        [
            Measure(
                "papers-abolished", "なくした添付書類", definition: "台帳で「撤廃・省略済」になっている添付書類の数", unit: .sheets, better: .higher,
                span: .state, source: "手続・業務台帳（自動）", isPerCard: true
            ) { scope, transaction in
                let cards =
                    try scope.card.map { try [Card.find($0, in: transaction)].compactMap(\.self) }
                    ?? Card.list(in: transaction)
                let papers = cards.compactMap(\.papers)
                guard !papers.isEmpty else { return nil }
                return Measure.Reading(Double(papers.joined().count { $0.state == .abolished }))
            },
            Measure(
                "level-two", "自宅から出せる手続き", definition: "段階がL2以上の手続きの数", unit: .count, better: .higher, span: .state,
                source: "段階の計算（自動）"
            ) { _, transaction in
                let levels = try LevelList.read(in: transaction).lines.compactMap { $0.record?.level }
                return levels.isEmpty ? nil : Measure.Reading(Double(levels.count { $0 >= .digital }))
            },
            Measure(
                "voices", "届いた声", definition: "ページに寄せられた「役に立った・立たなかった」の数", unit: .count, better: .higher, span: .flow,
                source: "町民の声（自動）", isPerCard: true
            ) { scope, transaction in
                let counts = try Voice.counts(of: scope.card, scope.months, in: transaction).values
                let all = counts.reduce(0) { $0 + $1.count }
                return all > 0 ? Measure.Reading(Double(all), cases: all) : nil
            },
            Measure(
                "voices-good", "役に立ったという声", definition: "「役に立った」÷ すべての声", unit: .percent, better: .higher, span: .flow,
                source: "町民の声（自動）", isPerCard: true
            ) { scope, transaction in
                let counts = try Voice.counts(of: scope.card, scope.months, in: transaction).values
                let (all, good) = counts.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.good) }
                return YearNumbers.percent(good, of: all).map { Measure.Reading($0, cases: all) }
            },
        ]
    }
}
