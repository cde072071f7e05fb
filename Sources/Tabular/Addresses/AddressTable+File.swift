package import Japanese

/// 町字の表のファイル. What was loaded, in one file of our own: a row a town.
package enum AddressTableFile {
    private static let heading = [
        "code", "pref", "county", "city", "town", "chome", "unit", "parted", "postcode", "old",
    ]

    /// The rows as the bytes of a file.
    package static func bytes(_ rows: [AddressSource.Row]) -> [UInt8] {
        var bytes: [UInt8] = []
        CSV.write(heading, to: &bytes)
        for row in rows {
            CSV.write(
                [
                    row.code, row.prefecture, row.county, row.municipality, row.town, row.chome.map { "\($0)" } ?? "",
                    row.unit, row.hasChome.map { $0 ? "1" : "0" } ?? "", row.postcode ?? "", row.isOldName ? "1" : "",
                ], to: &bytes)
        }
        return bytes
    }

    /// The rows of a file of our own; what it does not say is left out.
    package static func rows(_ bytes: [UInt8]) -> [AddressSource.Row] {
        bytes.withUnsafeBufferPointer { bytes in
            var reader = RecordReader(bytes)
            var rows: [AddressSource.Row] = []
            _ = reader.next()
            while reader.next() {
                guard reader.count == heading.count else { continue }
                rows.append(
                    AddressSource.Row(
                        code: reader.text(0), prefecture: reader.text(1), county: reader.text(2),
                        municipality: reader.text(3),
                        town: reader.text(4), chome: Int(reader.text(5)), unit: reader.text(6),
                        hasChome: reader[7].count == 0 ? nil : reader[7][0] == 49,
                        postcode: reader[8].count == 0 ? nil : reader.text(8), isOldName: reader[9].count > 0))
            }
            return rows
        }
    }

    /// The table of rows.
    package static func table(_ rows: some Sequence<AddressSource.Row>) -> AddressTable {
        var table = AddressTable()
        for row in rows {
            table.add(row)
        }
        table.finish()
        return table
    }
}
