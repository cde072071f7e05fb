package import Japanese

/// 施行期日. When an amendment comes into force, as its 附則 says.
package struct EffectiveDate: Sendable, Equatable {
    package let day: Day
    /// True where parts of it come into force on other days.
    package let isStaged: Bool

    private static let written = Pattern.sure(
        "(明治|大正|昭和|平成|令和)(元|[0-9０-９一二三四五六七八九十〇]+)年([0-9０-９一二三四五六七八九十〇]+)月([0-9０-９一二三四五六七八九十〇]+)日")
    private static let eras: [Substring: Era] = [
        "明治": .meiji, "大正": .taisho, "昭和": .showa, "平成": .heisei, "令和": .reiwa,
    ]

    /// Nil where the 附則 names no day: 規則で定める日から, or nothing.
    /// - Parameters:
    ///   - supplement: the 附則, line by line.
    ///   - promulgated: for 公布の日から.
    package init?(supplement: [String], promulgated: Day?) {
        let text = supplement.joined()
        guard let end = text.firstRange(of: "から施行する") else { return nil }
        let sentence = String(text[..<end.lowerBound].split(separator: "。").last ?? "")
        let days = Self.days(in: sentence.split(separator: "は、").last.map(String.init) ?? sentence)
        guard let day = days.last ?? (sentence.contains("公布の日") ? promulgated : nil) else { return nil }
        self.day = day
        isStaged = text[end.upperBound...].contains("施行する") || sentence.contains("ただし")
    }

    /// The days that a text names.
    static func days(in text: String) -> [Day] {
        written.all(in: text).compactMap { match in
            guard let era = match[1].flatMap({ eras[$0] }), let year = match[2].flatMap(number),
                let month = match[3].flatMap(number),
                let day = match[4].flatMap(number)
            else { return nil }
            return Day(year: era.gregorian(year: year), month: month, day: day)
        }
    }

    private static func number(_ words: Substring) -> Int? {
        var words = words
        return words == "元" ? 1 : NumberScan.number(&words)
    }
}

extension Amendment {
    /// When it comes into force; nil where its 附則 names no day.
    package var effectiveDate: EffectiveDate? {
        EffectiveDate(supplement: supplement, promulgated: head.lazy.flatMap { EffectiveDate.days(in: $0) }.first)
    }
}
