import Core
import Database
import Japanese

/// トークン. What another system asks with: for some procedures, for some ends, until a day.
///
/// Nothing of residents is told before the decider of a procedure's section has agreed: a second person, who answers for
/// those data.
struct MachineToken: Sendable {
    let id: Machine.ID
    let name: String
    let scopes: Set<Machine.Scope>
    let madeBy: ID<Officer>
    let madeAt: Moment
    /// The last day on which it is valid.
    let expiresOn: Day
    let revokedAt: Moment?
    let lastUsedAt: Moment?
    let cards: [Agreement]

    /// 同意 of a section for a procedure.
    struct Agreement: Sendable {
        let card: String
        /// The section whose applications of it are told.
        let section: String
        let officer: ID<Officer>?
        let at: Moment?
    }

    /// Days for which a token may be valid at most.
    static let longestLife = 366

    enum State: Sendable {
        case valid
        /// Some section has not agreed yet.
        case waiting
        case expired, revoked

        var name: String {
            switch self {
            case .valid: "有効"
            case .waiting: "同意待ち"
            case .expired: "期限切れ"
            case .revoked: "取消し"
            }
        }
    }

    func state(on day: Day) -> State {
        if revokedAt != nil { return .revoked }
        if day > expiresOn { return .expired }
        return cards.contains { $0.officer == nil } ? .waiting : .valid
    }

    /// Who asks with it.
    var machine: Machine {
        let agreed = cards.filter { $0.officer != nil }
        return Machine(
            id: id, name: name, scopes: scopes,
            cards: Dictionary(agreed.map { ($0.card, $0.section) }) { first, _ in first })
    }
}

/// Why something about the interfaces is not done.
enum InterfaceRefusal: Refusal {
    case notFound
    case nameMissing
    case noScopes
    case noCards
    case noEvents
    /// A last day that is none, is over, or too far away.
    case unusableDay
    /// An address that nothing is sent to, with the reason.
    case unusableAddress(String)
    /// Whoever made a token does not agree to it as well.
    case sameEyes
    case revoked

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .sameEyes, .revoked: .conflict
        default: .invalid
        }
    }

    /// The control that it is about; nil for none.
    var control: String? {
        switch self {
        case .nameMissing: "name"
        case .noScopes: "scopes"
        case .noCards: "cards"
        case .noEvents: "events"
        case .unusableDay: "expires"
        case .unusableAddress: "url"
        case .notFound, .sameEyes, .revoked: nil
        }
    }

    var words: Text {
        let words =
            switch self {
            case .notFound: "この外部連携は見つかりませんでした。"
            case .nameMissing: "名前を、1文字から40文字までで入力してください。"
            case .noScopes: "できることを、1つ以上選んでください。"
            case .noCards: "手続きを、1つ以上選んでください。"
            case .noEvents: "知らせることを、1つ以上選んでください。"
            case .unusableDay: "期限は、今日から1年以内の日を、R9.3.31 か 2027-03-31 のように入力してください。"
            case .unusableAddress(let reason): reason
            case .sameEyes: "同意は、トークンを作った人とは別の決裁者が行います。"
            case .revoked: "このトークンは、取り消されたか、期限が切れています。"
            }
        return Text(verbatim: words)
    }
}
