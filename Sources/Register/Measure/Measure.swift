import Core
package import Database
package import Japanese

/// 指標. A number that an area of the house can tell of itself: what it means, in which unit, from where. What happened
/// is counted, never typed; a measure whose area keeps nothing yet has no value, which is not zero.
package struct Measure: Sendable, Identifiable {
    /// A short name for addresses, such as `online-share`.
    package let id: String
    package let name: String
    /// 定義: what is counted, over what.
    package let definition: String
    package let unit: Unit
    package let better: Better
    package let span: Span
    /// 出典, as a page says it.
    package let source: String
    /// True if it can be told of a single procedure.
    package let isPerCard: Bool
    private let read: @Sendable (Scope, Transaction) throws -> Reading?

    /// - Parameter read: nil where nothing is known.
    package init(
        _ id: String, _ name: String, definition: String, unit: Unit, better: Better, span: Span, source: String,
        isPerCard: Bool = false, read: @escaping @Sendable (Scope, Transaction) throws -> Reading?
    ) {
        (self.id, self.name, self.definition, self.unit, self.better) = (id, name, definition, unit, better)
        (self.span, self.source, self.isPerCard, self.read) = (span, source, isPerCard, read)
    }

    /// Its value; nil where nothing is known, or where it cannot be told of a single procedure.
    package func reading(_ scope: Scope, in transaction: Transaction) throws -> Reading? {
        guard isPerCard || scope.card == nil else { return nil }
        return try read(scope, transaction)
    }

    /// 単位.
    package enum Unit: String, Sendable, Codable, CaseIterable {
        case percent = "%", count = "件", days = "日", minutes = "分", hours = "時間", sheets = "点", people = "人"
    }

    /// Which direction is good.
    package enum Better: String, Sendable, Codable, CaseIterable {
        case higher, lower

        package var name: String { self == .higher ? "高いほどよい" : "低いほどよい" }

        /// How much better one value is than another; negative if it is worse.
        package func gain(from old: Double, to new: Double) -> Double { self == .higher ? new - old : old - new }
    }

    /// What a value is about.
    package enum Span: String, Sendable, Codable {
        /// What happened in the months.
        case flow
        /// How things are on a day.
        case state

        package var name: String { self == .flow ? "期間の合計・割合" : "その日の状態" }
    }

    /// Of what a value is asked.
    package struct Scope: Sendable {
        /// A procedure; nil for the whole town.
        package let card: Card.ID?
        package let months: ClosedRange<Month>
        package let today: Day

        package init(card: Card.ID? = nil, months: ClosedRange<Month>, today: Day) {
            (self.card, self.months, self.today) = (card, months, today)
        }
    }

    /// A value, and how many cases it rests on; nil where it is not about people's cases.
    package struct Reading: Sendable, Equatable {
        package let value: Double
        package let cases: Int?

        package init(_ value: Double, cases: Int? = nil) { (self.value, self.cases) = (value, cases) }

        /// 少件数: too few cases to be told to everybody.
        package var isSmall: Bool { cases.map { $0 < Suppression.fewest } ?? false }
    }
}
