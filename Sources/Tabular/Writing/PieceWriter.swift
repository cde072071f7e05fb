import FoundationEssentials

/// Writes much in pieces, so that no more than one of them is held.
struct PieceWriter {
    private var held: [UInt8] = []
    private let write: ([UInt8]) throws -> Void
    private static let piece = 1 << 16

    /// Makes a file of lines, and gives what is left at the end.
    static func run(_ write: ([UInt8]) throws -> Void, _ work: (inout PieceWriter) throws -> Void) throws {
        try withoutActuallyEscaping(write) { write in
            var writer = PieceWriter(write: write)
            try work(&writer)
            try write(writer.held)
        }
    }

    private init(write: @escaping ([UInt8]) throws -> Void) { self.write = write }

    mutating func append(_ bytes: some Sequence<UInt8>) throws {
        held.append(contentsOf: bytes)
        guard held.count >= Self.piece else { return }
        try write(held)
        held.removeAll(keepingCapacity: true)
    }

    /// A row of CSV.
    mutating func append(row: [Cell]) throws {
        var bytes: [UInt8] = []
        CSV.write(row.map(\.csv), to: &bytes)
        try append(bytes)
    }

    /// A JSON object: what stands at its head, and a list of as many values as there are.
    /// - Parameter each: gives every value to what it is handed.
    mutating func append(
        json head: some Encodable, list: String, _ each: ((any Encodable) throws -> Void) throws -> Void
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try append(try encoder.encode(head).dropLast())
        try append(",\"\(list)\":[".utf8)
        var isFirst = true
        try each { value in
            try append((isFirst ? "\n" : ",\n").utf8)
            try append(try encoder.encode(value))
            isFirst = false
        }
        try append("\n]}\n".utf8)
    }
}
