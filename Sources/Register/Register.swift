package import Core
package import Database
package import HTML
package import Web

/// 手続・業務台帳. One card for each procedure; everything else is an edge from a card.
package struct Register: RoutedFeature {
    let database: Database
    let town: Town
    let online: OnlineWay

    package static let migrations = Card.migrations
    package let jobs: [JobHandler] = []
    package let eventNames = ["card.saved": "手続カードの保存"]

    /// - Parameter online: what the room of online applications knows of a card.
    package init(database: Database, town: Town, online: OnlineWay) {
        (self.database, self.town, self.online) = (database, town, online)
    }

    package func addRoutes(to site: inout Site) { addProcedureRoutes(to: &site) }
}

/// オンラインの入口. How a procedure is begun here, told by the room that takes applications.
package struct OnlineWay: Sendable {
    /// The cards that can be applied for now, each with the minutes that filling in takes.
    package let minutes: @Sendable (Transaction) throws -> [Card.ID: Int]
    /// The same of one card; nil if it cannot be applied for now.
    package let minutesOf: @Sendable (Card.ID, Transaction) throws -> Int?
    /// Where a post begins an application.
    package let start: @Sendable (Card.ID) -> Link

    package init(
        minutes: @escaping @Sendable (Transaction) throws -> [Card.ID: Int],
        minutesOf: @escaping @Sendable (Card.ID, Transaction) throws -> Int?,
        start: @escaping @Sendable (Card.ID) -> Link
    ) {
        (self.minutes, self.minutesOf, self.start) = (minutes, minutesOf, start)
    }
}
