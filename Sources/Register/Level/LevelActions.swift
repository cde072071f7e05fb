package import Core
package import Database
import FoundationEssentials
import Japanese

/// 段階の計算. Puts together what a level is computed from: as it is now, or as it was for a record.
struct Levels: Sendable {
    let numbers: CaseNumbers

    /// What Origami sees of a card now.
    func sight(of card: Card, in transaction: Transaction) throws -> Sight {
        Sight(card, form: try numbers.form(card.id, transaction))
    }

    /// The level of a card as it is now.
    func judge(_ card: Card, on today: Day, in transaction: Transaction) throws -> Judgement {
        let held = try LevelRecord.newest(of: card.id, in: transaction)?.computed
        return Rubric.judge(
            try input(card.id, sight(of: card, in: transaction), held: held, before: nil, on: today, in: transaction))
    }

    /// - Parameter id: an id: only what was written down before it counts.
    func input(
        _ card: Card.ID, _ sight: Sight, held: Level?, before id: String?, on today: Day, in transaction: Transaction
    ) throws -> LevelInput {
        let facts = try CardFact.list(of: card, in: transaction).filter { fact in id.map { fact.id.text < $0 } ?? true }
        // Whole months alone: they do not change any more.
        let months = try numbers.byMonth(card, Self.beginning...Month(of: today).adding(months: -1), transaction)
        let exceptions = try LevelException.list(of: card, before: id, in: transaction)
        return LevelInput(
            sight, facts: facts, months: months,
            seenSeries: try seenSeries(card, sight, months, on: today, in: transaction),
            voices: try voices(card, before: id, on: today, in: transaction), held: held,
            exception: exceptions.last.flatMap { $0.holds(on: today) ? $0 : nil }, on: today)
    }

    /// Before anything that Origami counted.
    private static let beginning = FiscalYear(2020).firstMonth

    /// M1, M2, M3, M4 and M6 of every year in which there were enough cases here.
    private func seenSeries(
        _ card: Card.ID, _ sight: Sight, _ months: [MonthTally], on today: Day, in transaction: Transaction
    ) throws -> [CardFact.Item: [MeasureSeries.Value]] {
        var series: [CardFact.Item: [MeasureSeries.Value]] = [:]
        for (year, parts) in Dictionary(grouping: months, by: \.month.fiscalYear) {
            func add(_ item: CardFact.Item, _ number: Double?, _ count: Int) {
                guard let number, count >= Rubric.few else { return }
                series[item, default: []].append(
                    .init(year: year, number: number, count: count, source: Evidence.ownSource, isSeen: true))
            }
            let last = min(year.lastMonth, Month(of: today).adding(months: -1))
            let numbers = YearNumbers(
                year: year, months: parts,
                days: try self.numbers.days(card, year.firstMonth...last, transaction))
            add(.m1, numbers.onlineShare, numbers.total.sent)
            add(.m2, numbers.completion, numbers.total.begun)
            add(.m3, numbers.days.median.map(Double.init), numbers.days.count)
            add(.m6, numbers.inclusion, min(numbers.assisted.begun, numbers.alone.begun))
            let measured = try self.numbers.minutes(card, year.firstMonth...last, transaction)
            add(.m4, measured?.perCase, measured?.cases ?? 0)
        }
        return series
    }

    private func voices(
        _ card: Card.ID, before id: String?, on today: Day, in transaction: Transaction
    ) throws -> (count: Int, good: Int) {
        let since = Moment(startOf: today.adding(days: -Rubric.freshDays))
        let row = try transaction.row(
            """
            SELECT count(*) AS n, coalesce(sum(useful), 0) AS good FROM voice
            WHERE card = \(card) AND at >= \(since) AND id < \(id ?? "~")
            """)
        return (try row?["n"] ?? 0, try row?["good"] ?? 0)
    }
}

extension Register {
    static let computeLevels = "levels.compute"

    var levels: Levels { Levels(numbers: numbers) }

    /// 段階の計算. Every day, of every card.
    var computingLevels: JobHandler {
        JobHandler(Self.computeLevels) { _, moment in
            _ = try await recordLevels(by: .system, at: moment)
            try await database.write { transaction in
                transaction.keepHouse("tomorrow's levels")
                let tomorrow = Moment(startOf: moment.day.adding(days: 1)).adding(seconds: 3 * 3600)
                guard try !JobQueue.isWaiting(Self.computeLevels, after: moment, in: transaction) else { return }
                try transaction.enqueue(Self.computeLevels, [:], at: tomorrow)
            }
        }
    }

    /// Sees to it that levels are computed.
    package func scheduleLevels(at moment: Moment, in transaction: Transaction) throws {
        guard try !JobQueue.isWaiting(Self.computeLevels, after: Moment(milliseconds: 0), in: transaction) else {
            return
        }
        transaction.keepHouse("the first levels")
        try transaction.enqueue(Self.computeLevels, [:], at: moment)
    }

    /// Computes the levels of all cards and keeps those that changed. Gives how many did.
    package func recordLevels(by actor: Actor, at moment: Moment) async throws -> Int {
        let cards = try await database.read { try Card.list(in: $0).map(\.id) }
        var changed = 0
        // So many at a time, that others can write between.
        for start in stride(from: 0, to: cards.count, by: 50) {
            changed += try await database.write { transaction in
                let some = try cards[start..<min(start + 50, cards.count)].filter {
                    try recordLevel(of: $0, by: actor, at: moment, in: transaction)
                }
                if some.isEmpty { transaction.keepHouse("no level changed") }
                return some.count
            }
        }
        return changed
    }

    /// Computes the level of one card and keeps it if something changed. True if so.
    func recordLevel(of card: Card.ID, by actor: Actor, at moment: Moment, in transaction: Transaction) throws -> Bool {
        guard let card = try Card.find(card, in: transaction) else { return false }
        let sight = try levels.sight(of: card, in: transaction)
        try keep(sight, of: card.id, on: moment.day, in: transaction)
        let before = try LevelRecord.newest(of: card.id, in: transaction)
        let record = LevelRecord(try levels.judge(card, on: moment.day, in: transaction), card: card.id)
        if let before, record.says(theSameAs: before) { return false }
        try record.insert(in: transaction)
        try transaction.record(
            Event(
                "level.computed", subject: card.id,
                detail: [
                    "level": record.level.mark, "computed": record.computed.mark, "rubric": String(record.version),
                    "digest": record.digest,
                ]),
            by: actor, at: moment)
        return true
    }

    private func keep(_ sight: Sight, of card: Card.ID, on day: Day, in transaction: Transaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = String(decoding: try encoder.encode(sight), as: UTF8.self)
        let newest = try transaction.row(
            "SELECT document FROM level_sight WHERE card = \(card) ORDER BY id DESC LIMIT 1")
        guard try newest?["document"] != document else { return }
        transaction.keepHouse("what Origami sees of a card; the level says what follows")
        try transaction.run(
            "INSERT INTO level_sight (id, card, day, document) VALUES (\(ID<Sight>()), \(card), \(day), \(document))")
    }

    /// 再計算. Computes every record of a card again, from what was known before each, in the order they came. Equal to
    /// what was kept, if nothing was changed afterwards.
    package func replay(_ card: Card.ID, in transaction: Transaction) throws -> [(
        kept: LevelRecord, again: LevelRecord
    )] {
        var held: Level?
        return try LevelRecord.list(of: card, in: transaction).map { id, kept in
            let row = try transaction.row(
                "SELECT document FROM level_sight WHERE card = \(card) AND id < \(id) ORDER BY id DESC LIMIT 1")
            guard let document: String = try row?["document"] else {
                throw DatabaseError(.corrupted, "a level without what was seen")
            }
            let sight = try JSONDecoder().decode(Sight.self, from: Data(document.utf8))
            let input = try levels.input(card, sight, held: held, before: id, on: kept.day, in: transaction)
            let again = LevelRecord(Rubric.judge(input), card: card)
            held = again.computed
            return (kept, again)
        }
    }

    /// 例外の記録. Writes down what the committee decided, and computes the card's level again.
    package func decide(_ exception: LevelException, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.recordDecisions) else { throw Refused.notYours }
        try await database.write { transaction in
            guard try Card.find(exception.card, in: transaction) != nil else { throw Refused.notHere }
            let newest = try LevelException.list(of: exception.card, in: transaction).last
            if let newest, newest.says(theSameAs: exception) { return transaction.keepHouse("the same press again") }
            try exception.insert(in: transaction)
            try transaction.record(
                Event(
                    "level.excepted", subject: exception.card,
                    detail: [
                        "level": exception.level.mark, "until": exception.until.iso, "reference": exception.reference,
                    ]),
                by: .officer(officer.id), at: moment)
            _ = try recordLevel(of: exception.card, by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}

extension LevelException {
    fileprivate func says(theSameAs other: LevelException) -> Bool {
        level == other.level && body == other.body && reference == other.reference && decidedOn == other.decidedOn
            && until == other.until && reason == other.reason
    }
}
