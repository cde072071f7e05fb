import Core
import Japanese

/// 一度だけ伺う. What was answered in one form of a conversation stands in the others as well, and is not asked again.
///
/// A thing is asked in one form and heard in the others: what is changed where it was asked changes everywhere; what is
/// changed where it was heard changes there alone. Somebody with another name is somebody else, of whom nothing is known.
struct Hearing {
    /// A working copy of the conversation.
    struct Draft {
        let id: Case.ID
        let form: Form
        let today: Day
        var answers: Answers

        var journey: Journey { Journey(form, answers, on: today) }
    }

    /// The answer of a field to what was typed elsewhere; nil if it does not take that.
    let reading: @Sendable (Field, [String: [String]]) -> GivenAnswer?

    /// What a question is about, whichever form asks it.
    private enum Topic: Hashable {
        case fact(Fact)
        /// Who came, on whose behalf: asked before every form.
        case preface(String)

        init?(_ field: Field) {
            guard field.rows == nil, field.isAsked else { return nil }
            if let fact = field.fact {
                self = .fact(fact)
            } else if Preface.owns(field.id) {
                self = .preface(field.id)
            } else {
                return nil
            }
        }

        var person: Fact.Person? { if case .fact(let fact) = self { fact.person } else { nil } }
    }

    /// Carries what was answered on pages of one form into another.
    /// - Parameters:
    ///   - pages: those that were answered just now.
    ///   - before: the rows of the form's groups as they were, by their ids.
    func carry(_ pages: [Form.Page], of source: Draft, before: [String: [String]], into target: inout Draft) {
        let journey = source.journey
        for page in pages {
            for field in page.fields {
                if let group = field.rows {
                    carryRows(of: field, group, journey, source, known: before[field.id] ?? [], into: &target)
                } else if let topic = Topic(field) {
                    carry(field, topic, journey, source, into: &target)
                }
            }
        }
    }

    private func carry(
        _ field: Field, _ topic: Topic, _ journey: Journey, _ source: Draft, into target: inout Draft
    ) {
        let given = journey.counted[field.id]
        guard given?.isHeard != true else { return }
        if let person = topic.person, isSomebodyElse(person, in: target, than: journey) { return }
        for asked in target.form.pages.flatMap(\.fields) where Topic(asked) == topic {
            let now = target.answers[asked.id]
            guard now == nil || now?.isHeard(from: source.form) == true else { continue }
            let copy = given.flatMap {
                copied($0, field, to: asked, of: topic.person.flatMap { name(of: $0, journey)?.text }, source)
            }
            if copy != nil || now != nil { target.answers[asked.id] = copy }
        }
    }

    /// The same answer in another form, with where it was asked.
    private func copied(
        _ given: GivenAnswer, _ field: Field, to asked: Field, of whose: String?, _ source: Draft
    ) -> GivenAnswer? {
        var copy: GivenAnswer?
        if case .substituted = given.value {
            copy = given
        } else {
            let typed = given.typed.map { control, values in
                (control == field.id ? asked.id : asked.id + control.dropFirst(field.id.count), values)
            }
            copy = reading(asked, Dictionary(typed) { $1 })
        }
        copy?.source = AnswerSource(number: nil, title: source.form.title, whose: whose, on: source.today)
        return copy
    }

    /// Rows are persons too. They keep their ids, by which a change finds them.
    private func carryRows(
        of field: Field, _ group: Field.Rows, _ journey: Journey, _ source: Draft, known: [String],
        into target: inout Draft
    ) {
        guard let role = group.fields.compactMap(\.fact).first?.person else { return }
        let rows = journey.counted.rows(of: field.id)
        guard rows.allSatisfy({ $0.answers.values.allSatisfy { !$0.isHeard } }) else { return }
        for (person, other, otherGroup) in target.form.personGroups where person == role {
            let copies = rows.compactMap { row -> FormRow? in
                let answers = copied(row, group, to: otherGroup, source)
                return answers.isEmpty ? nil : FormRow(id: row.id, answers: answers)
            }
            target.answers.changeRows(of: other.id) { now in
                // What somebody added or removed there is theirs.
                let isTheSame = Set(now.map(\.id)) == Set(known)
                let isUntouched = now.allSatisfy { $0.answers.values.allSatisfy(\.isHeard) }
                if isTheSame && isUntouched {
                    now = Array(copies.prefix(otherGroup.maximum))
                    return
                }
                for copy in copies {
                    guard let index = now.firstIndex(where: { $0.id == copy.id }) else { continue }
                    for (id, answer) in copy.answers where now[index].answers[id]?.isHeard ?? true {
                        now[index].answers[id] = answer
                    }
                }
                if isTheSame { return }
                // Somebody who was taken out where they were asked about, and of whom nothing more is said here.
                let gone = Set(known).subtracting(rows.map(\.id))
                now.removeAll { gone.contains($0.id) && $0.answers.values.allSatisfy(\.isHeard) }
            }
        }
    }

    private func copied(
        _ row: FormRow, _ group: Field.Rows, to other: Field.Rows, _ source: Draft
    ) -> Answers {
        other.fields.reduce(into: [:]) { answers, asked in
            guard let fact = asked.fact, let field = group.fields.first(where: { $0.fact == fact }),
                let given = row.answers[field.id]
            else { return }
            answers[asked.id] = copied(given, field, to: asked, of: nil, source)
        }
    }

    /// Takes out what was heard about a person who turned out to be somebody else.
    func shed(_ draft: inout Draft) {
        for (person, fields) in draft.form.persons {
            guard let named = fields.first(where: { $0.fact?.thing == .name }), let name = draft.answers[named.id],
                !name.isHeard, case .name(let own) = name.value
            else { continue }
            for field in fields {
                guard let source = draft.answers[field.id]?.source, source.number == nil, let whose = source.whose,
                    whose != own.text, field.fact?.person == person
                else { continue }
                draft.answers[field.id] = nil
            }
        }
    }

    private func isSomebodyElse(_ person: Fact.Person, in target: Draft, than journey: Journey) -> Bool {
        let named = target.form.pages.flatMap(\.fields).first { $0.fact == Fact(person: person, thing: .name) }
        guard let answer = named.flatMap({ target.answers[$0.id] }), !answer.isHeard,
            case .name(let theirs) = answer.value, let ours = name(of: person, journey)
        else { return false }
        return theirs != ours
    }

    private func name(of person: Fact.Person, _ journey: Journey) -> PersonName? {
        let named = journey.form.pages.flatMap(\.fields).first { $0.fact == Fact(person: person, thing: .name) }
        if case .name(let name)? = named.flatMap({ journey.counted[$0.id] })?.value { return name }
        return nil
    }
}

extension GivenAnswer {
    /// すでに伺った: asked in another form of the same conversation.
    var isHeard: Bool { source.map { $0.number == nil } ?? false }

    fileprivate func isHeard(from form: Form) -> Bool { isHeard && source?.title[.ja] == form.title[.ja] }
}

extension Form.Page {
    /// True if everything that it asks was heard already. Of what is asked before every form, one answer is enough: what was
    /// left empty there was left empty on purpose.
    func isHeard(_ answers: Answers) -> Bool {
        let asked = fields.filter(\.isAsked)
        guard group == nil, !asked.isEmpty else { return false }
        let heard = asked.filter { answers[$0.id]?.isHeard == true }
        if Preface.owns(id) { return !heard.isEmpty && asked.allSatisfy { !$0.isRequired || answers[$0.id] != nil } }
        return heard.count == asked.count
    }
}
