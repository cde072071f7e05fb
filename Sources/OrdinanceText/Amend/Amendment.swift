/// 改正. An amendment of one ordinance, as it is enacted: amending sentences with the provisions they add, and a 附則.
package struct Amendment: Sendable {
    /// Why an amendment cannot be applied.
    package struct Trouble: Error, Sendable, Equatable, CustomStringConvertible {
        /// The line of the amendment, from 1.
        package let line: Int
        /// The sentence, or the part of it, that is meant.
        package let words: String
        package let reason: String

        package var description: String { "\(line)行目「\(words)」: \(reason)" }
    }

    /// What an amendment names and the ordinance has not.
    struct Missing: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    let sentences: [AmendingSentence]
    /// What stands before the first sentence: title, number and day.
    let head: [String]
    /// 附則 of the amendment, line by line.
    package let supplement: [String]

    /// Reads the amending sentences of a text: 改め文, each on a line, with what they add on the lines after them.
    package init(_ text: String) throws(Trouble) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        do throws(AmendmentReader.Trouble) { sentences = try AmendmentReader.sentences(lines) } catch {
            throw Trouble(line: error.line, words: error.words, reason: error.reason)
        }
        guard !sentences.isEmpty else { throw Trouble(line: 1, words: "", reason: "改め文がありません") }
        head = Array(lines.prefix(sentences[0].line - 1))
        supplement = AmendmentReader.supplement(lines)
    }

    /// The ordinance as it is after the amendment. All or nothing: where one step does not fit, none is taken.
    package func applied(to ordinance: Ordinance) throws(Trouble) -> Ordinance {
        let (tree, width) = (DraftTree(ordinance), TextWidth(ordinance))
        for sentence in sentences {
            var application = SentenceApplication(tree, sentence, width)
            do throws(Missing) { try application.run() } catch {
                throw Trouble(line: sentence.line, words: sentence.words, reason: error.reason)
            }
        }
        return tree.ordinance
    }
}
