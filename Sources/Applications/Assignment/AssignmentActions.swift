import Core
import Database
import Web

extension Applications {
    /// 担当者を決める. Gives an application to somebody of its section, or to nobody, as an officer who saw who had it. With a
    /// note for whoever goes on with it, if there is one.
    ///
    /// Throws ``AssignmentRefusal/taken(by:)`` if somebody else has it by now.
    func assign(
        _ id: Case.ID, to holder: ID<Officer>?, seen: ID<Officer>?, note: String, once: String, by officer: Officer,
        at moment: Moment
    ) async throws {
        let note = try Self.usable(note, required: false)
        let key = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let deed = "\(id) case.assigned \(holder?.text ?? "-")"
            try DeskDeed.once(once, deed, at: moment, in: transaction) {
                let item = try Case.require(id, in: transaction).item
                let now = try Assignment.holder(of: id, in: transaction)
                guard now == seen || now == holder else {
                    throw AssignmentRefusal.taken(by: try now.map { try staff.names(transaction)[$0.text] ?? "職員" })
                }
                if let holder {
                    let colleagues = try staff.colleagues(item.section, transaction)
                    guard colleagues.contains(where: { $0.id == holder }) else { throw AssignmentRefusal.notColleague }
                }
                try Assignment.keep(holder, of: id, in: transaction)
                if !note.isEmpty {
                    try Message.add(
                        .note, note, to: item, by: officer.id, once: once, key: key, at: moment, in: transaction)
                }
                let detail = ["from": now?.text, "to": holder?.text].compactMapValues { $0 }
                try transaction.record(
                    Event("case.assigned", subject: id.text, detail: detail), by: .officer(officer.id), at: moment)
            }
        }
    }
}

extension Case {
    /// 期限の停止. Notes since when its applicant corrects it; nil once it is back.
    static func note(returned moment: Moment?, to id: ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE application SET returned_at = \(moment) WHERE id = \(id)")
    }

    /// Since when its applicant corrects it.
    static func returnedAt(_ id: ID, in transaction: Transaction) throws -> Moment? {
        try transaction.row("SELECT returned_at FROM application WHERE id = \(id)")?["returned_at"]
    }
}
