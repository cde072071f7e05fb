package import Core

/// 添付書類. A paper that a procedure demands, or once demanded.
package struct DemandedPaper: Sendable, Codable, Equatable {
    package let name: Text
    /// 根拠: the clause that demands it; nil where nobody has found one.
    package let clause: String?
    /// Why it is needed, or why it is not any more.
    package let reason: Text?
    package let state: State?

    package init(name: Text, clause: String?, reason: Text?, state: State?) {
        (self.name, self.clause, self.reason, self.state) = (name, clause, reason, state)
    }

    /// 添付書類等提出の撤廃・省略状況, the codes of the national inventory (R7); nil is unknown.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// 1 撤廃・省略済.
        case abolished
        /// 2 撤廃・省略予定.
        case planned
        /// 3 撤廃・省略不可.
        case required
        /// 4 その他.
        case other
    }
}

/// 業務の流れ: the steps of a procedure before and after it was redesigned.
package struct StepMap: Sendable, Codable, Equatable {
    package let before: [ProcessStep]
    /// What it became or will become; nil while nobody has redesigned it.
    package let after: [ProcessStep]?
    /// The day the redesign was recorded, `2026-10-01`.
    package let recordedOn: String?
    /// True once the clauses it rests on were checked as well.
    package let clausesChecked: Bool?

    package init(before: [ProcessStep], after: [ProcessStep]?, recordedOn: String?, clausesChecked: Bool?) {
        (self.before, self.after) = (before, after)
        (self.recordedOn, self.clausesChecked) = (recordedOn, clausesChecked)
    }

    private enum CodingKeys: String, CodingKey {
        case before, after
        case recordedOn = "recorded_on"
        case clausesChecked = "clauses_checked"
    }
}

/// 工程. One step of a process. What nobody has counted stays nil.
package struct ProcessStep: Sendable, Codable, Equatable {
    package let name: String
    /// Who does it.
    package let by: Actor
    /// Minutes of work for one case.
    package let minutes: Int?
    /// 来庁の回数.
    package let visits: Int?
    /// Sheets of paper.
    package let papers: Int?
    /// 押印の数.
    package let stamps: Int?

    package init(name: String, by: Actor, minutes: Int?, visits: Int?, papers: Int?, stamps: Int?) {
        (self.name, self.by, self.minutes) = (name, by, minutes)
        (self.visits, self.papers, self.stamps) = (visits, papers, stamps)
    }

    package enum Actor: String, Sendable, Codable, CaseIterable {
        case resident, staff, other
    }
}

/// What belongs to a card in another area: a place for the areas to fill.
package struct CardLink: Sendable, Codable, Equatable {
    package let kind: Kind
    package let name: String
    /// Its id in that area, or its address.
    package let reference: String?

    package init(kind: Kind, name: String, reference: String?) {
        (self.kind, self.name, self.reference) = (kind, name, reference)
    }

    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 情報システム.
        case system
        /// ロボット（RPA）.
        case robot
        /// オープンデータ.
        case dataset
        /// 例規の条項.
        case clause
        /// 情報資産.
        case asset
        /// ほかの申請窓口: where residents do it online outside of this site, such as マイナポータル, with its `https://` address.
        case portal
    }
}

/// 決裁のしかた.
package struct Approval: Sendable, Codable, Equatable {
    /// True where another officer than the one who reviewed has to decide (複数人による確認).
    package let fourEyes: Bool
    /// 決裁順: the sections whose deciders agree one after the other before the decision; empty for none.
    package let order: [String]

    package init(fourEyes: Bool, order: [String]) { (self.fourEyes, self.order) = (fourEyes, order) }

    private enum CodingKeys: String, CodingKey {
        case order
        case fourEyes = "four_eyes"
    }
}

/// 手続きのできる場所.
package enum Place: String, Sendable, Codable, CaseIterable {
    case online, counter
    /// コンビニエンスストア.
    case store = "convenience_store"
    case post, telephone
}

extension Card {
    /// 外部の識別子.
    package struct Reference: Sendable, Codable, Equatable {
        package let scheme: Scheme
        package let id: String

        package init(scheme: Scheme, id: String) { (self.scheme, self.id) = (scheme, id) }

        package enum Scheme: String, Sendable, Codable, CaseIterable {
            /// 手続ID of 行政手続等の棚卸調査.
            case inventory
            /// 制度番号 of GIF DS-451-4.
            case service
            /// The procedure's name on the dashboard of デジタル庁 (自治体DXの取組).
            case dashboard
            /// The number among the 特に国民の利便性向上に資する手続 (1–31).
            case national
        }
    }
}
