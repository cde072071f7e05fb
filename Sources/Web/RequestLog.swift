import Core
import Hummingbird
import Logging
import Metrics

/// One line and one measurement a request. Names the route, never the address that was asked for: that may tell of a
/// person.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let duration = ContinuousClock.now - start
        let route = context.endpointPath ?? "-"
        // A client may make up methods; a measurement for each would fill the memory.
        let method = [.get, .head, .post].contains(request.method) ? request.method.rawValue : "other"
        let (seconds, fraction) = duration.components
        let nanoseconds = seconds * 1_000_000_000 + fraction / 1_000_000_000
        Metrics.Timer(
            label: "http_request_duration_seconds",
            dimensions: [("method", method), ("route", route), ("status", "\(response.status.code)")]
        ).recordNanoseconds(nanoseconds)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(method)", "route": "\(route)", "status": "\(response.status.code)",
                "ms": "\(Double(nanoseconds / 1000) / 1000)",
            ])
        return response
    }
}
