/// 全角・半角. Changes the width of characters and nothing else: no name character is altered.
package enum Width {
    /// Full-width letters, digits, signs and spaces as ASCII: ３２９－０６９６ gives 329-0696.
    ///
    /// The dashes and prolonged sound marks that people type between digits become a hyphen only there:
    /// ０２８５ー５６ー９１８８ gives 0285-56-9188, ラーメン stays.
    package static func narrow(_ text: String) -> String { narrowing.rewrite(text) }

    /// Half-width katakana and its marks as full width: ｶﾞ gives ガ, ｰ gives ー.
    package static func widenKana(_ text: String) -> String { widening.rewrite(text) }

    /// The text of scalars, exactly these.
    package static func text(of scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static let narrowing = TextRewriter(
        certain: TextRules([.narrowLetters, .narrowDigits, .narrowSigns, .narrowSpace, .hyphen]))
    private static let widening = TextRewriter(certain: TextRules([.widenKana]))
}

extension Unicode.Scalar {
    /// True for 0 to 9.
    package var isDigit: Bool { ("0"..."9").contains(self) }
}
