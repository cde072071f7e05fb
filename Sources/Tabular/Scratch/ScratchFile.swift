#if canImport(Glibc)
    import Glibc
#endif
import Japanese

/// A file of our own for what does not fit in memory. It has no name and goes with the program.
final class ScratchFile {
    private let file: Int32
    private var held: [UInt8] = []
    private var flushed = 0
    private static let room = 1 << 16

    /// Why there is no room.
    struct Trouble: InputTrouble {
        let folder: String
        let code: Int32
        package var description: String {
            "\(folder) に書けません（\(String(cString: strerror(code)))）。空きと権限を確かめてください"
        }
    }

    let folder: String

    /// Where its bytes can be read while it is open, whether it has a name or not.
    var path: String { "/proc/self/fd/\(file)" }

    init(in folder: String) throws(Trouble) {
        self.folder = folder
        var name = Array("\(folder)/.origami-XXXXXX".utf8CString)
        file = name.withUnsafeMutableBufferPointer { name in name.baseAddress.map { mkstemp($0) } ?? -1 }
        guard file >= 0 else { throw Trouble(folder: folder, code: errno) }
        unlink(name)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }

    /// A file with a name, begun anew.
    init(at path: String, in folder: String) throws(Trouble) {
        self.folder = folder
        file = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Trouble(folder: folder, code: errno) }
    }

    deinit { close(file) }

    /// How many bytes it has.
    var count: Int { flushed + held.count }

    func append(_ bytes: ArraySlice<UInt8>) throws(Trouble) {
        held.append(contentsOf: bytes)
        if held.count >= Self.room { try flush() }
    }

    /// Writes what is held.
    func flush() throws(Trouble) {
        var from = 0
        while from < held.count {
            let count = held.withUnsafeBytes {
                pwrite(file, $0.baseAddress.map { $0 + from }, $0.count - from, off_t(flushed))
            }
            guard count > 0 else { throw Trouble(folder: folder, code: errno) }
            from += count
            flushed += count
        }
        held.removeAll(keepingCapacity: true)
    }

    /// The bytes from a place on, at most so many.
    func read(from place: Int, count: Int) throws(Trouble) -> [UInt8] {
        if !held.isEmpty { try flush() }
        let wanted = min(count, flushed - place)
        guard wanted > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: wanted)
        var have = 0
        while have < wanted {
            let count = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress.map { $0 + have }, wanted - have, off_t(place + have))
            }
            guard count > 0 else { throw Trouble(folder: folder, code: errno) }
            have += count
        }
        return bytes
    }
}
