import FoundationEssentials
import Platform
import Subprocess
import TestKit

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// Harm to the disk. Needs a small file system of its own, which not every machine lets us have.
    static let disks = [
        Fault("disk-full", "the disk is full for two seconds, 5 times") {
            try await onDisk { folder, server, settle in
                let path = folder + "/ballast"
                try await server.serve(endingWith: .terminate) { _ in
                    for _ in 0..<5 {
                        try await pause(500...1500)
                        fill(path)
                        try await Task.sleep(for: .seconds(2))
                        unlink(path)
                    }
                    try await settle()
                }
            }
        },
        Fault("read-only", "SIGKILL, and the data folder is read-only when the server begins again, 5 times") {
            try await onDisk { folder, server, settle in
                for _ in 0..<5 {
                    try await server.serve(endingWith: .kill) { _ in try await pause(500...1500) }
                    guard mount(folder, "remount,ro") else { throw TestFault("cannot be made read-only") }
                    do {
                        try await server.command("serve")
                        throw TestFault("it serves from a folder that keeps nothing")
                    } catch let fault as TestFault where "\(fault)".contains("書き込めません") {}
                    guard mount(folder, "remount,rw") else { throw TestFault("cannot be made writable") }
                }
                try await server.serve(endingWith: .terminate) { _ in try await settle() }
            }
        },
    ]

    /// A town on a file system of its own.
    private static func onDisk(
        _ harm:
            @escaping @Sendable (
                _ folder: String, _ server: ServerProcess, _ settle: @escaping @Sendable () async throws -> Void
            ) async throws -> Void
    ) async throws -> (Bool, String)? {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        guard mount(folder.path, "size=200m") else { return nil }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        let server = ServerProcess(program: ServerProcess.built, data: folder.path + "/town", port: 18_080)
        return try await FaultRun(server: server).run { server, settle in
            try await harm(folder.path, server, settle)
        }.found
    }

    /// Whether it could be mounted.
    private static func mount(_ folder: String, _ options: String) -> Bool {
        let isAgain = options.hasPrefix("remount")
        var flags = isAgain ? UInt(MS_REMOUNT) : 0
        if options.hasSuffix(",ro") { flags |= UInt(MS_RDONLY) }
        return Glibc.mount("tmpfs", folder, "tmpfs", flags, isAgain ? nil : options) == 0
    }

    /// Writes until nothing fits any more.
    private static func fill(_ path: String) {
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        for size in [1 << 20, 1 << 12] {
            let bytes = [UInt8](repeating: 1, count: size)
            while write(file, bytes, size) == size {}
        }
    }
}
