package import Core

/// Why something cannot be done with an application now.
package enum CaseRefusal: Refusal, Equatable {
    /// There is none, or not for this person.
    case notFound
    /// The state does not allow it.
    case moved(from: Case.Status, to: Case.Status)
    /// It was sent already; other answers do not reach it any more.
    case alreadySubmitted
    /// The answers changed after they were checked.
    case changedSinceChecked
    /// Something that has to be answered is not.
    case incomplete
    /// The name of this submission belongs to another application.
    case submissionTaken
    /// It is not on this officer's desk.
    case notOnDesk
    /// The page was used before, for something else.
    case stale
    /// Somebody else was faster at the desk.
    case overtaken(Case.Status)
    /// In a correction: this answer is not among those to be corrected.
    case fixed
    /// 委任の期限切れ. The agent may do nothing more.
    case mandateOver
    /// 決裁を要する: the card wants several officers to agree.
    case needsApproval
    /// 決裁中: nothing else is done meanwhile.
    case underApproval
    /// 起案者と同じ人: somebody else has to agree last.
    case sameEyes
    /// 回答待ち: another section was asked and has not answered.
    case openConsultation
    /// 根拠法令 has to be named.
    case lawMissing
    /// A reason has to be given.
    case reasonMissing
    /// What was written cannot be kept.
    case unusable(Text)
    /// 消去済. Its key is gone.
    case shredded

    /// True if a state did not allow a move.
    var isMove: Bool {
        if case .moved = self { true } else { false }
    }

    package var kind: RefusalKind {
        switch self {
        case .notFound, .notOnDesk, .shredded: .notFound
        case .moved, .alreadySubmitted, .changedSinceChecked, .submissionTaken, .overtaken, .stale, .fixed,
            .mandateOver, .needsApproval, .underApproval, .sameEyes:
            .conflict
        case .incomplete, .reasonMissing, .unusable, .openConsultation, .lawMissing: .invalid
        }
    }

    package var words: Text {
        switch self {
        case .notFound: Refused.missing
        case .moved(let from, let to): CaseTexts.moved.replacing("%1", with: from.name).replacing("%2", with: to.name)
        case .alreadySubmitted: CaseTexts.alreadySubmitted
        case .changedSinceChecked: CaseTexts.changedSinceChecked
        case .incomplete: CaseTexts.incomplete
        case .submissionTaken: CaseTexts.submissionTaken
        case .notOnDesk: CaseTexts.notOnDesk
        case .stale: CaseTexts.stale
        case .overtaken(let status): CaseTexts.overtaken.replacing("%1", with: status.name)
        case .fixed: CaseTexts.fixed
        case .mandateOver: CaseTexts.mandateOver
        case .needsApproval: CaseTexts.needsApproval
        case .underApproval: CaseTexts.underApproval
        case .sameEyes: CaseTexts.sameEyes
        case .openConsultation: CaseTexts.openConsultation
        case .lawMissing: CaseTexts.lawMissing
        case .reasonMissing: CaseTexts.reasonMissing
        case .unusable(let words): words
        case .shredded: CaseTexts.shredded
        }
    }
}

extension Refused {
    fileprivate static let missing = Text(
        "この申請は見つかりませんでした。確認コードをもう一度お確かめください。", easy: "{申請|しんせい}が ありません。{確認|かくにん}コードを {見|み}て ください。",
        en: "We could not find this application. Please check the code.")
}
