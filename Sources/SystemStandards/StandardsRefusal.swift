import Core
import Register

/// Why something in this room is not done.
enum StandardsRefusal: Refusal {
    case notFound
    /// Only officers of the section that it belongs to may.
    case notYours
    case nameMissing
    case noSection
    /// No file was chosen, or one that has nothing in it.
    case noFile
    /// The run is not in a state in which that can be done.
    case notNow(String)
    /// 個人番号 stand in this column: nothing of the file is kept.
    case individualNumbers(String)
    /// What was typed cannot stand there, with why.
    case unusable(String)

    /// A table that was sent in; refused with the line where it cannot be read.
    static func sheet(_ bytes: [UInt8]) throws(StandardsRefusal) -> SheetFile {
        do throws(SheetTrouble) { return try SheetFile(bytes) } catch {
            throw .unusable("\(error.line)行目: \(error.words)。")
        }
    }

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notYours: .notAllowed
        case .notNow: .conflict
        case .nameMissing, .noSection, .noFile, .individualNumbers, .unusable: .invalid
        }
    }

    var words: Text {
        let words =
            switch self {
            case .notFound: "お探しのものは見つかりませんでした。なくなったか、別の課のものかもしれません。"
            case .notYours: "これができるのは、担当課の職員だけです。"
            case .nameMissing: "名前を、1文字から\(Extract.longestName)文字までで入力してください。"
            case .noSection: "担当課を選んでください。"
            case .noFile: "ファイルを選んでください。中身のないファイルは調べられません。"
            case .individualNumbers(let column):
                "「\(column)」の列に個人番号（マイナンバー）があるので、受け取れません。この列を除いて送ってください。ファイルは残していません。"
            case .notNow(let words), .unusable(let words): words
            }
        return Text(verbatim: words)
    }
}
