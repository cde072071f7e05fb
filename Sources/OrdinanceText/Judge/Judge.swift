import Japanese

/// 該非判断. Judges provisions by rule packs. A provision without any word of a 区分 is not judged in it; one with a word always is,
/// if only as 非該当 with the reason.
package struct Judge: Sendable {
    package let categories: [RulePack.Category]

    /// The words of all nets: most provisions have none of them. nil where the nets do not go into one pattern, as when two name a
    /// group alike.
    private let net: Pattern?

    package init(_ packs: [RulePack]) {
        categories = packs.flatMap(\.categories)
        net = try? Pattern(packs.flatMap(\.nets).map { "(?:\($0))" }.joined(separator: "|"))
    }

    /// The findings on a provision, in the order of the packs' categories.
    /// - Parameter title: of its ordinance.
    package func findings(_ clause: Clause, of title: String) -> [Judgement] {
        if let net, !net.fits(clause.text), !net.fits(clause.caption) { return [] }
        var folded: (text: String, caption: String)?
        return categories.compactMap { category in
            // The words are looked for as they stand; only what has one is folded.
            guard category.net.fits(clause.text) || category.net.fits(clause.caption) else { return nil }
            let subject = folded ?? (Self.fold(clause.text), Self.fold(clause.caption))
            folded = subject
            return category.finding(clause, subject.text, subject.caption, title)
        }
    }

    /// The judgement of several that is looked at first: what applies in the seven items, then what demands that a person comes, then
    /// what is borderline, then paper.
    package func foremost(_ judgements: [Judgement]) -> Judgement? {
        func place(_ judgement: Judgement) -> Int {
            let priority = categories.first { $0.name == judgement.category }?.priority ?? 0
            return switch judgement.verdict {
            case .applicable: priority
            case .digital, .borderline: priority + 2
            case .notApplicable: 9
            }
        }
        return judgements.enumerated().min { (place($0.element), $0.offset) < (place($1.element), $1.offset) }?.element
    }

    /// The category a list calls by this name; nil for one that the packs do not have.
    package func category(named name: String) -> RulePack.Category? {
        categories.first { $0.name.isExactly(name) || $0.alias.contains { $0.isExactly(name) } }
    }

    /// Spaces out, digits, brackets and Latin letters in half width: the same provision reads the same in every system. A 。 within
    /// brackets ends no sentence and is left out too.
    static func fold(_ text: String) -> String {
        var (folded, depth) = (String.UnicodeScalarView(), 0)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", "（", "「": depth += 1
            case ")", "）", "」": depth = max(0, depth - 1)
            case "。" where depth > 0: continue
            default: break
            }
            switch scalar.value {
            case 0x20, 0x3000, 0x09, 0xA0: continue
            case 0xFF08...0xFF09, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
                if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { folded.append(narrow) }
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }
}

extension RulePack.Category {
    /// The first rule that fits decides.
    func finding(_ clause: Clause, _ text: String, _ caption: String, _ title: String) -> Judgement {
        for rule in rules {
            guard let words = rule.words(clause, text, caption, title) else { continue }
            let phase: Int? =
                switch rule.verdict {
                case .applicable: rule.phase ?? 1
                case .digital: rule.phase ?? 2
                case .borderline, .notApplicable: nil
                }
            return Judgement(
                category: name, type: rule.type, phase: phase, verdict: rule.verdict, reason: rule.reason,
                words: words, rule: rule.id, confidence: rule.confidence)
        }
        let word = net.first(in: text) ?? net.first(in: caption)
        return Judgement(
            category: name, type: nil, phase: nil, verdict: .notApplicable, reason: otherwise,
            words: word?[0].map(String.init) ?? "", rule: name + "/otherwise", confidence: otherwiseConfidence)
    }
}

extension RulePack.Rule {
    /// The words it fits on; nil where it does not.
    func words(_ clause: Clause, _ text: String, _ captionText: String, _ title: String) -> String? {
        if let isItem, isItem != (clause.kind == .item || clause.kind == .subitem) { return nil }
        if let isAlone, isAlone != clause.isOnlyParagraph { return nil }
        if let document, !document.fits(title) { return nil }
        var words = ""
        if let caption {
            guard let match = caption.first(in: captionText) else { return nil }
            words = match[0].map(String.init) ?? ""
        }
        if let unless, unless.fits(text) { return nil }
        guard let when else { return words }
        guard let modalities else { return when.first(in: text).map { $0[0].map(String.init) ?? "" } }
        // Any of the sentences it fits in may have the modality; each is looked at once.
        var seen = -1
        for match in when.all(in: text) where match.whole.upperBound > seen {
            let (modality, end) = Modality.of(text, at: match.whole.upperBound)
            if modalities.contains(modality), !(modality == .task && clause.isForbidden) {
                return match[0].map(String.init) ?? ""
            }
            seen = end
        }
        return nil
    }
}
