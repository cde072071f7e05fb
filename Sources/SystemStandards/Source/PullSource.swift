import Core
import Database
import Japanese

/// 取りに行く先. Where the file of an extract is pulled from, by one of the two ways that systems of the town hall may use:
/// REST with OAuth 2.0 client credentials, or CSV in an object store (共通機能標準仕様書 2.7).
struct PullSource: Sendable {
    typealias ID = Core.ID<PullSource>

    let id: ID
    let extract: Extract.ID
    /// The id of the part of the schema.
    let part: String
    let way: Way
    let address: String
    /// Where a token is got; empty for a file.
    let tokenPlace: String
    let scope: String
    /// The region of the store; empty for REST.
    let region: String
    /// `client_id`, or the id of the access key.
    let user: String
    let often: Often
    /// Counts up with each change: what was planned before is not done any more.
    let revision: Int
    let triedAt: Moment?
    let words: String?

    enum Way: String, Sendable, CaseIterable {
        /// REST, showing the client by a signature.
        case signed
        /// REST, sending the secret.
        case basic
        case file

        var name: String {
            switch self {
            case .signed: "REST（OAuth 2.0、client_secret_jwt）"
            case .basic: "REST（OAuth 2.0、client_secret_basic）"
            case .file: "オブジェクトストレージのCSV"
            }
        }
    }

    enum Often: String, Sendable, CaseIterable {
        case never, daily, weekly, monthly

        var name: String {
            switch self {
            case .never: "押したときだけ"
            case .daily: "毎日"
            case .weekly: "毎週"
            case .monthly: "毎月（1日）"
            }
        }

        /// The next time: at five in the morning.
        func next(after moment: Moment) -> Moment? {
            let day: Day
            switch self {
            case .never: return nil
            case .daily: day = moment.day.adding(days: 1)
            case .weekly: day = moment.day.adding(days: 7)
            case .monthly:
                let first = (1...31).lazy.map { moment.day.adding(days: $0) }.first { $0.day == 1 }
                day = first ?? moment.day.adding(days: 31)
            }
            return Moment(startOf: day).adding(seconds: 5 * 3600)
        }
    }

    static let migrations = [
        Migration(
            "standards/0010-pull-sources",
            """
            CREATE TABLE pull_source (
                id TEXT PRIMARY KEY,
                extract TEXT NOT NULL REFERENCES extract (id),
                part TEXT NOT NULL,
                way TEXT NOT NULL,
                address TEXT NOT NULL,
                token_place TEXT NOT NULL,
                scope TEXT NOT NULL,
                region TEXT NOT NULL,
                account TEXT NOT NULL,
                secret \(.blob) NOT NULL,
                often TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                officer TEXT NOT NULL,
                tried_at TEXT,
                words TEXT
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX pull_source_part ON pull_source (extract, part)")
    ]

    /// The name of the key of its secret.
    var key: String { "pull source \(id)" }
    var place: SealingKey.Place { .init("pull_source", id.text, "secret") }

    static func list(of extract: Extract.ID, in transaction: Transaction) throws -> [PullSource] {
        try transaction.rows("SELECT * FROM pull_source WHERE extract = \(extract) ORDER BY part").map(PullSource.init)
    }

    static func find(_ id: String, in transaction: Transaction) throws -> PullSource? {
        try transaction.row("SELECT * FROM pull_source WHERE id = \(id)").map(PullSource.init)
    }

    private init(_ row: Row) throws {
        let (way, often): (String, String) = try (row["way"], row["often"])
        guard let way = Way(rawValue: way), let often = Often(rawValue: often) else {
            throw DatabaseError(.corrupted, "a source of no known way")
        }
        (self.way, self.often) = (way, often)
        (id, extract, part, address) = try (row["id"], row["extract"], row["part"], row["address"])
        (tokenPlace, scope, region, user) = try (row["token_place"], row["scope"], row["region"], row["account"])
        (revision, triedAt, words) = try (row["revision"], row["tried_at"], row["words"])
    }
}
