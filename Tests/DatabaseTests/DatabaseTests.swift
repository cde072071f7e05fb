import Database
import TestKit
import Testing

@Suite("データベース")
struct DatabaseTests {
    private func run(_ work: @Sendable (Database) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let database = try await Database("sqlite:\(folder.path)/test.sqlite", isNew: true)
        try await database.migrate([
            Migration(
                "test/0001",
                "CREATE TABLE item (name TEXT PRIMARY KEY, n \(.integer) NOT NULL CHECK (n >= 0)) \(.strict)")
        ])
        try await work(database)
        await database.close()
    }

    private func names(_ database: Database) async throws -> [String] {
        try await database.read { try $0.rows("SELECT name FROM item ORDER BY name").map { try $0["name"] } }
    }

    @Test("値は文の一部にならない", arguments: ["'; DROP TABLE item; --", "\"", "犬\u{0}猫", "🐶", ""])
    func values(_ name: String) async throws {
        try await run { database in
            try await database.write { try $0.run("INSERT INTO item (name, n) VALUES (\(name), 1)") }
            #expect(try await names(database) == [name])
        }
    }

    @Test("途中で失敗した取引は、何も残さない")
    func rollback() async throws {
        try await run { database in
            await #expect(throws: DatabaseError.self) {
                try await database.write { transaction in
                    try transaction.run("INSERT INTO item (name, n) VALUES ('a', 1)")
                    try transaction.run("INSERT INTO item (name, n) VALUES ('b', -1)")
                }
            }
            let kept = try await names(database)
            #expect(kept.isEmpty)
        }
    }

    @Test("一部だけの失敗は、その一部だけを取り消す")
    func attempt() async throws {
        try await run { database in
            try await database.write { transaction in
                try transaction.run("INSERT INTO item (name, n) VALUES ('a', 1)")
                try? transaction.attempt {
                    try transaction.run("INSERT INTO item (name, n) VALUES ('b', 1)")
                    try transaction.run("INSERT INTO item (name, n) VALUES ('a', 1)")
                }
                try transaction.run("INSERT INTO item (name, n) VALUES ('c', 1)")
            }
            #expect(try await names(database) == ["a", "c"])
        }
    }

    @Test("まとめて書き込まれる取引の一つが失敗しても、ほかは残る")
    func grouped() async throws {
        try await run { database in
            let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        do {
                            try await database.write { transaction in
                                try transaction.run("INSERT INTO item (name, n) VALUES (\(String(index)), \(index))")
                                if index % 7 == 0 { throw DatabaseError(.other, "no") }
                            }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(kept == 171)
            #expect(try await names(database).count == 171)
        }
    }

    @Test("読み取りは、途中で変わらない一つの時点を見る")
    func snapshot() async throws {
        try await run { database in
            let (before, after) = try await database.read { transaction in
                let before: Int? = try transaction.row("SELECT count(*) AS n FROM item")?["n"]
                let done = Done()
                Task {
                    try await database.write { try $0.run("INSERT INTO item (name, n) VALUES ('a', 1)") }
                    done.signal()
                }
                done.wait()
                let after: Int? = try transaction.row("SELECT count(*) AS n FROM item")?["n"]
                return (before, after)
            }
            #expect(before == 0 && after == 0)
            #expect(try await names(database) == ["a"])
        }
    }

    @Test("断られた理由は、どのデータベースでも同じ番号で分かる")
    func kinds() async throws {
        try await run { database in
            try await database.write { try $0.run("INSERT INTO item (name, n) VALUES ('a', 1)") }
            let cases: [(SQL, DatabaseError.Kind)] = [
                ("INSERT INTO item (name, n) VALUES ('a', 1)", .uniqueViolation),
                ("INSERT INTO item (name, n) VALUES ('b', -1)", .checkViolation),
                ("INSERT INTO item (name) VALUES ('b')", .notNullViolation),
                ("INSERT INTO item (name, n) VALUES ('b', 'x')", .datatypeMismatch), ("SELEC 1", .syntaxError),
            ]
            for (statement, kind) in cases {
                let error = await #expect(throws: DatabaseError.self) {
                    try await database.write { try $0.run(statement) }
                }
                #expect(error?.kind == kind)
            }
        }
    }

    @Test("読み取りでは書けない")
    func readersDoNotWrite() async throws {
        try await run { database in
            _ = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.run("INSERT INTO item (name, n) VALUES ('a', 1)") }
            }
        }
    }

    @Test("列の名前や型のまちがいは、はっきり断る")
    func rows() async throws {
        try await run { database in
            try await database.write { try $0.run("INSERT INTO item (name, n) VALUES ('a', 1)") }
            try await database.read { transaction in
                let row = try #require(try transaction.row("SELECT * FROM item"))
                #expect(throws: DatabaseError.self) { let _: Int = try row["name"] }
                #expect(throws: DatabaseError.self) { let _: String = try row["nothing"] }
                let n: Int? = try row["n"]
                #expect(n == 1)
            }
        }
    }

    @Test("済んだ移行の文を変えると、始まらない")
    func migrations() async throws {
        try await run { database in
            try await database.migrate([Migration("test/0002", "CREATE TABLE other (n \(.integer)) \(.strict)")])
            #expect(try await database.migrations() == ["test/0001", "test/0002"])
            await #expect(throws: DatabaseError.self) {
                try await database.migrate([Migration("test/0002", "CREATE TABLE another (n \(.integer)) \(.strict)")])
            }
        }
    }

    @Test("二文字の言葉も、一文字の言葉もさがせる", arguments: [("申請", true), ("登録", true), ("録申", false), ("犬", true), ("猫", false)])
    func search(_ words: String, _ isFound: Bool) async throws {
        try await run { database in
            try await database.migrate([Migration("test/0002", "\(.table("found"))")])
            try await database.write { transaction in
                try transaction.run(
                    "INSERT INTO found (id, tokens) VALUES ('1', \(.tokens(Search.bigrams("犬の登録 申請書"))))")
            }
            let rows = try await database.read {
                try $0.rows("SELECT id FROM found WHERE \(.match(Search.wanted(words))) ORDER BY \(.rank)")
            }
            #expect(rows.isEmpty == !isFound)
        }
    }

    @Test("閉じたデータベースは、書き込みを断る")
    func closed() async throws {
        try await run { database in
            await database.close()
            await #expect(throws: DatabaseError.self) { try await database.write { try $0.run("DELETE FROM item") } }
        }
    }

    @Test("知らない種類のデータベースは、使い方を言って断る")
    func unknownAddress() async throws {
        let error = await #expect(throws: DatabaseError.self) { _ = try await Database("oracle:x") }
        #expect(error?.kind == .cannotConnect)
    }
}
