import Database

/// メモの種類. What a note for the staff is about, with the particulars that this type has.
package struct NoteDetail: Sendable, Codable, Equatable {
    package let type: Kind
    /// The day it was on, as ISO 8601 writes it; nil where the type has none.
    package let day: String?
    /// 相手・電話番号, 来庁者, 場所, 条項 or 引継ぎ先, as the type asks for it.
    package let particular: String?

    package init(type: Kind, day: String?, particular: String?) {
        (self.type, self.day, self.particular) = (type, day, particular)
    }

    package enum Kind: String, Sendable, Codable, CaseIterable {
        case memo, telephone, visit, site, ground, handover

        package var name: String {
            switch self {
            case .memo: "メモ"
            case .telephone: "電話の記録"
            case .visit: "来庁の記録"
            case .site: "現地確認"
            case .ground: "判断の根拠"
            case .handover: "引継ぎ"
            }
        }

        /// What the day is called; nil where none is asked.
        var dayLabel: String? {
            switch self {
            case .telephone: "話した日"
            case .visit: "来庁した日"
            case .site: "確認した日"
            case .memo, .ground, .handover: nil
            }
        }

        /// What the particular is called; nil where none is asked.
        var particularLabel: String? {
            switch self {
            case .telephone: "相手・電話番号"
            case .visit: "来庁した方"
            case .site: "場所"
            case .ground: "法令・条項、基準"
            case .handover: "引継ぎ先"
            case .memo: nil
            }
        }
    }

    static let migrations = [
        Migration("applications/0028-notes", "ALTER TABLE message ADD COLUMN note \(.blob)")
    ]
}
