import Core

/// 画像. Makes of any picture that was sent a JPEG that is turned the right way, no larger than a page needs, and says
/// nothing about where and with what it was taken.
///
/// A program of its own (libvips) does it: a picture made to break a decoder breaks that program alone.
enum Picture {
    private static let cleaner = OutsideProgram(
        "vipsthumbnail", ["stdin", "--size", "2400x2400>", "-o", ".jpg[Q=85,strip,interlace]"], within: .seconds(30))

    /// The picture to keep, or nil if it cannot be read.
    static func cleaned(_ original: Spool) async throws -> Spool? { try await cleaner.run(original) }

    /// A page of what is kept as a picture to look at, made anew: nothing that was in the file is active in it.
    /// - Parameter page: from 0; pictures have one.
    static func page(_ page: Int, of kept: Spool, _ kind: FileKind) async throws -> Spool? {
        let source = kind.isPicture ? "stdin" : "stdin[page=\(max(0, page)),dpi=130]"
        let viewer = OutsideProgram(
            "vipsthumbnail", [source, "--size", "1600x1600>", "-o", ".jpg[Q=85,strip]"], within: .seconds(30))
        return try await viewer.run(kept)
    }

    /// How many pages there are to look at; nil if it cannot be read.
    static func pages(of kept: Spool, _ kind: FileKind) async throws -> Int? {
        if kind.isPicture { return 1 }
        let counter = OutsideProgram("vipsheader", ["-f", "n-pages", "stdin"], within: .seconds(30))
        guard let told = try await counter.run(kept) else { return nil }
        let text = String(decoding: told.bytes(from: 0, count: min(told.count, 20)), as: UTF8.self)
        return Int(text.prefix { $0.isNumber })
    }
}
