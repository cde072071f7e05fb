import HTML
import Japanese
import Web

/// さがす言葉. What is looked for in the inbox.
enum InboxSearch: Sendable, Equatable {
    /// 受付番号, or the beginning of one.
    case number(String)
    /// 氏名 or フリガナ, or a part of it.
    case name(String)

    /// A number has digits, a name has none. Nil where nothing is looked for.
    init?(_ typed: String) {
        let words = String(Spaces.trim(typed).prefix(60))
        let narrow = Width.narrow(words).uppercased()
        if words.isEmpty { return nil }
        let isNumber = narrow.unicodeScalars.contains(where: \.isDigit) && narrow.utf8.allSatisfy { $0 < 0x80 }
        self = isNumber ? .number(narrow) : .name(words)
    }
}

/// What somebody asked of the inbox, as it was typed.
struct InboxAsked: Sendable {
    let filter: InboxFilter
    /// さがす言葉, as typed.
    let words: String
    let typedFrom: String
    let typedThrough: String
    /// Where the last page ended.
    let after: Inbox.Cursor?
    /// True where every box of the page is to be ticked.
    let isPageChosen: Bool

    init(_ posted: Posted) {
        filter = InboxFilter(posted)
        words = posted["q"] ?? posted["number"] ?? ""
        (typedFrom, typedThrough) = (posted["from"] ?? "", posted["through"] ?? "")
        after = posted["after"].flatMap(Inbox.Cursor.init)
        isPageChosen = posted["check"] == "page"
    }

    /// The address of it without the place in the list.
    var link: Link { ("/desk" as Link).asking(pairs) }

    /// The names and values that bring it about again.
    var pairs: [(name: String, value: String)] { (words.isEmpty ? [] : [("q", words)]) + filter.pairs }

    /// The controls that hold no day, each with what to do about it.
    var problems: [(control: String, words: String)] {
        let how = "日付として読めません。例: 2026-11-24、令和8年11月24日、R8.11.24"
        var problems: [(String, String)] = []
        if !typedFrom.isEmpty, filter.from == nil { problems.append(("from", "届いた日（から）: \(how)")) }
        if !typedThrough.isEmpty, filter.through == nil { problems.append(("through", "届いた日（まで）: \(how)")) }
        if let from = filter.from, let through = filter.through, through < from {
            problems.append(("through", "届いた日（まで）が、（から）より前です。"))
        }
        return problems
    }
}
