package import Core
package import Database
package import HTML
package import Japanese

/// 声のゆくえ. What the room of governance makes of voices: where a voice becomes an observation, and what came of it.
package struct VoiceStories: Sendable {
    /// Where an officer makes an observation of a voice.
    package let observe: @Sendable (String) -> Link
    /// What came of a voice, for whoever left it: how far it is, in words; empty where nothing did yet.
    package let became: @Sendable (String, Transaction) throws -> [Text]

    package init(
        observe: @escaping @Sendable (String) -> Link,
        became: @escaping @Sendable (String, Transaction) throws -> [Text]
    ) {
        (self.observe, self.became) = (observe, became)
    }
}

/// 声の手がかり. What may be known of a voice without its words.
package struct VoiceSource: Sendable {
    /// Nil for no such voice.
    package let find: @Sendable (String, Transaction) throws -> About?

    package struct About: Sendable {
        package let page: String
        package let card: Card.ID?
        package let section: String
        package let on: Day
    }

    package static let kept = VoiceSource { id, transaction in
        try transaction.row("SELECT page, card, section, at FROM voice WHERE id = \(id)").map { row in
            let at: Moment = try row["at"]
            return About(page: try row["page"], card: try row["card"], section: try row["section"], on: at.day)
        }
    }
}
