/// One step of the schema, run once and never changed afterwards.
package struct Migration: Sendable {
    /// `<room>/<number>-<noun>`, such as `register/0001-cards`.
    package let name: String
    let statements: [SQL]

    package init(_ name: String, _ statements: SQL...) {
        self.name = name
        self.statements = statements
    }

    /// Tells one text of a step from another: FNV-1a over its statements.
    package var checksum: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in statements.map(\.neutralText).joined(separator: ";").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}

extension Database {
    /// Brings the schema up to date in one transaction. Forward only.
    ///
    /// Throws if a step that already ran has another text now: a step is never edited, a new one is added.
    package func migrate(_ steps: [Migration]) async throws {
        try await write { transaction in
            transaction.keepHouse("the schema")
            try transaction.lock("migrations")
            try transaction.run(
                "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL) \(.strict)")
            let done = try Dictionary(
                uniqueKeysWithValues: transaction.rows("SELECT name, checksum FROM migration").map {
                    try ($0["name"] as String, $0["checksum"] as String)
                })
            for step in steps {
                if let checksum = done[step.name] {
                    guard checksum == step.checksum else {
                        throw DatabaseError(.other, "migration \(step.name) was changed after it ran")
                    }
                    continue
                }
                for statement in step.statements { try transaction.run(statement) }
                try transaction.run(
                    "INSERT INTO migration (name, checksum) VALUES (\(step.name), \(step.checksum))")
            }
        }
    }

    /// Takes a step out of the list of those that ran: for a mark that only says how far something is.
    package func forget(_ step: Migration) async throws {
        try await write { transaction in
            transaction.keepHouse("the schema")
            try transaction.run("DELETE FROM migration WHERE name = \(step.name)")
        }
    }

    /// The steps that ran, by name. Throws if none ever did.
    package func migrations() async throws -> Set<String> {
        try await read { transaction in
            try Set(transaction.rows("SELECT name FROM migration").map { try $0["name"] })
        }
    }
}

extension SQL {
    /// The statement with its words by name: the same for every engine.
    fileprivate var neutralText: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.description
            case .value(let value): "\(value)"
            case .word(let word): "\(word)"
            case .name(let name): name
            case .search(let search): "\(search)"
            }
        }.joined(separator: " ")
    }
}
