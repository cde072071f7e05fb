package import Database

/// Somebody who only looks: nobody asked who it is.
package struct Anyone: Sendable {
    package init() {}
}

/// 申請者. Somebody with a session, which holds the applications they began or opened with a code.
package struct Applicant: Sendable {
    /// The session's own id, not the secret in the cookie.
    package let session: String
    /// The officer who types for somebody at the counter; nil where the applicant's own browser asks.
    package let officer: ID<Officer>?

    package init(session: String, officer: ID<Officer>? = nil) { (self.session, self.officer) = (session, officer) }

    /// Who does what is done in this session.
    package var actor: Actor { officer.map { .officer($0) } ?? .applicant }
}

/// 職員, signed in.
package struct Officer: Sendable, Hashable {
    package let id: ID<Officer>
    package let name: String
    package let memberships: [Membership]

    package init(id: ID<Officer>, name: String, memberships: [Membership]) {
        (self.id, self.name, self.memberships) = (id, name, memberships)
    }

    /// True if a role of this officer, in this section, allows it.
    package func may(_ permission: Permission, in section: String) -> Bool {
        memberships.contains {
            ($0.section == section || $0.role.isForWholeTown) && $0.role.permissions.contains(permission)
        }
    }

    /// True if a role of this officer, in whatever section, allows it.
    package func may(_ permission: Permission) -> Bool {
        memberships.contains { $0.role.permissions.contains(permission) }
    }

    /// The sections whose cases this officer may do this with; nil for all of them.
    package func sections(for permission: Permission) -> [String]? {
        let allowing = memberships.filter { $0.role.permissions.contains(permission) }
        return allowing.contains { $0.role.isForWholeTown } ? nil : Set(allowing.map(\.section)).sorted()
    }
}

/// 職員名簿. What the room that knows the staff tells the others.
package struct StaffDirectory: Sendable {
    /// The officer of this id, or nil if they may not sign in any more.
    package let officer: @Sendable (ID<Officer>, Transaction) throws -> Officer?
    /// Everybody who may sign in, by name.
    package let officers: @Sendable (Transaction) throws -> [Officer]
    /// The names of all officers, those who left included, by the text of their id.
    package let names: @Sendable (Transaction) throws -> [String: String]
    /// Who works on the applications of a section now, by name.
    package let colleagues: @Sendable (_ section: String, Transaction) throws -> [Colleague]

    package init(
        officer: @escaping @Sendable (ID<Officer>, Transaction) throws -> Officer?,
        officers: @escaping @Sendable (Transaction) throws -> [Officer],
        names: @escaping @Sendable (Transaction) throws -> [String: String],
        colleagues: @escaping @Sendable (_ section: String, Transaction) throws -> [Colleague]
    ) {
        (self.officer, self.officers, self.names, self.colleagues) = (officer, officers, names, colleagues)
    }

    /// 課の職員, as a list to choose from shows them.
    package struct Colleague: Sendable, Hashable {
        package let id: ID<Officer>
        package let name: String

        package init(id: ID<Officer>, name: String) { (self.id, self.name) = (id, name) }
    }
}

/// A role in a section.
package struct Membership: Sendable, Hashable, Codable {
    package let section: String
    package let role: Role

    package init(section: String, role: Role) { (self.section, self.role) = (section, role) }
}

/// What an officer is in a section.
package enum Role: String, Sendable, CaseIterable, Codable {
    /// 担当者: works on the section's applications.
    case clerk
    /// 決裁者: decides them as well.
    case decider
    /// 監査: sees what was done in the whole town, changes nothing, and sees no answers.
    case auditor
    /// デジタル推進室: looks after the register of the whole town and what other systems may ask; sees no applications.
    case secretariat
    /// 最高情報統括責任者（CIO）: leads the committee, decides on any trial of the town, and sees no applications.
    case cio

    /// 担当者 …
    package var name: String {
        switch self {
        case .clerk: "担当者"
        case .decider: "決裁者"
        case .auditor: "監査"
        case .secretariat: "デジタル推進"
        case .cio: "CIO"
        }
    }

    package var permissions: Set<Permission> {
        switch self {
        case .clerk:
            [
                .readCases, .handleCases, .editForms, .editCards, .handleExtracts, .writeSystems, .reviewOrdinances,
                .reportProgress,
            ]
        case .decider:
            [
                .readCases, .handleCases, .decideCases, .editForms, .publishForms, .editCards, .handleExtracts,
                .writeSystems, .reviewOrdinances, .reportProgress, .decideTrials,
            ]
        case .auditor: [.readTrail]
        case .secretariat:
            [
                .editCards, .manageInterfaces, .recordDecisions, .manageSystems, .writeSystems, .reviewOrdinances,
                .manageOrdinances, .reportProgress, .preparePlan,
            ]
        case .cio: [.reportProgress, .decideTrials, .leadPlan]
        }
    }

    var isForWholeTown: Bool { self == .auditor || self == .secretariat || self == .cio }
}

/// What a route or an action asks for.
package enum Permission: String, Sendable, CaseIterable {
    /// See the applications of a section.
    case readCases
    /// Take them in, return them, write to the applicant.
    case handleCases
    /// 承認・不承認.
    case decideCases
    /// 様式の下書き.
    case editForms
    /// 様式の公開, of what somebody else proposed.
    case publishForms
    /// 手続・業務カード of a section: its facts, steps and papers. Every officer may read them.
    case editCards
    /// 抽出: send in the extracts of a section, see what is wrong with them, and mend it.
    case handleExtracts
    /// 情報システムと標準化 of the whole town: its systems, the board of the twenty tasks; of extracts the numbers alone.
    case manageSystems
    /// 情報システムの帳簿, 定義 and 文字の決定: as far as they are one's own section's.
    case writeSystems
    /// 例規の点検: take ordinances in, judge those of one's own section and those of none, draft their amendments.
    case reviewOrdinances
    /// The same for the ordinances of every section.
    case manageOrdinances
    /// 外部連携: tokens of other systems, and where they are told.
    case manageInterfaces
    /// 委員会の決定の記録: what the committee decided, such as an exception to a level.
    case recordDecisions
    /// 推進の報告: the actions, loops and tasks of a section: observe, orient, try, report. Every officer may read them.
    case reportProgress
    /// 試行の決定 at the level of a section; of every section, and at the level of the CIO, for who leads the plan.
    case decideTrials
    /// 計画の事務局: prepares the plan, its bodies and meetings for the whole town, and decides nothing.
    case preparePlan
    /// CIO: decides what is the CIO's to decide.
    case leadPlan
    /// See the trail of the whole town.
    case readTrail
}

/// Who did something, as the event says it.
package enum Actor: Sendable, Hashable {
    case applicant
    case officer(ID<Officer>)
    /// 外部連携のシステム, by its token.
    case machine(ID<Machine>)
    /// The program itself, such as a job.
    case system

    /// `applicant`, `officer:ID`, `machine:ID` or `system`.
    package var text: String {
        switch self {
        case .applicant: "applicant"
        case .officer(let id): "officer:\(id)"
        case .machine(let id): "machine:\(id)"
        case .system: "system"
        }
    }
}
