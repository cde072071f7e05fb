import HTTPTypes
import Hummingbird
import NIOCore
package import Core

/// A file that is sent piece by piece.
package struct Download: Sendable {
    private let type: String
    private let name: String
    private let isShown: Bool
    private let piece: @Sendable (Int) async throws -> [UInt8]?

    /// - Parameters:
    ///   - type: its media type.
    ///   - name: what it is called where it is kept.
    ///   - isShown: true where a browser shows it instead of keeping it; then it runs nothing.
    ///   - piece: the piece of a number, from 0; nil after the last.
    package init(
        type: String, name: String, isShown: Bool, piece: @escaping @Sendable (Int) async throws -> [UInt8]?
    ) {
        (self.type, self.name, self.isShown, self.piece) = (type, name, isShown, piece)
    }

    /// A file that is in memory.
    package init(_ spool: Spool, type: String, name: String, isShown: Bool = false) {
        let piece = FileStore.piece
        self.init(type: type, name: name, isShown: isShown) { index in
            index * piece < spool.count ? spool.bytes(from: index * piece, count: piece) : nil
        }
    }

    var response: Response {
        let escaped = name.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
            return isPlain ? String(UnicodeScalar(byte)) : "%" + [byte].hexadecimal.uppercased()
        }.joined()
        let piece = piece
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "private, no-store",
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(escaped)",
                // What somebody sent in shows itself and does nothing.
                .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'none'",
            ],
            body: ResponseBody { writer in
                var index = 0
                while let bytes = try await piece(index) {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    index += 1
                }
                try await writer.finish(nil)
            })
    }
}
