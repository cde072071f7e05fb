import Core
import Web

/// A small file on its way in, held in memory.
final class ArrivingFile: UploadSink {
    let name: String
    let spool: Spool
    private let limit: Int

    init(_ name: String, upTo limit: Int) throws { (self.name, self.limit, spool) = (name, limit, try Spool()) }

    func take(_ bytes: [UInt8]) async throws {
        guard spool.count <= limit else { return }
        try spool.append(bytes)
    }

    func finish() async throws {}

    /// The file of a control and what else was typed. Throws a refusal for one that is larger.
    static func bytes(
        of control: String, _ upload: Upload?, upTo limit: Int
    ) async throws -> (content: [UInt8]?, name: String, typed: Posted) {
        let arrived = try await spool(of: control, upload, upTo: limit)
        guard let spool = arrived.spool else { return (nil, "", arrived.typed) }
        return (spool.bytes(from: 0, count: spool.count), arrived.name, arrived.typed)
    }

    /// The same, left where it is.
    static func spool(
        of control: String, _ upload: Upload?, upTo limit: Int
    ) async throws -> (spool: Spool?, name: String, typed: Posted) {
        guard let upload else { return (nil, "", .empty) }
        let arriving = Arrived()
        let typed = try await upload.read { file in
            guard file.control == control else { return nil }
            let sink = try ArrivingFile(file.name, upTo: limit)
            await arriving.set(sink)
            return sink
        }
        guard let file = await arriving.file else { return (nil, "", typed) }
        guard file.spool.count <= limit else {
            throw StandardsRefusal.unusable("ファイルが大きすぎます。\(limit / 1024 / 1024)MBまでにしてください。")
        }
        return (file.spool, file.name, typed)
    }

    private actor Arrived {
        private(set) var file: ArrivingFile?
        func set(_ file: ArrivingFile) { self.file = file }
    }
}
