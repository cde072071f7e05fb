import Core
import Database
import Japanese
import Web

extension Register {
    /// Keeps what somebody thinks of a page. It reaches the section of the procedure that the page is about, or the one that
    /// looks after the pages.
    func hear(_ path: String, isUseful: Bool, at moment: Moment) async throws -> Voice.ID {
        let id = Voice.ID()
        try await database.write { transaction in
            let card = try card(of: path, in: transaction).flatMap { try Card.find($0, in: transaction) }
            let section = card?.section ?? town.sections.first?.id ?? ""
            try transaction.run(
                """
                INSERT INTO voice (id, page, card, section, useful, at)
                VALUES (\(id), \(Voice.page(of: path)), \(card?.id), \(section), \(isUseful), \(moment))
                """)
            try transaction.record(Event("voice.heard", subject: id.text), by: .applicant, at: moment)
        }
        return id
    }

    /// Adds the words to a voice of the last hour that has none yet. Throws ``Refused`` with what to mend.
    func add(_ typed: String, to id: Voice.ID, at moment: Moment) async throws {
        let words = Spaces.trim(typed)
        guard words.count <= Voice.longest, !Unwanted.hasControls(words) else {
            throw Refused(.invalid, VoiceTexts.tooLong)
        }
        guard !IndividualNumber.isFound(in: words) else { throw Refused(.invalid, VoiceTexts.individualNumber) }
        guard !words.isEmpty else { return }
        let since = moment.adding(seconds: -3600)
        let isOpen = try await database.read { transaction in
            try transaction.exists("SELECT 1 FROM voice WHERE id = \(id) AND words IS NULL AND at > \(since)")
        }
        guard isOpen else { throw Refused.notHere }
        let known = try await vault.key(for: Voice.key(id))
        let key = if let known { known } else { try await vault.makeKey(for: Voice.key(id)) }
        let sealed = try key.seal(words, at: Voice.place(id))
        try await database.write { transaction in
            let changed = try transaction.run(
                "UPDATE voice SET words = \(sealed) WHERE id = \(id) AND words IS NULL AND at > \(since)")
            if changed == 0 { return transaction.keepHouse("the words are there already") }
            try transaction.record(Event("voice.explained", subject: id.text), by: .applicant, at: moment)
        }
    }

    /// The newest voices for these sections; nil for all.
    func voices(for sections: [String]?) async throws -> [Voice] {
        let sections = sections ?? town.sections.map(\.id)
        let rows = try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM voice WHERE section IN (\(anyOf: sections)) ORDER BY id DESC LIMIT 200")
        }
        let ids: [Voice.ID] = try rows.map { try $0["id"] }
        let keys = try await vault.keys(for: ids.map(Voice.key))
        return try zip(ids, rows).map { id, row in
            let sealed: [UInt8]? = try row["words"]
            let words = try sealed.flatMap { sealed in
                try keys[Voice.key(id)].map { try $0.text(sealed, at: Voice.place(id)) }
            }
            return Voice(
                id: id, page: try row["page"], card: try row["card"], isUseful: try row["useful"], words: words,
                at: try row["at"])
        }
    }

    private func card(of path: String, in transaction: Transaction) throws -> Card.ID? {
        let segments = path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        guard segments.count >= 2 else { return nil }
        switch segments[0] {
        case "procedures": return segments[1]
        case "applications": return try online.cardOf(segments[1], transaction)
        default: return nil
        }
    }
}
