/// 文の区切り. Sentences end with 。 outside of brackets and quotes.
enum SentenceSplit {
    static func sentences(_ text: String) -> [OrdinanceNode.Sentence] {
        var (sentences, current, depth) = ([OrdinanceNode.Sentence](), "", 0)
        for character in text {
            current.append(character)
            switch character {
            case "（", "(", "「", "『": depth += 1
            case "）", ")", "」", "』": depth = max(0, depth - 1)
            case "。" where depth == 0:
                sentences.append(sentence(current, isFirst: sentences.isEmpty))
                current = ""
            default: break
            }
        }
        if !current.isEmpty { sentences.append(sentence(current, isFirst: sentences.isEmpty)) }
        return sentences
    }

    private static func sentence(_ text: String, isFirst: Bool) -> OrdinanceNode.Sentence {
        .init(text, text.hasPrefix("ただし、") || text.hasPrefix("但し、") ? .proviso : isFirst ? .main : .latter)
    }
}
