import Core
import Japanese

/// 帳簿. A register as data: what each of its entries says. Systems, contracts, linkages and what the board keeps are books.
struct Book: Sendable {
    /// A name for addresses, such as `systems`.
    let id: String
    /// 情報システム.
    let title: String
    /// What one entry is about: the id of a book, or `business`; nil for entries that stand by themselves.
    let parent: String?
    let fields: [Field]

    /// 欄.
    struct Field: Sendable {
        let id: String
        let name: String
        let kind: Kind
        let isRequired: Bool
        let hint: String?

        init(_ id: String, _ name: String, _ kind: Kind, required: Bool = false, hint: String? = nil) {
            (self.id, self.name, self.kind, isRequired, self.hint) = (id, name, kind, required, hint)
        }
    }

    /// What may stand in a field.
    enum Kind: Sendable {
        /// A line of so many characters at most.
        case words(Int)
        case day
        case yen
        case count
        case choice([Choice])
        /// 課, by its id.
        case section
        /// 標準化対象事務, by its id.
        case business
        /// An entry of the register of systems, by its id.
        case system
        /// 手続・業務カード, ids with blanks between.
        case cards
        /// An address that begins with `https://`.
        case address
    }

    struct Choice: Sendable {
        let id: String
        let name: String
    }

    /// The field that an entry is called by.
    var name: Field { fields[0] }

    func field(_ id: String) -> Field? { fields.first { $0.id == id } }
}

/// What the fields of an entry can refer to.
struct BookWords: Sendable {
    let sections: [(id: String, name: String)]
    let systems: [(id: String, name: String)]
    let cards: [(id: String, name: String)]

    /// A value as a person reads it.
    func shown(_ value: String, _ kind: Book.Kind) -> String {
        func name(_ list: [(id: String, name: String)]) -> String { list.first { $0.id == value }?.name ?? value }
        switch kind {
        case .words, .count, .address, .day: return value
        case .yen: return Int(value).map { $0.grouped + "円" } ?? value
        case .choice(let choices): return choices.first { $0.id == value }?.name ?? value
        case .section: return name(sections)
        case .business: return StandardBusiness(rawValue: value)?.name ?? value
        case .system: return name(systems)
        case .cards:
            return value.split(separator: " ").map { id in cards.first { $0.id == id }?.name ?? String(id) }
                .joined(separator: "、")
        }
    }

    /// A value as a table has it that is brought in again.
    func written(_ value: String, _ kind: Book.Kind) -> String {
        switch kind {
        case .yen, .cards: value
        default: shown(value, kind)
        }
    }

    /// What was typed as it is kept; or what is wrong with it and how to mend it.
    func read(_ typed: String, _ field: Book.Field) throws(StandardsRefusal) -> String {
        let value = Spaces.trim(typed)
        guard !value.isEmpty else {
            if field.isRequired { throw .unusable("「\(field.name)」を入力してください。") }
            return ""
        }
        guard !Unwanted.hasControls(value) else { throw .unusable("「\(field.name)」に、制御文字は使えません。") }
        func known(_ list: [(id: String, name: String)]) throws(StandardsRefusal) -> String {
            if list.contains(where: { $0.id == value }) { return value }
            let named = list.filter { $0.name.isExactly(value) }
            guard let found = named.first else {
                throw .unusable("「\(field.name)」の「\(value.prefix(40))」は、選べるものの中にありません。")
            }
            guard named.count == 1 else {
                throw .unusable("「\(field.name)」の「\(value.prefix(40))」は、同じ名前が\(named.count)つあります。IDで書いてください。")
            }
            return found.id
        }
        switch field.kind {
        case .words(let most):
            guard value.count <= most else { throw .unusable("「\(field.name)」は、\(most)文字までで入力してください。") }
            guard !IndividualNumber.isFound(in: value) else {
                throw .unusable("「\(field.name)」に、個人番号（マイナンバー）らしい12桁の数字があります。個人番号は書けません。")
            }
            return value
        case .day:
            guard let day = try? WrittenDate.day(value) else {
                throw .unusable("「\(field.name)」は、R9.3.31 か 2027-03-31 のように入力してください。")
            }
            return day.iso
        case .yen, .count:
            let digits = Width.narrow(value).filter { $0 != "," && $0 != "円" && $0 != "件" && $0 != "、" }
            guard let number = Int(digits), number >= 0, number < 1_000_000_000_000 else {
                throw .unusable("「\(field.name)」は、0以上の整数で入力してください。")
            }
            return String(number)
        case .choice(let choices): return try known(choices.map { ($0.id, $0.name) })
        case .section: return try known(sections)
        case .business: return try known(StandardBusiness.allCases.map { ($0.rawValue, $0.name) })
        case .system: return try known(systems)
        case .cards:
            let ids = value.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "、" }).map(String.init)
            if let unknown = ids.first(where: { id in !cards.contains { $0.id == id } }) {
                throw .unusable("「\(field.name)」の「\(unknown.prefix(40))」というカードはありません。")
            }
            return ids.joined(separator: " ")
        case .address:
            guard value.hasPrefix("https://"), value.utf8.count > 10,
                value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 })
            else { throw .unusable("「\(field.name)」は、https:// で始まるアドレスを入力してください。") }
            return value
        }
    }
}
