import Core
import Database
import Web

extension Register {
    /// サービスカタログ, for whoever wants it: search engines, other systems, other towns.
    func addCatalogueRoutes(to site: inout Site) {
        site.anyone(.get, "/opendata/services.json") { visit in
            let json = Array(try await catalogue().utf8)
            return .file(
                Download(type: "application/json; charset=utf-8", name: "services.json", isShown: true) {
                    $0 == 0 ? json : nil
                })
        }
    }

    /// The catalogue of everything that residents can find, as JSON by GIF DS-451-4.
    package func catalogue() async throws -> String {
        try await database.read { transaction in
            let isOnline = Set(try online.minutes(transaction).keys)
            let changes = try CardVersion.changes(in: transaction)
            return ServiceCatalogue.json(
                try Card.list(in: transaction).filter { $0.kind != .process }.map { card in
                    ServiceCatalogue.service(
                        card, town, origin: origin, changed: changes[card.id]?.day, isOnline: isOnline.contains(card.id)
                    )
                })
        }
    }
}
