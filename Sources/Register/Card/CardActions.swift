package import Core
import Database
import Japanese

extension Register {
    /// カードの変更. Changes a card as somebody who saw a version of it, and gives the version it is now.
    ///
    /// Throws ``CardRefusal``: where somebody else changed one of the same columns or tables since, where a fault was found, or
    /// where it is not this person's to change.
    /// - Parameter places: the keys of the columns and tables that are changed; nil for all.
    package func change(
        _ id: Card.ID, seen: Int?, places: Set<String>?, note: String, by editor: CardEditor, at moment: Moment,
        _ edit: @escaping @Sendable (inout Card) throws -> [CardFault]
    ) async throws {
        try await database.write { transaction in
            guard let (before, version) = try Card.current(id, in: transaction) else { throw CardRefusal.notFound }
            var after = before
            var faults = try edit(&after)
            faults += CardColumns(town).settle(&after).map { CardFault($0.key, $0.fault.words) }
            if let refusal = editor.refusal(from: before, to: after) {
                // What can be mended in the form is said there.
                if refusal.key == nil { throw CardRefusal.notYours(refusal.words) }
                faults.append(refusal)
            }
            guard faults.isEmpty else { throw CardRefusal.faults(faults) }
            // The same press again changes nothing, whatever it saw.
            guard try before.document != after.document else { return transaction.keepHouse("nothing changed") }
            if seen != version {
                guard let seen, let base = try CardVersion.find(id, seen, in: transaction)?.content else {
                    throw CardRefusal.overtaken
                }
                let changed = base.places(changedIn: before, town)
                guard let places, changed.isDisjoint(with: places) else { throw CardRefusal.overtaken }
            }
            try after.save(noting: note, by: editor.actor, at: moment, in: transaction)
        }
    }

    /// カードの登録. A new card with what is known when it begins.
    package func create(_ card: Card, by editor: CardEditor, at moment: Moment) async throws {
        try await database.write { transaction in
            var card = card
            var faults = CardColumns(town).settle(&card).map { CardFault($0.key, $0.fault.words) }
            if let fault = Card.faultOfName(card.id) { faults.insert(CardFault("id", fault.words), at: 0) }
            if let refusal = editor.refusal(from: nil, to: card) { faults.append(refusal) }
            if let known = try Card.find(card.id, in: transaction) {
                // The same press again is the same card.
                if try known.document == card.document { return transaction.keepHouse("nothing changed") }
                faults.append(CardFault("id", CardRefusal.exists.words[.ja]))
            }
            guard faults.isEmpty else { throw CardRefusal.faults(faults) }
            try card.save(noting: "登録", by: editor.actor, at: moment, in: transaction)
        }
    }

    /// 以前の版に戻す. The card as it was becomes a new version.
    package func revert(
        _ id: Card.ID, to number: Int, seen: Int?, by editor: CardEditor, at moment: Moment
    ) async throws {
        guard let version = try await database.read({ try CardVersion.find(id, number, in: $0) }) else {
            throw CardRefusal.notFound
        }
        let content = try version.content
        try await change(id, seen: seen, places: nil, note: "第\(number)版に戻しました", by: editor, at: moment) { card in
            card = content
            return []
        }
    }

    /// A card as an officer may change it.
    func editable(_ id: Card.ID, by officer: Officer) async throws -> (card: Card, version: Int) {
        guard let found = try await database.read({ try Card.current(id, in: $0) }) else { throw CardRefusal.notFound }
        guard CardEditor.officer(officer).may(edit: found.card) else { throw Refused.notYours }
        return found
    }
}

extension Card {
    /// Why a name cannot be a card's: short names for addresses, such as `dog-registration`.
    static func faultOfName(_ id: String) -> CellFault? {
        let isPlain = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isPlain, (2...60).contains(id.utf8.count), !id.hasPrefix("-"), !id.hasSuffix("-") else {
            return CellFault("識別名は、英小文字・数字・- の2〜60文字にしてください。例: dog-registration")
        }
        guard !reserved.contains(id) else { return CellFault("「\(id)」は使えません。別の識別名にしてください") }
        return nil
    }

    /// Names of pages that stand beside the cards.
    private static let reserved: Set = ["new", "import", "numbers", "inventory"]

    /// The keys of the columns and tables in which another state of it differs.
    func places(changedIn other: Card, _ town: Town) -> Set<String> {
        let columns = CardColumns(town).all.filter { Cell.plain($0.read(self)) != Cell.plain($0.read(other)) }
        let tables = CardTable.all(town).filter { $0.lines(of: self) != $0.lines(of: other) }
        return Set(columns.map(\.key) + tables.map(\.id))
    }
}
