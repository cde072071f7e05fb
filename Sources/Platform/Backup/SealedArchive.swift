import Core
import Crypto
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// A file of files, sealed to a public key (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). It is written and
/// read piece by piece, in order: a piece that was changed, moved, added or left out is found out.
enum SealedArchive {
    static let mark = Array("ORIGAMI-BACKUP 1\n".utf8)
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    static let piece = 1 << 20

    /// What a piece is: the name of a file that begins, bytes of it, or the end with everything's digests.
    enum Kind: UInt8 { case name = 78, bytes = 66, end = 69 }

    /// What the end says of a file.
    struct Line: Codable, Sendable, Equatable {
        let name: String
        let size: Int
        /// SHA-256 in hexadecimal.
        let digest: String
    }
}

/// Writes a sealed archive.
final class SealedWriter {
    private let path: String
    private let file: Int32
    private var sender: HPKE.Sender
    private var lines: [SealedArchive.Line] = []
    private var current: (name: String, size: Int, hash: SHA256)?
    private var whole = SHA256()

    /// Begins a new file at a path that is not there yet.
    init(_ path: String, for key: BackupKey.Public) throws {
        self.path = path
        file = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BackupFault("\(path) を作れません（\(String(cString: strerror(errno)))）。フォルダーを確かめてください") }
        sender = try HPKE.Sender(
            recipientKey: key.key, ciphersuite: SealedArchive.suite, info: Data(SealedArchive.mark))
        try put(SealedArchive.mark + Array(sender.encapsulatedKey))
    }

    deinit { close(file) }

    /// Adds a file.
    func add(_ name: String, _ bytes: [UInt8]) throws {
        try begin(name)
        try write(bytes)
        try endFile()
    }

    /// Adds a file that lies on the disk.
    func add(_ name: String, from path: String) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw BackupFault("\(path) を読めません（\(String(cString: strerror(errno)))）") }
        defer { close(source) }
        try begin(name)
        while true {
            let bytes = [UInt8](unsafeUninitializedCapacity: SealedArchive.piece) { buffer, filled in
                filled = max(0, read(source, buffer.baseAddress, SealedArchive.piece))
            }
            if bytes.isEmpty { break }
            try write(bytes)
        }
        try endFile()
    }

    /// Ends the archive, sees it through to the disk, and reads it again: what was written is what lies there.
    func finish() throws -> [SealedArchive.Line] {
        try seal(.end, Array(JSONEncoder().encode(lines)))
        guard fsync(file) == 0 else { throw BackupFault("\(path) を書き終えられません。ディスクの空きを確かめてください") }
        guard try Self.digest(of: path + ".part") == whole.finalize() else {
            throw BackupFault("\(path) は、書いたとおりに読めません。ディスクを確かめてください")
        }
        guard rename(path + ".part", path) == 0 else { throw BackupFault("\(path) に名前を付けられません") }
        return lines
    }

    private func begin(_ name: String) throws {
        current = (name, 0, SHA256())
        try seal(.name, Array(name.utf8))
    }

    private func write(_ bytes: [UInt8]) throws {
        for start in stride(from: 0, to: bytes.count, by: SealedArchive.piece) {
            let part = Array(bytes[start..<min(start + SealedArchive.piece, bytes.count)])
            current?.hash.update(data: part)
            current?.size += part.count
            try seal(.bytes, part)
        }
    }

    private func endFile() throws {
        guard let done = current else { return }
        lines.append(.init(name: done.name, size: done.size, digest: Array(done.hash.finalize()).hexadecimal))
        current = nil
    }

    private func seal(_ kind: SealedArchive.Kind, _ bytes: [UInt8]) throws {
        let sealed = try sender.seal(bytes, authenticating: [kind.rawValue])
        let count = UInt32(sealed.count)
        try put([kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + Array(sealed))
    }

    private func put(_ bytes: [UInt8]) throws {
        whole.update(data: bytes)
        do { try FileIO.write(bytes, to: file) } catch {
            unlink(path + ".part")
            throw BackupFault("\(path) を書けません（\(error)）。ディスクの空きを確かめてください")
        }
    }

    private static func digest(of path: String) throws -> SHA256.Digest {
        let reader = try FileReader(path)
        var hash = SHA256()
        while let bytes = reader.next(SealedArchive.piece) { hash.update(data: bytes) }
        return hash.finalize()
    }
}

/// Reads a sealed archive, from its beginning to its end.
struct SealedReader {
    /// Gives each file's pieces to whoever takes them. Throws ``BackupFault`` for an archive that is not whole, is for
    /// another key, or is none.
    /// - Parameter take: a file's name, and its next bytes; nil once at its end.
    static func read(
        _ path: String, with key: BackupKey.Secret, take: (String, [UInt8]?) throws -> Void
    ) throws -> [SealedArchive.Line] {
        let reader = try FileReader(path)
        guard reader.next(SealedArchive.mark.count) == SealedArchive.mark, let encapsulated = reader.next(32),
            var recipient = try? HPKE.Recipient(
                privateKey: key.key, ciphersuite: SealedArchive.suite, info: Data(SealedArchive.mark),
                encapsulatedKey: Data(encapsulated))
        else { throw BackupFault("\(path) は、origami のバックアップではありません") }
        var (lines, current): ([SealedArchive.Line], (name: String, size: Int, hash: SHA256)?) = ([], nil)
        func endFile() throws {
            guard let done = current else { return }
            lines.append(.init(name: done.name, size: done.size, digest: Array(done.hash.finalize()).hexadecimal))
            current = nil
            try take(done.name, nil)
        }
        while let head = reader.next(5), head.count == 5, let kind = SealedArchive.Kind(rawValue: head[0]) {
            let count = head[1...].reduce(0) { $0 << 8 | Int($1) }
            guard count <= SealedArchive.piece * 64, let sealed = reader.next(count), sealed.count == count,
                let bytes = try? recipient.open(sealed, authenticating: [kind.rawValue])
            else {
                throw BackupFault(
                    lines.isEmpty && current == nil
                        ? "\(path) は、この鍵では開けません。この鍵のためのバックアップか確かめてください" : "\(path) が壊れています。別のバックアップを使ってください")
            }
            switch kind {
            case .name:
                try endFile()
                current = (String(decoding: bytes, as: UTF8.self), 0, SHA256())
            case .bytes:
                current?.hash.update(data: bytes)
                current?.size += bytes.count
                if let name = current?.name { try take(name, Array(bytes)) }
            case .end:
                try endFile()
                guard try JSONDecoder().decode([SealedArchive.Line].self, from: bytes) == lines, reader.next(1) == nil
                else { throw BackupFault("\(path) の中身が、終わりに書かれたものと違います。別のバックアップを使ってください") }
                return lines
            }
        }
        throw BackupFault("\(path) が途中で切れています。別のバックアップを使ってください")
    }
}
