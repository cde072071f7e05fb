import Database
import TestKit
import Testing

@Suite("PostgreSQL")
struct PostgreSQLTests {
    @Test("接続が切れても、つなぎ直して続ける。二度書かない")
    func brokenConnections() async throws {
        try await TestEngine.postgresql.run { database in
            try await database.migrate([
                Migration("test/0001", "CREATE TABLE item (n \(.integer) PRIMARY KEY) \(.strict)")
            ])
            let done = Done()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !done.isSignalled() {
                        try? await database.write { transaction in
                            _ = try transaction.rows(
                                """
                                SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
                                WHERE datname = current_database() AND pid <> pg_backend_pid()
                                """)
                        }
                        try await Task.sleep(for: .milliseconds(15))
                    }
                }
                group.addTask {
                    try await withThrowingTaskGroup(of: Void.self) { writers in
                        for writer in 0..<8 {
                            writers.addTask {
                                for number in 0..<25 {
                                    try await database.write { transaction in
                                        try transaction.run("INSERT INTO item (n) VALUES (\(writer * 100 + number))")
                                    }
                                }
                            }
                        }
                        try await writers.waitForAll()
                    }
                    done.signal()
                }
                try await group.waitForAll()
            }
            // A second time would have been a violation of the primary key, which nobody would have been spared.
            let count: Int? = try await database.read { try $0.row("SELECT count(*) AS n FROM item")?["n"] }
            #expect(count == 200)
        }
    }

    @Test("ほかの文字コードのデータベースは、作り方を言って断る")
    func encoding() async throws {
        let address = try await TestPostgreSQL.shared.latinDatabase()
        let error = await #expect(throws: DatabaseError.self) { _ = try await Database(address) }
        #expect(error?.kind == .cannotConnect && error?.message.contains("LC_COLLATE 'C'") == true)
        await TestPostgreSQL.shared.remove(address)
    }

    @Test("だれもいないアドレスは、すぐにそう言う")
    func nobody() async throws {
        let error = await #expect(throws: DatabaseError.self) {
            _ = try await Database("postgresql://origami@/town?host=/nowhere")
        }
        #expect(error?.kind == .cannotConnect)
    }
}
