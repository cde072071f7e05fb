#if canImport(Glibc)
    import Glibc
#endif

/// 一時置き場. A file without a name in memory, for what is on its way in: it never touches the disk unsealed, and it is
/// gone with the last who holds it.
package final class Spool: Sendable {
    /// For programs that read or write it.
    package let descriptor: Int32

    /// A file system in memory.
    package static let folder = "/dev/shm"

    package init() throws(FileTrouble) {
        // Its name is gone before anything is in it.
        let path = "\(Self.folder)/origami-\(ID<Spool>())"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileTrouble("open /dev/shm", errno) }
        unlink(path)
    }

    deinit { Glibc.close(descriptor) }

    /// Where a program of this process opens it by name, as long as somebody holds it.
    package var path: String { "/proc/self/fd/\(descriptor)" }

    /// How many bytes are in it.
    package var count: Int { Int(lseek(descriptor, 0, SEEK_END)) }

    /// Adds bytes at the end.
    package func append(_ bytes: some Collection<UInt8>) throws(FileTrouble) {
        lseek(descriptor, 0, SEEK_END)
        try FileIO.write(Array(bytes), to: descriptor)
    }

    /// The bytes from a place on, at most so many.
    package func bytes(from start: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(start)))
        }
    }

    /// Goes back to the beginning, for a program that reads it.
    package func rewind() { lseek(descriptor, 0, SEEK_SET) }
}

/// A file that could not be read or written.
package struct FileTrouble: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter code: `errno`.
    init(_ what: String, _ code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }

    init(_ description: String) { self.description = description }
}

package enum FileIO {
    /// Everything, however the system takes it.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileTrouble) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileTrouble("write", errno) }
            done += count
        }
    }
}
