import CArchive

/// ZIP (APPNOTE 6.3), made piece by piece: nothing is held but what was not taken yet. Names are UTF-8 and say so.
package final class ZIPArchive {
    private let archive: OpaquePointer
    private let waiting = Waiting()

    /// What was made and not taken yet.
    private final class Waiting {
        var bytes: [UInt8] = []
    }

    /// Why an archive cannot be made.
    package struct Trouble: Error, CustomStringConvertible {
        package let description: String
    }

    package init() throws(Trouble) {
        guard let made = archive_write_new() else { throw Trouble(description: "zip: no memory") }
        archive = made
        archive_write_set_format_zip(made)
        // Nothing is held back to fill a block.
        archive_write_set_bytes_per_block(made, 0)
        let place = Unmanaged.passUnretained(waiting).toOpaque()
        let opened = archive_write_open(
            made, place, nil,
            { _, place, bytes, count in
                guard let place, let bytes else { return -1 }
                Unmanaged<Waiting>.fromOpaque(place).takeUnretainedValue().bytes.append(
                    contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
                return la_ssize_t(count)
            }, nil)
        try check(opened)
    }

    deinit { archive_write_free(archive) }

    /// Begins a file.
    /// - Parameters:
    ///   - name: as it is to stand in the archive; nothing in it is changed here.
    ///   - size: how many bytes will follow; nil where nobody knows yet.
    ///   - seconds: when it was made, in seconds since 1970.
    ///   - packs: false for what is packed already, such as a picture.
    package func begin(_ name: String, size: Int?, at seconds: Int, packs: Bool) throws(Trouble) {
        guard let entry = archive_entry_new() else { throw Trouble(description: "zip: no memory") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        if let size { archive_entry_set_size(entry, la_int64_t(size)) }
        archive_entry_set_mtime(entry, seconds, 0)
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o600)
        try check(
            packs
                ? archive_write_zip_set_compression_deflate(archive) : archive_write_zip_set_compression_store(archive))
        try check(archive_write_header_utf8(archive, entry))
    }

    /// Adds bytes to the file that was begun last.
    package func write(_ bytes: [UInt8]) throws(Trouble) {
        let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw trouble }
    }

    /// Ends the archive.
    package func finish() throws(Trouble) { try check(archive_write_close(archive)) }

    /// What was made since it was asked for last.
    package func take() -> [UInt8] {
        defer { waiting.bytes = [] }
        return waiting.bytes
    }

    private var trouble: Trouble {
        Trouble(description: "zip: " + (archive_error_string(archive).map { String(cString: $0) } ?? "unknown"))
    }

    private func check(_ code: Int32) throws(Trouble) {
        if code < ARCHIVE_WARN { throw trouble }
    }
}
