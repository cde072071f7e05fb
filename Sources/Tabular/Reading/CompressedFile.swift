import CArchive

/// A file that may be compressed (gzip, bzip2, xz and what else libarchive knows), read whole.
package enum CompressedFile {
    /// Why it cannot be read.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// The bytes, unpacked.
    /// - Parameter most: so many at most; a file that says much with little is refused.
    package static func read(_ path: String, most: Int = 256 << 20) throws(Trouble) -> [UInt8] {
        let reader = archive_read_new()
        defer { archive_read_free(reader) }
        archive_read_support_filter_all(reader)
        archive_read_support_format_raw(reader)
        archive_read_support_format_empty(reader)
        var entry: OpaquePointer?
        guard archive_read_open_filename(reader, path, 65_536) == ARCHIVE_OK else {
            throw Trouble(description: "\(path) を読めません。ファイルの名前と、読む権限をお確かめください")
        }
        guard archive_read_next_header(reader, &entry) == ARCHIVE_OK else { return [] }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = piece.withUnsafeMutableBytes { archive_read_data(reader, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw Trouble(description: "\(path) の圧縮が壊れています。もう一度入手してください") }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: piece[..<Int(count)])
            guard bytes.count <= most else {
                throw Trouble(description: "\(path) は、開くと\(most >> 20)MBを超えます。中身を確かめてください")
            }
        }
    }
}
