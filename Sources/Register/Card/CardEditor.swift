package import Core

/// 台帳を直す人. Who changes the register: an officer, or the town's own command line, which may everything.
package enum CardEditor: Sendable {
    case officer(Officer)
    case commandLine

    package var actor: Actor {
        switch self {
        case .officer(let officer): .officer(officer.id)
        case .commandLine: .system
        }
    }

    /// True if the cards of a section are this person's to change.
    func may(in section: String) -> Bool {
        switch self {
        case .officer(let officer): officer.may(.editCards, in: section)
        case .commandLine: true
        }
    }

    /// 編集できる人: whoever edits cards in the section or in one that owns it too.
    func may(edit card: Card) -> Bool { may(in: card.section) || (card.coSections ?? []).contains { may(in: $0) } }

    /// Why a card may not become another one; nil where it may.
    ///
    /// 所管課 and 共管課 say who may edit: the section that owns the card alone changes them, and only within what is theirs.
    func refusal(from before: Card?, to after: Card) -> CardFault? {
        guard let before else {
            return may(in: after.section) ? nil : CardFault("section", "この課のカードを作る権限がありません")
        }
        guard may(edit: before) else { return CardFault(nil, "このカードを直す権限がありません。所管課か共管課の担当者が直します") }
        if before.section != after.section, !(may(in: before.section) && may(in: after.section)) {
            return CardFault("section", "所管課を移せるのは、両方の課の担当者とデジタル推進の担当だけです")
        }
        if before.coSections != after.coSections, !may(in: before.section) {
            return CardFault("co_sections", "共管課を変えられるのは、所管課の担当者だけです")
        }
        return nil
    }
}

/// What is wrong with a card, and where: the key of a column, or nil for the card as a whole.
package struct CardFault: Sendable, Equatable {
    let key: String?
    package let words: String

    init(_ key: String?, _ words: String) { (self.key, self.words) = (key, words) }
}

/// A change of the register that was not made.
package enum CardRefusal: Refusal, Equatable {
    case notFound
    case notYours(String)
    /// Somebody else changed the same places since.
    case overtaken
    /// There is a card of this name.
    case exists
    case faults([CardFault])

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notYours: .notAllowed
        case .overtaken: .conflict
        case .exists, .faults: .invalid
        }
    }

    package var words: Text {
        switch self {
        case .notFound: Refused.notHere.words
        case .notYours(let words): Text(verbatim: words)
        case .overtaken: Text(verbatim: "開いている間に、ほかの職員が同じところを変えました。違いを確かめてから、もう一度保存してください。")
        case .exists: Text(verbatim: "この識別名のカードは、もうあります。別の識別名にしてください。")
        case .faults(let faults): Text(verbatim: faults.map(\.words).joined(separator: " "))
        }
    }
}
