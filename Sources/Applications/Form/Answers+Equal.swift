import Japanese

// Two answers are the same only if every code point of them is: a name with 神 (U+FA19) put right to 神 (U+795E) is another
// name, though `String` takes the two for one.

extension GivenAnswer {
    package static func == (left: GivenAnswer, right: GivenAnswer) -> Bool {
        left.value == right.value && left.source == right.source && left.exact == right.exact
    }

    private var exact: [String: [LegalText]] { typed.mapValues { $0.map { LegalText($0) } } }
}

extension FieldValue {
    package static func == (left: FieldValue, right: FieldValue) -> Bool {
        switch left {
        case .text(let left): if case .text(let right) = right { left.isExactly(right) } else { false }
        case .name(let left): if case .name(let right) = right { left == right } else { false }
        case .date(let left): if case .date(let right) = right { left == right } else { false }
        case .partialDate(let left): if case .partialDate(let right) = right { left == right } else { false }
        case .address(let left): if case .address(let right) = right { left == right } else { false }
        case .number(let left): if case .number(let right) = right { left == right } else { false }
        case .chosen(let left): if case .chosen(let right) = right { left == right } else { false }
        case .account(let left): if case .account(let right) = right { left == right } else { false }
        case .place(let left): if case .place(let right) = right { left == right } else { false }
        case .files(let left): if case .files(let right) = right { left == right } else { false }
        case .substituted(let left): if case .substituted(let right) = right { left == right } else { false }
        case .rows(let left): if case .rows(let right) = right { left == right } else { false }
        case .decimal(let left, let places):
            if case .decimal(let right, let others) = right { left == right && places == others } else { false }
        case .agreed: if case .agreed = right { true } else { false }
        }
    }
}

extension PersonName {
    package static func == (left: PersonName, right: PersonName) -> Bool {
        left.family.isExactly(right.family) && left.given.isExactly(right.given)
            && left.familyKana.isExactly(right.familyKana) && left.givenKana.isExactly(right.givenKana)
    }
}

extension Address {
    package static func == (left: Address, right: Address) -> Bool {
        left.postcode == right.postcode && left.street.isExactly(right.street)
            && left.building.isExactly(right.building)
    }
}

extension BankAccount {
    package static func == (left: BankAccount, right: BankAccount) -> Bool {
        left.bank.isExactly(right.bank) && left.branch.isExactly(right.branch) && left.type == right.type
            && left.number == right.number && left.holder.isExactly(right.holder)
    }
}

extension Place {
    package static func == (left: Place, right: Place) -> Bool {
        left.words.isExactly(right.words) && left.point == right.point
    }
}
