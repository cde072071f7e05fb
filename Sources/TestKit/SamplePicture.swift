import FoundationEssentials

/// A photograph as a phone sends it: lying on its side, with words about where it was taken.
package enum SamplePicture {
    /// What its metadata says, and what must not be kept.
    package static let secret = "GPS 36.439444 139.909722"

    /// A JPEG of 16 × 8 pixels that says of itself that it has to be turned by a quarter.
    package static var jpeg: [UInt8] {
        let plain = [UInt8](Data(base64Encoded: base64.filter { !$0.isWhitespace }) ?? Data())
        var exif = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8]
        let text = Array(secret.utf8) + [0]
        // Two entries: a description, and the orientation 6.
        exif += [0, 2, 0x01, 0x0E, 0, 2, 0, 0, 0, UInt8(text.count), 0, 0, 0, 38]
        exif += [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0] + text
        let length = exif.count + 2
        return plain[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + exif + plain[2...]
    }

    /// Width and height, as a JPEG says in its frame header.
    package static func size(of jpeg: [UInt8]) -> (width: Int, height: Int)? {
        var place = 2
        while place + 9 < jpeg.count, jpeg[place] == 0xFF {
            let length = Int(jpeg[place + 2]) << 8 | Int(jpeg[place + 3])
            if [0xC0, 0xC1, 0xC2].contains(jpeg[place + 1]) {
                return (
                    Int(jpeg[place + 7]) << 8 | Int(jpeg[place + 8]), Int(jpeg[place + 5]) << 8 | Int(jpeg[place + 6])
                )
            }
            place += 2 + length
        }
        return nil
    }

    private static let base64 = """
        /9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBD
        ARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABAD
        ASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG
        E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4
        eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6
        /8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEI
        FEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaH
        iImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIR
        AxEAPwDz+iiigD//2Q==
        """
}
