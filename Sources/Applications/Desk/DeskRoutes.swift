import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// The inbox, an application on the desk, and the trail.
    func addDeskRoutes(to site: inout Site) {
        site.add(MenuItem("申請一覧", "/desk", needs: .readCases, isDaily: true))

        site.officer(.get, "/desk", needs: nil) { visit in
            guard visit.who.may(.readCases) else {
                if visit.who.may(.leadPlan) { return .redirect("/desk/home") }
                return .redirect(visit.who.may(.readTrail) ? "/desk/trail" : "/desk/cards")
            }
            return .page(try await inboxPage(visit))
        }

        addCasePageRoutes(to: &site)
    }
}
