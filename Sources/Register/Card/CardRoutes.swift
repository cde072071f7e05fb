import Database
package import HTML
import Web

extension Link {
    /// 手続・業務カード, as the staff see it.
    package static func card(_ id: String) -> Link { Link("/desk/cards").below(id) }
}

extension Register {
    /// 手続・業務台帳, for the staff.
    func addCardRoutes(to site: inout Site) {
        site.add(MenuItem("台帳", "/desk/cards", needs: nil, isDaily: true))

        site.officer(.get, "/desk/cards", needs: nil) { visit in
            let cards = try await database.read { try Card.list(.everything, in: $0) }
            return .page(CardPages(officer: visit.who, town: town).list(cards))
        }
    }
}
