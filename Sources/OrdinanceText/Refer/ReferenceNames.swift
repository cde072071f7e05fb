/// The name of the law or ordinance that stands before a reference.
enum ReferenceNames {
    private static let endings = [
        "法", "法律", "条例", "規則", "規程", "要綱", "要領", "政令", "省令", "府令", "令", "憲法", "告示", "訓令", "基準", "協定", "規約",
    ]
    private static let own = [
        "この条例", "本条例", "この規則", "本規則", "この要綱", "本要綱", "この規程", "本規程", "この告示", "この訓令", "この法律", "この要領", "この省令", "この政令",
    ]

    private static let lastLetters = Set(endings.compactMap { $0.unicodeScalars.last })

    /// Nil where what stands before is no name; `own` where it is this ordinance.
    enum Name: Equatable {
        case own
        /// 同法, 同条例.
        case same
        case name(String)
    }

    /// - Parameter before: the text up to the reference.
    static func name(before text: Substring) -> Name? {
        // Only the end is looked at: no name is longer.
        var rest = text.suffixScalars(400).trimmedEnd
        // 法（昭和22年法律第67号）第2条, 法《見出し》第2条.
        while let last = rest.last, let open = ["）": "（", ")": "(", "》": "《"][last].map(Character.init) {
            var (depth, index) = (0, rest.endIndex)
            repeat {
                index = rest.index(before: index)
                if rest[index] == last { depth += 1 } else if rest[index] == open { depth -= 1 }
            } while depth > 0 && index > rest.startIndex
            guard depth == 0 else { return nil }
            rest = rest[..<index].trimmedEnd
        }
        guard let last = rest.unicodeScalars.last, lastLetters.contains(last) else { return nil }
        if own.contains(where: { rest.hasSuffix($0) && !rest.dropLast($0.count).endsInKanji }) { return .own }
        guard let ending = endings.last(where: { rest.hasSuffix($0) }) else { return nil }
        if rest.dropLast(ending.count).last == "同" { return .same }
        let name = rest.reversed().prefix { !"、。「」（）() 　\t《》".contains($0) }.prefix(90)
        let trimmed = trimmed(String(name.reversed()))
        return trimmed.isEmpty ? nil : .name(trimmed)
    }

    private static let dated = Pattern.sure("[（(](?:明治|大正|昭和|平成|令和)")
    private static let numbered = Pattern.sure(
        "([^、。「」（）() 　]{2,80}) ?[（(](?:明治|大正|昭和|平成|令和)[^（）()]{1,12}年[^（）()]{1,30}第[^（）()]{1,8}号")
    private static let amended = Pattern.sure("(?:改正後|改正前|改正)の(?:[^、。]{0,40})?$|[新旧]条例$")

    /// The laws that a text names with their numbers, and where.
    static func laws(in text: String) -> [(name: String, bytes: Int)] {
        guard dated.fits(text) else { return [] }
        return numbered.all(in: text).compactMap { match in
            match[1].map { (trimmed(String($0)), match.whole.lowerBound) }
        }
    }

    /// True behind 改正後の: the provisions of the ordinance itself, as they are then.
    static func isAmended(_ before: Substring) -> Bool { amended.fits(String(before.suffix(60))) }

    /// Without the words that lead to a name: 及び, 市長は.
    static func trimmed(_ name: String) -> String {
        var name = name[...]
        for word in ["及び", "並びに", "又は", "若しくは", "かつ"] where name.hasPrefix(word) && name.count > word.count + 1 {
            name = name.dropFirst(word.count)
        }
        for mark in ["は", "が", "を"] {
            if let place = name.lastIndex(of: Character(mark)), name[name.index(after: place)...].count > 1,
                !name[name.index(after: place)...].hasPrefix("図る")
            {
                name = name[name.index(after: place)...]
            }
        }
        return String(name)
    }
}

extension Substring {
    fileprivate var trimmedEnd: Substring {
        var end = endIndex
        while end > startIndex {
            let before = unicodeScalars.index(before: end)
            guard unicodeScalars[before].value == 0x20 || unicodeScalars[before].value == 0x3000 else { break }
            end = before
        }
        return self[..<end]
    }

    /// 見本条例 is not 本条例.
    fileprivate var endsInKanji: Bool {
        unicodeScalars.last.map { (0x4E00...0x9FFF).contains($0.value) } ?? false
    }

    fileprivate func suffixScalars(_ count: Int) -> Substring {
        Substring(unicodeScalars.suffix(count))
    }
}
