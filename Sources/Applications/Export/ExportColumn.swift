import Core
import Japanese
import Tabular

/// 書き出す列. Something of every application of a procedure that a table can show.
enum ExportColumn: Hashable, Sendable {
    /// What every application has, whatever its form asks.
    case fixed(Fixed)
    /// The answer to a field of the form, by its id.
    case field(String)

    /// As it is kept with a choice and told to the command: `number`, `field.owner`.
    var id: String {
        switch self {
        case .fixed(let fixed): fixed.rawValue
        case .field(let field): "field.\(field)"
        }
    }

    /// The column that was kept under an id, or nil for one that the program does not know.
    init?(_ id: String) {
        if let fixed = Fixed(rawValue: id) {
            self = .fixed(fixed)
        } else if id.hasPrefix("field."), id.utf8.count > 6 {
            self = .field(String(id.dropFirst(6)))
        } else {
            return nil
        }
    }

    enum Fixed: String, CaseIterable, Sendable {
        case number, status, submitted, due, decided, channel, section, fee
        case feeState = "fee_state"
        case form, language

        var name: String {
            switch self {
            case .number: "受付番号"
            case .status: "状態"
            case .submitted: "届いた日"
            case .due: "期限"
            case .decided: "決定日"
            case .channel: "受付の方法"
            case .section: "担当課"
            case .fee: "手数料（円）"
            case .feeState: "納付の状態"
            case .form: "様式の版"
            case .language: "入力した言語"
            }
        }

        /// How many characters it is wide.
        var width: Int {
            switch self {
            case .number, .channel, .section: 16
            case .fee, .form: 10
            default: 12
            }
        }

        /// What a new choice begins with.
        static let usual: [Fixed] = [.number, .status, .submitted, .due, .decided]
    }
}

extension Field {
    /// 列の分け方. The columns that an answer fills, by what stands behind the field's name: 氏名 and フリガナ apart.
    var columnEndings: [String] {
        switch kind {
        case .name: ["", "（フリガナ）"]
        case .address: ["（郵便番号）", ""]
        case .account: ["（金融機関）", "（支店）", "（種別）", "（口座番号）", "（名義）"]
        case .place: ["", "（緯度・経度）"]
        default: [""]
        }
    }

    /// How many characters a column of it is wide.
    var columnWidth: Int {
        switch kind {
        case .address, .passage: 40
        case .name, .mail, .place, .attachment, .choice, .choices: 22
        case .text(let maximum): min(30, max(12, maximum / 2))
        case .yesNo, .number, .decimal, .money, .consent, .computed: 10
        default: 14
        }
    }

    /// What stands in the columns of this field for a value.
    /// - Parameter asked: the field as the application's own version of the form asked it.
    func cells(_ value: FieldValue?, asked: Field?) -> [Cell] {
        let count = columnEndings.count
        guard let value else { return Array(repeating: .empty, count: count) }
        switch (kind, value) {
        case (.name, .name(let name)): return [.typed(name.text), .typed(name.kana)]
        case (.address, .address(let address)):
            let place = address.street + (address.building.isEmpty ? "" : " \(address.building)")
            return [.text(address.postcode), .typed(place)]
        case (.account, .account(let account)):
            return [
                .typed(account.bank), .typed(account.branch), .text(FieldTexts.name(of: account.type)[.ja]),
                .text(account.number), .typed(account.holder),
            ]
        case (.place, .place(let place)):
            return [.typed(place.words), place.point.map { .text($0.text) } ?? .empty]
        // The version that asked it had another kind of field under this name.
        default: return [(asked ?? self).cell(value)] + Array(repeating: .empty, count: count - 1)
        }
    }

    private func cell(_ value: FieldValue) -> Cell {
        switch value {
        case .number(let number): .number(number)
        case .decimal(let number, let places): .decimal(number, places: places)
        case .date(let day): .day(iso: day.iso, number: day.daysSince1970)
        case .partialDate(let date): .text(date.iso)
        case .rows(let rows): .number(rows.count)
        case .agreed, .chosen, .substituted: .text(spoken(value)[.ja])
        case .text, .name, .address, .account, .place, .files: .typed(spoken(value)[.ja])
        }
    }
}
