/// 条・項・号の位置. Where a provision stands in its ordinance.
package struct Place: Sendable, Hashable {
    /// Which 附則 it stands in, counted from 1; 0 for the main provisions.
    package var supplement = 0
    package var article: OrdinanceNumber?
    package var paragraph: Int?
    package var item: OrdinanceNumber?
    /// ア, then (ア), then a, with half-width brackets.
    package var subitems: [String] = []
    /// 別表第1, 様式第3号 …, as it is written.
    package var appendix: String?

    package init() {}

    package init(supplement: Int = 0, article: OrdinanceNumber?, paragraph: Int? = nil, item: OrdinanceNumber? = nil) {
        (self.supplement, self.article, self.paragraph, self.item) = (supplement, article, paragraph, item)
    }

    /// 第8条の2第3項第1号.
    package var text: String {
        var words = supplement == 0 ? "" : "附則"
        if let appendix { words += appendix }
        if let article { words += Self.counted(article, "条") }
        if let paragraph { words += "第\(paragraph)項" }
        if let item { words += Self.counted(item, "号") }
        return words + subitems.joined()
    }

    private static func counted(_ number: OrdinanceNumber, _ word: String) -> String {
        "第\(number.parts[0])\(word)" + number.parts.dropFirst().map { "の\($0)" }.joined()
    }

    /// The 条 or 附則 it belongs to.
    package var root: Place {
        var root = Place(supplement: supplement, article: article)
        root.appendix = appendix
        return root
    }

    /// True where the other stands in it, or is it.
    package func holds(_ other: Place) -> Bool {
        supplement == other.supplement && (article == nil || article == other.article)
            && (paragraph == nil || paragraph == other.paragraph) && (item == nil || item == other.item)
            && (subitems.isEmpty || other.subitems.starts(with: subitems))
            && (appendix == nil || appendix == other.appendix)
    }
}
