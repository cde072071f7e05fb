package import Japanese

/// 回答. What was answered, by field.
package typealias Answers = [String: GivenAnswer]

/// One answer: as it was typed, and as it was understood.
package struct GivenAnswer: Sendable, Codable, Hashable {
    /// What was typed, by control. Kept as it came.
    package let typed: [String: [String]]
    package let value: FieldValue
    /// 出所. The earlier application it was taken over from; nil for what was typed here.
    package var source: AnswerSource?

    package init(typed: [String: [String]], value: FieldValue) { (self.typed, self.value) = (typed, value) }
}

/// What an answer means, in one form whatever way it was typed.
package enum FieldValue: Sendable, Codable, Hashable {
    /// Text, a mail address, a telephone number, digits, a passage.
    case text(String)
    case name(PersonName)
    case date(Day)
    /// A date of which the day, or the month too, is not known.
    case partialDate(PartialDate)
    case address(Address)
    /// A number, an amount in yen, a computed value.
    case number(Int)
    /// A number with decimal places, as so many of the last place.
    case decimal(Int, places: Int)
    /// The values of the chosen options, in the order of the form.
    case chosen([String])
    case agreed
    case account(BankAccount)
    case place(Place)
    case files([AttachedFile])
    /// Another way than handing in a paper.
    case substituted(Requirement.Substitute)
    case rows([FormRow])

    /// What a condition can compare.
    package var codes: Set<String> {
        switch self {
        case .chosen(let values): Set(values)
        case .agreed: ["yes"]
        case .number(let number): [String(number)]
        case .text(let text): [text]
        case .files: ["files"]
        case .substituted(let way): [way.rawValue]
        case .name, .decimal, .date, .partialDate, .address, .account, .place, .rows: []
        }
    }
}

/// One of several persons or things that the same is asked about.
package struct FormRow: Sendable, Codable, Hashable, Identifiable {
    /// Stays the same, whatever is added or removed around it.
    package let id: String
    package var answers: Answers

    package init(id: String, answers: Answers) { (self.id, self.answers) = (id, answers) }
}

/// 氏名. Every character as the person writes it.
package struct PersonName: Sendable, Codable, Hashable {
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
package struct Address: Sendable, Codable, Hashable {
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

/// 振込先口座.
package struct BankAccount: Sendable, Codable, Hashable {
    /// 金融機関名.
    package let bank: String
    /// 支店名.
    package let branch: String
    package let type: Kind
    /// 口座番号, seven digits.
    package let number: String
    /// 口座名義 in katakana, as banks write it.
    package let holder: String

    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 普通.
        case ordinary
        /// 当座.
        case current
    }

    package init(bank: String, branch: String, type: Kind, number: String, holder: String) {
        (self.bank, self.branch, self.type, self.number, self.holder) = (bank, branch, type, number, holder)
    }
}

/// 場所. Words that lead there, and the point if the person gave one.
package struct Place: Sendable, Codable, Hashable {
    package let words: String
    package let point: Point?

    package init(words: String, point: Point?) { (self.words, self.point) = (words, point) }

    /// A point in WGS 84, in millionths of a degree (about 0.1 m).
    package struct Point: Sendable, Codable, Hashable {
        package let latitude: Int
        package let longitude: Int

        /// `36.439444, 139.909722`.
        package var text: String { "\(Point.degrees(latitude)), \(Point.degrees(longitude))" }

        private static func degrees(_ millionths: Int) -> String {
            let digits = String(abs(millionths) % 1_000_000 + 1_000_000).dropFirst()
            return (millionths < 0 ? "-" : "") + "\(abs(millionths) / 1_000_000).\(digits)"
        }
    }
}
