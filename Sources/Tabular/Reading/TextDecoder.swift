#if canImport(Glibc)
    import Glibc
#endif

/// Turns the bytes of a file into UTF-8 piece by piece. A byte that belongs to no character becomes 0xFF, which is no UTF-8, so
/// that the reader finds its place.
final class TextDecoder {
    private let handle: iconv_t
    /// The bytes of a character that the last piece did not end.
    private var rest: [UInt8] = []
    /// The C library's own fault number for a sequence that is cut off.
    private static let cutOff = EINVAL

    init?(from name: String) {
        guard let opened = iconv_open("UTF-8", name), opened != iconv_t(bitPattern: -1) else { return nil }
        handle = opened
    }

    deinit { iconv_close(handle) }

    /// The piece as UTF-8.
    /// - Parameter isLast: true if nothing follows; what is cut off then is told as a fault.
    func decode(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
        var input = (rest + piece).map { CChar(bitPattern: $0) }
        rest = []
        var output = [UInt8]()
        output.reserveCapacity(input.count * 2)
        var room = [CChar](repeating: 0, count: 65_536)
        var from = 0
        while from < input.count {
            var (read, written, fault) = (0, 0, Int32(0))
            input.withUnsafeMutableBufferPointer { source in
                room.withUnsafeMutableBufferPointer { target in
                    var (begin, left) = (source.baseAddress.map { $0 + from }, source.count - from)
                    var (end, free) = (target.baseAddress, target.count)
                    if iconv(handle, &begin, &left, &end, &free) == -1 { fault = errno }
                    (read, written) = (source.count - from - left, target.count - free)
                }
            }
            output.append(contentsOf: room[..<written].lazy.map { UInt8(bitPattern: $0) })
            from += read
            if fault == EILSEQ || fault == Self.cutOff && isLast {
                output.append(0xFF)
                from += 1
            } else if fault == Self.cutOff {
                rest = input[from...].map { UInt8(bitPattern: $0) }
                break
            }
        }
        return output
    }
}
