/// 改め文の場所. Finds what a place of an amending sentence names. Numbers are those at the beginning of the sentence; 同条 and 同項 are
/// what was named last.
struct LocationReader {
    /// What is named.
    struct Target {
        let entry: DraftPlaces.Entry
        var part: Part = .everything
        /// 和室の項: only the rows with this head.
        var row: String?
        /// A place within a table or its 備考 that is no element of its own: the words must stand there once.
        var isLoose = false
    }

    enum Part: Equatable {
        case everything
        /// 各号列記以外の部分, 本文: without its items.
        case own
        case proviso, latter
        case caption
        /// （見出しを含む。）.
        case withCaption
    }

    private let places: DraftPlaces
    private var last = Place()

    init(_ places: DraftPlaces) { self.places = places }

    private static let parts: [(String, Part)] = [
        ("各号列記以外の部分", .own), ("ただし書", .proviso), ("後段", .latter), ("前段", .own), ("本文", .own), ("見出し", .caption),
        ("章名", .caption), ("節名", .caption), ("編名", .caption), ("款名", .caption), ("目名", .caption),
    ]

    /// The elements that the words name.
    /// - Throws: ``Amendment/Trouble/Reason``, with what is not there.
    mutating func targets(_ words: String) throws(Amendment.Missing) -> [Target] {
        var words = words.filter { $0 != " " && $0 != "　" }
        var part = Part.everything
        if words.hasSuffix("（見出しを含む。）") || words.hasSuffix("(見出しを含む。)") {
            words.removeLast(9)
            part = .withCaption
        }
        // 第33条中第9号: what follows 中 is within what stands before it.
        if let inner = words.range(of: "中第"), inner.upperBound < words.endIndex {
            _ = try targets(String(words[..<inner.lowerBound]))
            words = "第" + words[inner.upperBound...]
        }
        if words == "本則" { return whole { $0.place.supplement == 0 && $0.place.appendix == nil } }
        if words == "附則" { return whole { $0.place.supplement == 1 } }
        if words == "目次" { return places.entries.filter { $0.node.kind == .tableOfContents }.map { Target(entry: $0) } }
        if words == "前文" { return places.entries.filter { $0.node.kind == .preamble }.map { Target(entry: $0) } }
        for (ending, found) in Self.parts where words.hasSuffix(ending) {
            words.removeLast(ending.count)
            if words.hasSuffix("の") { words.removeLast() }
            part = found
            break
        }
        var targets = try chains(words)
        if part != .everything { for index in targets.indices { targets[index].part = part } }
        return targets
    }

    private func whole(_ fits: (DraftPlaces.Entry) -> Bool) -> [Target] {
        places.entries.filter { fits($0) && ($0.parent == nil || $0.node.kind == .article) }.map { Target(entry: $0) }
    }

    /// Lists and ranges: 第1条、第3条及び第5条から第7条まで.
    private mutating func chains(_ words: String) throws(Amendment.Missing) -> [Target] {
        var (found, end, isRange) = ([Target](), 0, false)
        let chains = ReferenceToken.chains(in: words)
        guard let first = chains.first?.first, first.bytes.lowerBound == 0 else { return try named(words) }
        for chain in chains {
            let between = words.slice(min(end, chain[0].bytes.lowerBound)..<chain[0].bytes.lowerBound)
            isRange = between.hasPrefix("から")
            end = chain[chain.count - 1].bytes.upperBound
            let target = try self.target(chain, words)
            if isRange, let from = found.last {
                found.removeLast()
                found += try range(from.entry, target.entry, words)
            } else {
                found.append(target)
            }
        }
        let rest = words.slice(end..<words.utf8.count)
        guard !rest.isEmpty, rest != "まで" else { return found }
        // 別表第1中和室の項, 同表備考2.
        guard var target = found.last, target.entry.place.appendix != nil else {
            throw Amendment.Missing("「\(words)」の「\(rest)」が読めません")
        }
        let bare = rest.hasPrefix("の") ? rest.dropFirst() : rest
        if bare.hasSuffix("の項") { target.row = String(bare.dropLast(2)) } else { target.isLoose = true }
        return [target]
    }

    /// 同表, 様式 and others that are no reference.
    private mutating func named(_ words: String) throws(Amendment.Missing) -> [Target] {
        if words.hasPrefix("同表") || words.hasPrefix("同様式") {
            guard let name = last.appendix, let entry = appendix(name) else {
                throw Amendment.Missing("「同表」の前に、表がありません")
            }
            let rest = words.dropFirst(words.hasPrefix("同表") ? 2 : 3)
            var target = Target(entry: entry)
            let bare = rest.hasPrefix("の") ? rest.dropFirst() : rest
            if bare.hasSuffix("の項") { target.row = String(bare.dropLast(2)) } else { target.isLoose = !rest.isEmpty }
            return [target]
        }
        throw Amendment.Missing("「\(words)」という場所が読めません")
    }

    private mutating func target(_ chain: [ReferenceToken], _ words: String) throws(Amendment.Missing) -> Target {
        var place = last
        for (index, token) in chain.enumerated() {
            switch token.kind {
            case .numbered(.article, let number, _):
                place = Place(supplement: index > 0 ? place.supplement : 0, article: number)
            case .numbered(.paragraph, let number, _):
                place = Place(supplement: place.supplement, article: place.article, paragraph: number.parts[0])
            case .numbered(.item, let number, let subitem):
                place = Place(
                    supplement: place.supplement, article: place.article, paragraph: place.paragraph ?? 1, item: number)
                if let subitem { place.subitems = [subitem] }
            case .numbered(.group, _, _): return try group(words, token)
            case .same(.article): place = Place(supplement: place.supplement, article: place.article)
            case .same(.paragraph): (place.item, place.subitems) = (nil, [])
            case .same: place.subitems = []
            case .supplement: place = Place(supplement: 1, article: nil)
            case .appendix(let name):
                guard let entry = appendix(name) else { throw Amendment.Missing("\(name) がありません") }
                last = entry.place
                return Target(entry: entry)
            case .part: break
            default: throw Amendment.Missing("「\(words)」という場所が読めません")
            }
        }
        last = place
        guard let entry = places[place] else { throw Amendment.Missing("\(place.text) がありません") }
        return Target(entry: entry)
    }

    private func appendix(_ name: String) -> DraftPlaces.Entry? {
        let folded = WidthMatch.fold(name)
        let all = places.entries.filter { $0.node.kind == .appendix }
        return all.first { WidthMatch.fold($0.node.label) == folded }
            ?? all.first { WidthMatch.fold($0.node.label).starts(with: folded) }
    }

    private func group(_ words: String, _ token: ReferenceToken) throws(Amendment.Missing) -> Target {
        guard case .numbered(_, let number, _) = token.kind,
            let word = words.slice(token.bytes).first(where: { "編章節款目".contains($0) }),
            let entry = places.entries.first(where: { $0.node.kind.word == String(word) && $0.node.number == number })
        else { throw Amendment.Missing("\(words) がありません") }
        return Target(entry: entry)
    }

    /// All elements beside one another from one to the other.
    private func range(
        _ from: DraftPlaces.Entry, _ to: DraftPlaces.Entry, _ words: String
    ) throws(Amendment.Missing) -> [Target] {
        let kind = from.node.kind
        guard kind == to.node.kind, let start = places.entries.firstIndex(where: { $0.node === from.node }),
            let end = places.entries.firstIndex(where: { $0.node === to.node }), start <= end
        else { throw Amendment.Missing("「\(words)」の範囲が分かりません") }
        return places.entries[start...end].filter { $0.node.kind == kind }.map { Target(entry: $0) }
    }
}

extension String {
    fileprivate func range(of words: String) -> Range<Index>? { firstRange(of: words) }
}
