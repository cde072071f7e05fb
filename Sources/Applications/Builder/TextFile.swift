import Core
import Web

/// A small file that is read as text.
final class TextFile: UploadSink {
    private let spool: Spool

    init() throws { spool = try Spool() }

    func take(_ bytes: [UInt8]) async throws {
        // More than any form has; the rest is dropped and the file refused.
        guard spool.count <= 1_000_000 else { return }
        try spool.append(bytes)
    }

    func finish() async throws {}

    /// Throws a ``FormRefusal`` for a file that is none, too large or no text.
    func text() throws -> String {
        if spool.count == 0 { throw FormRefusal.unreadable("ファイルを選んでください。") }
        guard spool.count <= 1_000_000,
            let text = String(validating: spool.bytes(from: 0, count: spool.count), as: UTF8.self)
        else { throw FormRefusal.unreadable("様式の文書（UTF-8 のテキスト、1MBまで）ではありません。") }
        return text
    }
}
