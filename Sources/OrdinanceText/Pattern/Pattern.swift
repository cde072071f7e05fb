import CPCRE

/// 正規表現. A pattern of PCRE2 over UTF-8, compiled for the machine it runs on.
struct Pattern: Sendable {
    /// Why a pattern cannot be used.
    struct Trouble: Error, CustomStringConvertible, Equatable {
        let description: String
    }

    /// A place where it fits.
    struct Match {
        /// The whole of it, then each group; in bytes of the text.
        let bytes: [Range<Int>?]
        private let text: String

        init(bytes: [Range<Int>?], text: String) { (self.bytes, self.text) = (bytes, text) }

        var whole: Range<Int> { bytes[0] ?? 0..<0 }

        /// The words of a group, counted from 1; 0 is all of it.
        subscript(_ group: Int) -> Substring? { bytes[group].map { text.slice($0) } }
    }

    /// The compiled pattern. It is never changed, so any thread may use it.
    private final class Code: Sendable {
        let address: UInt

        init(_ code: OpaquePointer) { address = UInt(bitPattern: code) }
        deinit { pcre2_code_free_8(OpaquePointer(bitPattern: address)) }
    }

    private let code: Code

    init(_ source: String) throws(Trouble) {
        var (error, place) = (Int32(0), 0)
        let options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C
        let units = Array(source.utf8)
        guard let code = pcre2_compile_8(units, units.count, options, &error, &place, nil) else {
            var words = [UInt8](repeating: 0, count: 200)
            pcre2_get_error_message_8(error, &words, words.count)
            let reason = String(decoding: words.prefix { $0 != 0 }, as: UTF8.self)
            throw Trouble(description: "正規表現「\(source)」の\(place)バイト目が読めません（\(reason)）")
        }
        pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
        self.code = Code(code)
    }

    /// True where it fits anywhere.
    func fits(_ text: String) -> Bool { first(in: text) != nil }

    func first(in text: String, from start: Int = 0) -> Match? {
        var text = text
        return text.withUTF8 { search($0, from: start) }.map { Match(bytes: $0, text: text) }
    }

    /// Every place, none over another.
    func all(in text: String) -> [Match] {
        var (text, found) = (text, [[Range<Int>?]]())
        text.withUTF8 { bytes in
            var start = 0
            while start <= bytes.count, let match = search(bytes, from: start), let whole = match[0] {
                found.append(match)
                start = max(whole.upperBound, whole.lowerBound + 1)
                while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
            }
        }
        return found.map { Match(bytes: $0, text: text) }
    }

    private func search(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>?]? {
        let code = OpaquePointer(bitPattern: code.address)
        guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return nil }
        defer { pcre2_match_data_free_8(data) }
        var count = pcre2_match_8(code, bytes.baseAddress, bytes.count, start, PCRE2_NO_UTF_CHECK, data, nil)
        if count == PCRE2_ERROR_JIT_STACKLIMIT {
            count = pcre2_match_8(
                code, bytes.baseAddress, bytes.count, start, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data, nil)
        }
        guard count > 0, let ends = pcre2_get_ovector_pointer_8(data) else { return nil }
        return (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
            let (lower, upper) = (ends[2 * group], ends[2 * group + 1])
            return lower < 0 || lower > upper || upper > bytes.count ? nil : lower..<upper
        }
    }
}

extension String {
    /// What stands between two bytes, which are beginnings of characters.
    func slice(_ bytes: Range<Int>) -> Substring {
        let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
        return self[start..<utf8.index(start, offsetBy: bytes.count)]
    }
}

extension Pattern {
    /// A pattern of this program itself, which is known to be one.
    static func sure(_ source: String) -> Pattern {
        do { return try Pattern(source) } catch { fatalError(error.description) }
    }
}
