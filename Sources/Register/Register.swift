package import Core
package import Database
package import HTML
package import Japanese
package import Web

/// 手続・業務台帳. One card for each procedure; everything else is an edge from a card.
package struct Register: RoutedFeature {
    let database: Database
    let town: Town
    let online: OnlineWay
    let numbers: CaseNumbers
    /// What the room of systems knows.
    let systems: CardLinks
    /// What the room of ordinances knows.
    let ordinances: CardLinks
    /// What the room of governance knows: actions and loops.
    let governance: CardLinks
    /// What becomes of voices there.
    let stories: VoiceStories
    let publicShelf = PublicShelf()
    let serviceShelf = ServiceShelf()
    let vault: Vault
    let finders = FinderShelf()
    let staff: StaffDirectory
    /// Where the town's pages are, such as `https://www.example.lg.jp`.
    let origin: String
    /// Voices from one address.
    let voiceLimit = RateLimit(20, perSeconds: 600)

    package static let migrations = Card.migrations
    /// Tables that came later than those of other rooms.
    package static let laterMigrations = Voice.migrations
    /// Tables that came after those.
    package static let newestMigrations =
        CardFact.migrations + LevelException.migrations + LevelRecord.migrations + CardVersion.migrations
        + SheetUpload.migrations + InventoryAnswer.migrations
    /// What was not needed any more after those.
    package static let clearingMigrations = Card.withoutEvents
    package var jobs: [JobHandler] { [computingLevels] }
    package let eventNames = [
        "card.saved": "手続カードの保存", "fact.recorded": "事実の記録", "voice.heard": "声", "voice.explained": "声のひとこと",
        "level.computed": "段階の計算", "level.excepted": "段階の例外（委員会の決定）の記録",
        "inventory.answered": "棚卸調査の回答", "inventory.closed": "棚卸調査の締切り",
    ]

    /// - Parameters:
    ///   - online: what the room of online applications knows of a card.
    ///   - numbers: what it counted.
    ///   - systems: what the room of systems knows of a card.
    ///   - ordinances: what the room of ordinances knows of a card.
    ///   - governance: what the room of governance knows of a card.
    ///   - stories: what becomes of voices there.
    package init(
        database: Database, town: Town, vault: Vault, staff: StaffDirectory, origin: String, online: OnlineWay,
        numbers: CaseNumbers, systems: CardLinks, ordinances: CardLinks, governance: CardLinks, stories: VoiceStories
    ) {
        (self.governance, self.stories) = (governance, stories)
        (self.systems, self.ordinances) = (systems, ordinances)
        (self.database, self.town, self.vault, self.online) = (database, town, vault, online)
        (self.staff, self.origin, self.numbers) = (staff, origin, numbers)
    }

    package func addRoutes(to site: inout Site) {
        addProcedureRoutes(to: &site)
        addCardRoutes(to: &site)
        addSheetRoutes(to: &site)
        addInventoryRoutes(to: &site)
        addCatalogueRoutes(to: &site)
        addVoiceRoutes(to: &site)
        addLevelRoutes(to: &site)
        addNumbersRoutes(to: &site)
    }
}

/// 手続きのつながり. What another room knows of a procedure: the systems it is done with, the ordinances that stand in its way.
package struct CardLinks: Sendable {
    package let of: @Sendable (Card.ID, Transaction) throws -> [(name: String, link: Link)]

    package init(of: @escaping @Sendable (Card.ID, Transaction) throws -> [(name: String, link: Link)]) { self.of = of }
}

/// オンラインの入口. How a procedure is begun here, told by the room that takes applications.
package struct OnlineWay: Sendable {
    /// The cards that can be applied for now, each with the minutes that filling in takes.
    package let minutes: @Sendable (Transaction) throws -> [Card.ID: Int]
    /// The same of one card; nil if it cannot be applied for now.
    package let minutesOf: @Sendable (Card.ID, Transaction) throws -> Int?
    /// How long the applications of a card really took; nil where there are too few to tell.
    package let measured: @Sendable (Card.ID, Moment, Transaction) throws -> MeasuredDays?
    /// The papers that an application asks for, and those it does not ask for any more.
    package let papers: @Sendable (Card.ID, Transaction) throws -> [Paper]
    /// How many applications of a card were sent in a fiscal year; nil where none could be sent here.
    package let counted: @Sendable (Card.ID, FiscalYear, Moment, Transaction) throws -> Counted?
    /// The card of an application, by its id; nil if there is none.
    package let cardOf: @Sendable (String, Transaction) throws -> Card.ID?
    /// Where a post begins an application.
    package let start: @Sendable (Card.ID) -> Link
    /// Where the same questions are on paper.
    package let paperForm: @Sendable (Card.ID) -> Link

    package init(
        minutes: @escaping @Sendable (Transaction) throws -> [Card.ID: Int],
        minutesOf: @escaping @Sendable (Card.ID, Transaction) throws -> Int?,
        measured: @escaping @Sendable (Card.ID, Moment, Transaction) throws -> MeasuredDays?,
        papers: @escaping @Sendable (Card.ID, Transaction) throws -> [Paper],
        counted: @escaping @Sendable (Card.ID, FiscalYear, Moment, Transaction) throws -> Counted?,
        cardOf: @escaping @Sendable (String, Transaction) throws -> Card.ID?,
        start: @escaping @Sendable (Card.ID) -> Link, paperForm: @escaping @Sendable (Card.ID) -> Link
    ) {
        (self.minutes, self.minutesOf, self.measured, self.start) = (minutes, minutesOf, measured, start)
        (self.papers, self.counted, self.cardOf, self.paperForm) = (papers, counted, cardOf, paperForm)
    }
}

/// 申請の件数. How many applications were sent, and how many of them online.
package struct Counted: Sendable, Equatable {
    package let all: Int
    package let online: Int

    package init(all: Int, online: Int) { (self.all, self.online) = (all, online) }
}

/// 添付書類. A paper that a procedure asks for, or does not ask for any more.
package struct Paper: Sendable {
    package let name: Text
    package let reason: Text
    /// False for one that was abolished.
    package let isAsked: Bool

    package init(name: Text, reason: Text, isAsked: Bool) {
        (self.name, self.reason, self.isAsked) = (name, reason, isAsked)
    }
}
