/// 差し込み. Words with names in braces, such as `{受付番号}`, that are filled from an application.
///
/// Only known names are taken: whoever writes the words is told of all others.
struct Placeholders: Sendable {
    /// What each name stands for.
    let values: [String: String]
    /// What answers say, by the label of their field: `{回答:使う日}`.
    var answers: [String: String] = [:]

    /// The beginning of a name that stands for an answer.
    static let answerMark = "回答:"

    /// The words with every known name filled. Unknown ones stay as they are: they were written before the form changed.
    func fill(_ words: String) -> String {
        Self.pieces(words).map { piece in
            switch piece {
            case .words(let text): text
            case .name(let name): value(of: name) ?? "{\(name)}"
            }
        }.joined()
    }

    private func value(of name: String) -> String? {
        let name = Self.plain(name)
        if name.hasPrefix(Self.answerMark) { return answers[String(name.dropFirst(Self.answerMark.count))] }
        return values[name]
    }

    /// The names that stand in words and are not among those that are known, each once.
    static func unknown(in words: String, known: Set<String>) -> [String] {
        var found: [String] = []
        for case .name(let name) in pieces(words) where !known.contains(plain(name)) && !found.contains(name) {
            found.append(name)
        }
        return found
    }

    /// A name without spaces around it, with the narrow colon.
    private static func plain(_ name: String) -> String {
        name.replacing("：", with: ":").filter { $0 != " " && $0 != "\u{3000}" }
    }

    private enum Piece {
        case words(String)
        case name(String)
    }

    private static func pieces(_ words: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = words[...]
        while let open = rest.firstIndex(of: "{") {
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(where: { $0 == "}" || $0 == "{" || $0 == "\n" }),
                rest[close] == "}"
            else {
                pieces.append(.words(String(rest[..<after])))
                rest = rest[after...]
                continue
            }
            pieces.append(.words(String(rest[..<open])))
            pieces.append(.name(String(rest[after..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return pieces + [.words(String(rest))]
    }
}
