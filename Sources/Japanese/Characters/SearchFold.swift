/// How text is folded so that a search finds it. For searching only: what is stored and shown is never folded.
package enum SearchFold {
    /// Width, case and kind of kana are ignored: ｲﾇ, いぬ and イヌ are the same, and so are Ｄｏｇ and dog.
    package static func fold(_ text: String) -> String {
        hiragana.rewrite(Width.narrow(text)).lowercased()
    }

    private static let hiragana = TextRewriter(certain: TextRules([.widenKana, .hiragana]))
}
