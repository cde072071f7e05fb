/// 該非. What a provision is, seen from one 区分 of analog rules.
package enum Verdict: String, Sendable, Codable, CaseIterable, Comparable {
    /// 該当: it binds somebody to a way that only people and paper can do.
    case applicable = "Y"
    /// デジタル化済み: it names a digital way already.
    case digital = "D"
    /// 境界・付随: a companion of such a provision, or one of which it depends on the practice.
    case borderline = "B"
    /// 非該当: the words are there, the rule is not.
    case notApplicable = "N"

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The graver one is the lesser: applicable comes first.
    package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    /// As an office says it.
    package var japanese: String {
        switch self {
        case .applicable: "該当"
        case .digital: "デジタル化済み"
        case .borderline: "境界・付随"
        case .notApplicable: "非該当"
        }
    }
}

/// 判定. The verdict on a provision in one 区分, with what it rests on.
package struct Judgement: Sendable, Codable, Equatable {
    /// 区分.
    package let category: String
    /// 類型; nil where the method names none, or the rule cannot tell.
    package let type: String?
    /// 1 to 3; nil for what is no analog rule.
    package let phase: Int?
    package let verdict: Verdict
    /// Why, in a sentence for people.
    package let reason: String
    /// The words that were found, as they stand in the text (without its spaces).
    package let words: String
    /// The rule that decided; `category/…` of the pack.
    package let rule: String
    /// How often the rule was right where it was measured, between 0 and 1, drawn to the middle where it was measured on few.
    package let confidence: Double
    /// 準用の元. Where a judgement was carried from: the provision whose amendment clears this one.
    package var root: ClauseAddress?
}

/// A provision of a collection.
package struct ClauseAddress: Sendable, Codable, Hashable {
    /// What the collection calls the document: its file, or its number.
    package let document: String
    package let address: String

    package init(document: String, address: String) { (self.document, self.address) = (document, address) }
}
