package import Core
package import Database
package import Japanese

/// 受付の方法, as numbers are told by: the four mouths of an application.
package enum Mouth: String, Sendable, Codable, CaseIterable {
    /// 本人がオンラインで.
    case online
    /// 代理人がオンラインで.
    case proxy
    /// 窓口で職員が入力.
    case counter
    /// 紙の申請書.
    case paper

    /// True where it came over the net.
    package var isOnline: Bool { self == .online || self == .proxy }

    package var name: Text {
        switch self {
        case .online: Text("オンライン（本人）", easy: "インターネット（{自分|じぶん}で）", en: "Online, by the applicant")
        case .proxy: Text("オンライン（代理人）", easy: "インターネット（ほかの {人|ひと}が）", en: "Online, by an agent")
        case .counter: Text("窓口", easy: "{窓口|まどぐち}", en: "At the counter")
        case .paper: Text("紙の申請書", easy: "{紙|かみ}", en: "On paper")
        }
    }
}

/// 件数. What happened to applications in some time.
package struct Tally: Sendable, Equatable {
    /// 入力を始めた.
    package var begun = 0
    /// 送信された.
    package var sent = 0
    /// Of those that were sent: with papers that come another way.
    package var withPapers = 0
    /// 補正を求めた.
    package var returned = 0
    /// 決定した, either way.
    package var decided = 0
    /// Of those that were decided: 承認.
    package var approved = 0
    /// 取り下げられた.
    package var withdrawn = 0

    package init() {}

    package static func + (left: Tally, right: Tally) -> Tally {
        var sum = left
        sum.begun += right.begun
        sum.sent += right.sent
        sum.withPapers += right.withPapers
        sum.returned += right.returned
        sum.decided += right.decided
        sum.approved += right.approved
        sum.withdrawn += right.withdrawn
        return sum
    }
}

/// 実績の出どころ. What the room that takes applications counted and sees of a card, for levels and numbers.
package struct CaseNumbers: Sendable {
    /// The first month of which there is anything; nil for none.
    package let first: @Sendable (Transaction) throws -> Month?
    /// Another one whenever everything was counted again.
    package let edition: @Sendable (Transaction) throws -> String
    /// The tallies of a card, or of all for nil, by month and mouth.
    package let byMonth: @Sendable (Card.ID?, ClosedRange<Month>, Transaction) throws -> [MonthTally]
    /// The tallies of every card that has any, by card and mouth.
    package let byCard: @Sendable (ClosedRange<Month>, Transaction) throws -> [CardTally]
    /// How many business days decisions took, of a card or of all for nil.
    package let days: @Sendable (Card.ID?, ClosedRange<Month>, Transaction) throws -> [DaysTally]
    /// The pages on which people gave up a form.
    package let stops: @Sendable (Card.ID, ClosedRange<Month>, Moment, Transaction) throws -> [FormStop]
    /// What is to be seen of the form of a card; nil where none is published.
    package let form: @Sendable (Card.ID, Transaction) throws -> FormSight?
    /// Minutes that staff were measured to work on cases of a card; nil where nobody measures.
    package let minutes: @Sendable (Card.ID, ClosedRange<Month>, Transaction) throws -> MeasuredMinutes?

    package init(
        first: @escaping @Sendable (Transaction) throws -> Month?,
        edition: @escaping @Sendable (Transaction) throws -> String,
        byMonth: @escaping @Sendable (Card.ID?, ClosedRange<Month>, Transaction) throws -> [MonthTally],
        byCard: @escaping @Sendable (ClosedRange<Month>, Transaction) throws -> [CardTally],
        days: @escaping @Sendable (Card.ID?, ClosedRange<Month>, Transaction) throws -> [DaysTally],
        stops: @escaping @Sendable (Card.ID, ClosedRange<Month>, Moment, Transaction) throws -> [FormStop],
        form: @escaping @Sendable (Card.ID, Transaction) throws -> FormSight?,
        minutes: @escaping @Sendable (Card.ID, ClosedRange<Month>, Transaction) throws -> MeasuredMinutes?
    ) {
        (self.first, self.edition) = (first, edition)
        (self.byMonth, self.byCard, self.days, self.stops) = (byMonth, byCard, days, stops)
        (self.form, self.minutes) = (form, minutes)
    }
}

/// A month's tally of one mouth.
package struct MonthTally: Sendable {
    package let month: Month
    package let mouth: Mouth
    package let tally: Tally

    package init(month: Month, mouth: Mouth, tally: Tally) {
        (self.month, self.mouth, self.tally) = (month, mouth, tally)
    }
}

/// A card's tally of one mouth.
package struct CardTally: Sendable {
    package let card: Card.ID
    package let mouth: Mouth
    package let tally: Tally

    package init(card: Card.ID, mouth: Mouth, tally: Tally) {
        (self.card, self.mouth, self.tally) = (card, mouth, tally)
    }
}

/// So many decisions of a card that took so many business days, the day of sending not counted.
package struct DaysTally: Sendable {
    package let card: Card.ID
    package let mouth: Mouth
    package let days: Int
    package let count: Int

    package init(card: Card.ID, mouth: Mouth, days: Int, count: Int) {
        (self.card, self.mouth, self.days, self.count) = (card, mouth, days, count)
    }
}

/// 入力をやめた所. A page of a form, and how many came to it and did not go on.
package struct FormStop: Sendable {
    /// The question; nil for those who wrote nothing at all.
    package let question: Text?
    package let count: Int
    /// The order of the form.
    package let place: Int

    package init(question: Text?, count: Int, place: Int) {
        (self.question, self.count, self.place) = (question, count, place)
    }
}

/// 計測した時間.
package struct MeasuredMinutes: Sendable, Equatable {
    /// The mean of one case.
    package let perCase: Double
    package let cases: Int

    package init(perCase: Double, cases: Int) { (self.perCase, self.cases) = (perCase, cases) }
}
