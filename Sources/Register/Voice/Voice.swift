package import Core
import Database

/// 声. What somebody thinks of a page, and in their words if they like. Nobody knows whose it is.
package struct Voice: Sendable {
    package typealias ID = Core.ID<Voice>

    package let id: ID
    /// The page, without what would tell one application from another.
    package let page: String
    /// The procedure that the page is about, if it is about one.
    package let card: Card.ID?
    package let isUseful: Bool
    package let words: String?
    package let at: Moment

    /// More is not read.
    static let longest = 500

    static let migrations = [
        Migration(
            "register/0002-voices",
            """
            CREATE TABLE voice (
                id TEXT PRIMARY KEY,
                page TEXT NOT NULL,
                card TEXT,
                section TEXT NOT NULL,
                useful \(.integer) NOT NULL,
                words \(.blob),
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX voice_section ON voice (section, id)")
    ]

    /// The name of its key, made when somebody writes words.
    static func key(_ id: ID) -> String { "voice \(id)" }

    static func place(_ id: ID) -> SealingKey.Place { .init("voice", id.text, "words") }

    /// The path of a page with an ellipsis for ids.
    static func page(of path: String) -> String {
        "/"
            + path.prefix { $0 != "?" }.split(separator: "/").map {
                Core.ID<Voice>(String($0)) == nil ? String($0.prefix(60)) : "…"
            }.prefix(6)
            .joined(separator: "/")
    }
}
