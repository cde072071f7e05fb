/// Goes through an amending sentence, step by step.
struct SentenceCursor {
    private var text: Substring
    /// The place the steps so far were at: 「C」を「D」に after another pair has none of its own.
    private var place = ""

    init(_ text: String) { self.text = text[...] }

    var isAtEnd: Bool { text.isEmpty }
    var rest: String { String(text) }

    private static let verbs = [
        "改め", "加え", "削り", "とし", "繰り下げ", "繰り上げ", "繰下げ", "繰上げ", "付し", "改める", "加える", "削る", "とする", "繰り下げる", "繰り上げる", "繰下げる",
        "繰上げる", "付する",
    ]

    /// The next step or steps; nil for what is none of the forms.
    mutating func next() -> [AmendingStep]? {
        let quote = text.firstIndex(of: "「")
        let verb = verbEnd()
        if let verb, quote.map({ verb < $0 }) ?? true {
            let segment = String(text[..<verb])
            guard let step = Self.structural(segment) else { return nil }
            text = text[verb...].dropFirst()
            return [step]
        }
        guard let quote else { return nil }
        let head = String(text[..<quote])
        text = text[quote...].dropFirst()
        if head.hasSuffix("見出しを") { return caption(String(head.dropLast(4)), closer: "」に改め") }
        if head.hasSuffix("見出しとして") { return caption(String(head.dropLast(6)), closer: "」を付") }
        if head.hasSuffix("題名を") {
            guard let (words, _) = quoted(["」に改め"]) else { return nil }
            skipVerb()
            return [.title(words)]
        }
        if head.hasSuffix("中") { place = String(head.dropLast()) } else if !head.isEmpty { return nil }
        return wordSteps()
    }

    /// The first verb that ends a part outside of quotes: where its 、 or 。 stands.
    private func verbEnd() -> Substring.Index? {
        for index in text.indices where text[index] == "、" || text[index] == "。" {
            if Self.verbs.contains(where: { text[..<index].hasSuffix($0) }) { return index }
        }
        return nil
    }

    private mutating func caption(_ location: String, closer: String) -> [AmendingStep]? {
        guard let (words, _) = quoted([closer]) else { return nil }
        skipVerb()
        let bare = "（(".contains(words.first ?? " ") ? String(words.dropFirst().dropLast()) : words
        var location = location
        for ending in ["の", "に"] where location.hasSuffix(ending) { location.removeLast() }
        return [.caption(at: location, bare)]
    }

    /// 「A」を「B」に、「C」を「D」に改め, 「A」の次に「B」を加え, 「A」及び「B」を削り.
    private mutating func wordSteps() -> [AmendingStep]? {
        var (steps, listed) = ([AmendingStep](), [String]())
        while true {
            guard let (from, closer) = quoted(["」を「", "」の次に「", "」の下に「", "」の前に「", "」を削", "」及び「", "」並びに「", "」、「"])
            else { return nil }
            switch closer {
            case "」及び「", "」並びに「", "」、「": listed.append(from)
            case "」を削":
                skipVerb()
                return steps + [.deleteWords(at: place, listed + [from])]
            case "」を「":
                guard let (to, end) = quoted(["」に改め", "」に、「", "」に、", "」に"]) else { return nil }
                steps.append(.replace(at: place, (listed + [from]).map { .init(from: $0, to: to) }))
                listed = []
                if end == "」に改め" { skipVerb() }
                if end != "」に、「" { return steps }
            default:
                guard let (words, end) = quoted(["」を加え", "」を、「"]) else { return nil }
                steps.append(.insertWords(at: place, beside: from, words: words, isBefore: closer == "」の前に「"))
                if end == "」を加え" {
                    skipVerb()
                    return steps
                }
            }
        }
    }

    /// What is quoted up to one of the closers. Quoted words may hold quotes, even half of a pair: where no closer leaves whole pairs
    /// before it, the first one is meant.
    private mutating func quoted(_ closers: [String]) -> (words: String, closer: String)? {
        var first: (Substring.Index, String)?
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == "」", let closer = closers.first(where: { text[index...].hasPrefix($0) }) {
                if text[..<index].holdsWholeQuotes {
                    first = (index, closer)
                    break
                }
                if first == nil { first = (index, closer) }
            }
            index = text.index(after: index)
        }
        guard let (end, closer) = first else { return nil }
        let words = String(text[..<end])
        text = text[end...].dropFirst(closer.count)
        return (words, closer)
    }

    /// る。, り、 and the like.
    private mutating func skipVerb() {
        while let first = text.first {
            text = text.dropFirst()
            if first == "、" || first == "。" { return }
        }
    }

    private static let forms: [(Pattern, @Sendable (Pattern.Match) -> AmendingStep?)] = [
        (Pattern.sure("^(.+)を次のように改め(?:る)?$"), { match in match[1].map { .rewrite(String($0)) } }),
        (
            Pattern.sure("^(.+)に((?:第|同).+)として次の(.+)を加え(?:る)?$"),
            { match in
                guard let at = match[1], let number = match[2], let what = match[3] else { return nil }
                return .insert(.numbered(String(number)), at: String(at), what: String(what))
            }
        ),
        (
            Pattern.sure("^(.+)の(次|前)に次の(?:ように|(.+)を)加え(?:る)?$"),
            { match in
                guard let at = match[1] else { return nil }
                return .insert(match[2] == "前" ? .before : .after, at: String(at), what: String(match[3] ?? ""))
            }
        ),
        (
            Pattern.sure("^(.+)に次の(?:ように|(.+)を)加え(?:る)?$"),
            { match in
                match[1].map { .insert(.into, at: String($0), what: String(match[2] ?? "")) }
            }
        ),
        (
            Pattern.sure("^(.+)を([0-9０-９一二三四五六七八九十]+)[編章節款目条項号表](?:ずつ)?繰り?(下|上)げ(?:る)?$"),
            { match in
                guard let at = match[1], var count = match[2], let number = NumberScan.number(&count) else {
                    return nil
                }
                return .shift(String(at), by: match[3] == "下" ? number : -number)
            }
        ),
        (Pattern.sure("^(.+)を削(?:る|り)$"), { match in match[1].map { .delete(String($0)) } }),
        (
            Pattern.sure("^(.+)を([^を]+)と(?:する|し)$"),
            { match in
                guard let from = match[1], let to = match[2] else { return nil }
                return .renumber(String(from), to: String(to))
            }
        ),
    ]

    private static func structural(_ segment: String) -> AmendingStep? {
        for (pattern, step) in forms { if let match = pattern.first(in: segment) { return step(match) } }
        return nil
    }
}

extension Substring {
    /// True where every quote that is opened is closed, and none is closed that was not opened.
    fileprivate var holdsWholeQuotes: Bool {
        var depth = 0
        for character in self {
            if character == "「" { depth += 1 }
            if character == "」" { depth -= 1 }
            if depth < 0 { return false }
        }
        return depth == 0
    }
}
