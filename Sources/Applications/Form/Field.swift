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
    /// What it says about whom, where other forms ask the same; nil where they do not.
    package let fact: Fact?

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
        /// A whole number between these, and what is counted.
        case number(ClosedRange<Int>, unit: Text?)
        /// A number with at most so many decimal places, between these whole numbers.
        case decimal(ClosedRange<Int>, places: Int, unit: Text?)
        /// 金額 in yen.
        case money(ClosedRange<Int>)
        /// はい・いいえ, and 分からない where that is an answer.
        case yesNo(canBeUnsure: Bool)
        /// One of these.
        case choice([Option])
        /// Any of these; at least one where it is required.
        case choices([Option])
        /// 同意. A box that is never ticked beforehand.
        case consent(Text)
        /// 口座.
        case account
        /// 場所: in words, and as a point on the map where the person can give one.
        case place
        /// 添付: files, for a requirement of the form.
        case attachment(Attachment)
        /// 世帯員など: the same questions about several.
        case rows(Rows)
        /// A value made from other answers.
        case computed(Formula, unit: Text?)
        /// Something to read.
        case information(Text)
    }

    /// Which days a date takes, counted from the day it is answered on.
    package struct DateRule: Sendable, Decodable, Equatable {
        /// So many days ago at most; nil without limit.
        package let daysBack: Int?
        /// So many days ahead at most; nil without limit.
        package let daysAhead: Int?
        /// So many business days ahead at least; nil: not asked.
        package let businessDaysAhead: Int?
        /// True where the year, or the year and the month, are enough.
        package let isPartial: Bool?

        private enum CodingKeys: String, CodingKey {
            case daysBack = "days_back"
            case daysAhead = "days_ahead"
            case businessDaysAhead = "business_days_ahead"
            case isPartial = "partial"
        }
    }

    /// 選択肢.
    package struct Option: Sendable, Decodable {
        package let value: String
        package let label: Text
        package let hint: Text?
    }

    /// 繰り返し. The same questions about several persons or things, each a row with pages of its own.
    package struct Rows: Sendable, Decodable {
        /// What one is called: お子さん.
        package let noun: Text
        /// How they are counted: 人; 件 without it.
        package let unit: Text?
        package let minimum: Int
        package let maximum: Int
        /// The field that a row is known by in lists.
        package let title: String
        package let pages: [Form.Page]

        package var fields: [Field] { pages.flatMap(\.fields) }

        /// So many of them: 2人.
        func counted(_ number: Int) -> Text {
            [Text(verbatim: String(number)), unit ?? DraftTexts.rowUnit].joined("", en: " ")
        }
    }

    /// The options of a choice; none for other kinds.
    package var options: [Option] {
        switch kind {
        case .choice(let options), .choices(let options): options
        case .yesNo(let canBeUnsure): canBeUnsure ? FieldTexts.yesNo : Array(FieldTexts.yesNo.prefix(2))
        default: []
        }
    }

    /// False for what is only shown.
    package var isAsked: Bool {
        switch kind {
        case .computed, .information: false
        default: true
        }
    }

    /// The rule of a repeating group, or nil.
    package var rows: Rows? {
        if case .rows(let rows) = kind { rows } else { nil }
    }

    /// How many characters one of its controls takes.
    package var longest: Int {
        switch kind {
        case .text(let maximum), .passage(let maximum): maximum
        case .name, .account: 50
        case .address, .telephone: 100
        case .place: 200
        case .mail: 254
        case .digits, .number, .decimal, .money, .date, .yesNo, .choice, .choices, .consent, .attachment, .rows,
            .computed,
            .information:
            50
        }
    }

    /// The controls that are empty until somebody writes: all but what is chosen beforehand.
    package var writtenControls: [String] {
        switch kind {
        case .date: Array(controls.dropFirst())
        case .account: controls.filter { !$0.hasSuffix(".type") }
        default: controls
        }
    }

    /// The controls that its page shows, in order: the field's own id, and a part after a point.
    package var controls: [String] {
        switch kind {
        case .name: ["family", "given", "family_kana", "given_kana"].map { "\(id).\($0)" }
        case .date: ["era", "year", "month", "day"].map { "\(id).\($0)" }
        case .address: ["postcode", "street", "building"].map { "\(id).\($0)" }
        case .account: ["bank", "branch", "type", "number", "holder"].map { "\(id).\($0)" }
        case .place: ["words", "point"].map { "\(id).\($0)" }
        case .attachment, .rows, .computed, .information: []
        default: [id]
        }
    }
}
