import Core
import Database
import Japanese

extension Inbox {
    /// Everything that is asked for besides the words that are looked for.
    private func conditions(in transaction: Transaction) throws -> [SQL] {
        var conditions: [SQL] = ["section IN (\(anyOf: sections))", "submitted_at IS NOT NULL"]
        switch filter.scope(searching: true) {
        case .open: conditions.append(Self.isOpen)
        case .all: break
        case .status(let status): conditions.append(status.condition)
        }
        switch filter.keeper {
        case nil: break
        case .mine: conditions.append("assignee = \(officer.text)")
        case .nobody: conditions.append("assignee IS NULL")
        case .officer(let id): conditions.append("assignee = \(id.text)")
        case .absent:
            let gone = try sections.flatMap { section in try self.absent(from: section, in: transaction) }
            conditions.append("assignee IN (\(anyOf: gone))")
        }
        if let card = filter.card { conditions.append("card = \(card)") }
        if filter.isWaiting { conditions.append("replied_at IS NOT NULL") }
        switch filter.due {
        case nil: break
        case .overdue: conditions.append("due_on > '' AND due_on < \(today) AND status <> 'returned'")
        case .soon: conditions.append("due_on >= \(today) AND due_on <= \(soon) AND status <> 'returned'")
        }
        return conditions + arrivedConditions + otherConditions
    }

    /// Along the numbers: few begin like this, wherever they are due.
    func page(numbered number: String, in transaction: Transaction) throws -> Listing {
        let end = number + "\u{10FFFF}"
        let near = try transaction.rows(
            """
            SELECT \(Item.columns) FROM (
                SELECT \(Item.columns), section, card, channel FROM application
                WHERE number >= \(number) AND number < \(end) ORDER BY number LIMIT \(Self.rowsLookedAt)) AS near
            WHERE \(.all(try conditions(in: transaction))) ORDER BY number LIMIT \(size + 1)
            """)
        var items = try near.map(Item.init)
        let isFull = items.count > size
        if isFull { items.removeLast() }
        return Listing(items: items, next: nil, isCutShort: isFull)
    }

    /// Those whose applicant's name has these words, the newest first.
    func page(named name: String, in transaction: Transaction) throws -> Listing {
        let found = try NameIndex.find(name, after: after?.id, tokens: tokens, in: transaction)
        var items: [Item] = []
        var rest = found.ids[...]
        let conditions = try conditions(in: transaction)
        while let last = rest.first, items.count <= size {
            // Always as many, so that it is one statement.
            let chunk = rest.prefix(Self.chunk)
            rest = rest.dropFirst(Self.chunk)
            let ids = Array(chunk) + Array(repeating: last, count: Self.chunk - chunk.count)
            items += try transaction.rows(
                """
                SELECT \(Item.columns) FROM (
                    SELECT \(Item.columns), section, card, channel FROM application WHERE id IN (\(anyOf: ids))
                    LIMIT \(Self.chunk)) AS near
                WHERE \(.all(conditions)) ORDER BY id DESC
                """
            ).map(Item.init)
        }
        let isFull = items.count > size
        if isFull { items.removeLast(items.count - size) }
        let next = isFull ? items.last?.id.text : found.end
        return Listing(
            items: items, next: next.map { Cursor(key: "", id: $0) }, isCutShort: !isFull && found.end != nil)
    }

    private static let chunk = 100
}
