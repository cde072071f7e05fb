package import Core

/// One thing that is asked.
package struct Field: Sendable {
    package let id: String
    /// What it is called: beside its control, on the check page and at the desk.
    package let label: Text
    package let hint: Text?
    /// False where it may be left empty.
    package let isRequired: Bool
    package let kind: Kind

    /// 項目の種類.
    package enum Kind: Sendable {
        /// 氏名とフリガナ.
        case name
        /// One line of at most so many characters.
        case text(maximum: Int)
        /// Several lines of at most so many characters.
        case passage(maximum: Int)
        case date(DateRule)
        /// 住所: postcode, address, building.
        case address
        case telephone
        case mail
        /// So many digits: a number of something.
        case digits(count: Int)
        /// A whole number between these.
        case number(ClosedRange<Int>)
        /// One of these.
        case choice([Option])
        /// Any of these; at least one where it is required.
        case choices([Option])
        /// 同意. A box that is never ticked beforehand.
        case consent(Text)
    }

    /// Which days a date takes, counted from the day it is answered on.
    package struct DateRule: Sendable, Decodable, Equatable {
        /// So many days ago at most; nil without limit.
        package let daysBack: Int?
        /// So many days ahead at most; nil without limit.
        package let daysAhead: Int?
        /// So many business days ahead at least; nil: not asked.
        package let businessDaysAhead: Int?

        private enum CodingKeys: String, CodingKey {
            case daysBack = "days_back"
            case daysAhead = "days_ahead"
            case businessDaysAhead = "business_days_ahead"
        }
    }

    /// 選択肢.
    package struct Option: Sendable, Decodable {
        package let value: String
        package let label: Text
        package let hint: Text?
    }
}

extension Field: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, label, hint, required, kind, maximum, minimum, digits, options, days, words
    }

    private enum Name: String, Decodable {
        case name, text, passage, date, address, telephone, mail, digits, number, choice, choices, consent
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        label = try container.decode(Text.self, forKey: .label)
        hint = try container.decodeIfPresent(Text.self, forKey: .hint)
        isRequired = try container.decodeIfPresent(Bool.self, forKey: .required) ?? true
        switch try container.decode(Name.self, forKey: .kind) {
        case .name: kind = .name
        case .text: kind = .text(maximum: try container.decodeIfPresent(Int.self, forKey: .maximum) ?? 100)
        case .passage: kind = .passage(maximum: try container.decodeIfPresent(Int.self, forKey: .maximum) ?? 1000)
        case .date: kind = .date(try container.decode(DateRule.self, forKey: .days))
        case .address: kind = .address
        case .telephone: kind = .telephone
        case .mail: kind = .mail
        case .digits: kind = .digits(count: try container.decode(Int.self, forKey: .digits))
        case .number:
            let minimum = try container.decode(Int.self, forKey: .minimum)
            let maximum = try container.decode(Int.self, forKey: .maximum)
            guard minimum <= maximum else {
                throw DecodingError.dataCorruptedError(
                    forKey: .minimum, in: container, debugDescription: "minimum が maximum より大きくなっています")
            }
            kind = .number(minimum...maximum)
        case .choice: kind = .choice(try container.decode([Option].self, forKey: .options))
        case .choices: kind = .choices(try container.decode([Option].self, forKey: .options))
        case .consent: kind = .consent(try container.decode(Text.self, forKey: .words))
        }
    }

    /// The options of a choice; none for other kinds.
    package var options: [Option] {
        switch kind {
        case .choice(let options), .choices(let options): options
        default: []
        }
    }

    /// How many characters one of its controls takes.
    package var longest: Int {
        switch kind {
        case .text(let maximum), .passage(let maximum): maximum
        case .name: 50
        case .address, .telephone: 100
        case .mail: 254
        case .digits, .number, .date, .choice, .choices, .consent: 50
        }
    }

    /// The controls that are empty until somebody writes: all but the era of a date.
    package var writtenControls: [String] {
        if case .date = kind { Array(controls.dropFirst()) } else { controls }
    }

    /// The controls that its page shows, in order: the field's own id, and a part after a point.
    package var controls: [String] {
        switch kind {
        case .name: ["family", "given", "family_kana", "given_kana"].map { "\(id).\($0)" }
        case .date: ["era", "year", "month", "day"].map { "\(id).\($0)" }
        case .address: ["postcode", "street", "building"].map { "\(id).\($0)" }
        default: [id]
        }
    }
}
