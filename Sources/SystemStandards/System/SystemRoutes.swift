import Core
package import Database
package import HTML
import Web

extension SystemStandards {
    /// 情報システム and データ連携, for every officer to read.
    func addSystemRoutes(to site: inout Site) {
        site.add(MenuItem("情報システム", "/desk/systems", needs: nil))

        site.officer(.get, "/desk/systems", needs: nil) { visit in
            let (systems, contracts, words) = try await database.read { transaction in
                (
                    try LedgerEntry.list(.systems, in: transaction), try LedgerEntry.list(.contracts, in: transaction),
                    try bookWords(in: transaction)
                )
            }
            return .page(
                systemPages(visit, words).list(systems, contracts: contracts, mayWrite: visit.who.may(.writeSystems)))
        }

        site.officer(.get, "/desk/systems/{system}", needs: nil) { visit in
            let system = try await requireEntry(visit.parameter("system"), .systems)
            let (content, words) = try await database.read { transaction in
                let linkages = try LedgerEntry.list(.linkages, in: transaction)
                return (
                    SystemPages.Content(
                        system: system,
                        contracts: try LedgerEntry.list(.contracts, of: system.id.text, in: transaction),
                        linkages: linkages.filter { $0["from"] == system.id.text || $0["to"] == system.id.text },
                        versions: try system.versions(in: transaction), names: try staff.names(transaction),
                        mayWrite: try mayWrite(.systems, about: "", system.values, visit.who, in: transaction)),
                    try bookWords(in: transaction)
                )
            }
            return .page(systemPages(visit, words).system(content))
        }

        site.officer(.get, "/desk/linkages", needs: nil) { visit in
            let (linkages, words) = try await database.read { transaction in
                (try LedgerEntry.list(.linkages, in: transaction), try bookWords(in: transaction))
            }
            return .page(systemPages(visit, words).linkages(linkages, mayWrite: visit.who.may(.writeSystems)))
        }
    }

    private func systemPages(_ visit: Visit<Officer>, _ words: BookWords) -> SystemPages {
        SystemPages(officer: visit.who, town: town, words: words, today: visit.moment.day)
    }

    /// The systems that a procedure is done with.
    @Sendable
    package static func systems(of card: String, in transaction: Transaction) throws -> [(name: String, link: Link)] {
        try LedgerEntry.list(.systems, in: transaction).filter { $0.cards.contains(card) }.map { ($0.name, .entry($0)) }
    }
}
