/// 添付できるファイルの種類, told by what is in the file and not by its name.
package enum FileKind: String, Sendable, Codable, CaseIterable {
    case jpeg, png, heic, webp, pdf

    /// The kind of a file that begins with these bytes; nil for all others.
    package init?(beginning bytes: [UInt8]) {
        func has(_ text: String, at place: Int) -> Bool {
            bytes.count >= place + text.utf8.count && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("ftyp", at: 4),
            ["heic", "heix", "mif1", "msf1", "heim", "heis"].contains(where: { has($0, at: 8) })
        {
            self = .heic
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("%PDF-", at: 0) {
            self = .pdf
        } else {
            return nil
        }
    }

    package var isPicture: Bool { self != .pdf }

    /// The media type of what is kept: every picture becomes a JPEG.
    package var mediaType: String { isPicture ? "image/jpeg" : "application/pdf" }

    package var ending: String { isPicture ? "jpg" : "pdf" }
}
