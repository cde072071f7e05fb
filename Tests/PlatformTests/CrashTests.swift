import TestKit
import Testing

#if canImport(Glibc)
    import Glibc
    import Subprocess
#endif

@Suite("停電", .serialized)
struct CrashTests {
    @Test("止めるときは、届きかけの要求に答えてから止まる")
    func graceful() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let server = ServerProcess(program: ServerProcess.built, data: folder.path, port: 18_160)
        try await server.command("init", "--town", TestTown.source, "--empty")
        let answer = try await server.serve(endingWith: .terminate) { process in
            let head =
                "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 9\r\n\r\ncode="
            return try await RawRequest.send([Array(head.utf8), Array("AAAA".utf8)], to: server.address) {
                kill(process.value, SIGTERM)
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 422 "), "\(answer.prefix(200))")
    }

    @Test("SIGKILLのあとも、受け付けたと答えた申請は、すべて一度だけ、読める形で残っている")
    func killed() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let server = ServerProcess(program: ServerProcess.built, data: folder.path, port: 18_180)
        let outcome = try await FaultRun(server: server, writers: 4).run(FaultRun.kills(4))
        #expect(outcome.isGood, "\(outcome)")
    }
}
