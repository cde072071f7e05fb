package import Core
package import Database
import Japanese

/// 職員名簿.
package enum Staff {
    static let migrations = [
        Migration(
            "identity/0001-officers",
            """
            CREATE TABLE officer (
                id TEXT PRIMARY KEY,
                login TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                disabled_at TEXT
            ) \(.strict)
            """,
            """
            CREATE TABLE membership (
                officer TEXT NOT NULL REFERENCES officer (id),
                section TEXT NOT NULL,
                role TEXT NOT NULL,
                PRIMARY KEY (officer, section, role)
            ) \(.strict)
            """)
    ]

    /// What the other rooms may know of the staff.
    package static let directory = StaffDirectory(
        officer: { try find($0, in: $1) },
        officers: { try all(in: $0) },
        names: { try $0.rows("SELECT id, name FROM officer").reduce(into: [:]) { $0[try $1["id"]] = try $1["name"] } },
        colleagues: { try colleagues(in: $0, $1) })

    /// Who may work on the applications of a section now, by name.
    private static func colleagues(
        in section: String, _ transaction: Transaction
    ) throws -> [StaffDirectory.Colleague] {
        let roles = Role.allCases.filter { $0.permissions.contains(.handleCases) }.map(\.rawValue)
        return try transaction.rows(
            """
            SELECT DISTINCT officer.id AS id, name FROM membership JOIN officer ON officer.id = officer
            WHERE section = \(section) AND role IN (\(anyOf: roles)) AND disabled_at IS NULL ORDER BY name, officer.id
            """
        ).map { StaffDirectory.Colleague(id: try $0["id"], name: try $0["name"]) }
    }

    /// The officer of this id, or nil if there is none or they may not sign in any more.
    package static func find(_ id: ID<Officer>, in transaction: Transaction) throws -> Officer? {
        guard let row = try transaction.row("SELECT name FROM officer WHERE id = \(id) AND disabled_at IS NULL") else {
            return nil
        }
        let rows = try transaction.rows("SELECT section, role FROM membership WHERE officer = \(id)")
        let memberships = try rows.compactMap { row -> Membership? in
            guard let role = Role(rawValue: try row["role"]) else { return nil }
            return Membership(section: try row["section"], role: role)
        }
        return Officer(id: id, name: try row["name"], memberships: memberships)
    }

    /// Everybody who may sign in, by name.
    private static func all(in transaction: Transaction) throws -> [Officer] {
        let roles = try transaction.rows("SELECT officer, section, role FROM membership")
            .reduce(into: [String: [Membership]]()) { roles, row in
                guard let role = Role(rawValue: try row["role"]) else { return }
                roles[try row["officer"], default: []].append(Membership(section: try row["section"], role: role))
            }
        return try transaction.rows("SELECT id, name FROM officer WHERE disabled_at IS NULL ORDER BY name, id").map {
            row in
            let id: ID<Officer> = try row["id"]
            return Officer(id: id, name: try row["name"], memberships: roles[id.text] ?? [])
        }
    }

    /// Everybody who may sign in, by login name.
    package static func byLogin(in transaction: Transaction) throws -> [String: Officer] {
        let rows = try transaction.rows("SELECT id, login FROM officer WHERE disabled_at IS NULL")
        return try rows.reduce(into: [:]) { $0[try $1["login"]] = try find($1["id"], in: transaction) }
    }

    /// 退職・異動. The officer cannot sign in any more, and sessions of theirs are over; their name stays in the trail.
    package static func disable(
        login: String, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        guard let officer = try byLogin(in: transaction)[login] else { throw StaffRefusal.unknown }
        try transaction.run("UPDATE officer SET disabled_at = \(moment) WHERE id = \(officer.id)")
        try transaction.record(Event("officer.disabled", subject: officer.id.text), by: actor, at: moment)
    }

    /// 職員の登録. Throws a ``StaffRefusal`` if the login name is taken or cannot be one.
    package static func add(
        login: String, name: String, memberships: [Membership], by actor: Actor, at moment: Moment,
        in transaction: Transaction
    ) throws -> ID<Officer> {
        guard (3...40).contains(login.utf8.count),
            login.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 })
        else { throw StaffRefusal.unusableLogin }
        guard (1...50).contains(name.count), !Spaces.isBlank(name), !Unwanted.hasControls(name),
            !name.contains(where: \.isNewline)
        else { throw StaffRefusal.unusableName }
        guard try !transaction.exists("SELECT 1 FROM officer WHERE login = \(login)") else {
            throw StaffRefusal.loginTaken
        }
        let id = ID<Officer>()
        try transaction.run("INSERT INTO officer (id, login, name) VALUES (\(id), \(login), \(name))")
        for membership in Set(memberships) {
            try transaction.run(
                """
                INSERT INTO membership (officer, section, role)
                VALUES (\(id), \(membership.section), \(membership.role.rawValue))
                """)
        }
        try transaction.record(Event("officer.added", subject: id.text), by: actor, at: moment)
        return id
    }
}

/// Why somebody cannot be added to the staff.
package enum StaffRefusal: Error, CustomStringConvertible, Equatable {
    case unusableLogin
    case unusableName
    case loginTaken
    case unknown
    case passwordTooShort

    package var description: String {
        switch self {
        case .unusableLogin: "ログイン名は、英小文字・数字・ハイフン・ピリオドで3文字から40文字までにしてください"
        case .unusableName: "氏名は、1文字から50文字までで入力してください"
        case .unknown: "そのログイン名の職員はいません"
        case .loginTaken: "そのログイン名は使われています。別の名前にしてください"
        case .passwordTooShort: "パスワードは\(Credential.shortestPassword)文字以上にしてください"
        }
    }
}
