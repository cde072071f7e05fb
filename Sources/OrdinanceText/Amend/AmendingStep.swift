/// 改め文の一つの動作. What a part of an amending sentence does, with the place it names as it is written.
enum AmendingStep: Equatable {
    /// 中「A」を「B」に改める.
    case replace(at: String, [WordChange])
    /// 中「A」の次に「B」を加える; `isBefore` for の前に.
    case insertWords(at: String, beside: String, words: String, isBefore: Bool)
    /// 中「A」を削る.
    case deleteWords(at: String, [String])
    /// 見出しを「（A）」に改める, 見出しとして「（A）」を付する.
    case caption(at: String, String)
    /// 題名を「A」に改める.
    case title(String)
    /// 第3条を第4条とする.
    case renumber(String, to: String)
    /// 第2号から第8号までを1号ずつ繰り下げる; negative for 繰り上げる.
    case shift(String, by: Int)
    /// 第3条を削る.
    case delete(String)
    /// 第3条を次のように改める.
    case rewrite(String)
    /// 第3条の次に次の1条を加える.
    case insert(Anchor, at: String, what: String)

    enum Anchor: Equatable {
        case after, before, into
        /// 第1項として.
        case numbered(String)
    }

    struct WordChange: Equatable {
        let from, to: String
    }
}

/// 改め文の一文. With the provisions that follow it, where it adds or rewrites some.
struct AmendingSentence: Equatable {
    let words: String
    /// The line of the source, from 1.
    let line: Int
    let steps: [AmendingStep]
    var content: [String]
}
