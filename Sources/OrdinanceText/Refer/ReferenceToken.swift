/// 引用の語. A word of a reference: 第3条, 前項, 同号, 各号.
struct ReferenceToken {
    enum Unit: Equatable {
        case article, paragraph, item
        /// 章, 節 and the like.
        case group
    }

    enum Kind: Equatable {
        case numbered(Unit, OrdinanceNumber, subitem: String?)
        /// 前条, 前2項.
        case previous(Unit, count: Int)
        case allPrevious(Unit)
        case next(Unit)
        case same(Unit)
        case this(Unit)
        /// 各号.
        case everyItem
        case supplement
        case appendix(String)
        /// 前段, 後段, 本文, ただし書: it is a part of what stands before it.
        case part
    }

    let kind: Kind
    let bytes: Range<Int>

    private static let number = "(?:[0-9０-９]+|[一二三四五六七八九十百千]+)"
    private static let pattern = Pattern.sure(
        "第(\(number))(条|條|項|号|編|章|節|款|目)((?:[のノ]\(number)(?![0-9０-９一二三四五六七八九十百千]*[年月日条項号]))*)"
            + "(?:(?<=号)([アイウエオカキクケコサシスセソイロハニホヘトチリヌ])(?![ァ-ヶー]))?"
            + "|前(\(number))?(条|項|号|章|節)|前各(項|号)|(同|次|本|この)(条|項|号)(?![例])|(各号)"
            + "|(附則)(?=第|別)|(別表(?:第\(number)(?:[のノ]\(number))*)?|様式第\(number)号(?:[のノ]\(number))*)"
            + "|(前段|後段|本文|ただし書|各号列記以外の部分)")

    /// The words of a text, those that stand against one another together: 第3条第2項 is one reference.
    static func chains(in text: String) -> [[ReferenceToken]] {
        all(in: text).reduce(into: []) { chains, token in
            if let end = chains.last?.last?.bytes.upperBound, end == token.bytes.lowerBound {
                chains[chains.count - 1].append(token)
            } else {
                chains.append([token])
            }
        }
    }

    static func all(in text: String) -> [ReferenceToken] {
        guard may.fits(text) else { return [] }
        let quoted = quote.all(in: text).map(\.whole)
        return pattern.all(in: text).compactMap { match in
            // What is quoted is somebody else's words: those of 読替え and of amendments.
            guard let kind = kind(match), !quoted.contains(where: { $0.contains(match.whole.lowerBound) }) else {
                return nil
            }
            // 昭和22年法律第67号 is the number of a law.
            if case .numbered(.item, _, _) = kind,
                lawNumber.fits(String(text.slice(0..<match.whole.lowerBound).suffix(40)))
            {
                return nil
            }
            return ReferenceToken(kind: kind, bytes: match.whole)
        }
    }

    private static let may = Pattern.sure("[第前次同各][0-9０-９一二三四五六七八九十百条項号各]|この条|本条|別表|様式|ただし書|段|本文")
    private static let lawNumber = Pattern.sure(
        "(?:法律|条例|規則|令|告示|訓令|規程|要綱|布告|達|訓|甲|乙)$|(?:明治|大正|昭和|平成|令和)[^、。「」（）()]*$")
    private static let quote = Pattern.sure("「[^「」]*(?:「[^「」]*」[^「」]*)*」")

    private static func kind(_ match: Pattern.Match) -> Kind? {
        if let number = match[1].flatMap(int), let word = match[2] {
            var (parts, branches) = ([number], match[3] ?? "")
            while let branch = NumberScan.branch(&branches) { parts.append(branch) }
            return .numbered(unit(word), OrdinanceNumber(parts), subitem: match[4].map(String.init))
        }
        if let word = match[6] { return .previous(unit(word), count: match[5].flatMap(int) ?? 1) }
        if let word = match[7] { return .allPrevious(unit(word)) }
        if let mark = match[8], let word = match[9] {
            switch mark {
            case "同": return .same(unit(word))
            case "次": return .next(unit(word))
            default: return .this(unit(word))
            }
        }
        if match[10] != nil { return .everyItem }
        if match[11] != nil { return .supplement }
        if let name = match[12] { return .appendix(String(name)) }
        return match[13] == nil ? nil : .part
    }

    private static func int(_ words: Substring) -> Int? {
        var words = words
        return NumberScan.number(&words)
    }

    private static func unit(_ word: Substring) -> Unit {
        switch word {
        case "条", "條": .article
        case "項": .paragraph
        case "号": .item
        default: .group
        }
    }
}
