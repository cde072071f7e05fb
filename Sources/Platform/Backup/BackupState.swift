import Crypto
import FoundationEssentials

/// What the last backup of a SQLite town held: what is the same now need not be written again.
struct BackupState: Codable {
    /// The backup that it is the state of.
    let id: String
    /// Where it was written.
    let path: String
    /// The names of the files that are in it or in one before it.
    var files: Set<String>
    /// The beginning of SHA-256 of each page of the database, one after the other.
    var pages: Data

    /// The size of a page; SQLite's usual one.
    static let pageSize = 4096
    /// Bytes of a digest.
    private static let width = 16

    /// Beside the database, where a backup is made.
    private static func path(in folder: String) -> String { folder + "/backup-state.json" }

    /// Nil where no backup was made yet.
    static func read(in folder: String) -> BackupState? {
        FileManager.default.contents(atPath: path(in: folder)).flatMap {
            try? JSONDecoder().decode(BackupState.self, from: $0)
        }
    }

    func write(in folder: String) throws {
        try JSONEncoder().encode(self).write(to: URL(filePath: Self.path(in: folder)), options: .atomic)
    }

    /// The digest of a page.
    static func digest(_ page: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: page).prefix(width)) }

    /// The digest that page had, counted from 0.
    func digest(ofPage number: Int) -> [UInt8]? {
        let start = number * Self.width
        return start + Self.width <= pages.count ? Array(pages[start..<start + Self.width]) : nil
    }
}

/// The pages of a database that changed: each with its number before it, one after the other in a file.
enum ChangedPages {
    /// Writes those of a copy that are not as they were. Gives the state as it is now, without files.
    static func write(of copy: String, since before: BackupState?, to path: String?) throws -> Data {
        let source = try FileReader(copy)
        var (digests, number) = (Data(), 0)
        let target = try path.map { try FileWriter($0) }
        while let page = source.next(BackupState.pageSize) {
            let digest = BackupState.digest(page)
            digests.append(contentsOf: digest)
            if before?.digest(ofPage: number) != digest {
                try target?.write((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } + page)
            }
            number += 1
        }
        try target?.finish()
        return digests
    }

    /// Puts them into the database of the backup before. `count` is how many pages it has then.
    static func apply(_ path: String, to database: String, count: Int) throws {
        let source = try FileReader(path)
        let target = try FileWriter(database, isNew: false)
        while let head = source.next(8), head.count == 8, let page = source.next(BackupState.pageSize) {
            try target.write(page, at: head.reduce(0) { $0 << 8 | Int($1) } * BackupState.pageSize)
        }
        try target.cut(at: count * BackupState.pageSize)
        try target.finish()
    }
}
