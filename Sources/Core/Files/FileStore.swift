import Crypto

/// ファイルの置き場. What residents attach, sealed in pieces, each file under the key of its application.
///
/// A file is called after what is in it (SHA-256 of its sealed bytes): it is never changed, and whoever holds no key can
/// tell that it is whole. It is there before a row names it; a file that no row names was left by a crash, and is
/// collected.
package struct FileStore: Sendable {
    private let place: any FilePlace

    /// How many bytes are sealed in one piece.
    package static let piece = 65_536
    /// What sealing adds: nonce and tag.
    private static let overhead = 28

    private init(_ place: any FilePlace) { self.place = place }

    /// The store of an installation: its folder, or the bucket that several servers share.
    package init(_ settings: Settings) {
        self.init(settings.bucket.map { BucketPlace($0) } ?? FolderPlace(settings.data + "/files"))
    }

    /// - Parameter folder: made if it is not there.
    package init(folder: String) { self.init(FolderPlace(folder)) }

    /// Seals what is in a spool. When it returns, it survives a power cut.
    /// - Parameter id: what the file is to whoever names it; bound to what is sealed.
    package func keep(_ spool: Spool, as id: String, key: SealingKey) async throws -> KeptFile {
        let sealed = try Spool()
        var hash = SHA256()
        let size = spool.count
        for index in 0..<Self.pieces(of: size) {
            let bytes = try key.seal(
                spool.bytes(from: index * Self.piece, count: Self.piece), at: Self.seat(id, index, of: size))
            hash.update(data: bytes)
            try sealed.append(bytes)
        }
        let file = KeptFile(id: id, content: Array(hash.finalize()).hexadecimal, size: size)
        try await place.put(sealed, as: file.content)
        return file
    }

    /// A piece of a file, or nil after the last. Throws if it was changed, cut or moved.
    package func piece(_ index: Int, of file: KeptFile, key: SealingKey) async throws -> [UInt8]? {
        guard index < Self.pieces(of: file.size) else { return nil }
        let whole = Self.piece + Self.overhead
        let plain = min(Self.piece, file.size - index * Self.piece)
        let sealed = try await place.bytes(of: file.content, from: index * whole, count: plain + Self.overhead)
        return try key.open(sealed, at: Self.seat(file.id, index, of: file.size))
    }

    package func delete(_ file: KeptFile) async throws { try await place.delete(file.content) }

    /// The names of what is there and was not touched for so many seconds, parts that were never finished included.
    package func names(olderThan seconds: Int = 0) async throws -> [String] {
        try await place.names(olderThan: seconds)
    }

    /// Deletes what has this name.
    package func delete(named name: String) async throws { try await place.delete(name) }

    /// Deletes everything.
    package func clear() async throws { for name in try await names() { try await place.delete(name) } }

    /// True if the file of this name holds what its name says.
    package func isWhole(_ name: String) async throws -> Bool {
        try await Array(SHA256.hash(data: sealed(name))).hexadecimal == name
    }

    /// The sealed bytes of a file, as they lie there.
    package func sealed(_ name: String) async throws -> [UInt8] {
        var found: [UInt8] = []
        while true {
            let bytes = try await place.bytes(of: name, from: found.count, count: 1 << 20)
            found += bytes
            if bytes.count < 1 << 20 { return found }
        }
    }

    /// Copies what another store has and this one does not, as it lies there. Gives how many files.
    package func take(from other: FileStore) async throws -> Int {
        let there = try await Set(names())
        var count = 0
        for name in try await other.names() where !there.contains(name) && !name.hasSuffix(".part") {
            let spool = try Spool()
            try spool.append(try await other.sealed(name))
            try await place.put(spool, as: name)
            count += 1
        }
        return count
    }

    private static func pieces(of count: Int) -> Int { max(1, (count + piece - 1) / piece) }

    /// The length is part of what is authenticated: a file that lost its end does not open.
    private static func seat(_ id: String, _ index: Int, of count: Int) -> SealingKey.Place {
        .init("file", "\(id)#\(index)/\(count)", "content")
    }
}

/// A file in the store, as a row names it.
package struct KeptFile: Sendable, Codable, Hashable {
    /// What it is to whoever names it.
    package let id: String
    /// SHA-256 of its sealed bytes, in hexadecimal: its name in the store.
    package let content: String
    /// How many bytes it has, unsealed.
    package let size: Int

    package init(id: String, content: String, size: Int) { (self.id, self.content, self.size) = (id, content, size) }
}

/// Where sealed files lie, by their names.
protocol FilePlace: Sendable {
    /// Puts a file there. When it returns, it survives a power cut.
    func put(_ sealed: Spool, as name: String) async throws

    /// Bytes of a file; fewer at its end. Throws a ``FileTrouble`` if it is not there.
    func bytes(of name: String, from start: Int, count: Int) async throws -> [UInt8]

    /// Deletes a file; one that is not there stays so.
    func delete(_ name: String) async throws

    /// What is there and was not touched for so many seconds.
    func names(olderThan seconds: Int) async throws -> [String]
}
