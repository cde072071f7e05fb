package import Database
import FoundationEssentials
package import Japanese

/// 町. What the program knows of the town it serves. All of it is data: `town.yaml`.
package struct Town: Sendable, Codable {
    /// 上三川町 and its forms in other languages.
    package let name: Text
    /// 全国地方公共団体コード, six digits.
    package let code: String
    /// True for a town that is only shown: every page says so.
    package let isSample: Bool
    /// How the town is reached by those who would rather not use a page.
    package let contact: Contact
    package let sections: [Section]
    /// Closed days besides Saturdays and Sundays, `2026-12-29`.
    package let closedDays: [String]
    /// 支払いページ: where a fee can be paid besides the counter; nil where nowhere.
    package let payment: PaymentPage?
    /// 郵便番号: how an address begins, by its seven digits.
    package let postcodes: [String: String]?
    /// Languages besides the program's own.
    private var added: [Language]?

    private enum CodingKeys: String, CodingKey {
        case name, code, contact, sections, payment, postcodes
        case isSample = "sample"
        case closedDays = "closed_days"
        case added = "languages"
    }

    /// 連絡先.
    package struct Contact: Sendable, Codable {
        package let address: String
        package let telephone: String
        package let hours: Text
    }

    /// A page of a payment service. It is told the number of the application and the amount in its address.
    package struct PaymentPage: Sendable, Codable {
        package let name: Text
        /// `https://…` with `{number}` and `{yen}` in the places of the two.
        package let url: String

        /// False for an address that tells a service nothing, or is not safe to open.
        package var isUsable: Bool {
            url.hasPrefix("https://") && url.contains("{number}") && url.contains("{yen}")
                && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        }
    }

    /// 課・室.
    package struct Section: Sendable, Codable {
        /// A short name for addresses, such as `environment`.
        package let id: String
        package let name: Text
        /// Where it is called, if not at the town's own number.
        package let telephone: String?
    }

    /// The section of this id, by name; the id itself if there is none.
    package func sectionName(_ id: String) -> Text {
        sections.first { $0.id == id }?.name ?? Text(verbatim: id)
    }

    /// The languages that residents choose from: the program's own, then those that the town added.
    package var languages: [Language] { Language.builtIn + (added ?? []) }

    /// The language of this id, or nil if residents cannot choose it here.
    package func language(_ id: String) -> Language? { languages.first { $0.id == id } }

    /// The language of a record that kept its id alone, with the words the town has in it.
    package func language(kept language: Language) -> Language { self.language(language.id) ?? language }

    /// The same town, whose added languages know the program's words.
    /// - Parameter words: for each language's id, the words by the Japanese ones.
    package func knowing(_ words: [String: [String: String]]) -> Town {
        var town = self
        town.added = added?.map { language in words[language.id].map(language.knowing) ?? language }
        return town
    }

    /// The days on which the office works.
    package var businessDays: BusinessDays { BusinessDays(closed: Set(closedDays.compactMap(Day.init(iso:)))) }

    package static let migrations = [
        Migration(
            "core/0003-town",
            "CREATE TABLE town (code TEXT PRIMARY KEY, profile TEXT NOT NULL) \(.strict)")
    ]

    /// The town of this installation, or nil if none was made yet.
    package static func find(in transaction: Transaction) throws -> Town? {
        guard let row = try transaction.row("SELECT profile FROM town") else { return nil }
        let profile: String = try row["profile"]
        return try JSONDecoder().decode(Town.self, from: Data(profile.utf8))
    }

    /// Keeps the town. One that did not change is left alone.
    package func save(by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let profile = String(decoding: try encoder.encode(self), as: UTF8.self)
        if let other = try Town.find(in: transaction), other.code != code {
            throw Refused(
                .conflict,
                Text(verbatim: "ここには\(other.name[.ja])（\(other.code)）のデータがあります。別の町は、別の ORIGAMI_DATA に用意してください"))
        }
        let kept = try transaction.row("SELECT profile FROM town WHERE code = \(code)")
        guard try kept?["profile"] != profile else { return }
        try transaction.run(
            """
            INSERT INTO town (code, profile) VALUES (\(code), \(profile))
            ON CONFLICT (code) DO UPDATE SET profile = excluded.profile
            """)
        try transaction.record(Event("town.saved", subject: code), by: actor, at: moment)
    }
}
