package import Core
import Database
package import Japanese
import Web

extension Applications {
    /// 照会. Asks another section about an application that is on the officer's desk. Pressed twice, it is asked once.
    package func ask(
        _ section: String, _ question: String, about id: Case.ID, dueOn: Day, once: String, by officer: Officer,
        at moment: Moment
    ) async throws {
        let words = try Self.usable(question, required: true)
        let key = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let item = try Case.require(id, in: transaction).item
            guard town.sections.contains(where: { $0.id == section }), section != item.section else {
                throw CaseRefusal.unusable(Text(verbatim: "照会先の課を選んでください。"))
            }
            guard dueOn >= moment.day, dueOn <= moment.day.adding(days: 366) else {
                throw CaseRefusal.unusable(Text(verbatim: "回答期限は、今日から1年以内の日にしてください。"))
            }
            guard !item.status.isDecided else { throw CaseRefusal.overtaken(item.status) }
            let consultation = Consultation.ID()
            let sealed = try key.seal(words, at: Consultation.place(consultation, .question))
            let isNew = try transaction.run(
                """
                INSERT INTO consultation (id, application, section, question, officer, due_on, state, at, once)
                VALUES (\(consultation), \(id), \(section), \(sealed), \(officer.id), \(dueOn), 'open', \(moment),
                    \("\(id) \(once)"))
                ON CONFLICT (once) DO NOTHING
                """)
            guard isNew == 1 else { return transaction.keepHouse("the same press again") }
            try transaction.record(
                Event(
                    "consultation.asked", subject: id.text,
                    detail: ["consultation": consultation.text, "section": section]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 回答. By an officer of the section that was asked; its access ends with it.
    package func answer(
        _ consultation: String, _ words: String, about id: Case.ID, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: true)
        let key = try await requireKey(id)
        try await database.write { transaction in
            let row = try transaction.row(
                "SELECT * FROM consultation WHERE id = \(consultation) AND application = \(id)")
            guard let row, case let asked = try Consultation(row, key: key),
                officer.may(.handleCases, in: asked.section)
            else { throw CaseRefusal.notOnDesk }
            // Somebody of the same section answered, or nobody has to any more.
            guard asked.state == .open else {
                if asked.answer == words { return transaction.keepHouse("the same press again") }
                throw CaseRefusal.unusable(Text(verbatim: "この照会は、ほかの職員が先に回答したか、取り消されました。"))
            }
            let sealed = try key.seal(words, at: Consultation.place(asked.id, .answer))
            try transaction.run(
                """
                UPDATE consultation SET state = 'answered', answer = \(sealed), answered_by = \(officer.id),
                    answered_at = \(moment)
                WHERE id = \(asked.id)
                """)
            try transaction.record(
                Event(
                    "consultation.answered", subject: id.text,
                    detail: ["consultation": asked.id.text, "section": asked.section]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 照会の取消し. By the section that asked.
    package func cancel(
        _ consultation: String, about id: Case.ID, by officer: Officer, at moment: Moment
    ) async throws {
        _ = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let changed = try transaction.run(
                """
                UPDATE consultation SET state = 'cancelled', answered_at = \(moment)
                WHERE id = \(consultation) AND application = \(id) AND state = 'open'
                """)
            guard changed == 1 else { return transaction.keepHouse("it is over already") }
            try transaction.record(
                Event("consultation.cancelled", subject: id.text, detail: ["consultation": consultation]),
                by: .officer(officer.id), at: moment)
        }
    }
}
