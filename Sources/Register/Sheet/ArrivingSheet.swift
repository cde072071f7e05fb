import Core
import Web

/// A sheet on its way in.
package final class ArrivingSheet: UploadSink {
    private let spool: Spool
    private static let limit = 20 * 1024 * 1024

    package init() throws { spool = try Spool() }

    package var count: Int { spool.count }

    /// What came; nil for nothing, or more than is taken.
    package var bytes: [UInt8]? {
        let count = spool.count
        return count > 0 && count <= Self.limit ? spool.bytes(from: 0, count: count) : nil
    }

    package func take(_ bytes: [UInt8]) async throws {
        guard spool.count <= Self.limit else { return }
        try spool.append(bytes)
    }

    package func finish() async throws {}
}
