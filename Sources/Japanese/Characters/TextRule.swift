/// 文字の変換のきまり. One thing that a rewriting of text may do. Each can be switched on alone; none touches kanji.
package enum TextRule: String, Sendable, CaseIterable, Codable {
    case narrowLetters = "narrow-letters"
    case narrowDigits = "narrow-digits"
    case narrowSigns = "narrow-signs"
    case widenLetters = "widen-letters"
    case widenDigits = "widen-digits"
    case widenSigns = "widen-signs"
    case widenKana = "widen-kana"
    case narrowKana = "narrow-kana"
    case joinMarks = "join-marks"
    case katakana
    case hiragana
    case longMark = "long-mark"
    case hyphen
    case narrowSpace = "narrow-space"
    case widenSpace = "widen-space"
    case collapseSpaces = "collapse-spaces"
    case trimSpaces = "trim-spaces"
    case arabicDigits = "arabic-digits"

    /// What it does, for people.
    package var words: String {
        switch self {
        case .narrowLetters: "全角の英字を半角に（Ａ→A）"
        case .narrowDigits: "全角の数字を半角に（１→1）"
        case .narrowSigns: "全角の記号を半角に（（→(）"
        case .widenLetters: "半角の英字を全角に（A→Ａ）"
        case .widenDigits: "半角の数字を全角に（1→１）"
        case .widenSigns: "半角の記号を全角に（(→（）"
        case .widenKana: "半角カナを全角に（ｶﾞ→ガ）"
        case .narrowKana: "全角カナを半角に（ガ→ｶﾞ）"
        case .joinMarks: "離れた濁点・半濁点を一字に（か゛→が）"
        case .katakana: "ひらがなをカタカナに（あ→ア）"
        case .hiragana: "カタカナをひらがなに（ア→あ）"
        case .longMark: "カナの後の横棒を長音に（スキ－→スキー）"
        case .hyphen: "数字の間の横棒を - に（1ー2→1-2）"
        case .narrowSpace: "全角の空白を半角に"
        case .widenSpace: "半角の空白を全角に"
        case .collapseSpaces: "続く空白を一つに"
        case .trimSpaces: "両端の空白を除く"
        case .arabicDigits: "番地・年月日の漢数字を算用数字に（二丁目→2丁目）"
        }
    }

    /// The rule that does the opposite, where there is one: both at once make no sense.
    package var opposite: TextRule? {
        switch self {
        case .narrowLetters: .widenLetters
        case .narrowDigits: .widenDigits
        case .narrowSigns: .widenSigns
        case .widenLetters: .narrowLetters
        case .widenDigits: .narrowDigits
        case .widenSigns: .narrowSigns
        case .widenKana: .narrowKana
        case .narrowKana: .widenKana
        case .katakana: .hiragana
        case .hiragana: .katakana
        case .narrowSpace: .widenSpace
        case .widenSpace: .narrowSpace
        case .joinMarks, .longMark, .hyphen, .collapseSpaces, .trimSpaces, .arabicDigits: nil
        }
    }

    /// The place of this rule among the bits of ``TextRules``.
    var bit: TextRules { TextRules(rawValue: 1 << UInt32(Self.allCases.firstIndex(of: self) ?? 0)) }
}

/// Some rules.
package struct TextRules: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package init(_ rules: some Sequence<TextRule>) { self = rules.reduce(into: []) { $0.formUnion($1.bit) } }

    /// The rules, in their order.
    package var list: [TextRule] { TextRule.allCases.filter { contains($0.bit) } }

    /// Letters, digits and signs narrow, kana wide: the width that registers and forms expect.
    package static let width = TextRules([.narrowLetters, .narrowDigits, .narrowSigns, .widenKana])
    /// フリガナ: katakana, full width, whole characters, long marks where dashes stand for them.
    package static let kana = TextRules([.widenKana, .joinMarks, .katakana, .longMark])
}
