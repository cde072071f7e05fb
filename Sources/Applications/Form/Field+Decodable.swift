import Core

extension Field: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, label, hint, required, kind, maximum, minimum, digits, options, days, words, unit, unsure, rows, value
        case requirement, files, fact, places
    }

    private enum Name: String, Decodable, CaseIterable {
        case name, text, passage, date, address, telephone, mail, digits, number, decimal, money, choice, choices,
            consent,
            account
        case place, attachment, rows, computed, information
        case yesNo = "yes_no"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        label = try container.decode(Text.self, forKey: .label)
        hint = try container.decodeIfPresent(Text.self, forKey: .hint)
        isRequired = try container.decodeIfPresent(Bool.self, forKey: .required) ?? true
        fact = try container.decodeIfPresent(Fact.self, forKey: .fact)
        let word = try container.decode(String.self, forKey: .kind)
        guard let name = Name(rawValue: word) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container,
                debugDescription:
                    "「\(word)」という種類はありません。使えるのは \(Name.allCases.map(\.rawValue).joined(separator: ", ")) です")
        }
        kind = try Field.kind(name, container)
    }

    private static func kind(_ name: Name, _ container: KeyedDecodingContainer<CodingKeys>) throws -> Kind {
        func unit() throws -> Text? { try container.decodeIfPresent(Text.self, forKey: .unit) }
        func maximum(or usual: Int) throws -> Int { try container.decodeIfPresent(Int.self, forKey: .maximum) ?? usual }
        return switch name {
        case .name: .name
        case .text: .text(maximum: try maximum(or: 100))
        case .passage: .passage(maximum: try maximum(or: 1000))
        case .date: .date(try container.decode(DateRule.self, forKey: .days))
        case .address: .address
        case .telephone: .telephone
        case .mail: .mail
        case .digits: .digits(count: try container.decode(Int.self, forKey: .digits))
        case .decimal:
            .decimal(
                try range(container), places: try container.decodeIfPresent(Int.self, forKey: .places) ?? 1,
                unit: try unit())
        case .number: .number(try range(container), unit: try unit())
        case .money: .money(try range(container))
        case .yesNo: .yesNo(canBeUnsure: try container.decodeIfPresent(Bool.self, forKey: .unsure) ?? false)
        case .choice: .choice(try container.decode([Option].self, forKey: .options))
        case .choices: .choices(try container.decode([Option].self, forKey: .options))
        case .consent: .consent(try container.decode(Text.self, forKey: .words))
        case .account: .account
        case .place: .place
        case .attachment:
            .attachment(
                Attachment(
                    requirement: try container.decode(String.self, forKey: .requirement),
                    maximum: try container.decodeIfPresent(Int.self, forKey: .files) ?? 5))
        case .rows: .rows(try container.decode(Rows.self, forKey: .rows))
        case .computed: .computed(try container.decode(Formula.self, forKey: .value), unit: try unit())
        case .information: .information(try container.decode(Text.self, forKey: .words))
        }
    }

    private static func range(_ container: KeyedDecodingContainer<CodingKeys>) throws -> ClosedRange<Int> {
        let minimum = try container.decode(Int.self, forKey: .minimum)
        let maximum = try container.decode(Int.self, forKey: .maximum)
        guard minimum <= maximum else {
            throw DecodingError.dataCorruptedError(
                forKey: .minimum, in: container, debugDescription: "minimum が maximum より大きくなっています")
        }
        return minimum...maximum
    }
}
