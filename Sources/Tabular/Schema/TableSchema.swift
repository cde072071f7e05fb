package import Japanese

/// 基本データリストの形をした定義. What files of an extract must look like, as data: items, codes, and how the files belong together.
package struct TableSchema: Sendable, Codable, Equatable {
    /// Where a schema comes from.
    package enum Origin: String, Sendable, Codable {
        /// Ours, made after the standard's published rules; conformity cannot be shown with it.
        case sample
        /// Read from the official list.
        case official
    }

    package let id: String
    package let title: String
    package let origin: Origin
    /// What it was made from: the name and version of the list.
    package let source: String?
    package let files: [FileSchema]
    /// コード表, by their ids.
    package let codes: [String: CodeTable]

    package init(
        id: String, title: String, origin: Origin, source: String?, files: [FileSchema], codes: [String: CodeTable]
    ) {
        (self.id, self.title, self.origin, self.source, self.files, self.codes) = (
            id, title, origin, source, files, codes
        )
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        origin = try container.decodeIfPresent(Origin.self, forKey: .origin) ?? .sample
        source = try container.decodeIfPresent(String.self, forKey: .source)
        files = try container.decode([FileSchema].self, forKey: .files)
        codes = try container.decodeIfPresent([String: CodeTable].self, forKey: .codes) ?? [:]
    }
}

/// コード表.
package struct CodeTable: Sendable, Codable, Equatable {
    package let name: String
    /// What each code means.
    package let values: [String: String]

    package init(name: String, values: [String: String]) { (self.name, self.values) = (name, values) }
}

/// One file of an extract.
package struct FileSchema: Sendable, Codable, Equatable {
    package let id: String
    package let title: String
    /// What its name looks like, with `*`; nil: any.
    package let pattern: String?
    /// 課. Who mends what is found, unless an item says otherwise.
    package let section: String
    /// The items that say which record it is: 宛名番号.
    package let key: [String]
    package let items: [Item]
    package let references: [Reference]
    package let history: History?

    package init(
        id: String, title: String, pattern: String?, section: String, key: [String], items: [Item],
        references: [Reference] = [], history: History? = nil
    ) {
        (self.id, self.title, self.pattern, self.section) = (id, title, pattern, section)
        (self.key, self.items, self.references, self.history) = (key, items, references, history)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        pattern = try container.decodeIfPresent(String.self, forKey: .pattern)
        section = try container.decodeIfPresent(String.self, forKey: .section) ?? "担当課"
        key = try container.decodeIfPresent([String].self, forKey: .key) ?? []
        items = try container.decode([Item].self, forKey: .items)
        references = try container.decodeIfPresent([Reference].self, forKey: .references) ?? []
        history = try container.decodeIfPresent(History.self, forKey: .history)
    }

    /// 参照. Values of these items stand in a file as the values of those items.
    package struct Reference: Sendable, Codable, Equatable {
        package let items: [String]
        /// The id of the other file.
        package let file: String
        package let to: [String]
    }

    /// 履歴. The records of one key follow one another from day to day.
    package struct History: Sendable, Codable, Equatable {
        /// Whose history it is.
        package let of: [String]
        /// The item with the first day of a record.
        package let from: String
        /// The item with its last day; empty while it is current.
        package let until: String
        /// 最新フラグ: the item and the value that says a record is the current one; nil: the one without a last day.
        package let current: Current?

        package struct Current: Sendable, Codable, Equatable {
            package let item: String
            package let value: String
        }
    }
}

/// 項目.
package struct Item: Sendable, Codable, Equatable {
    /// データ型.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Any characters.
        case text
        /// Letters, digits and signs of ASCII.
        case ascii
        /// The digits 0 to 9.
        case digits
        case integer
        case decimal
        /// Full-width katakana, its marks, and full-width spaces.
        case kana
        case date
        case postcode
        case phone
    }

    /// What a date may be.
    package enum DateRule: String, Sendable, Codable {
        /// A day of the calendar as `1975-03-05`.
        case iso
        /// A day of the calendar as `19750305`.
        case compact
        /// A day in any way of writing.
        case any
        /// As ``any``; 不詳日 and days that no calendar has are kept (住民記録システム標準仕様書 1.1.8).
        case register
    }

    /// 検査数字.
    package enum Check: String, Sendable, Codable, CaseIterable {
        case localGovernment = "local-government"
        case corporate
        case addressee
        case individual
        case isbn
    }

    /// How a value is shown in a report.
    package enum Mask: String, Sendable, Codable {
        case none
        /// The first character.
        case head
        /// The last four characters.
        case tail
        case all
    }

    /// 条件. Another item has one of these values.
    package struct Condition: Sendable, Codable, Equatable {
        package let item: String
        package let `in`: [String]
    }

    /// データ項目ID.
    package let id: String
    package let name: String
    package let type: Kind
    /// 桁数: at most so many characters.
    package let digits: Int?
    /// True if it has exactly so many.
    package let fixed: Bool
    package let required: Bool
    /// Required only then; without it ``required`` holds always.
    package let when: Condition?
    package let unique: Bool
    /// The id of its コード表.
    package let code: String?
    package let date: DateRule?
    package let check: Check?
    /// Only for ``Check/addressee``: numbers of before the rule may have another check digit, so that a mismatch is a notice.
    package let old: Bool
    package let repertoire: Repertoire?
    package let mask: Mask?
    package let section: String?

    package init(
        id: String, name: String, type: Kind, digits: Int? = nil, fixed: Bool = false, required: Bool = false,
        when: Condition? = nil, unique: Bool = false, code: String? = nil, date: DateRule? = nil, check: Check? = nil,
        old: Bool = false, repertoire: Repertoire? = nil, mask: Mask? = nil, section: String? = nil
    ) {
        (self.id, self.name, self.type, self.digits, self.fixed) = (id, name, type, digits, fixed)
        (self.required, self.when, self.unique, self.code, self.date) = (required, when, unique, code, date)
        (self.check, self.old, self.repertoire, self.mask) = (check, old, repertoire, mask)
        self.section = section
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func given<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            try container.decodeIfPresent(Value.self, forKey: key)
        }
        name = try container.decode(String.self, forKey: .name)
        id = try given(.id) ?? name
        type = try given(.type) ?? .text
        (digits, fixed) = (try given(.digits), try given(.fixed) ?? false)
        (required, when, unique) = (try given(.required) ?? false, try given(.when), try given(.unique) ?? false)
        (code, date, check) = (try given(.code), try given(.date), try given(.check))
        (old, repertoire, mask) = (try given(.old) ?? false, try given(.repertoire), try given(.mask))
        section = try given(.section)
    }

    /// How a value is shown where the schema does not say: what tells of a person is covered.
    package var shownAs: Mask {
        if let mask { return mask }
        if check == .individual { return .all }
        return switch type {
        case .text where code == nil, .kana: .head
        case .phone: .tail
        case .text, .ascii, .digits, .integer, .decimal, .date, .postcode: .none
        }
    }
}
