import Core
import Database

/// そのあいだのこと. What happened to an application since an officer looked at it: whoever comes second is told and shown.
enum Meanwhile {
    /// What counts: moves, corrections, decisions and what leads to them. Looking and writing do not.
    static let kinds: Set<String> = [
        "case.corrected", "case.received", "case.reviewed", "case.returned", "case.approved", "case.rejected",
        "case.refused", "case.withdrawn", "case.issued", "case.completed", "case.reconsidered", "decision.proposed",
        "decision.agreed", "decision.sent-back", "decision.taken-back",
    ]

    /// True if nothing that counts happened since.
    /// - Parameter mark: the last event that was there; nil where nobody knows.
    static func isEmpty(of id: Case.ID, since mark: String?, in transaction: Transaction) throws -> Bool {
        guard let mark else { return true }
        return try !transaction.exists(
            """
            SELECT 1 FROM event WHERE subject = \(id.text) AND id > \(mark) AND kind IN (\(anyOf: kinds.sorted()))
            """)
    }
}

extension [RecordedEvent] {
    /// What counts of them since a mark.
    func meanwhile(since mark: String?) -> [RecordedEvent] {
        guard let mark else { return [] }
        return filter { $0.id > mark && Meanwhile.kinds.contains($0.event.kind) }
    }
}
