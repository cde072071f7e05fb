import Core
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Serves a ``Site`` over HTTP/1.1.
package struct WebServer: Service {
    private let application: Application<RouterResponder<SiteContext>>
    /// The port it listens on, once it does: the one asked for, or a free one if that was 0.
    package let listening: Listening

    package init(_ site: Site, logger: Logger) {
        let responder = Responder(surroundings: site.surroundings, askForCode: site.askForCode, menu: site.menu)
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLog())
        router.add(middleware: SecurityHeaders(overTLS: site.surroundings.settings.origin.hasPrefix("https://")))
        router.add(middleware: Nowhere(responder: responder, routes: site.routes))
        for asset in Asset.all {
            router.get(RouterPath(asset.path)) { request, _ in asset.response(to: request) }
        }
        for route in site.routes {
            router.on(RouterPath(route.pattern), method: route.method == .get ? .get : .post) { request, context in
                await responder.respond(to: request, context, route: route)
            }
        }
        let settings = site.surroundings.settings
        let listening = Listening()
        self.listening = listening
        application = Application(
            responder: router.buildResponder(),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { listening.tell($0.localAddress?.port) }, logger: logger)
    }

    package func run() async throws { try await application.run() }

    /// Waits until the server listens.
    package final class Listening: Sendable {
        private let stream = AsyncStream.makeStream(of: Int.self)

        /// The port. Nil if the server ended before.
        package func port() async -> Int? { await stream.stream.first { _ in true } }

        fileprivate func tell(_ port: Int?) {
            if let port { stream.continuation.yield(port) }
            stream.continuation.finish()
        }
    }
}

/// The page for addresses where nothing is.
private struct Nowhere: RouterMiddleware {
    let responder: Responder
    let routes: [Route]

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let methods = Set(
                routes.filter { fits($0.pattern, request.uri.path) }.map { $0.method.rawValue.uppercased() })
            return responder.nowhere(request, allowed: methods.sorted())
        }
    }
}

extension Nowhere {
    /// True if a path is one of a pattern's: segment by segment, names in braces for anything.
    private func fits(_ pattern: String, _ path: String) -> Bool {
        let (names, segments) = (pattern.split(separator: "/"), path.split(separator: "/"))
        return names.count == segments.count && zip(names, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

/// What every response says to keep a page to itself.
private struct SecurityHeaders: RouterMiddleware {
    let overTLS: Bool

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let csp = response.headers[.contentSecurityPolicy]
        response.headers[.contentSecurityPolicy] =
            csp
            ?? "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(self), microphone=()"
        if overTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
    fileprivate static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .origin
    fileprivate static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .origin
}

extension Asset {
    /// Cached for ever: another content has another address.
    fileprivate func response(to request: Request) -> Response {
        let takesGzip = request.headers[.acceptEncoding]?.contains("gzip") == true
        var headers: HTTPFields = [
            .contentType: type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
        ]
        if takesGzip, let compressed {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: compressed)))
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
