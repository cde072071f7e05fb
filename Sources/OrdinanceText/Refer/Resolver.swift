/// Tells what the references of an ordinance mean. It never guesses: what is not there is unresolved, with the reason.
struct Resolver {
    private let clauses: [Clause]
    private let places: Set<Place>
    /// The articles of the main provisions and of each 附則, in order.
    private let articles: [Int: [OrdinanceNumber]]
    private let laws: [String: String]
    private let parent: String?

    /// What was named last, for 同条 and for 及び第2項.
    private enum Last {
        case here(Place)
        case elsewhere(String, Place)
    }

    private var last: Last?
    private var lastEnd = 0
    private var lastName: String?

    init(_ clauses: [Clause], _ definitions: [Definition], title: String) {
        self.clauses = clauses
        var (places, articles) = (Set<Place>(), [Int: [OrdinanceNumber]]())
        for clause in clauses {
            var place = clause.place
            places.insert(place)
            place.subitems = []
            places.insert(place)
            place.item = nil
            places.insert(place)
            place.paragraph = nil
            places.insert(place)
            if let article = place.article, articles[place.supplement]?.last != article {
                articles[place.supplement, default: []].append(article)
            }
        }
        (self.places, self.articles) = (places, articles)
        laws = definitions.reduce(into: [:]) { if let law = $1.law { $0[$1.term] = law } }
        // 三郷市屋外広告物条例施行規則 means 三郷市屋外広告物条例 by 条例.
        parent =
            ["施行規則", "施行規程", "施行細則"].lazy.compactMap { title.hasSuffix($0) ? String(title.dropLast($0.count)) : nil }
            .first
    }

    mutating func references(of index: Int) -> [Reference] {
        let clause = clauses[index]
        let chains = ReferenceToken.chains(in: clause.text)
        (last, lastEnd, lastName) = (nil, 0, nil)
        let named = ReferenceNames.laws(in: clause.text)
        var (found, open) = ([Reference](), Int?.none)
        for chain in chains {
            guard let first = chain.first, let end = chain.last?.bytes.upperBound else { continue }
            let bytes = first.bytes.lowerBound..<end
            let gap = clause.text.slice(min(lastEnd, bytes.lowerBound)..<bytes.lowerBound)
            let between = Self.bare(gap)
            if between.isEnd { open = nil }
            // 第19条（第6号を除く。） is about 第19条 within the brackets, too.
            let continues =
                !found.isEmpty
                && (between.isInBrackets || Self.joints.contains { between.words.utf8.elementsEqual($0.utf8) })
            if let law = named.last(where: { $0.bytes < bytes.lowerBound }), law.bytes >= lastEnd {
                lastName = law.name
            }
            guard
                let target = target(
                    of: chain, clause, continues: continues, before: clause.text.slice(0..<bytes.lowerBound))
            else { continue }
            let words = String(clause.text.slice(bytes))
            lastEnd = end
            if between.words.utf8.elementsEqual("から".utf8), let start = open,
                case .here(let from, false) = found[start].target,
                case .here(let to, false) = target
            {
                let whole = found[start].bytes.lowerBound..<end
                found[start] = Reference(
                    words: String(clause.text.slice(whole)), bytes: whole,
                    target: .here([from[0], to[to.count - 1]], isRange: true))
                continue
            }
            found.append(Reference(words: words, bytes: bytes, target: target))
            open = found.count - 1
        }
        return found
    }

    private static let joints = ["及び", "並びに", "又は", "若しくは", "、", "，", "から", "・", ""]

    /// What stands between two references, without brackets, spaces and the end of a range.
    private struct Between {
        var words = ""
        /// Nothing but the opening of a bracket: what follows is about what stands before.
        var isInBrackets = false
        var isEnd = false
    }

    private static func bare(_ gap: Substring) -> Between {
        var (between, words, depth) = (Between(), String.UnicodeScalarView(), 0)
        for scalar in gap.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x3000: continue
            // （ (
            case 0xFF08, 0x28: depth += 1
            // ） )
            case 0xFF09, 0x29: depth -= 1
            default:
                // 。
                if scalar.value == 0x3002 { between.isEnd = true }
                if depth == 0 { words.append(scalar) }
            }
            // What is longer joins nothing.
            if words.count > 6, between.isEnd { break }
        }
        between.isInBrackets = depth > 0 && words.isEmpty
        let text = String(words)
        between.words = text.utf8.starts(with: "まで".utf8) ? String(text.unicodeScalars.dropFirst(2)) : text
        return between
    }

    private mutating func target(
        of chain: [ReferenceToken], _ clause: Clause, continues: Bool, before: Substring
    ) -> Reference.Target? {
        switch chain[0].kind {
        case .part: return nil
        case .numbered(.group, _, _), .previous(.group, _): return nil
        case .numbered(.article, _, _), .supplement, .appendix:
            switch ReferenceNames.name(before: before) {
            case .name(let name): return elsewhere(name, chain)
            case .same:
                guard let lastName else { return .unresolved("「同法」などの前に、法や条例の名前がありません") }
                return elsewhere(lastName, chain)
            case .own: break
            case nil:
                if continues, case .elsewhere(let name, _) = last { return elsewhere(name, chain) }
                if clause.place.supplement > 1, case .numbered = chain[0].kind, !ReferenceNames.isAmended(before) {
                    return .unresolved("改正の附則の中の条で、どの例規の条かが書いてありません")
                }
            }
        case .same(.article), .same(.paragraph), .same(.item), .numbered(.paragraph, _, _), .numbered(.item, _, _),
            .everyItem:
            let goesOn = if case .same = chain[0].kind { true } else { continues }
            if goesOn, case .elsewhere(let name, let place) = last {
                return remember(name, refined(place, chain, clause))
            }
        default: break
        }
        return here(chain, clause, continues: continues)
    }

    private mutating func elsewhere(_ name: String, _ chain: [ReferenceToken]) -> Reference.Target {
        lastName = name
        return remember(laws[name] ?? (name == "条例" ? parent ?? name : name), refined(Place(), chain, nil))
    }

    private mutating func remember(_ name: String, _ place: Place) -> Reference.Target {
        last = .elsewhere(name, place)
        return .elsewhere(name: name, place == Place() ? nil : place)
    }

    /// A place with the numbers of the words put in, each within what stands before it.
    private func refined(_ start: Place, _ chain: [ReferenceToken], _ clause: Clause?) -> Place {
        var place = start
        for token in chain {
            switch token.kind {
            case .numbered(.article, let number, _): place = Place(supplement: place.supplement, article: number)
            case .numbered(.paragraph, let number, _):
                (place.paragraph, place.item, place.subitems) = (number.parts[0], nil, [])
            case .numbered(.item, let number, let subitem):
                (place.item, place.subitems) = (number, subitem.map { [$0] } ?? [])
            case .same(.article): (place.paragraph, place.item, place.subitems) = (nil, nil, [])
            case .same(.paragraph): (place.item, place.subitems) = (nil, [])
            case .supplement: place = Place(supplement: 1, article: nil)
            case .appendix(let name): place.appendix = name
            default: break
            }
        }
        return place
    }

    private mutating func here(_ chain: [ReferenceToken], _ clause: Clause, continues: Bool) -> Reference.Target {
        var base = clause.place.root
        let goesOn: Bool
        switch chain[0].kind {
        case .same: goesOn = true
        case .numbered(.paragraph, _, _), .numbered(.item, _, _): goesOn = continues
        default: goesOn = false
        }
        if goesOn {
            guard case .here(let place) = last else {
                return .unresolved("「\(word(chain[0].kind))」の前に、指すものがありません")
            }
            base = place
        } else if case .numbered(.item, _, _) = chain[0].kind {
            base.paragraph = clause.place.paragraph
        } else if case .numbered(.article, _, _) = chain[0].kind {
            base = Place()
        } else if case .appendix = chain[0].kind {
            base = Place()
        }
        let targets: [Place]
        do throws(Missing) {
            targets = try first(chain[0].kind, base, clause).map { refined($0, Array(chain.dropFirst()), clause) }
        } catch {
            return .unresolved(error.reason)
        }
        if let final = targets.last { last = .here(final) }
        for place in targets where !isThere(place) { return .unresolved("\(place.text) はこの例規にありません") }
        return .here(targets, isRange: targets.count == 2)
    }

    private struct Missing: Error { let reason: String }

    /// What the first word of a reference means; two places are the ends of a range.
    private func first(_ kind: ReferenceToken.Kind, _ base: Place, _ clause: Clause) throws(Missing) -> [Place] {
        let own = clause.place
        switch kind {
        case .numbered(let unit, let number, let subitem):
            var place = base
            switch unit {
            case .article: place = Place(supplement: base.supplement, article: number)
            case .paragraph: (place.paragraph, place.item, place.subitems) = (number.parts[0], nil, [])
            case .item:
                if place.paragraph == nil { place.paragraph = onlyParagraph(of: place) }
                (place.item, place.subitems) = (number, subitem.map { [$0] } ?? [])
            case .group: break
            }
            return [place]
        case .previous(let unit, let count): return try earlier(unit, count, own)
        case .allPrevious(.paragraph):
            guard let number = own.paragraph, number > 1 else { throw Missing(reason: "前の項がありません") }
            return span(Place(supplement: own.supplement, article: own.article, paragraph: 1), paragraph: number - 1)
        case .allPrevious: return [Place(supplement: own.supplement, article: own.article, paragraph: own.paragraph)]
        case .next(let unit): return try later(unit, own)
        case .same, .this(.paragraph), .this(.item), .everyItem:
            var place = base
            if case .everyItem = kind { place.paragraph = place.paragraph ?? own.paragraph }
            if case .this(.paragraph) = kind { place.paragraph = own.paragraph }
            return [place]
        case .this: return [own.root]
        case .supplement: return [Place(supplement: max(1, own.supplement), article: nil)]
        case .appendix(let name):
            var place = Place()
            place.appendix = name
            return [place]
        case .part: return [base]
        }
    }

    private func span(_ start: Place, paragraph: Int) -> [Place] {
        var end = start
        end.paragraph = paragraph
        return paragraph == start.paragraph ? [start] : [start, end]
    }

    /// 前条, 前2項, 前号.
    private func earlier(_ unit: ReferenceToken.Unit, _ count: Int, _ own: Place) throws(Missing) -> [Place] {
        switch unit {
        case .article:
            let all = articles[own.supplement] ?? []
            guard let article = own.article, let index = all.firstIndex(of: article), index >= count else {
                throw Missing(reason: "前の条がありません")
            }
            let ends = [all[index - count], all[index - 1]].map { Place(supplement: own.supplement, article: $0) }
            return count == 1 ? [ends[0]] : ends
        case .paragraph:
            guard let number = own.paragraph, number > count else { throw Missing(reason: "前の項がありません") }
            return span(
                Place(supplement: own.supplement, article: own.article, paragraph: number - count),
                paragraph: number - 1)
        case .item:
            let items = clauses.filter {
                $0.kind == .item
                    && Place(supplement: $0.place.supplement, article: $0.place.article, paragraph: $0.place.paragraph)
                        == Place(supplement: own.supplement, article: own.article, paragraph: own.paragraph)
            }.compactMap(\.place.item)
            guard let item = own.item, let index = items.firstIndex(of: item), index >= count else {
                throw Missing(reason: "前の号がありません")
            }
            let ends = [items[index - count], items[index - 1]].map {
                Place(supplement: own.supplement, article: own.article, paragraph: own.paragraph, item: $0)
            }
            return count == 1 ? [ends[0]] : ends
        case .group: throw Missing(reason: "章や節です")
        }
    }

    private func later(_ unit: ReferenceToken.Unit, _ own: Place) throws(Missing) -> [Place] {
        switch unit {
        case .article:
            let all = articles[own.supplement] ?? []
            guard let article = own.article, let index = all.firstIndex(of: article), index + 1 < all.count else {
                throw Missing(reason: "次の条がありません")
            }
            return [Place(supplement: own.supplement, article: all[index + 1])]
        case .paragraph:
            return [Place(supplement: own.supplement, article: own.article, paragraph: (own.paragraph ?? 0) + 1)]
        case .item:
            guard let item = own.item else { throw Missing(reason: "次の号がありません") }
            return [
                Place(
                    supplement: own.supplement, article: own.article, paragraph: own.paragraph,
                    item: OrdinanceNumber(item.parts[0] + 1))
            ]
        case .group: throw Missing(reason: "章や節です")
        }
    }

    /// 第1条第2号 is that of its only 項.
    private func onlyParagraph(of place: Place) -> Int? {
        places.contains(Place(supplement: place.supplement, article: place.article, paragraph: 1)) ? 1 : nil
    }

    private func isThere(_ place: Place) -> Bool {
        if places.contains(place) { return true }
        var place = place
        if let appendix = place.appendix {
            return places.contains { $0.appendix.map { $0.hasPrefix(appendix) || appendix.hasPrefix($0) } ?? false }
        }
        if place.supplement > 0, place.article == nil { return places.contains { $0.supplement > 0 } }
        if place.item != nil, place.paragraph == nil { place.paragraph = 1 }
        return places.contains(place)
    }

    private func word(_ kind: ReferenceToken.Kind) -> String {
        switch kind {
        case .same(.article): "同条"
        case .same(.paragraph): "同項"
        case .same: "同号"
        default: "項・号"
        }
    }
}
