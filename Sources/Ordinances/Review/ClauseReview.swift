import Core
import Database
import Japanese
import OrdinanceText

/// 条文の判定. What an officer says a provision is, in one 区分. Two who say the same settle it.
struct ClauseReview: Sendable {
    let ordinance: String
    /// What the provision says, as a digest: the judgement goes with the words, wherever they stand.
    let clause: String
    let address: String
    let category: String
    let verdict: Verdict
    let comment: String
    let officer: Core.ID<Officer>
    let at: Moment

    static let longestComment = 1000

    static let migrations = [
        Migration(
            "ordinances/0002-reviews",
            """
            CREATE TABLE ordinance_review (
                ordinance TEXT NOT NULL REFERENCES ordinance (id),
                clause TEXT NOT NULL,
                address TEXT NOT NULL,
                category TEXT NOT NULL,
                verdict TEXT NOT NULL,
                comment TEXT NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (ordinance, clause, category, officer)
            ) \(.strict)
            """)
    ]

    /// Where a provision stands with those who look at it.
    enum State: Sendable, Equatable {
        case unseen
        /// One has looked.
        case first(Verdict)
        /// Two or more say the same.
        case settled(Verdict)
        case disagreed

        init(_ reviews: [ClauseReview]) {
            let verdicts = Set(reviews.map(\.verdict))
            self =
                switch (reviews.count, verdicts.count) {
                case (0, _): .unseen
                case (1, _): .first(reviews[0].verdict)
                case (_, 1): .settled(reviews[0].verdict)
                default: .disagreed
                }
        }

        var words: String {
            switch self {
            case .unseen: "まだ見ていません"
            case .first(let verdict): "一人が\(verdict.japanese)"
            case .settled(let verdict): "確定（\(verdict.japanese)）"
            case .disagreed: "判定がちがいます"
            }
        }
    }

    /// The reviews of one ordinance, or of all, in the order they were made.
    static func list(of ordinance: String? = nil, in transaction: Transaction) throws -> [ClauseReview] {
        let rows =
            if let ordinance {
                try transaction.rows(
                    "SELECT * FROM ordinance_review WHERE ordinance = \(ordinance) ORDER BY at, officer")
            } else {
                try transaction.rows("SELECT * FROM ordinance_review ORDER BY at, officer")
            }
        return try rows.map(ClauseReview.init)
    }

    private init(_ row: Row) throws {
        let verdict: String = try row["verdict"]
        guard let verdict = Verdict(rawValue: verdict) else {
            throw DatabaseError(.corrupted, "a review of no known verdict")
        }
        self.verdict = verdict
        (ordinance, clause, address, category) = try (row["ordinance"], row["clause"], row["address"], row["category"])
        (comment, officer, at) = try (row["comment"], row["officer"], row["at"])
    }
}

/// The reviews, found by provision and category.
struct ReviewIndex: Sendable {
    private struct Key: Hashable {
        let ordinance, clause, category: String
    }

    private let reviews: [Key: [ClauseReview]]

    init(_ list: [ClauseReview]) {
        reviews = Dictionary(grouping: list) { Key(ordinance: $0.ordinance, clause: $0.clause, category: $0.category) }
    }

    func reviews(_ ordinance: String, _ clause: Clause, _ category: String) -> [ClauseReview] {
        guard !reviews.isEmpty else { return [] }
        return reviews[Key(ordinance: ordinance, clause: ClauseDigest.of(clause.text), category: category)] ?? []
    }

    func state(_ ordinance: String, _ clause: Clause, _ category: String) -> ClauseReview.State {
        .init(reviews(ordinance, clause, category))
    }
}

extension Ordinances {
    /// An ordinance that an officer may write about: of their own section, of none yet, or of any for the secretariat.
    func requireOwn(_ id: String, _ officer: Officer, in transaction: Transaction) throws -> KeptOrdinance {
        guard let kept = try KeptOrdinance.find(id, in: transaction) else { throw OrdinanceRefusal.notFound }
        let isOwn = kept.section.map { officer.may(.reviewOrdinances, in: $0) } ?? officer.may(.reviewOrdinances)
        guard isOwn || officer.may(.manageOrdinances) else { throw OrdinanceRefusal.notYours }
        return kept
    }

    /// What an officer says of a provision.
    struct TypedReview: Sendable {
        let clause: Clause
        let category: String
        let verdict: Verdict
        let comment: String
    }

    /// 判定. Keeps what an officer says; saying it again changes it.
    func keep(_ reviews: [TypedReview], of id: String, by officer: Officer, at moment: Moment) async throws {
        for review in reviews
        where review.comment.count > ClauseReview.longestComment || Unwanted.hasControls(review.comment) {
            throw OrdinanceRefusal.unusable("ひとことは、\(ClauseReview.longestComment)文字までで入力してください。")
        }
        try await database.write { transaction in
            let kept = try requireOwn(id, officer, in: transaction)
            for review in reviews {
                let digest = ClauseDigest.of(review.clause.text)
                try transaction.run(
                    """
                    INSERT INTO ordinance_review (ordinance, clause, address, category, verdict, comment, officer, at)
                    VALUES (\(kept.id), \(digest), \(review.clause.address), \(review.category), \(review.verdict.rawValue),
                        \(review.comment), \(officer.id), \(moment))
                    ON CONFLICT (ordinance, clause, category, officer) DO UPDATE SET
                        verdict = excluded.verdict, comment = excluded.comment, address = excluded.address, at = excluded.at
                    """)
            }
            try transaction.record(
                Event("ordinance.reviewed", subject: kept.id.text, detail: ["count": String(reviews.count)]),
                by: .officer(officer.id), at: moment)
        }
    }
}
