import Core

/// Why something in this room is not done.
enum OrdinanceRefusal: Refusal {
    case notFound
    /// Only officers of the section that the ordinance belongs to may.
    case notYours
    /// It is not in a state in which that can be done.
    case notNow(String)
    /// What was typed or sent cannot be used, with why and how to mend it.
    case unusable(String)

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notYours: .notAllowed
        case .notNow: .conflict
        case .unusable: .invalid
        }
    }

    /// The status of the page that tells it where it was typed; nil for what has a page of its own.
    var status: Int? {
        switch self {
        case .notFound, .notYours: nil
        case .notNow: 409
        case .unusable: 422
        }
    }

    var words: Text {
        switch self {
        case .notFound: Text(verbatim: "お探しの例規や条文は見つかりませんでした。取り込み直されて、なくなったのかもしれません。")
        case .notYours: Text(verbatim: "これができるのは、この例規の担当課の職員だけです。")
        case .notNow(let words), .unusable(let words): Text(verbatim: words)
        }
    }
}
