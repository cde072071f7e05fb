package import Core
package import Database
package import Web

/// 例規の点検・見直し. The town's ordinances, what of them are analog rules, who looked at it, and the amendments that mend it.
package struct Ordinances: RoutedFeature {
    let database: Database
    let town: Town
    let staff: StaffDirectory
    let shelf = OrdinanceShelf()

    package static let migrations =
        KeptOrdinance.migrations + ClauseReview.migrations + AmendmentTask.migrations + EarlierText.migrations

    package let eventNames = [
        "ordinance.taken": "例規の取り込み", "ordinance.assigned": "例規の担当課の決定", "ordinance.linked": "例規と手続きのつながり",
        "ordinance.reviewed": "条文の判定", "ordinance.amending": "例規の改正の案", "ordinance.moved": "例規の改正の進み具合",
        "ordinance.enforced": "例規の改正の施行",
    ]

    package init(database: Database, town: Town, staff: StaffDirectory) {
        (self.database, self.town, self.staff) = (database, town, staff)
    }

    package var jobs: [JobHandler] { [enforcing] }

    package func addRoutes(to site: inout Site) {
        addBoardRoutes(to: &site)
        addImportRoutes(to: &site)
        addDocumentRoutes(to: &site)
        addReviewRoutes(to: &site)
        addTaskRoutes(to: &site)
        addPublicRoutes(to: &site)
    }

    /// Does what was asked; what has to be mended is told on the page it was typed on.
    func attempt(
        _ work: () async throws -> Answer, orShow page: (String) async throws -> Page
    ) async throws -> Answer {
        do {
            return try await work()
        } catch let refusal as OrdinanceRefusal {
            guard let status = refusal.status else { throw refusal }
            var shown = try await page(refusal.words[.ja])
            shown.status = status
            return .page(shown)
        }
    }
}
