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
        "officer.added": "職員の登録", "officer.disabled": "職員の登録解除", "officer.password": "パスワードの変更",
    ]

    package init(database: Database) { (self.database, hasher) = (database, PasswordHasher()) }

    package func addRoutes(to site: inout Site) { addSignInRoutes(to: &site) }

    /// What slows down somebody who guesses. Few tries for a name from one address; more for the name from everywhere, so
    /// that a stranger does not lock an officer out with ten.
    struct Limits: Sendable {
        let places = RateLimit(10, perSeconds: 600)
        let logins = RateLimit(200, perSeconds: 600)
        let clients = RateLimit(50, perSeconds: 600)
    }
}
