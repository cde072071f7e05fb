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
}
