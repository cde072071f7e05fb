import Japanese

/// Where records of CSV end, found without reading their fields.
enum RecordEnds {
    /// The place after the last record that ends within the bytes; nil if none does. The bytes begin with a record.
    static func last(in bytes: Bytes) -> Int? {
        var (place, end) = (0, nil as Int?)
        while place < bytes.count {
            let quote = bytes.find(UInt8(ascii: "\""), from: place)
            let open = quote ?? bytes.count
            // Before the next quotes all line ends are ends of records.
            if let found = lastLineEnd(in: bytes, place..<open) { end = found }
            guard quote != nil else { break }
            guard opensField(bytes, at: open) else {
                place = open + 1
                continue
            }
            guard let close = closing(bytes, from: open + 1) else { break }
            place = close
        }
        return end
    }

    /// How many lines end within the bytes, however they do.
    static func lines(in bytes: Bytes) -> Int {
        var (count, place) = (0, 0)
        while let end = bytes.find(10, from: place) {
            count += 1
            place = end + 1
        }
        place = 0
        while let end = bytes.find(13, from: place) {
            if end + 1 == bytes.count || bytes[end + 1] != 10 { count += 1 }
            place = end + 1
        }
        return count
    }

    private static func lastLineEnd(in bytes: Bytes, _ range: Range<Int>) -> Int? {
        var place = range.upperBound - 1
        while place >= range.lowerBound {
            if bytes[place] == 10 { return place + 1 }
            // What follows the last byte may be the other half of CRLF.
            if bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] != 10 { return place + 1 }
            place -= 1
        }
        return nil
    }

    private static func opensField(_ bytes: Bytes, at place: Int) -> Bool {
        guard place > 0 else { return true }
        let before = bytes[place - 1]
        return before == UInt8(ascii: ",") || before == 10 || before == 13
    }

    /// The place after the quotes that close; nil if none do.
    private static func closing(_ bytes: Bytes, from place: Int) -> Int? {
        var place = place
        while let quote = bytes.find(UInt8(ascii: "\""), from: place) {
            // Whether quotes at the very end are doubled is not known yet.
            guard quote + 1 < bytes.count else { return nil }
            if bytes[quote + 1] != UInt8(ascii: "\"") { return quote + 1 }
            place = quote + 2
        }
        return nil
    }
}
