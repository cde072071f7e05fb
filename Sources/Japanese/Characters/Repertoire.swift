#if canImport(Glibc)
    import Glibc
#endif

/// 文字の範囲. Which characters belong to which standard.
package enum Repertoire: String, Sendable, CaseIterable, Codable {
    /// JIS X 0208: 第一水準・第二水準 and their signs.
    case jis12
    /// JIS X 0213: 第一 to 第四水準 and their signs.
    case jis1234
    /// What CP932 (Windows) can write.
    case cp932
    /// Every assigned character that is not for private use.
    case unicode

    /// True if the character belongs to it. Line ends and tabs belong to all, variation selectors to ``unicode``.
    @inline(__always)
    package func contains(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return scalar >= 0x20 && scalar != 0x7F || scalar == 9 || scalar == 10 || scalar == 13 }
        let kind = CharacterKind.of(scalar)
        return switch self {
        case .jis12: kind.contains(.jisX0208)
        case .jis1234: kind.contains(.jisX0213)
        case .cp932: kind.contains(.cp932)
        case .unicode: !kind.contains(.privateUse) && scalar < 0x110000
        }
    }
}

/// 文字の種類. What the standards say of one character.
@usableFromInline
package struct CharacterKind: OptionSet, Sendable {
    @usableFromInline package let rawValue: UInt16

    @inlinable
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// 第一水準漢字.
    package static let level1 = CharacterKind(rawValue: 1)
    /// 第二水準漢字.
    package static let level2 = CharacterKind(rawValue: 2)
    /// 第三水準漢字.
    package static let level3 = CharacterKind(rawValue: 4)
    /// 第四水準漢字.
    package static let level4 = CharacterKind(rawValue: 8)
    /// Belongs to JIS X 0208.
    package static let jisX0208 = CharacterKind(rawValue: 16)
    /// Belongs to JIS X 0213:2004.
    package static let jisX0213 = CharacterKind(rawValue: 32)
    /// CP932 has it.
    package static let cp932 = CharacterKind(rawValue: 64)
    /// 外字: for private use, in the basic plane or planes 15 and 16.
    package static let privateUse = CharacterKind(rawValue: 128)
    /// 互換漢字: NFC turns it into another character.
    package static let compatibility = CharacterKind(rawValue: 256)
    /// 異体字セレクター.
    package static let selector = CharacterKind(rawValue: 512)
    /// A kanji.
    package static let kanji = CharacterKind(rawValue: 1024)
    /// No character: unassigned, a surrogate, or no UTF-8.
    package static let unassigned = CharacterKind(rawValue: 2048)

    /// What is known of a character.
    @inlinable @inline(__always)
    package static func of(_ scalar: UInt32) -> CharacterKind {
        scalar < 0x30000 ? table[Int(scalar)] : beyondTable(scalar)
    }

    @usableFromInline static let tabled = 0x30000

    @usableFromInline static func beyondTable(_ scalar: UInt32) -> CharacterKind {
        switch scalar {
        case 0x30000...0x323AF: .kanji
        case 0xE0100...0xE01EF: .selector
        case 0xF0000...0xFFFFD, 0x100000...0x10FFFD: .privateUse
        default: .unassigned
        }
    }

    @usableFromInline static let table: [CharacterKind] = {
        var table = (0..<UInt32(tabled)).map(unicode)
        for code in JISCode.all {
            guard let scalar = code.scalar, scalar < UInt32(tabled) else { continue }
            let place = Int(scalar)
            table[place].insert(.jisX0213)
            if code.isInX0208 { table[place].insert(.jisX0208) }
            if table[place].contains(.kanji) { table[place].insert(code.level) }
        }
        for scalar in twofold { table[Int(scalar)].formUnion([.jisX0208, .jisX0213]) }
        for scalar in JISCode.cp932 where scalar < UInt32(tabled) { table[Int(scalar)].insert(.cp932) }
        return table
    }()

    /// Signs of JIS X 0208 that Windows and the JIS tables turn into two different characters: ― ～ ∥ － ￠ ￡ ￢. Both belong to it.
    private static let twofold: [UInt32] = [0x2015, 0xFF5E, 0x2225, 0xFF0D, 0xFFE0, 0xFFE1, 0xFFE2]

    /// What Unicode says.
    private static func unicode(_ value: UInt32) -> CharacterKind {
        guard let scalar = Unicode.Scalar(value) else { return .unassigned }
        var kind: CharacterKind = []
        switch scalar.properties.generalCategory {
        case .privateUse: kind.insert(.privateUse)
        case .unassigned, .surrogate: kind.insert(.unassigned)
        default: break
        }
        if scalar.properties.isUnifiedIdeograph || (0xF900...0xFAFF).contains(value)
            || (0x2F800...0x2FA1F).contains(value)
        {
            kind.insert(.kanji)
        }
        if (0xF900...0xFAFF).contains(value) || (0x2F800...0x2FA1F).contains(value),
            !scalar.properties.isUnifiedIdeograph
        {
            kind.insert(.compatibility)
        }
        if (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value) { kind.insert(.selector) }
        return kind
    }
}

/// 面区点. A place of JIS X 0213 and the character that stands there.
private struct JISCode {
    let plane: Int
    /// 区, from 1.
    let row: Int
    /// Nil if nothing or a sequence stands there.
    let scalar: UInt32?
    let isInX0208: Bool

    /// The level it has if it is a kanji: 第一水準 to 16–47区, 第二水準 to 48–84区 of JIS X 0208, the rest of plane 1 第三水準,
    /// plane 2 第四水準.
    var level: CharacterKind {
        if plane == 2 { return .level4 }
        return isInX0208 ? (row <= 47 ? .level1 : .level2) : .level3
    }

    static var all: [JISCode] {
        let (wide, narrow) = (CodeReader("EUC-JISX0213"), CodeReader("EUC-JP"))
        return (1...2).flatMap { plane in
            (1...94).flatMap { row in
                (1...94).compactMap { cell in
                    let code = (plane == 2 ? [0x8F] : []) + [UInt8(0xA0 + row), UInt8(0xA0 + cell)]
                    guard let scalars = wide.read(code) else { return nil }
                    let scalar = scalars.count == 1 ? scalars[0] : nil
                    let isOld = plane == 1 && scalar != nil && narrow.read(code) == scalars
                    return JISCode(plane: plane, row: row, scalar: scalar, isInX0208: isOld)
                }
            }
        }
    }

    /// Every character of CP932.
    static var cp932: [UInt32] {
        let reader = CodeReader("CP932")
        let single = (0xA1...0xDF).compactMap { reader.read([UInt8($0)])?.first }
        let leads = (0x81...0x9F).map(UInt8.init) + (0xE0...0xEF).map(UInt8.init) + (0xFA...0xFC).map(UInt8.init)
        let double = leads.flatMap { lead in
            ((0x40...0x7E).map(UInt8.init) + (0x80...0xFC).map(UInt8.init)).compactMap {
                reader.read([lead, $0])?.first
            }
        }
        return single + double
    }
}

/// The C library's tables, one code at a time.
private final class CodeReader {
    private let handle: iconv_t

    init(_ name: String) { handle = iconv_open("UTF-32LE", name) }

    deinit { iconv_close(handle) }

    /// The code points of a code; nil if there are none.
    func read(_ code: [UInt8]) -> [UInt32]? {
        guard handle != iconv_t(bitPattern: -1) else { return nil }
        var input = code.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 16)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (begin, left) = (source.baseAddress, source.count)
                var (end, room) = (target.baseAddress, target.count)
                iconv(handle, nil, nil, nil, nil)
                guard iconv(handle, &begin, &left, &end, &room) != -1, left == 0,
                    iconv(handle, nil, nil, &end, &room) != -1
                else { return nil }
                return target.count - room
            }
        }
        guard let written, written > 0 else { return nil }
        return stride(from: 0, to: written, by: 4).map { place in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(UInt8(bitPattern: output[place + $1])) << UInt32(8 * $1) }
        }
    }
}
