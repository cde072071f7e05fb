package import Core
package import Database
package import Trail
package import Web

/// セキュリティ. Here so far: the trail, and its proof.
package struct Safeguards: RoutedFeature {
    let database: Database
    let trail: Trail
    let staff: StaffDirectory
    let names: [String: String]

    package static let migrations: [Migration] = []
    package let jobs: [JobHandler] = []
    package let eventNames = ["trail.verified": "記録の検証"]

    /// - Parameter eventNames: what the other rooms call their events, by kind.
    package init(database: Database, trail: Trail, staff: StaffDirectory, eventNames: [String: String]) {
        (self.database, self.trail, self.staff) = (database, trail, staff)
        names = eventNames.merging(self.eventNames) { first, _ in first }
    }

    package func addRoutes(to site: inout Site) { addTrailRoutes(to: &site) }
}
