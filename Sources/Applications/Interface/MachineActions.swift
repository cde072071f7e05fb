import Core
import Database
import Japanese
import Web

extension MachineProblem {
    static let notForToken = MachineProblem(
        403, ("この手続きは読めません", "Not for this token"),
        (
            "この手続きは、このトークンに許されていないか、担当課の決裁者の同意がまだありません。",
            "This token is not for this procedure, or the section has not agreed yet."
        ))
    static let changed = MachineProblem(
        412, ("先に変わっています", "Changed meanwhile"),
        (
            "この申請は、読んだあとに変わりました。もう一度読んでから送ってください。",
            "The application changed since it was read. Read it again first."
        ))
    static let matchMissing = MachineProblem(
        428, ("If-Match が必要です", "If-Match is needed"),
        ("読んだときの ETag を、If-Match に付けてください。", "Send the ETag that was read as If-Match."))
    static let keyMissing = MachineProblem(
        400, ("Idempotency-Key が必要です", "Idempotency-Key is needed"),
        (
            "1文字から100文字までの、送るたびに違う値を Idempotency-Key に付けてください。",
            "Send a value of 1 to 100 characters, another one for each request, as Idempotency-Key."
        ))
    static let keyUsed = MachineProblem(
        422, ("Idempotency-Key が使われています", "Idempotency-Key was used"),
        ("この Idempotency-Key は、別の内容で使われました。", "This Idempotency-Key was used for something else."))
    static func unreadable(_ name: String) -> MachineProblem {
        MachineProblem(
            400, ("読み取れません", "Unreadable"),
            ("「\(name)」を読み取れません。/api の説明をお確かめください。", "\"\(name)\" cannot be read. See /api."))
    }
}

extension Applications {
    /// The section whose applications of a procedure a token may ask about.
    func section(of card: String, for machine: Machine) throws -> String {
        guard let section = machine.cards[card] else { throw MachineProblem.notForToken }
        return section
    }

    /// The application of a number, if the token may ask about it.
    func machineCase(_ number: String, card: String, for machine: Machine) async throws -> OpenCase {
        let section = try section(of: card, for: machine)
        let id: Case.ID? = try await database.read { transaction in
            try transaction.row(
                """
                SELECT id FROM application
                WHERE number = \(number) AND card = \(card) AND section = \(section) AND status <> 'draft'
                """)?["id"]
        }
        guard let id else { throw Refused.notHere }
        return try await openCase(id)
    }

    /// 受付 by another system, which saw the application in a state. The same request again changes nothing.
    func receive(
        _ id: Case.ID, matching etag: String, once: String, by machine: Machine, at moment: Moment
    ) async throws {
        let key = try await requireKey(id)
        try await database.write(.holding) { transaction in
            let (item, sealed) = try Case.require(id, in: transaction)
            let open = try openCase(item, sealed, key, in: transaction)
            try DeskDeed.once(
                once, "\(id) case.received", otherwise: MachineProblem.keyUsed, at: moment, in: transaction
            ) {
                guard item.etag == etag else { throw MachineProblem.changed }
                try carryOut(.receive, on: open, once: once, by: machine.actor, at: moment, in: transaction)
            }
        }
    }

    /// お知らせ or メモ by another system. The same request again changes nothing.
    func write(
        _ words: String, as kind: Message.Kind, to id: Case.ID, once: String, by machine: Machine, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: true)
        let key = try await requireKey(id)
        try await database.write(.holding) { transaction in
            let item = try Case.require(id, in: transaction).item
            try DeskDeed.once(
                once, Self.deed(kind, words, to: id, key), otherwise: MachineProblem.keyUsed, at: moment,
                in: transaction
            ) {
                try write(
                    words, as: kind, to: item, once: once, by: machine.actor, key: key, at: moment, in: transaction)
            }
        }
    }
}
