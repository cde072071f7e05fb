import Crypto
package import Database

/// 証跡. What was done, in an order that nobody can change afterwards without being found out.
///
/// An entry is appended in the transaction that did the thing, without a place yet. The sequencer gives entries their
/// places and signs the root of the tree. A signed head that was copied somewhere else proves what the trail held then.
package struct Trail: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter key: 32 bytes of an Ed25519 private key, kept outside the database.
    package init(key: [UInt8]) throws { self.key = try Curve25519.Signing.PrivateKey(rawRepresentation: key) }

    /// The tables of the trail.
    package static let migrations = [
        Migration(
            "trail/0001-entries",
            """
            CREATE TABLE trail_entry (
                id TEXT PRIMARY KEY,
                hash \(.blob) NOT NULL,
                place \(.integer) UNIQUE
            ) \(.strict)
            """,
            "CREATE INDEX trail_entry_waiting ON trail_entry (id) WHERE place IS NULL",
            """
            CREATE TABLE trail_head (
                size \(.integer) PRIMARY KEY,
                root \(.blob) NOT NULL,
                edge \(.blob) NOT NULL,
                signed_at TEXT NOT NULL,
                signature \(.blob) NOT NULL
            ) \(.strict)
            """)
    ]

    /// Appends an entry in the transaction that did what it says.
    /// - Parameters:
    ///   - id: tells where the content can be found again; time-ordered ids keep the order of happening.
    ///   - content: what is proved. Must not hold personal data: it can never be taken out.
    package static func append(id: String, content: [UInt8], in transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO trail_entry (id, hash) VALUES (\(id), \(MerkleTree.leaf(content)))")
    }

    /// Gives waiting entries their places and signs the new root. Returns how many it placed.
    ///
    /// Only one sequencer at a time gets anywhere: the next head has one primary key.
    @discardableResult
    package func sequence(at time: String, limit: Int = 1000, in transaction: Transaction) throws -> Int {
        // One at a time; whoever held it lets go when its transaction or its process ends.
        try transaction.lock("trail")
        let waiting = try transaction.rows(
            "SELECT id, hash FROM trail_entry WHERE place IS NULL ORDER BY id LIMIT \(limit)")
        guard !waiting.isEmpty else { return 0 }
        var edge = try Trail.newestHead(in: transaction)?.edge ?? MerkleTree.Edge()
        for row in waiting {
            let id: String = try row["id"]
            try transaction.run("UPDATE trail_entry SET place = \(edge.size) WHERE id = \(id)")
            edge.append(try row["hash"])
        }
        let signature = try key.signature(for: Head.signedBytes(size: edge.size, root: edge.root, signedAt: time))
        try transaction.run(
            """
            INSERT INTO trail_head (size, root, edge, signed_at, signature)
            VALUES (\(edge.size), \(edge.root), \(edge.stored), \(time), \([UInt8](signature)))
            """)
        return waiting.count
    }

    /// True if a head was signed with this trail's key.
    package func signed(_ head: Head) -> Bool { head.isSigned(by: key.publicKey) }

    /// The newest signed head, or nil if nothing was placed yet.
    package static func newestHead(in transaction: Transaction) throws -> Head? {
        try transaction.row("SELECT * FROM trail_head ORDER BY size DESC LIMIT 1").map(Head.init)
    }

    /// Goes through the whole trail: every entry's content is what it was, no place is missing, every head is the root of
    /// its entries and was signed with our key. Reads a stretch at a time, each in a transaction of its own: what was
    /// written once does not change.
    ///
    /// - Parameter contents: the contents of entries as they are now, by id; those that are gone are not among them.
    package func verify(
        _ database: Database, contents: @escaping @Sendable ([String], Transaction) throws -> [String: [UInt8]]
    ) async throws -> Verification {
        var result = Verification()
        var edge = MerkleTree.Edge()
        while result.faults.count < Verification.mostFaults {
            let (known, start) = (result, edge)
            let next = try await database.read { transaction in
                try stretch(from: start, after: known, in: transaction, contents: contents)
            }
            guard let next else { break }
            (result, edge) = next
        }
        let entries = edge.size
        return try await database.read { [result] transaction in
            var result = result
            result.head = try Trail.newestHead(in: transaction)
            let headSize = result.head?.size ?? 0
            if headSize > entries { result.faults.append("head \(headSize) has fewer entries than it says") }
            result.waiting = try transaction.row("SELECT count(*) AS n FROM trail_entry WHERE place IS NULL")?["n"] ?? 0
            return result
        }
    }

    private static let stretchLength = 5000

    /// The next entries with their heads, or nil if there are none.
    private func stretch(
        from start: MerkleTree.Edge, after known: Verification, in transaction: Transaction,
        contents: ([String], Transaction) throws -> [String: [UInt8]]
    ) throws -> (Verification, MerkleTree.Edge)? {
        let rows = try transaction.rows(
            """
            SELECT id, hash, place FROM trail_entry WHERE place >= \(known.nextPlace) ORDER BY place
            LIMIT \(Self.stretchLength)
            """)
        guard let last = rows.last else { return nil }
        let lastPlace: Int = try last["place"]
        var heads = try transaction.rows(
            "SELECT * FROM trail_head WHERE size > \(known.nextPlace) AND size <= \(lastPlace + 1) ORDER BY size"
        ).map(Head.init)[...]
        let found = try contents(rows.map { try $0["id"] }, transaction)
        var (result, edge) = (known, start)
        for row in rows {
            let (id, hash, place): (String, [UInt8], Int) = try (row["id"], row["hash"], row["place"])
            if place != result.nextPlace { result.faults.append("before place \(place) entries are missing") }
            if found[id].map(MerkleTree.leaf) != hash { result.faults.append("entry \(id) was changed or removed") }
            edge.append(hash)
            (result.nextPlace, result.entries) = (place + 1, result.entries + 1)
            while let head = heads.first, head.size <= result.nextPlace {
                if head.size != edge.size || head.root != edge.root {
                    result.faults.append("head \(head.size) is not the root of its entries")
                }
                if !head.isSigned(by: key.publicKey) {
                    result.faults.append("head \(head.size) is not signed by this key")
                }
                result.headSize = head.size
                heads = heads.dropFirst()
            }
        }
        if rows.count < Self.stretchLength, result.headSize < result.nextPlace {
            result.faults.append("the last entries have no signed head")
        }
        return (result, edge)
    }

    /// What going through the trail found.
    package struct Verification: Sendable {
        /// How many entries have a place.
        package var entries = 0
        /// How many are still waiting for theirs.
        package var waiting = 0
        /// The newest head.
        package var head: Head?
        /// What is wrong, in words for an operator. Empty if the trail holds.
        package var faults: [String] = []
        fileprivate var nextPlace = 0
        fileprivate var headSize = 0

        /// After so many it is not worth going on.
        fileprivate static let mostFaults = 100
    }

    /// A signed root: what the trail held at a time.
    package struct Head: Sendable {
        package let size: Int
        package let root: MerkleTree.Hash
        /// When it was signed, ISO 8601 UTC.
        package let signedAt: String
        package let signature: [UInt8]
        let edge: MerkleTree.Edge

        init(_ row: Row) throws {
            size = try row["size"]
            root = try row["root"]
            signedAt = try row["signed_at"]
            signature = try row["signature"]
            guard let edge = MerkleTree.Edge(size: size, stored: try row["edge"]) else {
                throw DatabaseError(.corrupted, "the edge of trail head \(size) does not fit its size")
            }
            self.edge = edge
        }

        func isSigned(by key: Curve25519.Signing.PublicKey) -> Bool {
            key.isValidSignature(signature, for: Head.signedBytes(size: size, root: root, signedAt: signedAt))
        }

        static func signedBytes(size: Int, root: MerkleTree.Hash, signedAt: String) -> [UInt8] {
            Array("origami trail\n\(size)\n\(signedAt)\n".utf8) + root
        }
    }
}
