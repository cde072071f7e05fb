import TestKit
import Testing

@Suite("停電", .serialized)
struct CrashTests {
    @Test("SIGKILLのあとも、受け付けたと答えた申請は、すべて一度だけ、読める形で残っている")
    func killed() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let server = ServerProcess(program: ServerProcess.built, data: folder.path, port: 18_180)
        let outcome = try await CrashRun(server: server, kills: 4, writers: 4).run()
        #expect(outcome.isGood, "\(outcome)")
    }
}
