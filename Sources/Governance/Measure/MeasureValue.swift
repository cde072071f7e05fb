import Core
import Database
import Japanese
package import Register

/// 指標の記録. A value of a measure for a month that is over, or as of its end: added, never changed. Where a month is
/// counted again and comes out otherwise, or somebody enters another value, both stay, and the newest counts.
struct MeasureValue: Sendable, Equatable {
    let measure: String
    /// A procedure; nil for the whole town.
    let card: Card.ID?
    let month: Month
    let value: Double
    /// How many cases it rests on; nil where it is not about people's cases.
    let cases: Int?
    let source: String
    /// 根拠 of a value that was entered; nil for one that was counted.
    let evidence: String?
    /// Who, as ``Actor/text``.
    let recorder: String
    let at: Moment

    static let migrations = [
        Migration(
            "governance/0002-measures",
            """
            CREATE TABLE measure_value (
                id TEXT PRIMARY KEY,
                measure TEXT NOT NULL,
                card TEXT NOT NULL,
                month TEXT NOT NULL,
                value \(.real) NOT NULL,
                cases \(.integer),
                source TEXT NOT NULL,
                evidence TEXT,
                recorder TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX measure_value_measure ON measure_value (measure, card, month)",
            """
            CREATE TABLE indicator_value (
                id TEXT PRIMARY KEY,
                indicator TEXT NOT NULL,
                place TEXT NOT NULL,
                observed \(.integer) NOT NULL,
                surveyed \(.integer) NOT NULL,
                value TEXT NOT NULL,
                source TEXT NOT NULL,
                recorder TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """)
    ]

    init(
        measure: String, card: Card.ID?, month: Month, value: Double, cases: Int?, source: String, evidence: String?,
        by actor: Actor, at moment: Moment
    ) {
        (self.measure, self.card, self.month, self.value, self.cases) = (measure, card, month, value, cases)
        (self.source, self.evidence, recorder, at) = (source, evidence, actor.text, moment)
    }

    private init(_ row: Row) throws {
        let card: String = try row["card"]
        guard let month = Month(iso: try row["month"]) else { throw DatabaseError(.corrupted, "a value of no month") }
        self.month = month
        self.card = card.isEmpty ? nil : card
        (measure, value, cases) = try (row["measure"], row["value"], row["cases"])
        (source, evidence, recorder, at) = try (row["source"], row["evidence"], row["recorder"], row["at"])
    }

    /// Adds it; one that says what the newest of its month says already is left out. True if it was added.
    func add(in transaction: Transaction) throws -> Bool {
        let newest = try MeasureValue.all(measure, card: card, month...month, in: transaction).last
        if let newest, newest.value == value, newest.cases == cases, newest.evidence == evidence { return false }
        try transaction.run(
            """
            INSERT INTO measure_value (id, measure, card, month, value, cases, source, evidence, recorder, at)
            VALUES (\(ID<MeasureValue>()), \(measure), \(card ?? ""), \(month.iso), \(value), \(cases), \(source),
                \(evidence), \(recorder), \(at))
            """)
        return true
    }

    /// Everything that was ever recorded of some months, in the order it came.
    static func all(
        _ measure: String, card: Card.ID?, _ months: ClosedRange<Month>, in transaction: Transaction
    ) throws -> [MeasureValue] {
        try transaction.rows(
            """
            SELECT * FROM measure_value WHERE measure = \(measure) AND card = \(card ?? "")
            AND month >= \(months.lowerBound.iso) AND month <= \(months.upperBound.iso) ORDER BY id
            """
        ).map(MeasureValue.init)
    }

    /// What counts of each month: the newest.
    static func newest(
        _ measure: String, card: Card.ID?, _ months: ClosedRange<Month>, in transaction: Transaction
    ) throws -> [Month: MeasureValue] {
        try all(measure, card: card, months, in: transaction).reduce(into: [:]) { $0[$1.month] = $1 }
    }
}

/// 指標の棚. Every measure that the areas of the house offer, and those that people enter until an area counts them.
package struct MeasureShelf: Sendable {
    let measures: [Measure]

    /// - Parameter offered: what the other areas count by themselves.
    package init(_ offered: [Measure]) { measures = offered + Self.entered }

    func find(_ id: String) -> Measure? { measures.first { $0.id == id } }

    func isEntered(_ id: String) -> Bool { Self.entered.contains { $0.id == id } }

    /// 入力する指標. Numbers of areas whose records are kept elsewhere for now: entered month by month, with evidence.
    static let entered: [Measure] = [
        measure("datasets-overdue", "更新が遅れているデータ", "公開しているデータのうち、次の更新日を過ぎたものの数", .count, .lower, .state),
        measure("datasets", "公開しているデータ", "オープンデータとして公開しているデータの数", .count, .higher, .state),
        measure("robot-hours", "ロボットで減った時間", "実行の記録から数えた、ロボットが代わった作業の時間", .hours, .higher, .flow),
        measure("telework-days", "テレワークの日数", "職員が役場の席以外で働いた延べ日数", .days, .higher, .flow),
        measure("inspections-done", "終えた自己点検", "その年度のセキュリティ自己点検を終えた課の数", .count, .higher, .state),
        measure("card-bookings", "カードの予約", "マイナンバーカードの交付・更新・出張申請の予約の数", .count, .higher, .flow),
        measure("card-holders", "カードの保有率", "マイナンバーカードを持っている方の割合", .percent, .higher, .state),
        measure("training", "研修を受けた職員", "DX・セキュリティの研修を受けた職員の延べ人数", .people, .higher, .flow),
    ]

    private static func measure(
        _ id: String, _ name: String, _ definition: String, _ unit: Measure.Unit, _ better: Measure.Better,
        _ span: Measure.Span
    ) -> Measure {
        Measure(id, name, definition: definition, unit: unit, better: better, span: span, source: "職員の記録（根拠つき）") {
            scope, transaction in
            let values = try MeasureValue.newest(id, card: nil, scope.months, in: transaction)
            guard let last = values.keys.max(), let newest = values[last] else { return nil }
            guard span == .flow else { return Measure.Reading(newest.value) }
            return Measure.Reading(values.values.reduce(0) { $0 + $1.value })
        }
    }

    /// The value of a KPI in a fiscal year, from the measure it names or from what people entered.
    func status(_ kpi: KPI, _ year: FiscalYear, today: Day, in transaction: Transaction) throws -> KPIStatus {
        let isOver = year.lastDay < today
        guard let id = kpi.measure, let measure = find(id) else {
            let actual = kpi.actual(year)
            return KPIStatus(
                kpi: kpi, year: year, value: kpi.entered(year), source: actual.map { "\($0.evidence)（\($0.on.iso)）" },
                isSmall: false, isPartial: kpi.kind == .annual && !isOver, isOver: isOver)
        }
        let last = min(year.lastMonth, Month(of: today))
        let isSum = kpi.kind == .cumulative && measure.span == .flow
        // Sums begin after the baseline, or with the first target, and go on over the years.
        let begun =
            kpi.baseline.map { Month(of: $0.on).adding(months: 1) }
            ?? kpi.targets.map(\.year).min().map { FiscalYear($0).firstMonth }
        let first = isSum ? begun ?? year.firstMonth : year.firstMonth
        let isPartial = kpi.kind == .annual && measure.span == .flow && !isOver
        guard first <= last, kpi.card == nil || measure.isPerCard else {
            return KPIStatus(
                kpi: kpi, year: year, value: nil, source: nil, isSmall: false, isPartial: isPartial, isOver: isOver)
        }
        let scope = Measure.Scope(card: kpi.card, months: first...last, today: today)
        let reading = try reading(measure, scope, in: transaction)
        let before = isSum ? kpi.baseline?.value ?? 0 : 0
        return KPIStatus(
            kpi: kpi, year: year, value: reading.map { $0.value + before }, source: reading.map { _ in measure.source },
            isSmall: reading?.isSmall ?? false, isPartial: isPartial, isOver: isOver)
    }

    /// A value as it is, or for a state of months that are over as it was kept at their end.
    func reading(_ measure: Measure, _ scope: Measure.Scope, in transaction: Transaction) throws -> Measure.Reading? {
        guard measure.span == .state, scope.months.upperBound < Month(of: scope.today), !isEntered(measure.id) else {
            return try measure.reading(scope, in: transaction)
        }
        let kept = try MeasureValue.newest(measure.id, card: scope.card, scope.months, in: transaction)
        return kept.keys.max().flatMap { kept[$0] }.map { Measure.Reading($0.value, cases: $0.cases) }
    }
}
