import Core
import Hummingbird
import NIOCore

/// A form with files that is still arriving.
package struct Upload: Sendable {
    let body: RequestBody
    let boundary: String

    /// A file in it, as it arrives.
    package struct File: Sendable {
        /// The name of the control.
        package let control: String
        /// The name it has on the sender's device.
        package let name: String
    }

    /// What is said about a form that is broken.
    struct Broken: Error {}

    /// More than all files of one page together.
    static let limit = 200 * 1024 * 1024

    /// Reads it to the end: what was typed comes back, files go where `begin` says, piece by piece. A file that nobody
    /// wants is read and dropped.
    /// - Parameter typed: so many bytes at most in one field.
    package func read(
        typed limit: Int = 65_536, _ begin: (File) async throws -> (any UploadSink)?
    ) async throws -> Posted {
        var parser = Multipart(boundary: boundary)
        var pairs: [(name: String, value: String)] = []
        var (name, text, sink): (String, [UInt8]?, (any UploadSink)?) = ("", nil, nil)
        var total = 0
        for try await buffer in body {
            total += buffer.readableBytes
            guard total <= Self.limit, let events = parser.events(buffer.readableBytesView) else { throw Broken() }
            for event in events {
                switch event {
                case .head(let control, let file):
                    (name, text, sink) = (control, file == nil ? [] : nil, nil)
                    // A control without a file sends one without a name.
                    if let file, !file.isEmpty { sink = try await begin(File(control: control, name: file)) }
                case .content(let bytes):
                    if text != nil {
                        guard text?.count ?? 0 < limit, pairs.count < URLForm.maximumPairs else { throw Broken() }
                        text?.append(contentsOf: bytes)
                    } else {
                        try await sink?.take(bytes)
                    }
                case .end:
                    if let typed = text {
                        guard let value = String(validating: typed, as: UTF8.self) else { throw Broken() }
                        pairs.append((name, value))
                    } else {
                        try await sink?.finish()
                    }
                }
            }
        }
        guard parser.isComplete else { throw Broken() }
        return Posted(pairs)
    }
}

/// Where a file goes that is being uploaded.
package protocol UploadSink: Sendable {
    func take(_ bytes: [UInt8]) async throws
    func finish() async throws
}
