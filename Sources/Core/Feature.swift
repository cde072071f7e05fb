package import Database

/// One area of the platform: what it keeps and what it does in the background. Its pages are added in `Web`.
package protocol Feature: Sendable {
    /// The name of the room.
    var name: String { get }
    /// Its tables, in the order they came.
    var migrations: [Migration] { get }
    /// The jobs it can do.
    var jobs: [JobHandler] { get }
}
