import Core
package import Database
package import Japanese

/// 段階の一覧. Every card with its newest record.
package struct LevelList: Sendable {
    package let lines: [Line]

    /// A card and how far it has come; nil where nobody computed it yet.
    package struct Line: Sendable {
        package let card: Card
        package let record: LevelRecord?
    }

    package static func read(in transaction: Transaction) throws -> LevelList {
        LevelList(
            lines: try Card.list(in: transaction).map {
                Line(card: $0, record: try LevelRecord.newest(of: $0.id, in: transaction))
            })
    }

    /// Cards at each level.
    package var distribution: [Level: Int] {
        lines.compactMap(\.record).reduce(into: [:]) { $0[$1.level, default: 0] += 1 }
    }

    /// 件数で重みをつけた割合 in %, of the cards whose yearly number is known (rule 9). Empty where none is.
    package var weighted: [Level: Double] {
        let known = lines.compactMap(\.record).compactMap { record in record.yearlyCases.map { (record.level, $0) } }
        let all = known.reduce(0) { $0 + $1.1 }
        guard all > 0 else { return [:] }
        return known.reduce(into: [:]) { $0[$1.0, default: 0] += Double($1.1) / Double(all) * 100 }
    }

    /// How many cards have no yearly number.
    package var withoutCases: Int { lines.count { $0.record.map { $0.yearlyCases == nil } ?? true } }

    /// The day of the newest record.
    var computedOn: Day? { lines.compactMap { $0.record?.day }.max() }
}

extension Register {
    /// 段階の一覧, as the records have it.
    package func levelList() async throws -> LevelList { try await database.read { try LevelList.read(in: $0) } }

    /// The level of a card as it is now; nil if there is no such card.
    package func level(of card: Card.ID, on today: Day) async throws -> Judgement? {
        try await database.read { transaction in
            try Card.find(card, in: transaction).map { try levels.judge($0, on: today, in: transaction) }
        }
    }
}
