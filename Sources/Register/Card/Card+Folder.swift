package import Core
package import Database
import FoundationEssentials

extension Card {
    /// What became of what the town's folder says of a card.
    package enum FolderOutcome: Sendable, Equatable {
        case same
        case taken
        /// Somebody changed these places here since: what the folder says of them now was not taken.
        case kept([String])
    }

    /// 町のフォルダーからの取込み. Takes what the folder says, place by place, where nobody here changed it since the folder
    /// said something the last time; what an officer changed stays.
    package func install(at moment: Moment, in transaction: Transaction) throws -> FolderOutcome {
        let said = try document
        let before: String? = try transaction.row("SELECT document FROM card_folder WHERE card = \(id)")?["document"]
        guard let now = try Card.find(id, in: transaction), let before = try before.map(Card.init(document:)) else {
            // A card that was made here is not the folder's, though it has the same name.
            if let now = try Card.find(id, in: transaction), try now.document != said { return .kept(["id"]) }
            try save(by: .system, at: moment, in: transaction)
            try remember(said, in: transaction)
            return .taken
        }
        guard try before.document != said else { return .same }
        let (old, new, current) = (try Places(before), try Places(self), try Places(now))
        var (merged, kept): (Places, [String]) = (current, [])
        for name in Set(old.values.keys).union(new.values.keys).sorted() where old.values[name] != new.values[name] {
            if current.values[name] == old.values[name] || current.values[name] == new.values[name] {
                merged.values[name] = new.values[name]
            } else {
                kept.append(name)
            }
        }
        try merged.card.save(noting: "町のフォルダーの変更", by: .system, at: moment, in: transaction)
        // What was not taken is told again every time, until both say the same.
        if kept.isEmpty {
            try remember(said, in: transaction)
        } else {
            try remember(old, new, without: kept, in: transaction)
        }
        return kept.isEmpty ? .taken : .kept(kept)
    }

    private func remember(_ document: String, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO card_folder (card, document) VALUES (\(id), \(document))
            ON CONFLICT (card) DO UPDATE SET document = excluded.document
            """)
        transaction.keepHouse("what the folder said")
    }

    private func remember(
        _ old: Places, _ new: Places, without kept: [String], in transaction: Transaction
    ) throws {
        var said = new
        for name in kept { said.values[name] = old.values[name] }
        try remember(try said.card.document, in: transaction)
    }

    /// A card's document by its places, as they stand in a file: `legal_basis` and what it says.
    private struct Places {
        var values: [String: Part]

        init(_ card: Card) throws {
            values = try JSONDecoder().decode([String: Part].self, from: Data(card.document.utf8))
        }

        var card: Card {
            get throws { try JSONDecoder().decode(Card.self, from: try JSONEncoder().encode(values)) }
        }
    }

    /// Any part of a document.
    private indirect enum Part: Codable, Equatable {
        case flag(Bool)
        case whole(Int)
        case number(Double)
        case text(String)
        case list([Part])
        case map([String: Part])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let whole = try? container.decode(Int.self) {
                self = .whole(whole)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Part].self) {
                self = .list(list)
            } else {
                self = .map(try container.decode([String: Part].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .flag(let flag): try container.encode(flag)
            case .whole(let whole): try container.encode(whole)
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .list(let list): try container.encode(list)
            case .map(let map): try container.encode(map)
            }
        }
    }
}
