import Japanese

/// 行の頭. What a line of an ordinance begins, by what stands at its head.
enum LineHead: Equatable {
    case group(OrdinanceNode.Kind, OrdinanceNumber, label: String, rest: String)
    case article(OrdinanceNumber, label: String, rest: String)
    /// 項 from the second on.
    case paragraph(OrdinanceNumber, label: String, rest: String)
    /// 号 or 細分, by the series of its mark.
    case item(Series, OrdinanceNumber, label: String, rest: String)
    /// （見出し）, alone on its line.
    case caption(String)
    case supplement(label: String, rest: String)
    case appendix(label: String, rest: String)
    case contents
    /// 沿革注記, alone on its line.
    case note(String)
    case text(String)

    /// 記号の列. Marks of one series count the same level.
    enum Series: Equatable {
        case kanji, bracketedNumber, bracketedKanji
        /// アイウ or イロハ.
        case kana, bracketedKana, letter, bracketedLetter
    }

    /// - Parameter line: without the line end.
    init(_ line: String) {
        let text = Spaces.trim(line)
        self =
            Self.group(text) ?? Self.bracketed(text) ?? Self.supplement(text) ?? Self.appendix(text)
            ?? Self.counted(text) ?? .text(text)
    }

    private static let words: [Character: OrdinanceNode.Kind] = [
        "編": .part, "章": .chapter, "節": .section, "款": .subsection, "目": .division, "条": .article, "條": .article,
    ]

    /// 第N章 題, 第N条の2 文.
    private static func group(_ text: String) -> LineHead? {
        guard text.first == "第" else { return nil }
        var rest = text.dropFirst()
        guard let first = NumberScan.number(&rest), let word = rest.first, let kind = words[word] else { return nil }
        rest = rest.dropFirst()
        var parts = [first]
        while let branch = NumberScan.branch(&rest) { parts.append(branch) }
        let label = String(text[..<rest.startIndex])
        // 第3条から第5条まで削除 is one line for several articles; it begins as the first of them does.
        let after = Spaces.trim(String(rest))
        guard rest.isEmpty || NumberScan.isSpace(rest.first) || after.hasPrefix("から") || after.hasPrefix("及び") else {
            // 第1条の規定は… is a sentence, not a head.
            return nil
        }
        if kind == .article, !rest.isEmpty, !NumberScan.isSpace(rest.first), !after.hasSuffix("削除") { return nil }
        let number = OrdinanceNumber(parts)
        return kind == .article
            ? .article(number, label: label, rest: after) : .group(kind, number, label: label, rest: after)
    }

    /// （見出し） or a note on the history, alone on its line.
    private static func bracketed(_ text: String) -> LineHead? {
        guard text.first == "（" || text.first == "(", text.last == "）" || text.last == ")" else { return nil }
        var depth = 0
        for character in text.dropLast() {
            if character == "（" || character == "(" { depth += 1 }
            if character == "）" || character == ")" { depth -= 1 }
            if depth == 0 { return nil }
        }
        let inner = String(text.dropFirst().dropLast())
        if inner.allSatisfy({ $0.isNumber || $0.isLetter && $0.isASCII }), inner.count < 4 { return nil }
        let endings = ["一部改正", "全部改正", "追加", "繰下", "繰上", "改正", "本条追加", "旧"]
        let isNote = endings.contains { inner.hasSuffix($0) } && inner.contains { $0.isNumber }
        return isNote ? .note(inner) : .caption(inner)
    }

    /// 附則, 附則（令和7年12月10日条例第36号）.
    private static func supplement(_ text: String) -> LineHead? {
        guard let first = text.first, first == "附" || first == "付" else { return nil }
        let rest = text.dropFirst().drop { NumberScan.isSpace($0) }
        guard rest.first == "則" else { return nil }
        let after = Spaces.trim(String(rest.dropFirst()))
        guard after.isEmpty || after.first == "（" || after.first == "(" || after.hasPrefix("抄") else { return nil }
        return .supplement(label: "附則", rest: after)
    }

    private static func appendix(_ text: String) -> LineHead? {
        for word in ["別表", "別記", "様式", "別図", "付録", "附録", "別紙"] where text.hasPrefix(word) {
            var rest = text.dropFirst(word.count)
            if rest.first == "様", word == "別記" { rest = rest.dropFirst(2) }
            if rest.first == "第" {
                var number = rest.dropFirst()
                guard NumberScan.number(&number) != nil else { return nil }
                if number.first == "号" || number.first == "様" { number = number.dropFirst() }
                while NumberScan.branch(&number) != nil {}
                if number.hasPrefix("様式") { number = number.dropFirst(2) }
                rest = number
            }
            // 別表に定める… is a sentence.
            guard rest.isEmpty || NumberScan.isSpace(rest.first) || rest.first == "（" || rest.first == "(" else {
                return nil
            }
            return .appendix(label: String(text[..<rest.startIndex]), rest: Spaces.trim(String(rest)))
        }
        return text.filter { !NumberScan.isSpace($0) } == "目次" ? .contents : nil
    }

    /// 2 文, (1) 文, 一 文, ア 文.
    private static func counted(_ text: String) -> LineHead? {
        var rest = text[...]
        if let bracket = rest.first, bracket == "(" || bracket == "（" {
            rest = rest.dropFirst()
            let inner = rest.prefix { $0 != ")" && $0 != "）" }
            guard (1...6).contains(inner.count), inner.endIndex < rest.endIndex else { return nil }
            guard let (series, number) = NumberScan.bracketed(String(inner)) else { return nil }
            var after = rest[inner.endIndex...].dropFirst()
            var parts = [number]
            while let branch = NumberScan.branch(&after) { parts.append(branch) }
            let label = String(text[..<after.startIndex])
            return .item(series, OrdinanceNumber(parts), label: label, rest: Spaces.trim(String(after)))
        }
        // ○２ is how old collections number a 項; ② too.
        if rest.first == "○", let next = rest.dropFirst().first, next.isNumber { rest = rest.dropFirst() }
        if let number = NumberScan.inOneBracket(&rest) {
            let label = String(text[..<rest.startIndex])
            return .item(.bracketedNumber, OrdinanceNumber(number), label: label, rest: Spaces.trim(String(rest)))
        }
        if let circled = NumberScan.circled(&rest) {
            let label = String(text[..<rest.startIndex])
            return .paragraph(OrdinanceNumber(circled), label: label, rest: Spaces.trim(String(rest)))
        }
        if let number = NumberScan.arabic(&rest) {
            guard rest.isEmpty || NumberScan.isSpace(rest.first) else { return nil }
            let label = String(text[..<rest.startIndex])
            return .paragraph(OrdinanceNumber(number), label: label, rest: Spaces.trim(String(rest)))
        }
        if let number = NumberScan.kanji(&rest) {
            var parts = [number]
            while let branch = NumberScan.branch(&rest) { parts.append(branch) }
            guard rest.isEmpty || NumberScan.isSpace(rest.first) else { return nil }
            let label = String(text[..<rest.startIndex])
            return .item(.kanji, OrdinanceNumber(parts), label: label, rest: Spaces.trim(String(rest)))
        }
        guard let first = text.first, NumberScan.isSpace(text.dropFirst().first),
            let (series, number) = NumberScan.mark(first)
        else { return nil }
        return .item(
            series, OrdinanceNumber(number), label: String(first), rest: Spaces.trim(String(text.dropFirst())))
    }
}
