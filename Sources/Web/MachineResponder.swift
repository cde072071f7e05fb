import Core
import Database
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension Responder {
    /// What a route for other systems says: JSON, and problems as RFC 9457 has them.
    func answer(_ request: Request, _ context: SiteContext, route: Route) async -> Response {
        do {
            let incoming = try await read(request, context, language: .ja, route: route)
            return response(try await route.respond(incoming), language: .ja, path: request.uri.path)
        } catch let problem as MachineProblem {
            return problem.response()
        } catch let problem as ProblemError {
            return MachineProblem(problem.problem).response()
        } catch let refusal as any Refusal {
            let seconds: Int? = if case .tooMany(let seconds) = refusal.kind { seconds } else { nil }
            return MachineProblem(Problem(refusal), retryAfter: seconds).response()
        } catch let error as DatabaseError where Problem(error) != nil {
            let problem = Problem(error) ?? .away
            return MachineProblem(problem, retryAfter: problem.status == 503 ? 60 : nil).response()
        } catch {
            context.logger.error(
                "a request failed",
                metadata: ["route": "\(route.pattern)", "error": "\(type(of: error))", "detail": "\(safe(error))"])
            let reference = reference(context)
            return MachineProblem(.trouble(reference)).response(reference: reference)
        }
    }

    /// The token of `Authorization: Bearer`.
    func token(_ request: Request) -> String? {
        guard let value = request.headers[.authorization] else { return nil }
        let parts = value.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200 else { return nil }
        return String(parts[1])
    }

    func values(of names: [String], _ request: Request) -> [String: String] {
        names.reduce(into: [:]) { values, name in
            values[name] = HTTPField.Name(name).flatMap { request.headers[$0] }
        }
    }

    /// What another system posted; it says that it is JSON.
    func json(_ request: Request) async throws -> [UInt8] {
        guard request.method == .post else { return [] }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch {
            throw ProblemError(.tooLarge)
        }
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard body.readableBytes == 0 || type == "application/json" else {
            throw MachineProblem(
                415, ("JSON で送ってください", "Send JSON"),
                ("Content-Type: application/json の JSON で送ってください。", "Send JSON as Content-Type: application/json."))
        }
        return Array(body.readableBytesView)
    }
}

extension MachineProblem {
    func response(reference: String? = nil) -> Response {
        var response = json(reference: reference).response(status: status, etag: nil)
        response.headers[.contentType] = "application/problem+json; charset=utf-8"
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        if status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        if [400, 413, 415].contains(status) { response.headers[.connection] = "close" }
        return response
    }
}

extension JSONValue {
    func response(status: Int, etag: String?) -> Response {
        var response = Response(
            status: .init(code: status),
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        if let etag { response.headers[.eTag] = etag }
        return response
    }
}
