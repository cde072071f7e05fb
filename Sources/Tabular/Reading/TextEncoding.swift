#if canImport(Glibc)
    import Glibc
#endif

/// 文字コード of a file.
package enum TextEncoding: String, Sendable, CaseIterable {
    /// UTF-8, with a byte order mark so that Excel knows it.
    case utf8 = "utf-8"
    /// CP932, which Windows and Excel in Japan call Shift_JIS.
    case cp932

    /// A character that the encoding does not have, with where it first stands.
    package struct Unmappable: Sendable, Equatable {
        package let character: Character
        /// The row, from 1.
        package let row: Int
        /// The column, from 1.
        package let column: Int

        package init(character: Character, row: Int, column: Int) {
            (self.character, self.row, self.column) = (character, row, column)
        }
    }

    /// A table as a file, and every place whose character this encoding does not have.
    ///
    /// Nothing is replaced silently: such a character stands as `〓`, and is told. An empty list means that the file says
    /// all there was.
    package func file(_ rows: [[String]]) -> (bytes: [UInt8], unmappable: [Unmappable]) {
        let writer = TableWriter(self)
        let bytes = rows.reduce(into: []) { $0 += writer.written($1) }
        return (bytes, writer.unmappable)
    }

    /// What a file says, whichever of the encodings it is in; nil where it is neither.
    package static func text(of bytes: [UInt8]) -> (text: String, encoding: TextEncoding)? {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
        return Converter(to: "UTF-8", from: "CP932").convert(bytes).flatMap {
            String(validating: $0, as: UTF8.self)
        }.map { ($0, .cp932) }
    }
}

/// The C library's own conversion, byte for byte or not at all.
final class Converter {
    private let handle: iconv_t?

    init(to: String, from: String) {
        let opened = iconv_open(to, from)
        handle = opened == iconv_t(bitPattern: -1) ? nil : opened
    }

    deinit {
        if let handle { iconv_close(handle) }
    }

    func convert(_ bytes: [UInt8]) -> [UInt8]? {
        guard let handle else { return nil }
        iconv(handle, nil, nil, nil, nil)
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (begin, left) = (source.baseAddress, source.count)
                var (end, room) = (target.baseAddress, target.count)
                guard iconv(handle, &begin, &left, &end, &room) != -1, left == 0 else { return nil }
                return target.count - room
            }
        }
        return written.map { output.prefix($0).map { UInt8(bitPattern: $0) } }
    }
}
