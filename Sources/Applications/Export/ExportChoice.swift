import Core
import Japanese
import Tabular

/// 書き出しの選び方. Which applications of a procedure, and which columns; kept under a name for a section.
struct ExportChoice: Sendable, Codable {
    typealias ID = Core.ID<ExportChoice>

    /// 担当課 whose applications they are: nobody else's are ever among them.
    let section: String
    let card: String
    /// The columns by their ids, in the order of the table.
    var columns: [String]
    /// The first and the last day on which they arrived; nil without limit.
    var from: Day?
    var until: Day?
    /// Their states; empty for all.
    var statuses: [String]
    /// 添付ファイルの名前の付け方.
    var rule: String
    /// True where 決定通知書 are among the files.
    var hasNotices: Bool

    init(section: String, card: String) {
        (self.section, self.card) = (section, card)
        columns = []
        statuses = []
        rule = FileNameRule.usual
        hasNotices = false
    }

    var chosen: [ExportColumn] { columns.compactMap(ExportColumn.init) }

    var chosenStatuses: [Case.Status] { statuses.compactMap(Case.Status.init) }

    /// What an event says of it: no answer is among this.
    var detail: [String: String] {
        [
            "section": section, "from": from?.iso ?? "", "until": until?.iso ?? "",
            "statuses": statuses.joined(separator: ","), "columns": columns.joined(separator: ","),
        ]
    }

    /// A choice as it is kept.
    struct Kept: Sendable {
        let id: ID
        let name: String
        let choice: ExportChoice
        /// Counts its changes: whoever saw another one is told.
        let revision: Int
    }

    /// Longer names do not fit a list.
    static let longestName = 40
}

/// 書き出しの形式.
enum ExportFormat: String, Sendable, CaseIterable {
    /// CSV in UTF-8, with the mark that Excel knows it by.
    case csv
    /// CSV in CP932（Shift_JIS）.
    case cp932
    case xlsx

    var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .cp932: "text/csv; charset=windows-31j"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }

    var ending: String { self == .xlsx ? "xlsx" : "csv" }

    var name: String {
        switch self {
        case .csv: "CSV（UTF-8）"
        case .cp932: "CSV（Shift_JIS・CP932）"
        case .xlsx: "Excel（XLSX）"
        }
    }
}

/// Why nothing is written out.
enum ExportRefusal: Refusal {
    /// It is another section's, or there is none.
    case notFound
    case noColumns
    /// A day that is none, under the name of its control.
    case unreadableDay(String)
    case nameMissing
    case nameTooLong
    /// Somebody changed the kept choice since.
    case changedSince
    /// A choice of this name is there already.
    case nameTaken
    /// 置き換え記号 that are not known.
    case unknownPlaceholder(String)
    case ruleUnusable
    /// More applications than a file may have.
    case tooMany(Int)

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .changedSince, .nameTaken: .conflict
        default: .invalid
        }
    }

    var isNotFound: Bool { if case .notFound = self { true } else { false } }

    /// The control that it is about; nil for none.
    var control: String? {
        switch self {
        case .noColumns: "columns"
        case .unreadableDay(let control): control
        case .nameMissing, .nameTooLong, .nameTaken: "name"
        case .unknownPlaceholder, .ruleUnusable: "rule"
        case .notFound, .changedSince, .tooMany: nil
        }
    }

    var words: Text {
        let words =
            switch self {
            case .notFound: "この書き出しは見つかりませんでした。"
            case .noColumns: "書き出す列を、1つ以上選んでください。"
            case .unreadableDay: "日付を読み取れません。R8.4.1 か 2026-04-01 のように入力してください。"
            case .nameMissing: "保存する名前を入力してください。"
            case .nameTooLong: "名前は \(ExportChoice.longestName)文字までにしてください。"
            case .changedSince: "この選び方は、ほかの職員が先に変えました。いまの内容を見てから、もう一度保存してください。"
            case .nameTaken: "この名前の選び方は、もうあります。別の名前にするか、そちらを開いて保存し直してください。"
            case .unknownPlaceholder(let name): "「{\(name)}」という置き換えはありません。使えるのは \(FileNameRule.help) です。"
            case .ruleUnusable: "ファイル名の決まりは、1文字から100文字までで、{ と } を対にしてください。"
            case .tooMany(let limit): "一度に書き出せるのは \(limit)件までです。期間や状態を絞ってください。"
            }
        return Text(verbatim: words)
    }
}

extension Cell {
    static func day(_ day: Day) -> Cell { .day(iso: day.iso, number: day.daysSince1970) }
}
