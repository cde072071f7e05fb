import Japanese

/// 個人番号の検出. Finds columns that hold Individual Numbers (マイナンバー), so that a file with one is not taken in.
package enum IndividualNumbers {
    /// Columns that are called so.
    private static let names = ["個人番号", "マイナンバー"]

    /// The name of the first column of a file that holds such numbers; nil for none.
    ///
    /// One of eleven numbers of twelve digits has the right check digit by chance: a column in which half of them have it
    /// is no accident.
    package static func column(in file: TableFile) -> String? {
        var (heading, counts) = ([String](), [(long: Int, valid: Int)]())
        while let block = file.next() {
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0, reader.next() {
                    heading = (0..<reader.count).map { reader.text($0) }
                    counts = heading.map { _ in (0, 0) }
                }
                while reader.next() {
                    for column in 0..<min(reader.count, counts.count) where isLong(reader[column]) {
                        counts[column].long += 1
                        if IndividualNumber.isFound(in: reader.text(column)) { counts[column].valid += 1 }
                    }
                }
            }
        }
        return zip(heading, counts).first { name, count in
            let isNamed = names.contains { name.contains($0) }
            return count.valid > 0 && (isNamed || count.long >= 3 && count.valid * 2 >= count.long)
        }?.0
    }

    /// True for a value of twelve digits, whatever stands between them.
    private static func isLong(_ value: Bytes) -> Bool {
        guard value.count >= 12, value.count <= 48 else { return false }
        var digits = 0
        for place in 0..<value.count {
            let byte = value[place]
            if (0x30...0x39).contains(byte) { digits += 1 }
            // U+FF10 to U+FF19.
            if (0x90...0x99).contains(byte), place > 1, value[place - 1] == 0xBC, value[place - 2] == 0xEF {
                digits += 1
            }
        }
        return digits == 12
    }
}
