/// Writes a CSV file row by row in an encoding.
package final class TableWriter {
    private let encoding: TextEncoding
    private let converter: Converter
    private var row = 0
    /// The places whose character the encoding does not have, the first ``reported`` of them.
    package private(set) var unmappable: [TextEncoding.Unmappable] = []
    /// How many such places there are.
    package private(set) var unmappableCount = 0

    /// Whoever looks through more than that writes UTF-8.
    package static let reported = 1000

    package init(_ encoding: TextEncoding) {
        self.encoding = encoding
        converter = Converter(to: "CP932", from: "UTF-8")
    }

    /// The next row; before the first one stands the mark that says UTF-8. A character that the encoding does not have
    /// stands as `〓`, and is told.
    package func written(_ fields: [String]) -> [UInt8] {
        row += 1
        guard encoding == .cp932 else { return (row == 1 ? [0xEF, 0xBB, 0xBF] : []) + Array(CSV.write([fields]).utf8) }
        let kept = fields.enumerated().map { column, field in mappable(field, column: column + 1) }
        return converter.convert(Array(CSV.write([kept]).utf8)) ?? []
    }

    private func mappable(_ field: String, column: Int) -> String {
        if field.utf8.allSatisfy({ $0 < 0x80 }) || converter.convert(Array(field.utf8)) != nil { return field }
        return String(
            field.map { character -> Character in
                if converter.convert(Array(String(character).utf8)) != nil { return character }
                unmappableCount += 1
                if unmappable.count < Self.reported {
                    unmappable.append(.init(character: character, row: row, column: column))
                }
                return "〓"
            })
    }
}
