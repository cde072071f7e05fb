import Core
import Database
import Japanese
import Web

extension Register {
    /// Keeps what somebody thinks of a page. It reaches the section of the procedure that the page is about, or the one that
    /// looks after the pages.
    func hear(_ path: String, isUseful: Bool, at moment: Moment) async throws -> Voice.ID {
        let id = Voice.ID()
        _ = try await vault.makeKey(for: "voice \(id)")
        try await database.write { transaction in
            let card = try card(of: path, in: transaction)
            let section =
                try card.flatMap { try Card.find($0, in: transaction)?.section } ?? town.sections.first?.id ?? ""
            try transaction.run(
                """
                INSERT INTO voice (id, page, card, section, useful, at)
                VALUES (\(id), \(Voice.page(of: path)), \(card), \(section), \(isUseful), \(moment))
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
        guard let key = try await vault.key(for: "voice \(id)") else { throw Refused.notHere }
        let sealed = try key.seal(words, at: Voice.place(id))
        let since = moment.adding(seconds: -3600)
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
        var voices: [Voice] = []
        for row in rows {
            let (id, sealed): (Voice.ID, [UInt8]?) = (try row["id"], try row["words"])
            var words: String?
            if let sealed, let key = try await vault.key(for: "voice \(id)") {
                words = try key.text(sealed, at: Voice.place(id))
            }
            voices.append(
                Voice(
                    id: id, page: try row["page"], card: try row["card"], isUseful: try row["useful"], words: words,
                    at: try row["at"]))
        }
        return voices
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
