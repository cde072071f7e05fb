import Core
import Japanese

/// 前の申請の答え. The persons an earlier application told about, and what of it another one may use.
struct Recollection: Sendable {
    let source: Case.ID
    /// 受付番号.
    let number: String
    /// The procedure.
    let title: Text
    let on: Day
    let persons: [Person]
    /// What was agreed to when it was read.
    let purposes: Set<ReuseConsent.Purpose>

    /// Somebody an earlier application told about.
    struct Person: Sendable {
        /// `applicant`, or the row it stands in.
        let key: String
        let role: Fact.Person
        /// As they are called; nil where no name was asked.
        let name: PersonName?
        /// What is known: each thing with the field that asked it and its answer.
        let facts: [Fact.Thing: (field: Field, answer: GivenAnswer)]
    }

    /// What an application tells, as far as its applicant agreed.
    init(_ open: OpenCase, for purposes: Set<ReuseConsent.Purpose>) throws {
        let journey = try open.submitted
        self.purposes = purposes
        (source, number, title) = (open.item.id, open.item.number ?? "", open.form.title)
        on = (open.item.submittedAt ?? open.item.savedAt).day
        let single = open.form.persons.map { person, fields in
            Person(key: person.rawValue, role: person, fields: fields, answers: journey.counted)
        }
        let several = open.form.personGroups.flatMap { person, field, group in
            journey.counted.rows(of: field.id).map {
                Person(key: $0.id, role: person, fields: group.fields, answers: $0.answers)
            }
        }
        persons = (single + several).filter {
            !$0.facts.isEmpty && purposes.contains($0.role == .applicant ? .own : .household)
        }
    }

    /// True if somebody may be this in another form: for their own procedures only as the applicant they were.
    func may(_ person: Person, be role: Fact.Person) -> Bool {
        person.role.canBe(role) && (person.role == .applicant && role == .applicant || purposes.contains(.household))
    }

    /// The answers to fields about somebody, each with where it comes from. What a field would not take today is left out.
    func answers(
        to fields: [Field], from person: Person, reading: (Field, [String: [String]]) -> GivenAnswer?
    ) -> Answers {
        fields.reduce(into: [:]) { answers, field in
            guard let thing = field.fact?.thing, let (asked, answer) = person.facts[thing] else { return }
            let typed = answer.typed.map { control, values in
                (control == asked.id ? field.id : field.id + control.dropFirst(asked.id.count), values)
            }
            guard var copy = reading(field, Dictionary(typed) { $1 }) else { return }
            copy.source = AnswerSource(number: number, title: title, whose: person.name?.text, on: on)
            answers[field.id] = copy
        }
    }
}

extension Recollection.Person {
    fileprivate init(key: String, role: Fact.Person, fields: [Field], answers: Answers) {
        (self.key, self.role) = (key, role)
        facts = fields.reduce(into: [:]) { facts, field in
            guard let thing = field.fact?.thing, let answer = answers[field.id] else { return }
            facts[thing] = (field, answer)
        }
        if case .name(let name)? = facts[.name]?.answer.value { self.name = name } else { name = nil }
    }
}

/// 出所. The earlier application that an answer was taken over from.
package struct AnswerSource: Sendable, Codable, Hashable {
    /// 受付番号; nil for what was asked in the same conversation at the counter.
    let number: String?
    /// The procedure.
    let title: Text
    /// Whose answer it was; nil where no name was asked.
    let whose: String?
    let on: Day

    init(number: String?, title: Text, whose: String?, on: Day) {
        (self.number, self.title, self.whose, self.on) = (number, title, whose, on)
    }

    /// 「犬の登録申請」（2026年11月3日、髙﨑　花子さん）の答えから.
    var words: Text {
        guard number != nil else { return CounterTexts.heard.replacing("%1", with: title) }
        let words = ReuseTexts.source.replacing("%1", with: title).replacing("%2", with: on.spoken)
        let who = whose.map { ReuseTexts.whose.with($0) } ?? Text(verbatim: "")
        return words.replacing("%3", with: who)
    }
}
