#if canImport(Glibc)
    import Glibc
#endif

/// A database's file, looked at from outside.
package enum SQLiteFile {
    /// The number of a process that has the file open; nil if none has. To be asked while this one has not.
    ///
    /// Whoever has a database open in WAL mode holds a shared lock on byte 128 of the file beside it (sqlite.org/walformat.html,
    /// "WAL Locks").
    package static func user(of path: String) -> Int? {
        let file = open(path + "-shm", O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var lock = flock()
        (lock.l_type, lock.l_whence, lock.l_start, lock.l_len) = (Int16(F_WRLCK), Int16(SEEK_SET), 128, 1)
        guard fcntl(file, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
        return Int(lock.l_pid)
    }
}
