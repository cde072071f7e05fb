import Core
import Database
import HTML
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns a request into a visit, and an answer or a refusal into a response.
struct Responder: Sendable {
    let surroundings: Site.Surroundings
    let askForCode: @Sendable (Incoming) -> Answer
    let menu: [MenuItem]

    /// More than any of our forms sends.
    static let bodyLimit = 256 * 1024

    /// What a route says to a request, problems included.
    func respond(to request: Request, _ context: SiteContext, route: Route) async -> Response {
        let language = language(of: request)
        let zone: Page.Zone = route.pattern.hasPrefix("/desk") ? .desk(nil) : .town
        if route.operation != nil { return await answer(request, context, route: route) }
        do {
            let incoming = try await read(request, context, language: language, route: route)
            return response(try await route.respond(incoming), language: language, path: place(request))
        } catch let problem as ProblemError {
            return response(problem.problem, language, zone, path: request.uri.path)
        } catch is Upload.Broken {
            return response(.malformed, language, zone, path: request.uri.path)
        } catch let need as NeedsCode {
            return response(askForCode(need.request), language: language, path: place(request))
        } catch let need as NeedsSignIn {
            if request.method == .post {
                return response(.sessionOver(kept: need.typed), language, zone, path: request.uri.path)
            }
            let place = request.uri.path + (request.uri.query.map { "?" + $0 } ?? "")
            return redirect(Link("/desk/sign-in").asking([("back", place)]))
        } catch let refusal as any Refusal {
            var response = response(Problem(refusal), language, zone, path: request.uri.path)
            if case .tooMany(let seconds) = refusal.kind { response.headers[.retryAfter] = String(seconds) }
            return response
        } catch let error as DatabaseError where Problem(error) != nil {
            let problem = Problem(error) ?? .away
            context.logger.warning("\(error)", metadata: ["route": "\(route.pattern)"])
            var response = response(problem, language, zone, path: request.uri.path)
            if problem.status == 503 { response.headers[.retryAfter] = "60" }
            return response
        } catch let trouble as FileTrouble {
            context.logger.error("nothing can be kept: \(trouble)", metadata: ["route": "\(route.pattern)"])
            var response = response(.unkept, language, zone, path: request.uri.path)
            response.headers[.retryAfter] = "60"
            return response
        } catch {
            // The error itself may hold what somebody typed: its type is enough to find it.
            context.logger.error(
                "a request failed",
                metadata: ["route": "\(route.pattern)", "error": "\(type(of: error))", "detail": "\(safe(error))"])
            return response(.trouble(reference(context)), language, zone, path: request.uri.path)
        }
    }

    /// What is said where no route fits.
    /// - Parameter allowed: the methods with which there would be something at the address.
    func nowhere(_ request: Request, allowed: [String]) -> Response {
        let language = language(of: request)
        let zone: Page.Zone = request.uri.path.hasPrefix("/desk") ? .desk(nil) : .town
        let problem = allowed.isEmpty ? Problem(Refused.notHere) : .wrongMethod
        var response =
            request.uri.path.hasPrefix("/api/")
            ? MachineProblem(problem).response() : response(problem, language, zone, path: request.uri.path)
        if !allowed.isEmpty { response.headers[.allow] = allowed.joined(separator: ", ") }
        return response
    }

    func read(
        _ request: Request, _ context: SiteContext, language: Language, route: Route
    ) async throws -> Incoming {
        guard let path = URLForm.decode(request.uri.path.utf8, plusIsSpace: false),
            let query = URLForm.pairs((request.uri.query ?? "").utf8)
        else { throw ProblemError(.malformed) }
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            guard let value = URLForm.decode(value.utf8, plusIsSpace: false) else { throw ProblemError(.malformed) }
            parameters[String(name)] = value
        }
        let isMachine = route.operation != nil
        let takesForm = route.operation?.isForm == true
        let upload = route.takesFiles ? try upload(request) : nil
        return Incoming(
            path: path, parameters: parameters, query: Posted(query),
            posted: request.method == .post && upload == nil && (!isMachine || takesForm)
                ? try await posted(request, isChecked: !isMachine) : .empty,
            language: language, moment: surroundings.now(), client: client(request, context),
            token: isMachine ? token(request) : nil,
            asked: isMachine ? values(of: ["authorization", "accept"], request) : [:],
            body: isMachine && !takesForm ? try await json(request) : [],
            conditions: isMachine
                ? values(of: ["if-match", "if-none-match", "idempotency-key"], request) : [:],
            sessions: isMachine
                ? [:]
                : ["applicant", "officer", "screen"].reduce(into: [:]) { sessions, kind in
                    sessions[kind] = request.cookies[Session.cookieName(kind)]?.value
                }, upload: upload)
    }

    /// The form with files that a request carries, or nil if it carries another one.
    private func upload(_ request: Request) throws -> Upload? {
        guard let type = request.headers[.contentType], type.lowercased().hasPrefix("multipart/form-data") else {
            return nil
        }
        try checkOrigin(request)
        guard let boundary = Multipart.boundary(type) else { throw ProblemError(.malformed) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Upload.limit {
            throw ProblemError(.tooLarge)
        }
        return Upload(body: request.body, boundary: boundary)
    }

    private func checkOrigin(_ request: Request) throws {
        let own = [request.head.authority, CrossOrigin.authority(of: surroundings.settings.origin)]
        guard CrossOrigin.allows(request.headers, own: own.compactMap { $0 }) else { throw ProblemError(.crossOrigin) }
    }

    /// - Parameter isChecked: false where no cookie opens anything, so that another site's page could send nothing of worth.
    private func posted(_ request: Request, isChecked: Bool) async throws -> Posted {
        if isChecked { try checkOrigin(request) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.bodyLimit {
            throw ProblemError(.tooLarge)
        }
        // A button without a form around it sends nothing at all.
        if request.headers[.contentType] == nil, request.headers[.transferEncoding] == nil,
            request.headers[.contentLength].map({ $0 == "0" }) ?? true
        {
            return .empty
        }
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type == "application/x-www-form-urlencoded" else { throw ProblemError(.wrongType) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw ProblemError(.tooLarge)
        } catch {
            throw ProblemError(.malformed)
        }
        guard let pairs = URLForm.pairs(body.readableBytesView) else { throw ProblemError(.malformed) }
        return Posted(pairs)
    }

    private func client(_ request: Request, _ context: SiteContext) -> String {
        var address = context.remoteAddress?.ipAddress ?? ""
        let header = surroundings.settings.clientHeader
        if !header.isEmpty, let name = HTTPField.Name(header), let value = request.headers[name] {
            // The last address is the one that our own proxy saw.
            address = value.split(separator: ",").last.map { $0.filter { $0 != " " } } ?? value
        }
        // Whoever has one IPv6 address has its whole /64.
        let groups = address.split(separator: ":", omittingEmptySubsequences: false)
        return groups.count > 2 ? groups.prefix(4).joined(separator: ":") : address
    }

    /// The language that somebody chose, or that the browser asks for.
    private func language(of request: Request) -> Language {
        surroundings.town.language(
            cookie: request.cookies["language"]?.value, acceptLanguage: request.headers[.acceptLanguage])
    }

    /// Where the request was, to come back to after the language was changed.
    private func place(_ request: Request) -> String {
        request.uri.path + (request.uri.query.map { "?" + $0 } ?? "")
    }

    func reference(_ context: SiteContext) -> String { context.id }

    func safe(_ error: any Error) -> String {
        (error as? DatabaseError)?.description ?? ""
    }
}

/// A problem on the way in.
struct ProblemError: Error {
    let problem: Problem
    init(_ problem: Problem) { self.problem = problem }
}

extension Responder {
    private func response(_ problem: Problem, _ language: Language, _ zone: Page.Zone, path: String) -> Response {
        let language: Language = if case .desk = zone { .ja } else { language }
        var response = response(.page(problem.page(language, zone: zone)), language: language, path: path)
        // What could not be read may still be on its way: nothing more is taken from this connection.
        if [400, 413, 415].contains(problem.status) { response.headers[.connection] = "close" }
        return response
    }

    func response(_ answer: Answer, language: Language, path: String) -> Response {
        var response: Response
        switch answer.body {
        case .redirect(let link): response = redirect(link)
        case .file(let file): response = file.response
        case .json(let json, let status, let etag): response = json.response(status: status, etag: etag)
        case .status(let code): response = Response(status: .init(code: code), headers: [.cacheControl: "no-store"])
        case .fragment(let html):
            response = Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
        case .text(let text):
            response = Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        case .page(let page):
            let html = Layout(town: surroundings.town, language: language, path: path, menu: menu).html(page)
            response = Response(
                status: .init(code: page.status),
                headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
        }
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        for cookie in answer.cookies { response.headers.append(.init(name: .setCookie, value: header(cookie))) }
        return response
    }

    private func redirect(_ link: Link) -> Response {
        Response(status: .seeOther, headers: [.location: link.address, .cacheControl: "no-store"])
    }

    private func header(_ cookie: Cookie) -> String {
        let secure = surroundings.settings.origin.hasPrefix("https://") ? "; Secure" : ""
        let age = cookie.maxAge.map { "; Max-Age=\($0)" } ?? ""
        return "\(cookie.name)=\(cookie.value); Path=/; HttpOnly; SameSite=Lax\(secure)\(age)"
    }
}
