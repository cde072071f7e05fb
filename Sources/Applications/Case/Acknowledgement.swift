package import Core
import Database
import Japanese

extension Applications {
    static let acknowledge = "case.acknowledge"

    var acknowledging: JobHandler {
        JobHandler(Self.acknowledge) { job, now in
            guard let id = job.payload["application"].flatMap(Case.ID.init) else { return }
            try await acknowledge(id, at: now)
        }
    }

    /// 受付のお知らせ. Tells the applicant that the application is there and what happens next. Once, however often it is
    /// asked for.
    package func acknowledge(_ id: Case.ID, at moment: Moment) async throws {
        // An application that was shredded meanwhile has nobody to tell.
        guard let key = try await vault.key(for: id.text) else { return }
        try await database.write(.holding) { transaction in
            let (item, _) = try Case.require(id, in: transaction)
            // Its words are made where it is read, in the reader's language.
            let isNew = try Message.add(
                .acknowledgement, item.dueOn?.iso ?? "", to: item, by: nil, once: "acknowledgement \(id)", key: key,
                at: moment, in: transaction)
            guard isNew else { return transaction.keepHouse("the applicant was told already") }
            try tell(id, at: moment, in: transaction)
            try transaction.record(Event("case.acknowledged", subject: id.text), by: .system, at: moment)
        }
    }
}

extension Message {
    /// What it says: the words that were written, or the program's own.
    func text(section: Text) -> Text {
        guard kind == .acknowledgement else { return Text(verbatim: words) }
        let due = Day(iso: words).map { CaseTexts.acknowledgedDue.replacing("%1", with: $0.spoken) }
        return CaseTexts.acknowledged.replacing("%1", with: section).replacing("%2", with: due ?? Text(verbatim: ""))
    }
}
