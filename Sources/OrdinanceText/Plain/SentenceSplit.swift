/// 文の区切り. Sentences end with 。 outside of brackets and quotes.
enum SentenceSplit {
    static func sentences(_ text: String) -> [OrdinanceNode.Sentence] {
        if text.isEmpty { return [] }
        var (sentences, start, depth) = ([OrdinanceNode.Sentence](), text.startIndex, 0)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index].value
            index = scalars.index(after: index)
            switch scalar {
            // （ ( 「 『
            case 0xFF08, 0x28, 0x300C, 0x300E: depth += 1
            // ） ) 」 』
            case 0xFF09, 0x29, 0x300D, 0x300F: depth = max(0, depth - 1)
            // 。
            case 0x3002 where depth == 0:
                sentences.append(sentence(String(scalars[start..<index]), isFirst: sentences.isEmpty))
                start = index
            default: break
            }
        }
        if start < scalars.endIndex {
            sentences.append(sentence(String(scalars[start...]), isFirst: sentences.isEmpty))
        }
        return sentences
    }

    private static func sentence(_ text: String, isFirst: Bool) -> OrdinanceNode.Sentence {
        let isProviso = text.utf8.starts(with: "ただし、".utf8) || text.utf8.starts(with: "但し、".utf8)
        return .init(text, isProviso ? .proviso : isFirst ? .main : .latter)
    }
}
