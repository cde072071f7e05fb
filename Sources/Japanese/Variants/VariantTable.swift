/// 異体字の表. For a character the ordinary ones it may stand for, each with who says so and under which licence.
package struct VariantTable: Sendable {
    /// A character that another one may stand for.
    package struct Candidate: Sendable, Hashable {
        /// The ordinary character, or several.
        package let text: String
        /// Who says so, such as 国税庁 JIS縮退マップ.
        package let source: String
        /// The licence of the table it stands in.
        package let licence: String

        package init(text: String, source: String, licence: String) {
            (self.text, self.source, self.licence) = (text, source, licence)
        }
    }

    private var candidates: [UInt32: [Candidate]] = [:]
    private var members: Set<UInt32> = []

    package init() {}

    /// Adds what a table says of a character.
    package mutating func add(_ candidate: Candidate, for scalar: Unicode.Scalar) {
        guard !candidate.text.isEmpty, !candidate.text.isExactly(String(scalar)) else { return }
        if candidates[scalar.value]?.contains(where: {
            $0.text.isExactly(candidate.text) && $0.source == candidate.source
        }) == true {
            return
        }
        candidates[scalar.value, default: []].append(candidate)
    }

    /// Notes that a character belongs to the 文字情報基盤 (MJ).
    package mutating func addMember(_ scalar: Unicode.Scalar) { members.insert(scalar.value) }

    /// The candidates for a character, those that more tables name first.
    package func candidates(for scalar: Unicode.Scalar) -> [Candidate] {
        let all = candidates[scalar.value] ?? []
        let named = Dictionary(grouping: all) { LegalText($0.text) }.mapValues(\.count)
        return all.enumerated().sorted { left, right in
            let (one, other) = (named[LegalText(left.element.text)] ?? 0, named[LegalText(right.element.text)] ?? 0)
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }

    /// True if the 文字情報基盤 has the character; nil while no table of it is loaded.
    package func isInMJ(_ scalar: UInt32) -> Bool? { members.isEmpty ? nil : members.contains(scalar) }
}
