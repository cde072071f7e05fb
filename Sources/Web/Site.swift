package import Core
package import Database
import HTML
package import Logging

/// All pages of the house. Every route says who may call it; a handler gets exactly that person.
package struct Site: Sendable {
    /// What the site needs of the house.
    package struct Surroundings: Sendable {
        let database: Database
        let town: Town
        let settings: Settings
        let staff: StaffDirectory
        let machines: MachineDirectory
        /// The clock.
        let now: @Sendable () -> Moment
        let logger: Logger
        /// What other systems ask, for each token.
        let askings = RateLimit(120, perSeconds: 60)
        /// Tokens that are none, from one address.
        let wrongTokens = RateLimit(30, perSeconds: 600)

        package init(
            database: Database, town: Town, settings: Settings,
            staff: StaffDirectory, machines: MachineDirectory,
            now: @escaping @Sendable () -> Moment, logger: Logger
        ) {
            self.database = database
            self.town = town
            self.settings = settings
            self.staff = staff
            self.machines = machines
            self.now = now
            self.logger = logger
        }
    }

    package let surroundings: Surroundings
    /// What somebody is told who asks for an applicant's page without a session.
    package var askForCode: @Sendable (Incoming) -> Answer = { _ in .redirect("/") }
    /// Where officers go to from every page of the desk, in the order it was added.
    package private(set) var menu: [MenuItem] = []
    /// Every route, in the order it was added.
    package private(set) var routes: [Route] = []

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        addLanguageRoutes()
    }

    /// Adds the routes of a room.
    package mutating func add(_ room: some RoutedFeature) { room.addRoutes(to: &self) }

    /// Adds a place to the menu of the desk.
    package mutating func add(_ item: MenuItem) { menu.append(item) }

    /// A page for whoever asks.
    package mutating func anyone(
        _ method: Route.Method, _ pattern: String, _ handle: @escaping @Sendable (Visit<Anyone>) async throws -> Answer
    ) {
        routes.append(Route(method, pattern, .anyone) { try await handle(Visit(who: Anyone(), request: $0)) })
    }

    /// A page for an applicant with a session. Without one: the page where a code opens an application.
    package mutating func applicant(
        _ method: Route.Method, _ pattern: String, takesFiles: Bool = false,
        _ handle: @escaping @Sendable (Visit<Applicant>) async throws -> Answer
    ) {
        let surroundings = surroundings
        routes.append(
            Route(method, pattern, .applicant, takesFiles: takesFiles) { request in
                guard let session = try await surroundings.session("applicant", of: request) else {
                    throw NeedsCode(request: request)
                }
                let who = Applicant(session: session.id, officer: session.officer)
                return try await handle(Visit(who: who, request: request)).atCounter(session.officer != nil)
            })
    }

    /// A page for an officer whose role allows it; nil for every officer. Without a session: the page to sign in.
    package mutating func officer(
        _ method: Route.Method, _ pattern: String, needs permission: Permission?, takesFiles: Bool = false,
        _ handle: @escaping @Sendable (Visit<Officer>) async throws -> Answer
    ) {
        let surroundings = surroundings
        routes.append(
            Route(method, pattern, .officer(permission), takesFiles: takesFiles) { request in
                guard let officer = try await surroundings.officer(of: request) else {
                    throw NeedsSignIn(typed: request.posted["words"])
                }
                if let permission, !officer.may(permission) { throw Refused.notYours }
                return try await handle(Visit(who: officer, request: request))
            })
    }

    /// An answer for other systems, whoever asks: no token, no cookie.
    package mutating func open(
        _ method: Route.Method, _ pattern: String, _ operation: Operation,
        _ handle: @escaping @Sendable (Visit<Anyone>) async throws -> Answer
    ) {
        routes.append(
            Route(method, pattern, .anyone, operation: operation) {
                try await handle(Visit(who: Anyone(), request: $0))
            })
    }

    /// An answer for a system that shows credentials of another room's own: that room looks at them, and says 401 without.
    package mutating func client(
        _ method: Route.Method, _ pattern: String, _ operation: Operation,
        _ handle: @escaping @Sendable (Visit<Anyone>) async throws -> Answer
    ) {
        routes.append(
            Route(method, pattern, .client, operation: operation) {
                try await handle(Visit(who: Anyone(), request: $0))
            })
    }

    /// An answer for a system whose token has a scope. A cookie opens nothing here, and what another site's page makes a
    /// browser send has no token.
    package mutating func machine(
        _ method: Route.Method, _ pattern: String, _ scope: Machine.Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (Visit<Machine>) async throws -> Answer
    ) {
        let surroundings = surroundings
        routes.append(
            Route(method, pattern, .machine(scope), operation: operation) { request in
                let machine = try await surroundings.machine(of: request)
                guard machine.scopes.contains(scope) else { throw MachineProblem.scope(scope) }
                return try await handle(Visit(who: machine, request: request))
            })
    }
}

/// A room with pages of its own.
package protocol RoutedFeature: Feature {
    /// Adds its routes, each with the person it is for.
    func addRoutes(to site: inout Site)
}

/// One address and what stands behind it.
package struct Route: Sendable {
    package enum Method: String, Sendable { case get, post }

    /// Who may call it.
    package enum Audience: Sendable, Equatable {
        case anyone
        case applicant
        case officer(Permission?)
        /// Another system, with a token of this scope.
        case machine(Machine.Scope)
        /// Another system, with credentials that the route's own room knows.
        case client
    }

    package let method: Method
    /// The path with names in braces for its values: `/procedures/{id}`.
    package let pattern: String
    package let audience: Audience
    /// True where a form may carry files.
    let takesFiles: Bool
    /// What it says of itself, where it is for other systems; they are answered in JSON.
    package let operation: Operation?
    let respond: @Sendable (Incoming) async throws -> Answer

    init(
        _ method: Method, _ pattern: String, _ audience: Audience, takesFiles: Bool = false,
        operation: Operation? = nil,
        _ respond: @escaping @Sendable (Incoming) async throws -> Answer
    ) {
        self.operation = operation
        (self.method, self.pattern, self.audience, self.respond) = (method, pattern, audience, respond)
        self.takesFiles = takesFiles
    }
}

extension Site.Surroundings {
    /// The address that residents type, without a slash at its end.
    package var origin: String { settings.origin }

    /// The session that a request's cookie opens, or nil. A counter's session is one only while its own officer is signed in
    /// at this browser, whom it keeps signed in.
    package func session(_ kind: String, of request: Incoming) async throws -> Session? {
        guard let secret = request.sessions[kind] else { return nil }
        let moment = request.moment
        guard let session = try await database.read({ try Session.find(secret, kind: kind, at: moment, in: $0) })
        else { return nil }
        if kind == "applicant", let holder = session.officer, try await officer(of: request)?.id != holder {
            return nil
        }
        try await session.touch(at: moment, in: database)
        return session
    }

    /// The names of all officers, those who left included, by the text of their id.
    package func names(in transaction: Transaction) throws -> [String: String] { try staff.names(transaction) }

    /// The system whose token a request brings. Throws a ``MachineProblem`` without a token that is valid.
    func machine(of request: Incoming) async throws -> Machine {
        guard let token = request.token else { throw MachineProblem.noToken }
        guard let machine = try await machines.machine(token, request.moment) else {
            try wrongTokens.take(request.client, at: request.moment)
            throw MachineProblem.noToken
        }
        try askings.take(machine.id.text, at: request.moment)
        return machine
    }

    /// Ends what is open at the counter in this browser, whoever opened it.
    package func endCounter(of request: Incoming, in transaction: Transaction) throws {
        guard let secret = request.sessions["applicant"],
            let session = try Session.find(secret, kind: "applicant", at: request.moment, in: transaction),
            session.officer != nil
        else { return }
        try Session.end(session.id, in: transaction)
    }

    /// The officer who is signed in, or nil.
    package func officer(of request: Incoming) async throws -> Officer? {
        guard let secret = request.sessions["officer"] else { return nil }
        let moment = request.moment
        let found = try await database.read { transaction -> (Session, Officer)? in
            guard let session = try Session.find(secret, kind: "officer", at: moment, in: transaction),
                let officer = try session.officer.flatMap({ try staff.officer($0, transaction) })
            else { return nil }
            return (session, officer)
        }
        try await found?.0.touch(at: moment, in: database)
        return found?.1
    }
}

/// An applicant's page was asked for without a session.
package struct NeedsCode: Error {
    let request: Incoming

    package init(request: Incoming) { self.request = request }
}

/// A page of the desk was asked for without a session.
struct NeedsSignIn: Error {
    /// The words that were posted, if any.
    let typed: String?
}
