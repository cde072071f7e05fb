import Core
import Japanese
import Web

/// 絞り込み. What of the inbox is shown, and in which order. It stands in the address, so that a page can be kept, shared and
/// come back to.
struct InboxFilter: Sendable, Equatable {
    var scope: Scope?
    /// One of the officer's sections; nil for all of them.
    var section: String?
    /// 手続き.
    var card: String?
    var keeper: Keeper?
    var channel: Channel?
    var due: Due?
    /// 連絡あり: its applicant wrote and nobody answered.
    var isWaiting = false
    /// 届いた日, from and through.
    var from: Day?
    var through: Day?
    var order: Order?

    /// Which states.
    enum Scope: Sendable, Equatable {
        /// 未決: everything that is not decided.
        case open
        /// すべて: whatever was sent.
        case all
        case status(Case.Status)

        /// As it stands in an address.
        var name: String {
            switch self {
            case .open: "open"
            case .all: "all"
            case .status(let status): status.rawValue
            }
        }

        init?(_ name: String) {
            switch name {
            case "open": self = .open
            case "all": self = .all
            default:
                guard let status = Case.Status(rawValue: name), status != .draft else { return nil }
                self = .status(status)
            }
        }
    }

    /// 担当者.
    enum Keeper: Sendable, Equatable {
        case mine
        /// 担当者なし.
        case nobody
        /// 担当者不在: whoever has it does not work in the section any more.
        case absent
        case officer(ID<Officer>)

        var name: String {
            switch self {
            case .mine: "mine"
            case .nobody: "nobody"
            case .absent: "absent"
            case .officer(let id): id.text
            }
        }

        init?(_ name: String) {
            switch name {
            case "mine": self = .mine
            case "nobody": self = .nobody
            case "absent": self = .absent
            default:
                guard let id = ID<Officer>(name) else { return nil }
                self = .officer(id)
            }
        }
    }

    /// 期限.
    enum Due: String, Sendable, CaseIterable {
        case overdue, soon

        var name: String {
            switch self {
            case .overdue: "期限を過ぎたもの"
            case .soon: "3開庁日のうちに期限が来るもの"
            }
        }
    }

    /// 並べ方.
    enum Order: String, Sendable, CaseIterable {
        case due, arrived, newest

        var name: String {
            switch self {
            case .due: "期限の早い順"
            case .arrived: "届いた順（古い順）"
            case .newest: "届いた順（新しい順）"
            }
        }
    }

    /// Everything that is not decided.
    static let open = InboxFilter()

    /// The states that are meant where none are named.
    func scope(searching isSearching: Bool) -> Scope { scope ?? (isSearching ? .all : .open) }

    /// 期限順 for what is still to be done, and the newest first for what only grows.
    var usualOrder: Order {
        switch scope ?? .open {
        case .open: .due
        case .all: .newest
        case .status(let status): status.isDecided ? .newest : .due
        }
    }

    /// True if anything but the states is asked for.
    var isNarrow: Bool {
        var copy = self
        (copy.scope, copy.order) = (nil, nil)
        return copy != .open
    }

    /// As it stands in an address.
    var pairs: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("status", scope?.name), ("section", section), ("card", card), ("who", keeper?.name),
            ("channel", channel?.rawValue), ("due", due?.rawValue), ("waiting", isWaiting ? "yes" : nil),
            ("from", from?.iso), ("through", through?.iso), ("sort", order?.rawValue),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    init() {}

    /// Reads what an address says. What it cannot mean is left out; a day that is none is told by ``InboxAsked``.
    init(_ posted: Posted) {
        func value(_ name: String) -> String? { posted[name].flatMap { $0.isEmpty ? nil : $0 } }
        scope = value("status").flatMap(Scope.init)
        (section, card) = (value("section"), value("card"))
        keeper = value("who").flatMap(Keeper.init)
        channel = value("channel").flatMap(Channel.init)
        due = value("due").flatMap(Due.init)
        isWaiting = value("waiting") == "yes"
        from = value("from").flatMap { try? WrittenDate.day($0) }
        through = value("through").flatMap { try? WrittenDate.day($0) }
        order = value("sort").flatMap(Order.init)
    }
}
