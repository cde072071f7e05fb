import Core

/// 違い. What stands otherwise in one place of a card, in words.
package struct CardDifference: Sendable, Equatable {
    /// 手続名 …
    package let name: String
    /// Blank for unknown.
    package let before: String
    package let after: String

    package init(name: String, before: String, after: String) {
        (self.name, self.before, self.after) = (name, before, after)
    }

    /// 「手続名: 犬の登録 → 犬の登録（新）」.
    package var words: String {
        "\(name): \(before.isEmpty ? "不明" : before) → \(after.isEmpty ? "不明" : after)"
    }
}

extension Card {
    /// How another state of this card differs from it, place by place.
    func differences(to other: Card, _ town: Town) -> [CardDifference] {
        let columns = CardColumns(town).all.compactMap { column -> CardDifference? in
            let (before, after) = (Cell.plain(column.read(self)), Cell.plain(column.read(other)))
            return before == after ? nil : CardDifference(name: column.name, before: before, after: after)
        }
        let tables = CardTable.all(town).compactMap { table -> CardDifference? in
            let (before, after) = (table.lines(of: self), table.lines(of: other))
            guard before != after else { return nil }
            func words(_ lines: [String]?, without others: [String]?) -> String {
                guard let lines else { return "" }
                if lines.isEmpty { return table.none }
                let own = lines.enumerated().filter { others?.contains($0.element) != true }
                return own.isEmpty
                    ? "（\(lines.count)行）" : own.map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
            }
            return CardDifference(
                name: table.name, before: words(before, without: after), after: words(after, without: before))
        }
        return columns + tables + catalogueDifferences(to: other)
    }

    private func catalogueDifferences(to other: Card) -> [CardDifference] {
        let names = Set((catalogue ?? [:]).keys).union((other.catalogue ?? [:]).keys).sorted()
        return names.compactMap { name in
            let (before, after) = (catalogue?[name] ?? "", other.catalogue?[name] ?? "")
            return before == after
                ? nil : CardDifference(name: "サービスカタログの「\(name)」", before: before, after: after)
        }
    }
}
