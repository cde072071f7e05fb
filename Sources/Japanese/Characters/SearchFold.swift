/// How text is folded so that a search finds it. For searching only: what is stored and shown is never folded.
package enum SearchFold {
    /// Width, case and kind of kana are ignored: ｲﾇ, いぬ and イヌ are the same, and so are Ｄｏｇ and dog.
    package static func fold(_ text: String) -> String {
        let wide = Width.widenKana(Width.narrow(text)).lowercased()
        return Width.text(
            of: wide.unicodeScalars.map { scalar in
                (0x30A1...0x30F6).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0x60) ?? scalar : scalar
            })
    }
}
