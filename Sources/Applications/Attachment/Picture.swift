import Core
import Subprocess
import SystemPackage

/// 画像. Makes of any picture that was sent a JPEG that is turned the right way, no larger than a page needs, and says
/// nothing about where and with what it was taken.
///
/// A program of its own (libvips) does it, with a time limit: a picture made to break a decoder breaks that program alone.
enum Picture {
    /// Pixels of the longer side.
    private static let side = 2400
    private static let timeLimit: Duration = .seconds(30)

    /// The picture to keep, or nil if it cannot be read.
    static func cleaned(_ original: Spool) async throws -> Spool? {
        let result = try Spool()
        original.rewind()
        let code = try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    .name("vipsthumbnail"),
                    arguments: ["stdin", "--size", "\(side)x\(side)>", "-o", ".jpg[Q=85,strip,interlace]"],
                    input: .fileDescriptor(
                        FileDescriptor(rawValue: original.descriptor), closeAfterSpawningProcess: false),
                    output: .fileDescriptor(
                        FileDescriptor(rawValue: result.descriptor), closeAfterSpawningProcess: false),
                    error: .discarded
                ).terminationStatus
            }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let code, code.isSuccess, result.count > 0 else { return nil }
        return result
    }
}
