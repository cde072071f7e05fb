import Core
import Database
import FoundationEssentials
import Platform
import Subprocess
import TestKit

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// Harm to the database, and on the way to it.
    static let databases = [
        Fault("postgresql-killed", "SIGKILL of all of PostgreSQL under load, 6 times") {
            try await harmed(.kill, times: 6)
        },
        Fault("postgresql-restarted", "PostgreSQL started again under load, 6 times") {
            try await harmed(.restart, times: 6)
        },
        Fault("commit-cut", "every seventh connection cut in the middle of a commit, for 20 s") {
            let postgreSQL = TestPostgreSQL(isDurable: true)
            let address = try await postgreSQL.database()
            return try await CuttingProxy.run(before: address, share: 15) { cut in
                try await town(settings: ["ORIGAMI_DATABASE": cut]) { server in
                    let direct = ServerProcess(
                        program: server.program, data: server.data, port: server.port,
                        settings: ["ORIGAMI_DATABASE": address])
                    return try await FaultRun(server: direct).run { _, settle in
                        try await server.serve(endingWith: .terminate) { _ in
                            try await Task.sleep(for: .seconds(20))
                            try await settle()
                        }
                    }.found
                }
            }
        },
        Fault("torn-journal", "SIGKILL, and half a page at the end of the write-ahead log, 12 times") {
            try await town { server in
                try await FaultRun(server: server).run { server, settle in
                    for _ in 0..<12 {
                        try await server.serve(endingWith: .kill) { _ in try await pause(300...1200) }
                        try tear("\(server.data)/origami.sqlite-wal")
                        try tear("\(server.data)/keys/keys.sqlite-wal")
                    }
                    try await server.serve(endingWith: .terminate) { _ in try await settle() }
                }.found
            }
        },
    ]

    private static func harmed(_ harm: TestPostgreSQL.Harm, times: Int) async throws -> (Bool, String) {
        let postgreSQL = TestPostgreSQL(isDurable: true)
        return try await townOnServer(postgreSQL) { server, _ in
            try await FaultRun(server: server).run { server, settle in
                try await server.serve(endingWith: .terminate) { _ in
                    for _ in 0..<times {
                        try await pause(1000...2500)
                        try await postgreSQL.harm(harm)
                    }
                    try await settle()
                }
            }.found
        }
    }

    /// What a power cut in the middle of a write leaves behind.
    private static func tear(_ path: String) throws {
        let file = open(path, O_WRONLY | O_APPEND)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = (0..<2100).map { _ in UInt8.random(in: 0...255) }
        guard write(file, bytes, bytes.count) == bytes.count else { throw TestFault("cannot tear \(path)") }
    }
}
