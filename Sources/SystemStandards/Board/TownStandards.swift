package import Core
package import Database

/// 町の標準化のデータ. What a town's folder says of its systems: `standards.yaml`.
package struct TownStandards: Sendable, Decodable {
    let published: Published?
    let sections: [String: String]?
    let systems: [Entry]?

    /// 公表された進捗.
    struct Published: Sendable, Decodable {
        let month: String
        let source: String
        /// For each task by its id: the town's rate and the nation's mean.
        let rates: [String: [Double]]
    }

    /// An entry of the register of systems, with its contracts.
    struct Entry: Sendable, Decodable {
        let values: [String: String]
        let contracts: [[String: String]]?
    }

    /// As it is kept, and what is wrong with it, each with its place.
    package func read(sections known: Set<String>, cards: Set<String>) -> (standards: TownStandards, findings: [String])
    {
        var findings: [String] = []
        for (id, rates) in published?.rates ?? [:] {
            if StandardBusiness(rawValue: id) == nil { findings.append("published.rates の「\(id)」という業務はありません") }
            if rates.count != 2 || rates.contains(where: { !(0...1).contains($0) }) {
                findings.append("published.rates.\(id) は、町と全国の 0 から 1 までの数を2つ書いてください")
            }
        }
        for (id, section) in sections ?? [:] {
            if StandardBusiness(rawValue: id) == nil { findings.append("sections の「\(id)」という業務はありません") }
            if !known.contains(section) { findings.append("sections.\(id) の「\(section)」という課はありません") }
        }
        let words = BookWords(sections: known.map { ($0, $0) }, systems: [], cards: cards.map { ($0, $0) })
        func read(_ values: [String: String], _ book: Book, at place: String) -> [String: String] {
            findings += values.keys.filter { book.field($0) == nil }.map { "\(place): 「\($0)」という欄はありません" }
            return book.fields.reduce(into: [:]) { kept, field in
                do throws(StandardsRefusal) {
                    let value = try words.read(values[field.id] ?? "", field)
                    if !value.isEmpty { kept[field.id] = value }
                } catch {
                    findings.append("\(place): \(error.words[.ja])")
                }
            }
        }
        let entries = (systems ?? []).enumerated().map { index, entry in
            Entry(
                values: read(entry.values, .systems, at: "systems[\(index)].values"),
                contracts: (entry.contracts ?? []).enumerated().map { number, contract in
                    read(contract, .contracts, at: "systems[\(index)].contracts[\(number)]")
                })
        }
        return (TownStandards(published: published, sections: sections, systems: entries), findings.sorted())
    }

    /// Puts it into the database. Sections and systems only where there are none yet: what an officer wrote stays.
    package func install(at moment: Moment, in transaction: Transaction) throws {
        transaction.keepHouse("what a town's folder says of its systems")
        for (business, rates) in published?.rates ?? [:] where rates.count == 2 {
            try transaction.run(
                """
                INSERT INTO published_progress (month, business, town, nation, source)
                VALUES (\(published?.month), \(business), \(rates[0]), \(rates[1]), \(published?.source))
                ON CONFLICT (month, business) DO UPDATE SET town = excluded.town, nation = excluded.nation,
                    source = excluded.source
                """)
        }
        for (business, section) in sections ?? [:] {
            try transaction.run(
                """
                INSERT INTO business_section (business, section) VALUES (\(business), \(section))
                ON CONFLICT (business) DO NOTHING
                """)
        }
        guard try !transaction.exists("SELECT 1 FROM ledger_entry WHERE book = 'systems' LIMIT 1") else { return }
        for entry in systems ?? [] {
            let system = LedgerEntry(
                id: .init(), book: Book.systems.id, parent: "", revision: 1, values: entry.values, at: moment)
            try system.save(by: .system, at: moment, in: transaction)
            for values in entry.contracts ?? [] {
                try LedgerEntry(
                    id: .init(), book: Book.contracts.id, parent: system.id.text, revision: 1, values: values,
                    at: moment
                ).save(by: .system, at: moment, in: transaction)
            }
        }
    }
}
