package import Core
package import Japanese

/// 廃棄. A list of cases past their period: proposed by one officer, agreed by another, and shredded by key.
package struct Disposal: Sendable, Identifiable {
    package typealias ID = Core.ID<Disposal>

    package let id: ID
    package let section: String
    package private(set) var status: Status
    package let proposedBy: Core.ID<Officer>
    package let proposedAt: Moment
    /// Who agreed or gave it back.
    package private(set) var judgedBy: Core.ID<Officer>?
    package private(set) var judgedAt: Moment?

    /// More do not fit a list that a person reads.
    package static let most = 500

    /// 申し出 → 廃棄・差戻し.
    package enum Status: String, Sendable {
        /// 申し出: nothing is gone yet.
        case proposed
        /// 廃棄済.
        case agreed
        /// 差戻し, or taken back: nothing is gone.
        case givenBack = "given-back"
    }

    /// A case on the list.
    package struct Line: Sendable {
        package let application: Case.ID
        package let number: String
        package let card: String
        package let closedOn: Day
        /// The last day of its period.
        package let keptUntil: Day
    }

    init(section: String, by officer: Core.ID<Officer>, at moment: Moment) {
        (id, self.section, status) = (ID(), section, .proposed)
        (proposedBy, proposedAt) = (officer, moment)
    }

    /// As it was kept.
    init(
        id: ID, section: String, status: Status, proposedBy: Core.ID<Officer>, proposedAt: Moment,
        judgedBy: Core.ID<Officer>?, judgedAt: Moment?
    ) {
        (self.id, self.section, self.status) = (id, section, status)
        (self.proposedBy, self.proposedAt, self.judgedBy, self.judgedAt) = (proposedBy, proposedAt, judgedBy, judgedAt)
    }

    /// Agreed by somebody else than who proposed it: the only way to ``Status/agreed``.
    package mutating func agree(by officer: Core.ID<Officer>, at moment: Moment) throws(DisposalRefusal) {
        guard status == .proposed else { throw .judged }
        guard officer != proposedBy else { throw .sameEyes }
        (status, judgedBy, judgedAt) = (.agreed, officer, moment)
    }

    /// 差戻し.
    package mutating func giveBack(by officer: Core.ID<Officer>, at moment: Moment) throws(DisposalRefusal) {
        guard status == .proposed else { throw .judged }
        (status, judgedBy, judgedAt) = (.givenBack, officer, moment)
    }
}

/// Why a list cannot be made or judged now.
package enum DisposalRefusal: Refusal, Equatable {
    case notFound
    /// It was agreed or given back already.
    case judged
    /// Whoever proposes does not agree as well.
    case sameEyes
    /// There is nothing past its period.
    case nothing
    /// The number of cases, typed to confirm, is another.
    case notConfirmed
    /// The list is not what the page showed.
    case changed

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .judged, .sameEyes, .nothing, .changed: .conflict
        case .notConfirmed: .invalid
        }
    }

    package var words: Text {
        let words =
            switch self {
            case .notFound: "この廃棄の一覧は見つかりませんでした。"
            case .judged: "この一覧は、ほかの職員が先に処理しました。いまの状態を確かめてください。"
            case .sameEyes: "廃棄の決定は、申し出た人とは別の決裁者が行います。"
            case .nothing: "保存期間を過ぎた申請は、いまはありません。"
            case .notConfirmed: "廃棄する件数を、一覧のとおりに入力してください。"
            case .changed: "一覧の内容が変わりました。いまの内容を確かめてから、もう一度入力してください。"
            }
        return Text(verbatim: words)
    }
}
