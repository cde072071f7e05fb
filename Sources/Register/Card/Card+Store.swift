package import Core
package import Database
import FoundationEssentials
import Japanese
import Synchronization

extension Card {
    static let migrations = [
        Migration(
            "register/0001-cards",
            """
            CREATE TABLE card (
                id TEXT PRIMARY KEY,
                section TEXT NOT NULL,
                document TEXT NOT NULL
            ) \(.strict)
            """,
            "\(.table("card_search"))",
            """
            CREATE TABLE card_event (
                event TEXT NOT NULL,
                card TEXT NOT NULL REFERENCES card (id),
                PRIMARY KEY (event, card)
            ) \(.strict)
            """)
    ]
    /// 手続きをさがす reads the cards themselves.
    static let withoutEvents = [Migration("register/0009-no-card-events", "DROP TABLE card_event")]

    /// Keeps the card as it is now as a new version, and what it is found by. One that did not change is left alone.
    package func save(by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        try save(noting: "", by: actor, at: moment, in: transaction)
    }

    /// The same with a note on why. True if it changed.
    @discardableResult
    package func save(
        noting note: String, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws -> Bool {
        let document = try document
        let kept = try transaction.row("SELECT document, version FROM card WHERE id = \(id)")
        guard try kept?["document"] != document else { return false }
        let version = try (kept?["version"] ?? 0) + 1
        let isRetired = retirement != nil
        try transaction.run(
            """
            INSERT INTO card (id, section, document, version, retired)
            VALUES (\(id), \(section), \(document), \(version), \(isRetired))
            ON CONFLICT (id) DO UPDATE SET section = excluded.section, document = excluded.document,
                version = excluded.version, retired = excluded.retired
            """)
        try CardVersion(card: id, number: version, document: document, by: actor, at: moment, note: note)
            .insert(in: transaction)
        try transaction.run("DELETE FROM card_search WHERE id = \(id)")
        try transaction.run(
            "INSERT INTO card_search (id, tokens) VALUES (\(id), \(.tokens(Search.bigrams(searchText))))")
        try transaction.record(
            Event("card.saved", subject: id, detail: ["version": String(version)]), by: actor, at: moment)
        return true
    }

    /// As it is kept.
    var document: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// A card as it was kept.
    init(document: String) throws { self = try JSONDecoder().decode(Card.self, from: Data(document.utf8)) }

    /// The card of this id, or nil. One that was retired is still there.
    package static func find(_ id: String, in transaction: Transaction) throws -> Card? {
        try transaction.row("SELECT id, document FROM card WHERE id = \(id)").map(Card.init)
    }

    /// The card of this id with the number of its version, or nil.
    package static func current(_ id: String, in transaction: Transaction) throws -> (card: Card, version: Int)? {
        try transaction.row("SELECT id, document, version FROM card WHERE id = \(id)").map {
            (try Card($0), try $0["version"])
        }
    }

    /// Every card, those that were retired included, with the number of its version.
    package static func currents(in transaction: Transaction) throws -> [(card: Card, version: Int)] {
        try transaction.rows("SELECT id, document, version FROM card ORDER BY id").map {
            (try Card($0), try $0["version"])
        }
    }

    /// Every card in use.
    package static func list(in transaction: Transaction) throws -> [Card] {
        try transaction.rows("SELECT id, document FROM card WHERE retired = 0 ORDER BY id").map(Card.init)
    }

    /// The ids of all cards with these words, those that were retired included.
    static func ids(matching words: String, in transaction: Transaction) throws -> Set<Card.ID> {
        let tokens = Search.wanted(SearchFold.fold(words))
        guard !tokens.isEmpty else { return [] }
        return try Set(transaction.rows("SELECT id FROM card_search WHERE \(.match(tokens))").map { try $0["id"] })
    }

    private init(_ row: Row) throws {
        let (id, document): (String, String) = try (row["id"], row["document"])
        if let known = Card.known.withLock({ $0[id] }), known.document == document {
            self = known.card
            return
        }
        let card = try Card(document: document)
        Card.known.withLock { known in
            // More than any town has: something else fills the memory.
            if known.count > 5000 { known = [:] }
            known[id] = (document, card)
        }
        self = card
    }

    /// Cards as they were read last: reading one takes longer than comparing its document.
    private static let known = Mutex<[String: (document: String, card: Card)]>([:])

    /// Everything it is found by: its words in all languages, as they are written and as they are read.
    private var searchText: String {
        let texts = [name, summary] + events.map(\.name)
        let written = texts.flatMap(\.wordings)
        let read = texts.map { $0.reading(.easy) }
        return SearchFold.fold((written + read + words).joined(separator: "\n"))
    }
}
