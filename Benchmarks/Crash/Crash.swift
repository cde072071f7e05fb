import FoundationEssentials
import TestKit

#if canImport(Glibc)
    import Glibc
#endif

/// `make crash`: kills the server so many times while people apply, and says what became of their applications.
@main
struct Crash {
    static func main() async throws {
        let kills = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 50
        let folder = try TemporaryFolder()
        let server = ServerProcess(program: ServerProcess.built, data: folder.path, port: 18_080)
        let outcome = try await CrashRun(server: server, kills: kills).run()
        folder.remove()
        print(outcome)
        exit(outcome.isGood ? 0 : 1)
    }
}
