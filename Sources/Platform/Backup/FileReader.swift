import Core

#if canImport(Glibc)
    import Glibc
#endif

/// A file, read piece by piece.
final class FileReader {
    private let file: Int32

    init(_ path: String) throws {
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BackupFault("\(path) を読めません（\(String(cString: strerror(errno)))）") }
    }

    deinit { close(file) }

    /// So many bytes, fewer at the end, nil after it.
    func next(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = [UInt8](unsafeUninitializedCapacity: count - bytes.count) { buffer, filled in
                filled = max(0, read(file, buffer.baseAddress, buffer.count))
            }
            if part.isEmpty { break }
            bytes += part
        }
        return bytes.isEmpty && count > 0 ? nil : bytes
    }
}

/// A file, written piece by piece.
final class FileWriter {
    private let path: String
    private let file: Int32

    /// - Parameter isNew: false for a file that is there and is changed.
    init(_ path: String, isNew: Bool = true) throws {
        self.path = path
        file = open(path, O_WRONLY | O_CLOEXEC | (isNew ? O_CREAT | O_EXCL : 0), 0o600)
        guard file >= 0 else { throw Self.fault(path) }
    }

    deinit { close(file) }

    /// - Parameter place: where in the file; nil for after what was written before.
    func write(_ bytes: [UInt8], at place: Int? = nil) throws {
        if let place { lseek(file, off_t(place), SEEK_SET) }
        do { try FileIO.write(bytes, to: file) } catch { throw Self.fault(path) }
    }

    func cut(at length: Int) throws {
        guard ftruncate(file, off_t(length)) == 0 else { throw Self.fault(path) }
    }

    /// Sees it through to the disk.
    func finish() throws {
        guard fsync(file) == 0 else { throw Self.fault(path) }
    }

    private static func fault(_ path: String) -> BackupFault {
        BackupFault("\(path) を書けません（\(String(cString: strerror(errno)))）。ディスクの空きを確かめてください")
    }
}
