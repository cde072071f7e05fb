package import Core
package import Database
package import Web

/// 職員の本人確認. Who works here, and how they show it.
package struct Identity: RoutedFeature {
    let database: Database
    let hasher: PasswordHasher
    let limits = Limits()

    package static let migrations = Staff.migrations + Credential.migrations
    package let jobs: [JobHandler] = []
    package let eventNames = [
        "officer.signed-in": "サインイン", "officer.signed-out": "サインアウト", "officer.refused": "サインイン失敗",
        "officer.added": "職員の登録",
    ]

    package init(database: Database) { (self.database, hasher) = (database, PasswordHasher()) }

    package func addRoutes(to site: inout Site) { addSignInRoutes(to: &site) }

    /// What slows down somebody who guesses: by login name and by address.
    struct Limits: Sendable {
        let logins = RateLimit(10, perSeconds: 600)
        let clients = RateLimit(50, perSeconds: 600)
    }
}
