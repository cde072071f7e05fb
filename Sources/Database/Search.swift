/// Full-text search over tokens that the caller makes: overlapping pairs of characters find two-character words such as
/// 申請, which an engine's own tokenizers do not. See ``bigrams(_:)``.
package enum Search: Sendable {
    /// A statement that makes an index of this name with the columns `id` and `tokens`.
    case table(StaticString)
    /// The tokens to put into the column `tokens`.
    case tokens([String])
    /// A condition: the column `tokens` has all of these. Must not be empty.
    case match([String])

    /// Overlapping pairs of letters and digits of a text: 犬の登録 gives 犬の, の登, 登録. A character that stands alone
    /// between spaces or signs is a token by itself. Every single character is a token too, so one can be searched for.
    /// The caller folds width, kana and case first.
    package static func bigrams(_ text: String) -> [String] {
        var tokens: [String] = []
        for word in words(text) {
            tokens.append(contentsOf: word.map { String($0) })
            tokens.append(contentsOf: zip(word, word.dropFirst()).map { "\($0)\($1)" })
        }
        return tokens
    }

    /// The tokens that a searched text must have: pairs, and a character that stands alone.
    package static func wanted(_ text: String) -> [String] {
        words(text).flatMap { word in
            word.count == 1 ? [String(word[0])] : zip(word, word.dropFirst()).map { "\($0)\($1)" }
        }
    }

    private static func words(_ text: String) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }.map(Array.init)
    }
}
