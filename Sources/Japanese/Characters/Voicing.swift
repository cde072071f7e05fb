/// 濁点・半濁点 and the two widths of katakana, by code points.
enum Voicing {
    private static let wideOfHalf = Array(
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜".unicodeScalars
    ).map(\.value)

    private static let halfOfWide: [UInt32: [UInt32]] = {
        var half: [UInt32: [UInt32]] = [:]
        for (place, wide) in wideOfHalf.enumerated() { half[wide] = [0xFF61 + UInt32(place)] }
        for base in (0x30A1...0x30F4 as ClosedRange<UInt32>) {
            for mark in [0x3099, 0x309A] as [UInt32] {
                guard let voiced = voiced(base, mark: mark), let first = half[base] else { continue }
                half[voiced] = first + [mark == 0x3099 ? 0xFF9E : 0xFF9F]
            }
        }
        return half
    }()

    /// The full-width character of half-width katakana or its marks, U+FF61 to U+FF9F.
    static func wide(_ scalar: UInt32) -> UInt32 { wideOfHalf[Int(scalar - 0xFF61)] }

    /// The half-width characters of a full-width katakana, if there are any.
    static func narrow(_ scalar: UInt32) -> [UInt32]? { halfOfWide[scalar] }

    /// True for kana, of either width, that a mark may voice.
    static func canTakeMark(_ scalar: UInt32) -> Bool {
        let scalar = (0xFF61...0xFF9F).contains(scalar) ? wide(scalar) : scalar
        return voiced(scalar, mark: 0x3099) != nil
    }

    /// True for the marks, however they are written.
    @inline(__always)
    static func isMark(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3099, 0x309A, 0x309B, 0x309C, 0xFF9E, 0xFF9F: true
        default: false
        }
    }

    /// A full-width kana with a mark in one character; nil if there is none.
    static func voiced(_ base: UInt32, mark: UInt32) -> UInt32? {
        let isHalfVoiced = mark == 0x309A || mark == 0x309C || mark == 0xFF9F
        // ひらがな are 0x60 before カタカナ, in the same order.
        let isHiragana = (0x3041...0x309F).contains(base)
        let kana = isHiragana ? base + 0x60 : base
        let voiced: UInt32? =
            switch kana {
            case 0x30AB...0x30C2 where kana % 2 == 1: isHalfVoiced ? nil : kana + 1
            case 0x30C4, 0x30C6, 0x30C8: isHalfVoiced ? nil : kana + 1
            case 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB: kana + (isHalfVoiced ? 2 : 1)
            case 0x30A6: isHalfVoiced ? nil : 0x30F4
            case 0x30FD: isHalfVoiced ? nil : 0x30FE
            default: nil
            }
        return voiced.map { isHiragana ? $0 - 0x60 : $0 }
    }
}
