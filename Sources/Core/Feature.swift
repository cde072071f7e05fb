package import Database

/// One area of the platform: what it keeps and what it does in the background. Its pages are added in `Web`.
package protocol Feature: Sendable {
    /// Its tables, in the order they came.
    static var migrations: [Migration] { get }
    /// The jobs it can do.
    var jobs: [JobHandler] { get }
    /// What the events it records are called on the desk, by kind.
    var eventNames: [String: String] { get }
}
