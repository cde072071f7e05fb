import Database

#if canImport(Glibc)
    import Glibc
#endif

/// A folder of this machine.
actor FolderPlace: FilePlace {
    private let folder: String
    private let queue = Queue("origami.files")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameter folder: made if it is not there.
    init(_ folder: String) { self.folder = folder }

    func put(_ sealed: Spool, as name: String) throws {
        let path = try path(name)
        mkdir(folder, 0o700)
        let part = path + ".part"
        let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileTrouble("open", errno) }
        do {
            defer { close(file) }
            for start in stride(from: 0, to: sealed.count, by: 1 << 20) {
                try FileIO.write(sealed.bytes(from: start, count: 1 << 20), to: file)
            }
            guard fsync(file) == 0 else { throw FileTrouble("fsync", errno) }
        } catch {
            unlink(part)
            throw error
        }
        guard rename(part, path) == 0 else { throw FileTrouble("rename", errno) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw FileTrouble("fsync", errno) }
    }

    func bytes(of name: String, from start: Int, count: Int) throws -> [UInt8] {
        let file = open(try path(name), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileTrouble("open", errno) }
        defer { close(file) }
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let done = pread(file, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(start + filled))
                if done < 0, errno == EINTR { continue }
                guard done >= 0 else { throw FileTrouble("read", errno) }
                if done == 0 { break }
                filled += done
            }
        }
    }

    func delete(_ name: String) throws {
        guard unlink(try path(name)) == 0 || errno == ENOENT else { throw FileTrouble("unlink", errno) }
    }

    func names(olderThan seconds: Int) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        let limit = time(nil) - seconds
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard !name.hasPrefix("."), stat(folder + "/" + name, &status) == 0, status.st_mtim.tv_sec <= limit else {
                continue
            }
            names.append(name)
        }
        return names
    }

    /// A name in the folder itself: nothing that leads out of it.
    private func path(_ name: String) throws(FileTrouble) -> String {
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0)
        else { throw FileTrouble("name", EINVAL) }
        return folder + "/" + name
    }
}
