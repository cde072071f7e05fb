import Core
import Database
import Japanese

/// 関係する申請. Another application that may be the same once more, or of the same household.
struct Relation: Sendable {
    let item: Case
    /// In what it agrees.
    let kinds: [Fingerprint.Kind]
    /// 申請者の氏名, sealed.
    let applicant: [UInt8]?

    /// Why it is shown: 氏名と生年月日、電話番号.
    var reasons: String { kinds.map(\.name).joined(separator: "、") }

    func name(_ key: SealingKey?) -> String {
        guard let key, let applicant else { return "（消去済み）" }
        return (try? key.text(applicant, at: Case.Sealed.applicant.place(item.id))) ?? ""
    }
}

/// 重複とみられる申請 and 同じ世帯とみられる申請, as far as an officer may read them.
struct Relations: Sendable {
    /// 重複.
    let duplicates: [Relation]
    /// Those that somebody said are none.
    let dismissed: [Relation]
    /// 同じ世帯.
    let household: [Relation]

    var items: [Relation] { duplicates + dismissed + household }

    /// Applications within so many days may be one that was sent twice.
    static let window = 90
    /// More of a household are not listed.
    static let most = 20

    static func find(for item: Case, as officer: Officer, in transaction: Transaction) throws -> Relations {
        let prints = try Fingerprint.list(of: item.id, in: transaction)
        let matches = try Fingerprint.matches(prints, except: item.id, in: transaction)
        let none = try dismissals(of: item.id, in: transaction)
        var (duplicates, dismissed, household): ([Relation], [Relation], [Relation]) = ([], [], [])
        for (id, kinds) in matches.sorted(by: { $0.key.text > $1.key.text }) {
            let isHousehold = kinds.contains(.address) && (kinds.contains(.kana) || kinds.contains(.telephone))
            let own = kinds.filter(\.tellsPerson)
            let mayBeSame = own.count >= 2 || !own.isEmpty && kinds.contains(.file)
            guard isHousehold || mayBeSame,
                let row = try transaction.row("SELECT * FROM application WHERE id = \(id)"),
                case let other = try Case(row), officer.may(.readCases, in: other.section), other.status != .draft
            else { continue }
            let applicant: [UInt8]? = try row["applicant"]
            func relation(_ shown: Set<Fingerprint.Kind>) -> Relation {
                Relation(item: other, kinds: Fingerprint.Kind.allCases.filter(shown.contains), applicant: applicant)
            }
            if mayBeSame, other.card == item.card, isNear(other, item) {
                let same = relation(kinds.subtracting([.kana]))
                if none.contains(id.text) { dismissed.append(same) } else { duplicates.append(same) }
            } else if isHousehold, household.count < most {
                household.append(relation(kinds.intersection([.address, .kana, .telephone])))
            }
        }
        return Relations(duplicates: duplicates, dismissed: dismissed, household: household)
    }

    private static func isNear(_ one: Case, _ other: Case) -> Bool {
        guard let first = one.submittedAt?.day, let second = other.submittedAt?.day else { return false }
        return abs(first.daysSince1970 - second.daysSince1970) <= window
    }

    private static func dismissals(of id: Case.ID, in transaction: Transaction) throws -> Set<String> {
        let first = try transaction.rows("SELECT other AS id FROM duplicate_dismissal WHERE one = \(id)")
        let second = try transaction.rows("SELECT one AS id FROM duplicate_dismissal WHERE other = \(id)")
        return try Set((first + second).map { try $0["id"] })
    }
}

extension Applications {
    /// 「重複ではない」. Says of two applications, for both, that they are not the same.
    func dismissDuplicate(_ other: Case.ID, of id: Case.ID, by officer: Officer, at moment: Moment) async throws {
        _ = try await deskKey(id, officer, .handleCases)
        _ = try await deskKey(other, officer, .readCases)
        guard id != other else { throw CaseRefusal.notFound }
        let (one, two) = id.text < other.text ? (id, other) : (other, id)
        try await database.write { transaction in
            let isNew = try transaction.run(
                """
                INSERT INTO duplicate_dismissal (one, other, officer, at)
                VALUES (\(one), \(two), \(officer.id), \(moment)) ON CONFLICT (one, other) DO NOTHING
                """)
            guard isNew == 1 else { return transaction.keepHouse("the same press again") }
            for (subject, with) in [(id, other), (other, id)] {
                try transaction.record(
                    Event("duplicate.dismissed", subject: subject.text, detail: ["application": with.text]),
                    by: .officer(officer.id), at: moment)
            }
        }
    }
}
