package import Core
import Database
import FoundationEssentials

extension Applications {
    /// 届かなかったメールの知らせ. Reads a delivery status notification (RFC 3464) that came to the sender's mailbox: the address
    /// of the application whose mail failed is forgotten, and that is recorded. Gives how many applications it was about.
    package func noteBounce(_ message: [UInt8], at moment: Moment) async throws -> Int {
        let text = String(decoding: message, as: UTF8.self)
        // A mail that is only late may still arrive.
        guard text.contains(/(?i)\bAction:\s*failed\b/) else { return 0 }
        let jobs = Set(text.matches(of: /(?i)Message-ID:\s*<([0-9a-f-]{36})@/).map { String($0.1).lowercased() })
        guard !jobs.isEmpty else { return 0 }
        return try await database.write { transaction in
            let payloads: [String] = try transaction.rows(
                "SELECT payload FROM job WHERE kind = \(Self.tell) AND id IN (\(anyOf: jobs.sorted()))"
            ).map { try $0["payload"] }
            let ids = try payloads.compactMap {
                try JSONDecoder().decode([String: String].self, from: Data($0.utf8))["application"].flatMap(
                    Case.ID.init)
            }
            var count = 0
            for id in Set(ids) where try Case.forgetMail(of: id, in: transaction) {
                try transaction.record(Event("mail.refused", subject: id.text), by: .system, at: moment)
                count += 1
            }
            if count == 0 { transaction.keepHouse("nothing of ours") }
            return count
        }
    }
}

extension Case {
    /// True if there was an address.
    fileprivate static func forgetMail(of id: ID, in transaction: Transaction) throws -> Bool {
        try transaction.run("UPDATE application SET mail = NULL WHERE id = \(id) AND mail IS NOT NULL") > 0
    }
}
