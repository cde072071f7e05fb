import Core
import Database
import FoundationEssentials
import Platform
import Subprocess
import TestKit

extension Faults {
    /// Harm to the program itself.
    static let programs = [
        Fault("server-killed", "SIGKILL of the server, 20 times") {
            try await town { try await FaultRun(server: $0).run(FaultRun.kills(20)).found }
        },
        Fault("worker-killed", "SIGKILL of `origami work`, 15 times, while `serve` goes on") {
            try await town(settings: ["ORIGAMI_WORKER": "false"]) { server in
                try await FaultRun(server: server).run { server, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        for _ in 0..<15 { try await server.work(endingWith: .kill) { try await pause(200...1500) } }
                        try await settle()
                    }
                }.found
            }
        },
        Fault(
            "two-servers-killed", "SIGKILL of one of two servers and of one of two workers on one PostgreSQL, 8 times"
        ) {
            try await townOnServer(TestPostgreSQL(isDurable: true)) { server, address in
                let other = ServerProcess(
                    program: server.program, data: server.data, port: server.port + 20,
                    settings: ["ORIGAMI_DATABASE": address])
                return try await FaultRun(server: server).run { server, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        try await server.work(endingWith: .terminate) {
                            for _ in 0..<8 {
                                try await other.serve(endingWith: .kill) { _ in
                                    try await other.work(endingWith: .kill) { try await pause(300...1200) }
                                }
                            }
                        }
                        try await settle()
                    }
                }.found
            }
        },
        Fault("clock-jumps", "the machine's clock jumps by up to two days, 12 times") {
            guard let library = clockLibrary else { return nil }
            return try await town { plain in
                let file = plain.data + "-clock"
                let server = ServerProcess(
                    program: plain.program, data: plain.data, port: plain.port,
                    settings: [
                        "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                        "DONT_FAKE_MONOTONIC": "1", "FAKETIME_CACHE_DURATION": "1",
                    ])
                try write("+0", to: file)
                return try await FaultRun(server: server).run { server, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        for _ in 0..<12 {
                            try write("\(["+", "-"].randomElement() ?? "+")\(Int.random(in: 1...172_800))", to: file)
                            try await pause(1200...2500)
                        }
                        try write("+0", to: file)
                        try await settle()
                    }
                }.found
            }
        },
    ]
}

extension Faults {
    /// The library that lets a program see another time, where it is installed.
    private static var clockLibrary: String? {
        ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketimeMT.so.1" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func write(_ text: String, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw TestFault("cannot write \(path)")
        }
    }
}
