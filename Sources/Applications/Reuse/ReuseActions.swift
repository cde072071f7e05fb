package import Core
import Database
import Japanese
import Web

extension Applications {
    /// What the application that a 確認コード opens tells, as far as its applicant agreed.
    ///
    /// Throws a ``CaseRefusal`` that says what is the matter: no such code, nothing sent yet, no consent.
    func recollection(code typed: String) async throws -> Recollection {
        guard let found = try await find(code: typed), found.number != nil else {
            throw CaseRefusal.unusable(ReuseTexts.unknownCode)
        }
        let consent = try await database.read { try ReuseConsent.read(of: found.id, in: $0) }
        guard !consent.purposes.isEmpty else { throw CaseRefusal.unusable(ReuseTexts.noConsent) }
        return try Recollection(try await openCase(found.id), for: consent.purposes)
    }

    /// 前の答えを使う. Puts what an earlier application tells about chosen persons into a draft: nothing that is answered
    /// already is changed, and each answer says where it comes from.
    /// - Parameter choices: the keys of the persons, by the person or the group of the draft's form they are for.
    func reuse(
        _ recollection: Recollection, choices: [String: [String]], in id: Case.ID, by who: Applicant, at moment: Moment
    ) async throws {
        let reader = reader(at: moment)
        let form = try await openCase(id, session: who.session).form
        _ = try await save(
            id, session: who.session, at: moment,
            rows: { transaction, isChanged in
                // What was agreed to a moment ago may have been taken back since.
                let now = try ReuseConsent.read(of: recollection.source, in: transaction).purposes
                guard now.isSuperset(of: recollection.purposes) else {
                    throw CaseRefusal.unusable(ReuseTexts.noConsent)
                }
                guard isChanged else { return }
                try transaction.record(
                    Event("answers.reused", subject: recollection.source.text, detail: ["application": id.text]),
                    by: who.actor, at: moment)
            }
        ) { answers in
            for (person, fields) in form.persons {
                for chosen in recollection.chosen(choices[person.rawValue], as: person).prefix(1) {
                    let open = fields.filter { answers[$0.id] == nil }
                    answers.merge(recollection.answers(to: open, from: chosen, reading: reader)) { $1 }
                }
            }
            for (person, field, group) in form.personGroups {
                for chosen in recollection.chosen(choices[field.id], as: person) {
                    let row = recollection.answers(to: group.fields, from: chosen, reading: reader)
                    answers.changeRows(of: field.id) { rows in
                        let isThere = rows.contains { $0.isAbout(row) }
                        if !row.isEmpty, !isThere, rows.count < group.maximum {
                            rows.append(FormRow(id: FormRow.newID(), answers: row))
                        }
                    }
                }
            }
        }
    }

    /// The answer of a field to what was typed elsewhere; nil if it does not take that today.
    func reader(at moment: Moment) -> @Sendable (Field, [String: [String]]) -> GivenAnswer? {
        let businessDays = town.businessDays
        return { field, typed in
            let posted = Posted(typed.flatMap { control, values in values.map { (control, $0) } })
            let outcome = FieldReader(posted: posted, today: moment.day, businessDays: businessDays).read(field)
            return if case .answer(let answer) = outcome { answer } else { nil }
        }
    }

    /// 同意の変更. What of an application may be used in others from now on.
    package func agree(
        to purposes: Set<ReuseConsent.Purpose>, for id: Case.ID, by who: Applicant, at moment: Moment
    ) async throws {
        let key = try await requireKey(id)
        try await database.write { transaction in
            _ = try requireActing(id, by: who, key: key, at: moment, in: transaction)
            try ReuseConsent.keep(purposes, of: id, by: who.actor, at: moment, in: transaction)
        }
    }
}

extension Recollection {
    /// The persons of these keys who may be this in another form.
    fileprivate func chosen(_ keys: [String]?, as person: Fact.Person) -> [Person] {
        persons.filter { keys?.contains($0.key) == true && may($0, be: person) }
    }
}

extension FormRow {
    /// True if it has the same answers to these questions: somebody who is there is not added again.
    fileprivate func isAbout(_ answers: Answers) -> Bool {
        answers.allSatisfy { id, answer in self.answers[id]?.value == answer.value }
    }
}
