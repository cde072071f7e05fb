import Core
import Database
import Japanese

/// 名寄せの指紋. Keyed values by which applications of the same person, telephone or address are found, without anything
/// that says who or where it is. They vanish when an application is shredded.
struct Fingerprint: Sendable, Hashable {
    let kind: Kind
    let print: [UInt8]

    enum Kind: String, Sendable, CaseIterable {
        /// 氏名と生年月日.
        case person
        case telephone, mail, address
        /// 氏のフリガナ: for the household alone.
        case kana
        /// 添付ファイルの中身.
        case file

        /// True for what two applications of one person agree in.
        var tellsPerson: Bool {
            switch self {
            case .person, .telephone, .mail, .address: true
            case .kana, .file: false
            }
        }

        /// As the desk gives the reason.
        var name: String {
            switch self {
            case .person: "氏名と生年月日"
            case .telephone: "電話番号"
            case .mail: "メールアドレス"
            case .address: "住所"
            case .kana: "氏のフリガナ"
            case .file: "添付ファイル"
            }
        }
    }

    static let migrations = [
        Migration(
            "applications/0031-fingerprints",
            """
            CREATE TABLE fingerprint (
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('person', 'telephone', 'mail', 'address', 'kana', 'file')),
                print \(.blob) NOT NULL,
                PRIMARY KEY (application, kind, print)
            ) \(.strict)
            """,
            "CREATE INDEX fingerprint_print ON fingerprint (kind, print, application)",
            "CREATE TABLE fingerprint_progress (one \(.integer) PRIMARY KEY, upto TEXT NOT NULL, done_at TEXT) \(.strict)",
            "INSERT INTO fingerprint_progress (one, upto, done_at) VALUES (1, '', NULL)",
            """
            CREATE TABLE duplicate_dismissal (
                one TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                other TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (one, other)
            ) \(.strict)
            """)
    ]

    /// All of what was sent: the applicant's own facts and the files.
    static func all(of journey: Journey, by vault: Vault) -> Set<Fingerprint> {
        let texts = Likeness(journey).texts + journey.counted.files.map { (.file, $0.digest) }
        return Set(
            texts.map { kind, text in
                Fingerprint(kind: kind, print: vault.fingerprint(of: text, for: "likeness \(kind.rawValue)"))
            })
    }

    /// Keeps those of an application instead of what it had.
    static func keep(_ prints: Set<Fingerprint>, of id: Case.ID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM fingerprint WHERE application = \(id)")
        for print in prints {
            try transaction.run(
                "INSERT INTO fingerprint (application, kind, print) VALUES (\(id), \(print.kind.rawValue), \(print.print))"
            )
        }
    }

    /// Forgets those of an application that nobody can read any more.
    static func forget(_ id: String, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM fingerprint WHERE application = \(id)")
    }

    static func list(of id: Case.ID, in transaction: Transaction) throws -> [Fingerprint] {
        try transaction.rows("SELECT kind, print FROM fingerprint WHERE application = \(id)").compactMap { row in
            let kind: String = try row["kind"]
            return try Kind(rawValue: kind).map { Fingerprint(kind: $0, print: try row["print"]) }
        }
    }

    /// How many of the newest are looked at for one fingerprint: more have it only where it says nothing.
    static let most = 50

    /// The newest other applications that have one of these, each with the kinds in which it agrees.
    static func matches(
        _ prints: [Fingerprint], except id: Case.ID, in transaction: Transaction
    ) throws -> [Case.ID: Set<Kind>] {
        try prints.reduce(into: [:]) { found, print in
            let rows = try transaction.rows(
                """
                SELECT application FROM fingerprint
                WHERE kind = \(print.kind.rawValue) AND print = \(print.print) AND application <> \(id)
                ORDER BY application DESC LIMIT \(most)
                """)
            for row in rows { found[try row["application"], default: []].insert(print.kind) }
        }
    }
}

/// What the answers of an application say about its applicant, folded so that two ways of writing the same agree.
private struct Likeness {
    let texts: [(Fingerprint.Kind, String)]

    init(_ journey: Journey) {
        let counted = journey.counted
        let own = journey.form.persons.first { $0.person == .applicant }?.fields ?? []
        func value(_ thing: Fact.Thing) -> FieldValue? {
            own.first { $0.fact?.thing == thing }.flatMap { counted[$0.id]?.value }
        }
        var texts: [(Fingerprint.Kind, String)] = []
        if let name = journey.applicantName {
            let birth = if case .date(let day)? = value(.birth) { day.iso } else { "" }
            let whole = name.family + name.given + "|" + name.familyKana + name.givenKana
            texts.append((.person, Self.folded(whole) + "|" + birth))
            texts.append((.kana, Self.folded(name.familyKana)))
        }
        if case .text(let typed)? = value(.telephone), let telephone = Telephone(typed) {
            texts.append((.telephone, telephone.digits))
        }
        if case .text(let mail)? = value(.mail) { texts.append((.mail, mail.lowercased())) }
        if case .address(let address)? = value(.address) {
            texts.append((.address, address.postcode + Self.place(address.street)))
        }
        self.texts = texts
    }

    private static func folded(_ text: String) -> String {
        SearchFold.fold(text).filter { !$0.isWhitespace }
    }

    /// A street in one way of writing: without the prefecture and the county, and 一丁目2番地3 as 1-2-3.
    private static func place(_ street: String) -> String {
        var text = folded(street)
        for end in ["県", "府", "都", "道"] as [Character] where text.prefix(4).contains(end) {
            text = String(text.drop { $0 != end }.dropFirst())
            break
        }
        if let county = text.prefix(8).lastIndex(of: "郡") { text = String(text[text.index(after: county)...]) }
        for (kanji, digit) in zip("一二三四五六七八九", 1...9) {
            text = text.replacing("\(kanji)丁目", with: "\(digit)丁目")
        }
        for word in ["丁目", "番地の", "番地", "番", "の"] { text = text.replacing(word, with: "-") }
        text = text.replacing("号", with: "")
        return text.split(separator: "-", omittingEmptySubsequences: true).joined(separator: "-")
    }
}
