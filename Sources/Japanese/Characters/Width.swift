/// 全角・半角. Changes the width of characters and nothing else: no name character is altered.
package enum Width {
    /// Full-width letters, digits, signs and spaces as ASCII: ３２９－０６９６ gives 329-0696.
    ///
    /// The dashes and prolonged sound marks that people type between digits become a hyphen only there:
    /// ０２８５ー５６ー９１８８ gives 0285-56-9188, ラーメン stays.
    package static func narrow(_ text: String) -> String {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3000: scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0xFFE5: scalars.append("¥")
            default: scalars.append(scalar)
            }
        }
        for index in scalars.indices where dashes.contains(scalars[index]) {
            let before = index > 0 && scalars[index - 1].isDigit
            let after = index + 1 < scalars.count && scalars[index + 1].isDigit
            if before && after { scalars[index] = "-" }
        }
        return Width.text(of: scalars)
    }

    /// Half-width katakana and its marks as full width: ｶﾞ gives ガ, ｰ gives ー.
    package static func widenKana(_ text: String) -> String {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            guard (0xFF61...0xFF9F).contains(scalar.value) else {
                scalars.append(scalar)
                continue
            }
            if let last = scalars.last, let voiced = voiced(last, mark: scalar) {
                scalars[scalars.count - 1] = voiced
            } else {
                scalars.append(wideKana[Int(scalar.value - 0xFF61)])
            }
        }
        return Width.text(of: scalars)
    }

    /// The text of scalars, exactly these.
    package static func text(of scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static func voiced(_ base: Unicode.Scalar, mark: Unicode.Scalar) -> Unicode.Scalar? {
        switch (base, mark.value) {
        case ("ウ", 0xFF9E): "ヴ"
        case ("カ"..."ト", 0xFF9E) where voicable.contains(base), ("ハ"..."ホ", 0xFF9E) where voicable.contains(base):
            Unicode.Scalar(base.value + 1)
        case ("ハ"..."ホ", 0xFF9F) where voicable.contains(base): Unicode.Scalar(base.value + 2)
        default: nil
        }
    }

    private static let dashes: Set<Unicode.Scalar> = [
        "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}", "\u{30FC}", "\u{FF70}",
        "\u{FF0D}", "\u{2500}",
    ]
    private static let voicable = Set("カキクケコサシスセソタチツテトハヒフヘホ".unicodeScalars)
    private static let wideKana = Array(
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜".unicodeScalars)
}

extension Unicode.Scalar {
    /// True for 0 to 9.
    package var isDigit: Bool { ("0"..."9").contains(self) }
}
