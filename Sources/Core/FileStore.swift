import Database

#if canImport(Glibc)
    import Glibc
#endif

/// ファイルの置き場. What residents attach, sealed in pieces, each file under the key of its application.
///
/// A file is on disk before a row names it; a file that no row names was left by a crash, and is collected.
package actor FileStore {
    private let folder: String
    private let queue = Queue("origami.files")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// How many bytes are sealed in one piece.
    package static let piece = 65_536
    /// What sealing adds: nonce and tag.
    private static let overhead = 28

    /// - Parameter folder: made if it is not there.
    package init(folder: String) { self.folder = folder }

    /// Seals what is in a spool. When it returns, it survives a power cut.
    package func keep(_ spool: Spool, as id: String, key: SealingKey) throws {
        guard Self.isName(id) else { throw FileTrouble("name", EINVAL) }
        mkdir(folder, 0o700)
        let path = path(id)
        let file = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileTrouble("open", errno) }
        do {
            defer { close(file) }
            let count = spool.count
            for index in 0..<Self.pieces(of: count) {
                let bytes = spool.bytes(from: index * Self.piece, count: Self.piece)
                try FileIO.write(key.seal(bytes, at: Self.place(id, index, of: count)), to: file)
            }
            guard fsync(file) == 0 else { throw FileTrouble("fsync", errno) }
        } catch {
            unlink(path + ".part")
            throw error
        }
        guard rename(path + ".part", path) == 0 else { throw FileTrouble("rename", errno) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw FileTrouble("fsync", errno) }
    }

    /// A piece of a file, or nil after the last. Throws if it was changed, cut or moved.
    package func piece(_ index: Int, of id: String, key: SealingKey) throws -> [UInt8]? {
        guard Self.isName(id) else { throw FileTrouble("name", EINVAL) }
        let file = open(path(id), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileTrouble("open", errno) }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        let whole = Self.piece + Self.overhead
        let pieces = (size + whole - 1) / whole
        guard index < pieces else { return nil }
        let sealed = [UInt8](unsafeUninitializedCapacity: whole) { buffer, filled in
            filled = max(0, pread(file, buffer.baseAddress, whole, off_t(index * whole)))
        }
        return try key.open(sealed, at: Self.place(id, index, of: size - pieces * Self.overhead))
    }

    /// True if the file is there.
    package func has(_ id: String) -> Bool { Self.isName(id) && access(path(id), R_OK) == 0 }

    package func delete(_ id: String) {
        if Self.isName(id) { unlink(path(id)) }
    }

    /// The files that are there and have not been touched for so many seconds, parts that were never finished included.
    package func names(olderThan seconds: Int) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        let limit = time(nil) - seconds
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard !name.hasPrefix("."), stat(folder + "/" + name, &status) == 0, status.st_mtim.tv_sec <= limit else {
                continue
            }
            names.append(name)
        }
        return names
    }

    /// A name in the folder itself: nothing that leads out of it.
    private static func isName(_ id: String) -> Bool {
        !id.isEmpty && !id.hasPrefix(".") && !id.utf8.contains(UInt8(ascii: "/")) && !id.utf8.contains(0)
    }

    private func path(_ id: String) -> String { folder + "/" + id }

    private static func pieces(of count: Int) -> Int { max(1, (count + piece - 1) / piece) }

    /// The length is part of what is authenticated: a file that lost its end does not open.
    private static func place(_ id: String, _ index: Int, of count: Int) -> SealingKey.Place {
        .init("file", "\(id)#\(index)/\(count)", "content")
    }
}
