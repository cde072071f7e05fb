import Core

/// 使い回せる事柄. What an answer says about whom, in whichever form it is asked: so that nobody is asked twice. In a
/// document: `fact: applicant.name`.
package struct Fact: Sendable, Hashable {
    package let person: Person
    package let thing: Thing

    /// Who somebody is in a form.
    package enum Person: String, Sendable, CaseIterable, Codable {
        /// 申請者: whom the application is about.
        case applicant
        /// 配偶者.
        case partner
        /// 子.
        case child
        /// 保護者.
        case parent
        /// 世帯員.
        case member

        /// Who this person may be in another form.
        func canBe(_ other: Person) -> Bool {
            switch other {
            case .child: self == .child || self == .member
            case .applicant, .partner, .parent: self != .child
            case .member: true
            }
        }
    }

    /// What is said about a person.
    package enum Thing: String, Sendable, CaseIterable, Codable {
        case name, birth, address, telephone, mail, account

        /// True if a field of this kind asks it.
        func fits(_ kind: Field.Kind) -> Bool {
            switch (self, kind) {
            case (.name, .name), (.address, .address), (.telephone, .telephone), (.mail, .mail), (.account, .account):
                true
            case (.birth, .date(let rule)): rule.isPartial != true
            default: false
            }
        }
    }
}

extension Fact: Decodable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let person = Person(rawValue: parts[0]), let thing = Thing(rawValue: parts[1]) else {
            let persons = Person.allCases.map(\.rawValue).joined(separator: ", ")
            let things = Thing.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "fact「\(text)」は使えません。だれの（\(persons)）何（\(things)）かを、applicant.name のように書いてください"))
        }
        (self.person, self.thing) = (person, thing)
    }
}

extension Form {
    /// The persons that a form asks about outside groups, each with the fields that say something about them.
    var persons: [(person: Fact.Person, fields: [Field])] {
        let fields = pages.flatMap(\.fields)
        return Fact.Person.allCases.compactMap { person in
            let about = fields.filter { $0.fact?.person == person }
            return about.isEmpty ? nil : (person, about)
        }
    }

    /// The groups whose rows are persons.
    var personGroups: [(person: Fact.Person, field: Field, group: Field.Rows)] {
        pages.flatMap(\.fields).compactMap { field in
            field.rows.flatMap { group in
                group.fields.compactMap(\.fact).first.map { ($0.person, field, group) }
            }
        }
    }
}
