import Japanese

/// 改め文を読む. Reads the closed forms of amending sentences. What cannot be read is told with its words; nothing is skipped.
enum AmendmentReader {
    struct Trouble: Error, Equatable {
        let line: Int
        let words: String
        let reason: String
    }

    private static let begins = Pattern.sure("^(?:第[0-9０-９一二三四五六七八九十百]+[編章節款目条項号]|附則|別表|様式|別記|本則|題名|目次|前文|同|見出し)[^ 　]")
    private static let ends = Pattern.sure("(?:改める|加える|削る|とする|繰り下げる|繰り上げる|付する|繰下げる|繰上げる)。$")
    private static let intro = Pattern.sure("(?:の一部を次のように改正する|の全部を次のように改正する)。$")

    /// The sentences of an amendment with what follows each.
    static func sentences(_ lines: [String]) throws(Trouble) -> [AmendingSentence] {
        var found: [AmendingSentence] = []
        for (index, line) in lines.enumerated() {
            let text = Spaces.trim(line)
            guard !text.isEmpty else { continue }
            if intro.fits(text) { continue }
            if isSentence(text) {
                found.append(try sentence(text, line: index + 1))
            } else if found.isEmpty {
                // The title, the number and the words of promulgation stand before the first sentence; what only looks like one is told.
                if begins.fits(text), text.hasSuffix("。"), case .text = LineHead(text) {
                    throw unreadable(text, line: index + 1)
                }
            } else if isSupplement(text), !wantsContent(found[found.count - 1]), !found[found.count - 1].isInContents {
                // 附則 of the amendment itself: when it comes into force.
                break
            } else {
                guard found[found.count - 1].takesContent else { throw unreadable(text, line: index + 1) }
                found[found.count - 1].content.append(line.trimmedEnd)
            }
        }
        return found
    }

    /// The lines of the 附則 of an amendment, from its head on; empty without one.
    static func supplement(_ lines: [String]) -> [String] {
        guard let start = lines.lastIndex(where: { isSupplement(Spaces.trim($0)) }) else { return [] }
        return Array(lines[start...])
    }

    private static func isSupplement(_ text: String) -> Bool {
        text.filter { $0 != " " && $0 != "　" }.hasPrefix("附則") && text.count < 12
    }

    private static func wantsContent(_ sentence: AmendingSentence) -> Bool {
        sentence.content.isEmpty && sentence.takesContent
    }

    private static func unreadable(_ text: String, line: Int) -> Trouble {
        Trouble(line: line, words: text, reason: "改め文の形として読めません")
    }

    private static func isSentence(_ text: String) -> Bool {
        guard begins.fits(text), ends.fits(text) else { return false }
        // 第44条　事業者は…とする。 is a provision, not a sentence about one.
        switch LineHead(text) {
        case .text: return true
        default: return false
        }
    }

    private static func sentence(_ text: String, line: Int) throws(Trouble) -> AmendingSentence {
        var cursor = SentenceCursor(text)
        var steps: [AmendingStep] = []
        while !cursor.isAtEnd {
            guard let found = cursor.next() else {
                throw unreadable(cursor.rest, line: line)
            }
            steps += found
        }
        return AmendingSentence(words: text, line: line, steps: steps, content: [])
    }
}

extension AmendingSentence {
    /// True where new provisions follow it: 次のように改める, 次の1条を加える.
    fileprivate var takesContent: Bool {
        steps.contains { step in
            switch step {
            case .insert, .rewrite: true
            default: false
            }
        }
    }

    /// True while a 目次 is written anew, to which its own line 附則 belongs.
    fileprivate var isInContents: Bool {
        content.first.map(Spaces.trim) == "目次" && !content.contains { Spaces.trim($0).hasPrefix("附") }
    }
}

extension String {
    var trimmedEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
