package import Japanese

/// 回答. What was answered, by field.
package typealias Answers = [String: GivenAnswer]

/// One answer: as it was typed, and as it was understood.
package struct GivenAnswer: Sendable, Codable, Equatable {
    /// What was typed, by control. Kept as it came.
    package let typed: [String: [String]]
    package let value: FieldValue

    package init(typed: [String: [String]], value: FieldValue) { (self.typed, self.value) = (typed, value) }
}

/// What an answer means, in one form whatever way it was typed.
package enum FieldValue: Sendable, Codable, Equatable {
    /// Text, a mail address, a telephone number, digits, a passage.
    case text(String)
    case name(PersonName)
    case date(Day)
    case address(Address)
    case number(Int)
    /// The values of the chosen options, in the order of the form.
    case chosen([String])
    case agreed

    /// What a condition can compare.
    package var codes: Set<String> {
        switch self {
        case .chosen(let values): Set(values)
        case .agreed: ["yes"]
        case .number(let number): [String(number)]
        case .text(let text): [text]
        case .name, .date, .address: []
        }
    }
}

/// 氏名. Every character as the person writes it.
package struct PersonName: Sendable, Codable, Equatable {
    package let family: String
    package let given: String
    /// フリガナ in katakana.
    package let familyKana: String
    package let givenKana: String

    /// 髙﨑　花子.
    package var text: String { "\(family)　\(given)" }
    /// タカサキ　ハナコ.
    package var kana: String { "\(familyKana)　\(givenKana)" }
}

/// 住所.
package struct Address: Sendable, Codable, Equatable {
    /// Seven digits.
    package let postcode: String
    package let street: String
    /// 建物名・部屋番号; empty without one.
    package let building: String

    /// 〒329-0696 栃木県…
    package var text: String {
        let grouped = Postcode(postcode)?.grouped ?? postcode
        return "〒\(grouped) \(street)" + (building.isEmpty ? "" : " \(building)")
    }
}
