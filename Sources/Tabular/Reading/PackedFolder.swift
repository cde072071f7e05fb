import CArchive

#if canImport(Glibc)
    import Glibc
#endif

/// まとめたファイル. The files of a ZIP, or of another archive that libarchive knows, in memory.
package enum PackedFolder {
    /// Why it cannot be read.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// Its files in the order they stand in it; folders are left out.
    /// - Parameter most: so many bytes at most, unpacked; an archive that says much with little is refused.
    package static func files(_ bytes: [UInt8], most: Int = 200 << 20) throws(Trouble) -> [(
        name: String, bytes: [UInt8]
    )] {
        // The library keeps no name that the locale cannot say; this one says all, and holds for this thread alone.
        let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = uselocale(locale)
        defer {
            uselocale(before)
            if let locale { freelocale(locale) }
        }
        let reader = archive_read_new()
        defer { archive_read_free(reader) }
        archive_read_support_filter_all(reader)
        archive_read_support_format_zip(reader)
        archive_read_support_format_tar(reader)
        let found = bytes.withUnsafeBytes { buffer -> Result<[(name: String, bytes: [UInt8])], Trouble> in
            guard archive_read_open_memory(reader, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
                return .failure(Trouble(description: "ZIPとして開けません"))
            }
            return entries(reader, most)
        }
        return try found.get()
    }

    private static func entries(_ reader: OpaquePointer?, _ most: Int) -> Result<
        [(name: String, bytes: [UInt8])], Trouble
    > {
        var (found, total, entry) = ([(name: String, bytes: [UInt8])](), 0, OpaquePointer?.none)
        while true {
            let status = archive_read_next_header(reader, &entry)
            if status == ARCHIVE_EOF { return .success(found) }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
                return .failure(Trouble(description: "ZIPが壊れています。もう一度作り直してください"))
            }
            let name = name(of: entry)
            var content: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = piece.withUnsafeMutableBytes { archive_read_data(reader, $0.baseAddress, $0.count) }
                guard count >= 0 else { return .failure(Trouble(description: "ZIPの中の \(name) が壊れています")) }
                guard count > 0 else { break }
                total += Int(count)
                guard total <= most else {
                    return .failure(Trouble(description: "ZIPを開くと\(most >> 20)MBを超えます。分けて送ってください"))
                }
                content.append(contentsOf: piece[..<Int(count)])
            }
            if !name.hasSuffix("/") { found.append((name, content)) }
        }
    }

    /// UTF-8, or CP932 in an archive made in Japanese Windows.
    private static func name(of entry: OpaquePointer?) -> String {
        guard let raw = archive_entry_pathname(entry) else { return "" }
        let bytes = UnsafeBufferPointer(start: raw, count: strlen(raw)).map { UInt8(bitPattern: $0) }
        return TextEncoding.text(of: bytes)?.text ?? String(decoding: bytes, as: UTF8.self)
    }
}
