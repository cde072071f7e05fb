import Core
import Register

extension TownFolder {
    /// What is wrong with the cards taken together, each with its mend: ids and references are used once, sections are the
    /// town's, facts can be kept.
    static func findings(
        in cards: [Card], facts: [Card.ID: [WrittenFact]], sections: Set<String>, folder: String
    ) -> [String] {
        let each = cards.flatMap { card in
            findings(in: card, sections: sections) + (facts[card.id] ?? []).compactMap { $0.finding(in: card.id) }
        }
        return (each + duplicates(in: cards)).map { "\(folder): \($0)" }
    }

    private static func findings(in card: Card, sections: Set<String>) -> [String] {
        let known = [
            ("section", [card.section]), ("co_sections", card.coSections ?? []),
            ("approval の order", card.approval?.order ?? []),
        ]
        let unknown = known.flatMap { key, named in
            named.filter { !sections.contains($0) }.map {
                "手続き「\(card.id)」の \(key)「\($0)」が、town.yaml の sections にありません"
            }
        }
        let order = card.approval?.order ?? []
        let twice = order.filter { section in order.count { $0 == section } > 1 }
        let repeated = Set(twice).sorted().map { "手続き「\(card.id)」の approval の order に「\($0)」が2回あります。1回にしてください" }
        let portals = (card.links ?? []).filter { $0.kind == .portal && $0.address == nil }.map {
            "手続き「\(card.id)」の links の「\($0.name)」には、reference に https:// で始まるアドレスを書いてください"
        }
        return unknown + repeated + portals
    }

    private static func duplicates(in cards: [Card]) -> [String] {
        let same = Dictionary(grouping: cards, by: \.id).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        let ids = same.map { "id「\($0.key)」の手続きが \($0.value.count) つあります。別の id にしてください" }
        let named = cards.flatMap { card in
            (card.references ?? []).map { (name: "\($0.scheme.rawValue) の「\($0.id)」", card: card.id) }
        }
        let shared = Dictionary(grouping: named, by: \.name).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        return ids
            + shared.map { name, uses in
                let cards = uses.map { "「\($0.card)」" }.joined()
                return "references の \(name)が、\(cards)に書かれています。1つの手続きだけに書いてください"
            }
    }
}

extension WrittenFact {
    /// What is wrong with it, or nil.
    fileprivate func finding(in card: Card.ID) -> String? {
        do {
            _ = try fact(of: card, at: Moment(milliseconds: 0))
            return nil
        } catch let refused as Refused {
            return refused.words[.ja]
        } catch {
            return "\(card): \(error)"
        }
    }
}
