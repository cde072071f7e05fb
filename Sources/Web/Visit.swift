package import Core

/// One request to a page, already read and checked, with the person it comes from.
///
/// `Who` is ``Anyone``, ``Applicant`` or ``Officer``: a handler for one cannot be mounted for another.
@dynamicMemberLookup
package struct Visit<Who: Sendable>: Sendable {
    /// The person.
    package let who: Who
    /// What they sent.
    package let request: Incoming

    /// The value in the path, which the route's pattern guarantees.
    package func parameter(_ name: String) -> String { request.parameter(name) }

    package subscript<T>(dynamicMember path: KeyPath<Incoming, T>) -> T { request[keyPath: path] }
}

/// What a request brought, whoever sent it.
package struct Incoming: Sendable {
    /// The path as it was asked for, decoded.
    package let path: String
    /// The values in the path, such as the id of a procedure.
    package let parameters: [String: String]
    /// What stands after the question mark.
    package let query: Posted
    /// What was posted; empty for a page that was only asked for.
    package let posted: Posted
    package let language: Language
    /// When it came.
    package let moment: Moment
    /// Who asks, as far as an address tells: for limits alone, never kept.
    package let client: String
    /// The token that another system brought, as `Authorization: Bearer` has it.
    package let token: String?
    /// `Authorization` and `Accept` as another system sent them, by name in lower case; empty on all other routes.
    package let asked: [String: String]
    /// What another system posted, as it came; empty on all other routes.
    package let body: [UInt8]
    /// `If-Match`, `If-None-Match` and `Idempotency-Key`, by name in lower case.
    package let conditions: [String: String]
    /// The secrets of the sessions that the browser brought, by kind.
    let sessions: [String: String]
    /// The files that are on their way, where the route takes some.
    package var upload: Upload?

    /// The value in the path, which the route's pattern guarantees.
    package func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// True where an officer signed in at this browser, whether or not that still stands.
    package var isFromDesk: Bool { sessions["officer"] != nil }
}

/// Names and values as a browser sends them: of a form, or after a question mark.
package struct Posted: Sendable {
    private let values: [String: [String]]

    package static let empty = Posted([])

    package init(_ pairs: [(name: String, value: String)]) {
        values = Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) }
    }

    /// The first value of a name, or nil if it was not sent.
    package subscript(_ name: String) -> String? { values[name]?.first }

    /// Everything that was sent, by name.
    package var pairs: [(name: String, value: String)] {
        values.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } }
    }

    /// All values of a name, as checkboxes send them.
    package func all(_ name: String) -> [String] { values[name] ?? [] }
}
