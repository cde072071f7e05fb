/// A request that the rules do not allow, or that somebody has to mend: shown with its words, nothing was changed.
package protocol Refusal: Error, Sendable {
    /// What is the matter and how to mend it, for the person in front of the page.
    var words: Text { get }

    /// How a page or a program is told.
    var kind: RefusalKind { get }
}

/// The sorts of refusal, by how the web says them.
package enum RefusalKind: Sendable {
    /// The thing does not exist, or not for this person (404).
    case notFound
    /// This person may not (403).
    case notAllowed
    /// What was asked does not fit the state things are in now (409).
    case conflict
    /// What was sent has to be mended (422).
    case invalid
    /// Too often; again in so many seconds (429).
    case tooMany(retryAfter: Int)
}

extension RefusalKind {
    /// True if what was sent can be mended.
    package var isInvalid: Bool { if case .invalid = self { true } else { false } }
}

/// A refusal that needs no type of its own.
package struct Refused: Refusal, CustomStringConvertible {
    package let kind: RefusalKind
    package let words: Text

    package var description: String { words[.ja] }

    package init(_ kind: RefusalKind, _ words: Text) { (self.kind, self.words) = (kind, words) }
}

extension Refused {
    /// The role does not allow it.
    package static let notYours = Refused(
        .notAllowed,
        Text(
            "この操作をする権限がありません。必要なときは、デジタル推進の担当にご相談ください。",
            easy: "あなたは これを できません。", en: "Your role does not allow this."))

    /// There is nothing at this address, or not for this person.
    package static let notHere = Refused(
        .notFound,
        Text(
            "お探しのページは見つかりませんでした。アドレスが変わったか、まちがっているかもしれません。",
            easy: "ページが ありません。アドレスを たしかめてください。",
            en: "We could not find this page. The address may have changed or be mistyped."))
}
