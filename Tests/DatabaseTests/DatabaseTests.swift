import Database
import TestKit
import Testing

@Suite("データベース: どちらのエンジンでも同じ")
struct DatabaseTests {
    private func run(_ engine: TestEngine, _ work: @Sendable (Database) async throws -> Void) async throws {
        try await engine.run { database in
            try await database.migrate([
                Migration(
                    "test/0001",
                    "CREATE TABLE item (name TEXT PRIMARY KEY, n \(.integer) NOT NULL CHECK (n >= 0)) \(.strict)")
            ])
            try await work(database)
        }
    }

    private func names(_ database: Database) async throws -> [String] {
        try await database.read { try $0.rows("SELECT name FROM item ORDER BY name").map { try $0["name"] } }
    }

    @Test("値は文の一部にならない", arguments: TestEngine.allCases, ["'; DROP TABLE item; --", "\"", "犬\\猫", "🐶", ""])
    func values(_ engine: TestEngine, _ name: String) async throws {
        try await run(engine) { database in
            try await database.write { try $0.run("INSERT INTO item (name, n) VALUES (\(name), 1)") }
            #expect(try await names(database) == [name])
        }
    }

    @Test("途中で失敗した取引は、何も残さない", arguments: TestEngine.allCases)
    func rollback(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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

    @Test("一部だけの失敗は、その一部だけを取り消す", arguments: TestEngine.allCases)
    func attempt(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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

    @Test("まとめて書き込まれる取引の一つが失敗しても、ほかは残る", arguments: TestEngine.allCases)
    func grouped(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        // On a busy machine some wait for a connection longer than the engine lets them; nothing was kept then.
                        while true {
                            do {
                                try await database.write { transaction in
                                    try transaction.run(
                                        "INSERT INTO item (name, n) VALUES (\(String(index)), \(index))")
                                    if index % 7 == 0 { throw DatabaseError(.other, "no") }
                                }
                                return true
                            } catch let error as DatabaseError where error.kind == .tooBusy {
                                continue
                            } catch {
                                return false
                            }
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(kept == 171)
            #expect(try await names(database).count == 171)
        }
    }

    @Test("読み取りは、途中で変わらない一つの時点を見る", arguments: TestEngine.allCases)
    func snapshot(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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

    @Test("断られた理由は、どのデータベースでも同じ番号で分かる", arguments: TestEngine.allCases)
    func kinds(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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

    @Test("読み取りでは書けない", arguments: TestEngine.allCases)
    func readersDoNotWrite(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            _ = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.run("INSERT INTO item (name, n) VALUES ('a', 1)") }
            }
        }
    }

    @Test("列の名前や型のまちがいは、はっきり断る", arguments: TestEngine.allCases)
    func rows(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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

    @Test("済んだ移行の文を変えると、始まらない", arguments: TestEngine.allCases)
    func migrations(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            try await database.migrate([Migration("test/0002", "CREATE TABLE other (n \(.integer)) \(.strict)")])
            #expect(try await database.migrations() == ["test/0001", "test/0002"])
            await #expect(throws: DatabaseError.self) {
                try await database.migrate([Migration("test/0002", "CREATE TABLE another (n \(.integer)) \(.strict)")])
            }
        }
    }

    @Test(
        "二文字の言葉も、一文字の言葉もさがせる", arguments: TestEngine.allCases,
        [("申請", true), ("登録", true), ("録申", false), ("犬", true), ("猫", false), ("a'b", true), ("申請 登録", true)])
    func search(_ engine: TestEngine, _ word: (words: String, isFound: Bool)) async throws {
        try await run(engine) { database in
            try await database.migrate([Migration("test/0002", "\(.table("found"))")])
            try await database.write { transaction in
                try transaction.run(
                    "INSERT INTO found (id, tokens) VALUES ('1', \(.tokens(Search.bigrams("犬の登録 申請書 a'b"))))")
            }
            let rows = try await database.read {
                try $0.rows("SELECT id FROM found WHERE \(.match(Search.wanted(word.words))) ORDER BY id")
            }
            #expect(rows.isEmpty == !word.isFound)
        }
    }

    @Test("数、文字、バイトは、入れたとおりに出てくる。並び順は文字の番号の順", arguments: TestEngine.allCases)
    func fidelity(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            try await database.migrate([
                Migration(
                    "test/0002",
                    """
                    CREATE TABLE thing (name TEXT PRIMARY KEY, whole \(.integer), broken \(.real), bytes \(.blob)) \(.strict)
                    """)
            ])
            let names = ["", " ", "A", "a", "あ", "ア", "\u{795E}", "\u{FA19}", "邉", "邉\u{E0101}", "𠮷", "\u{FFFF}"]
            let wholes = [Int.min, -1, 0, 1, 9_999, 10_000, 123_456_789_012, Int.max]
            let broken = [-0.5, 0, 1e-300, 3.14, 1e300]
            try await database.write { transaction in
                for (index, name) in names.shuffled().enumerated() {
                    let bytes: [UInt8]? = index % 3 == 0 ? nil : Array(repeating: 0, count: index % 3 - 1) + [255]
                    try transaction.run(
                        """
                        INSERT INTO thing (name, whole, broken, bytes)
                        VALUES (\(name), \(wholes[index % wholes.count]), \(broken[index % broken.count]), \(bytes))
                        """)
                    let row = try #require(try transaction.row("SELECT * FROM thing WHERE name = \(name)"))
                    let kept: (Int, Double, [UInt8]?) = try (row["whole"], row["broken"], row["bytes"])
                    #expect(kept.0 == wholes[index % wholes.count] && kept.1 == broken[index % broken.count])
                    #expect(kept.2 == bytes)
                }
                try transaction.run("UPDATE thing SET bytes = \([UInt8]()) WHERE name = 'a'")
                #expect(try transaction.row("SELECT bytes FROM thing WHERE name = 'a'")?["bytes"] == [UInt8]())
            }
            let sorted = try await database.read { transaction in
                try transaction.rows("SELECT name FROM thing ORDER BY name").map { try $0["name"] as String }
            }
            let expected = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
            #expect(sorted.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
            let figures = try await database.read { transaction in
                try #require(
                    try transaction.row(
                        """
                        SELECT sum(CASE WHEN whole BETWEEN -1 AND 123456789012 THEN whole END) AS sum, count(*) AS n,
                            count(*) FILTER (WHERE bytes IS NULL) AS none, max(name) AS last, 1 = 1 AS yes FROM thing
                        """))
            }
            let sum: Int = try figures["sum"]
            #expect(sum > 123_456_789_000 && sum < 246_913_700_000)
            let (last, yes): (String, Bool) = try (figures["last"], figures["yes"])
            #expect(last == "𠮷" && yes)
        }
    }

    @Test("文字の番号が0の字は、どちらも受け取らない", arguments: TestEngine.allCases)
    func unkeepable(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.run("INSERT INTO item (name, n) VALUES (\("犬\u{0}猫"), 1)") }
            }
            #expect(error?.kind == .unkeepableText)
        }
    }

    @Test("十六人が同時に書いても、一つもなくならない", arguments: TestEngine.allCases)
    func lostUpdates(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            try await database.write { try $0.run("INSERT INTO item (name, n) VALUES ('a', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await database.write { transaction in
                                let n: Int = try transaction.row("SELECT n FROM item WHERE name = 'a'")?["n"] ?? 0
                                try transaction.run("UPDATE item SET n = \(n + 1) WHERE name = 'a'")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let n: Int? = try await database.read { try $0.row("SELECT n FROM item WHERE name = 'a'")?["n"] }
            #expect(n == 160)
        }
    }

    @Test("二人が別々のものを見て決めても、合わせて決まりを破ることはない", arguments: TestEngine.allCases)
    func writeSkew(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            try await database.write { transaction in
                for name in ["a", "b"] { try transaction.run("INSERT INTO item (name, n) VALUES (\(name), 50)") }
            }
            // Each may take from its own as long as both together have enough left.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        try await database.write { transaction in
                            let left: Int = try transaction.row("SELECT sum(n) AS n FROM item")?["n"] ?? 0
                            guard left > 90 else { return }
                            try transaction.run(
                                "UPDATE item SET n = n - 5 WHERE name = \(index.isMultiple(of: 2) ? "a" : "b")")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let left: Int? = try await database.read { try $0.row("SELECT sum(n) AS n FROM item")?["n"] }
            #expect(left == 90)
        }
    }

    @Test("十六人が重なり合う口座のあいだで動かしても、残高は、だれかが順に行ったときと同じになる", arguments: TestEngine.allCases)
    func overlapping(_ engine: TestEngine) async throws {
        try await run(engine) { database in
            try await database.write { transaction in
                transaction.keepHouse("a test")
                try transaction.run("CREATE TABLE account (id TEXT PRIMARY KEY, held \(.integer) NOT NULL) \(.strict)")
                try transaction.run(
                    "CREATE TABLE movement (id \(.integer) PRIMARY KEY, from_id TEXT NOT NULL, to_id TEXT NOT NULL, "
                        + "amount \(.integer) NOT NULL, before \(.integer) NOT NULL) \(.strict)")
                for name in ["a", "b", "c", "d"] {
                    try transaction.run("INSERT INTO account (id, held) VALUES (\(name), 100)")
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for person in 0..<16 {
                    group.addTask {
                        var random = SeededRandom(seed: UInt64(person))
                        for step in 0..<12 {
                            let names = ["a", "b", "c", "d"].shuffled(using: &random)
                            let (from, to, amount) = (names[0], names[1], Int.random(in: 1...60, using: &random))
                            let number = person * 100 + step
                            // Half of them hold what they look at, half are done again where they have to be.
                            try await database.write(step.isMultiple(of: 2) ? .holding : .serial) { transaction in
                                transaction.keepHouse("a test")
                                // In one order for all, so that no two wait for each other.
                                let rows = try transaction.rows(
                                    "SELECT id, held FROM account WHERE id IN (\(from), \(to)) ORDER BY id \(.held)")
                                let held: Int? = try rows.first { try $0["id"] == from }?["held"]
                                // Never below nothing: what was seen has to hold until it is written.
                                guard let held, held >= amount else { return }
                                try transaction.run("UPDATE account SET held = held - \(amount) WHERE id = \(from)")
                                try transaction.run("UPDATE account SET held = held + \(amount) WHERE id = \(to)")
                                try transaction.run(
                                    """
                                    INSERT INTO movement (id, from_id, to_id, amount, before)
                                    VALUES (\(number), \(from), \(to), \(amount), \(held))
                                    """)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            // The model: everything that was kept, one after the other, gives what is there.
            let (held, moved): ([String: Int], [(from: String, to: String, amount: Int)]) = try await database.read {
                transaction in
                let held = try transaction.rows("SELECT id, held FROM account").map {
                    (try $0["id"] as String, try $0["held"] as Int)
                }
                let moved = try transaction.rows("SELECT from_id, to_id, amount FROM movement").map {
                    (from: try $0["from_id"] as String, to: try $0["to_id"] as String, amount: try $0["amount"] as Int)
                }
                return (Dictionary(uniqueKeysWithValues: held), moved)
            }
            var model = ["a": 100, "b": 100, "c": 100, "d": 100]
            for move in moved {
                model[move.from, default: 0] -= move.amount
                model[move.to, default: 0] += move.amount
            }
            #expect(held == model)
            #expect(held.values.allSatisfy { $0 >= 0 } && moved.count > 20)
        }
    }

    @Test("閉じたデータベースは、書き込みを断る", arguments: TestEngine.allCases)
    func closed(_ engine: TestEngine) async throws {
        try await run(engine) { database in
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
