import Applications
import Core
import Database
import Japanese
import Platform
import TestKit
import Testing

@Suite("様式のことば")
struct FormLanguageTests {
    /// A form with these pages, published for the card of the parks.
    private static func publish(_ pages: String, head: String = "", in town: TestTown) async throws {
        let document = """
            id: test-form
            version: 1
            card: park-use
            minutes: 1
            title: { ja: 試験, easy: しけん, en: Test }
            declaration: { ja: 試験, easy: しけん, en: Test }
            \(head)
            pages:
            \(pages)
            """
        let (form, now) = (try FormFile.prove(document, file: "test.yaml"), town.clock.now)
        _ = try await town.platform.database.write {
            // The newest version of the card's form is this one.
            try $0.run("DELETE FROM form_version WHERE card = 'park-use'")
            return try Form.publish(form, by: .system, at: now, in: $0)
        }
    }

    private static func page(_ id: String, _ fields: String, when: String? = nil) -> String {
        """
          - id: \(id)-page
            question: { ja: \(id)？, easy: "\(id)？", en: \(id)? }
            \(when.map { "when: \($0)" } ?? "")
            fields:
              - { id: \(id), label: { ja: \(id), easy: \(id), en: \(id) }, \(fields) }

        """
    }

    private static func journey(_ typed: [String: String], in town: TestTown) async throws -> Journey {
        let id = try await town.platform.applications.apply(
            card: "park-use", through: .online, typed: typed.mapValues { [$0] },
            by: Applicant(session: "test"), language: .ja, at: town.clock.now)
        return try await town.platform.applications.openCase(id).submitted
    }

    /// What is typed, and what is understood; nil where it has to be refused.
    static let written: [(kind: String, typed: [String: String], value: FieldValue?)] = [
        ("kind: money, minimum: 0, maximum: 500000", ["": "１２，３００円"], .number(12_300)),
        ("kind: money, minimum: 0, maximum: 500000", ["": "¥5,000-"], nil),
        ("kind: money, minimum: 0, maximum: 500000", ["": "1万2千円"], .number(12_000)),
        ("kind: money, minimum: 0, maximum: 500000", ["": "500001"], nil),
        ("kind: number, minimum: 1, maximum: 30", ["": "二十五人"], .number(25)),
        ("kind: number, minimum: 1, maximum: 30", ["": "３１"], nil),
        ("kind: number, minimum: 1, maximum: 30", ["": "約3"], nil),
        ("kind: decimal, minimum: 0, maximum: 100, places: 2", ["": "３３．５"], .decimal(3350, places: 2)),
        (
            "kind: decimal, minimum: 0, maximum: 100, places: 2, unit: { ja: ㎡, easy: ㎡, en: ㎡ }", ["": "100.00㎡"],
            .decimal(10_000, places: 2)
        ),
        ("kind: decimal, minimum: -5, maximum: 5", ["": "-0.5"], .decimal(-5, places: 1)),
        ("kind: decimal, minimum: 0, maximum: 100, places: 2", ["": "100.01"], nil),
        ("kind: decimal, minimum: 0, maximum: 100, places: 2", ["": "1.234"], nil),
        ("kind: decimal, minimum: 0, maximum: 100, places: 2", ["": "1."], nil),
        ("kind: decimal, minimum: 0, maximum: 100, places: 2", ["": ".5"], nil),
        ("kind: decimal, minimum: 0, maximum: 5000, places: 1", ["": "33,5"], nil),
        ("kind: decimal, minimum: 0, maximum: 5000, places: 1", ["": "1,200.5"], .decimal(12_005, places: 1)),
        ("kind: yes_no", ["": "yes"], .chosen(["yes"])), ("kind: yes_no", ["": "unknown"], nil),
        ("kind: yes_no, unsure: true", ["": "unknown"], .chosen(["unknown"])),
        ("kind: date, days: { partial: true }", [".era": "showa", ".year": "５５", ".month": "３"], partial(1980, 3)),
        ("kind: date, days: { partial: true }", [".era": "reiwa", ".year": "1980"], partial(1980, nil)),
        ("kind: date, days: { partial: true }", [".era": "showa", ".year": "65"], nil),
        ("kind: date, days: { partial: true }", [".year": "S55/3/1"], Day(iso: "1980-03-01").map { .date($0) }),
        (
            "kind: account",
            [".bank": "足利銀行", ".branch": "上三川", ".type": "ordinary", ".number": "１２３４５", ".holder": "ﾀｶｻｷ ﾊﾅｺ"],
            .account(account("0012345", "タカサキ　ハナコ"))
        ),
        (
            "kind: account",
            [".bank": "足利銀行", ".branch": "上三川", ".type": "ordinary", ".number": "12345678", ".holder": "ﾀｶｻｷ"], nil
        ),
        ("kind: place", [".words": "公園の入口", ".point": ""], .place(place("公園の入口", nil))),
        (
            "kind: place", [".words": "橋", ".point": "https://maps.gsi.go.jp/#17/36.439444/139.909722/"],
            .place(place("橋", "36.439444, 139.909722"))
        ), ("kind: place", [".words": "橋", ".point": "51.5, -0.12"], nil),
        ("kind: place", [".words": "", ".point": "36.439444, 139.909722"], nil),
    ]

    private static func partial(_ year: Int, _ month: Int?) -> FieldValue? {
        PartialDate(year: year, month: month).map { .partialDate($0) }
    }

    private static func account(_ number: String, _ holder: String) -> BankAccount {
        BankAccount(bank: "足利銀行", branch: "上三川", type: .ordinary, number: number, holder: holder)
    }

    private static func place(_ words: String, _ point: String?) -> Place {
        Place(words: words, point: point.flatMap(Place.Point.init))
    }

    @Test("書いたとおりの意味で受け取り、受け取れないものは断る", arguments: written)
    func values(_ kind: String, _ typed: [String: String], _ value: FieldValue?) async throws {
        try await TestTown.run { town in
            try await Self.publish(Self.page("x", kind), in: town)
            let controls = Dictionary(uniqueKeysWithValues: typed.map { ("x" + $0.key, $0.value) })
            guard let value else {
                await #expect(throws: Applications.Unfit.self) { try await Self.journey(controls, in: town) }
                return
            }
            #expect(try await Self.journey(controls, in: town).counted["x"]?.value == value)
        }
    }

    /// A condition on the last page, and with which answers it is asked.
    static let conditions: [(condition: String, typed: [String: String], isAsked: Bool)] = [
        ("{ field: n, at_least: 3 }", ["n": "3"], true), ("{ field: n, more_than: 3 }", ["n": "3"], false),
        ("{ field: twice, equals: 8 }", ["n": "4"], true), ("{ not: { field: n, less_than: 9 } }", ["n": "4"], false),
        ("{ field: born, before: 1980-03-02 }", ["n": "1"], true),
        ("{ field: born, on_or_after: 1980-03-02 }", ["n": "1"], false),
        ("{ value: { age: born, on: 2026-02-28 }, equals: 45 }", ["n": "1"], true),
        ("{ value: { age: born, on: 2026-03-01 }, equals: 46 }", ["n": "1"], true),
        ("{ value: { count: kids }, at_least: 2 }", ["n": "1", "kids.1/age": "4", "kids.2/age": "9"], true),
        ("{ value: { sum: kids, of: age }, at_least: 14 }", ["n": "1", "kids.1/age": "4", "kids.2/age": "9"], false),
        (
            "{ some: kids, where: { field: age, less_than: 6 } }", ["n": "1", "kids.1/age": "4", "kids.2/age": "9"],
            true
        ),
        (
            "{ every: kids, where: { field: age, less_than: 6 } }", ["n": "1", "kids.1/age": "4", "kids.2/age": "9"],
            false
        ),
        (
            "{ some: kids, where: { field: age, more_than: n } }", ["n": "8", "kids.1/age": "4", "kids.2/age": "9"],
            true
        ),
        ("{ field: kept, is: [\"yes\"] }", ["n": "9", "kept": "yes"], true),
        // Its page is not asked for small numbers: an answer left over there leads nowhere.
        ("{ field: kept, is: [\"yes\"] }", ["n": "1", "kept": "yes"], false),
    ]

    @Test("条件は、数、日付、年齢、計算した値、繰り返しの中と全体に及ぶ", arguments: conditions)
    func asks(_ condition: String, _ typed: [String: String], _ isAsked: Bool) async throws {
        try await TestTown.run { town in
            let kids = """
                kind: rows, required: false, rows: { noun: { ja: 子, easy: 子, en: Child }, minimum: 0, maximum: 3, title: age, pages: [
                  { id: age-page, question: { ja: 歳？, easy: "歳？", en: Age? }, fields: [
                    { id: age, kind: number, minimum: 0, maximum: 99, label: { ja: 歳, easy: 歳, en: Age } }] }] }
                """
            let pages =
                Self.page("n", "kind: number, minimum: 0, maximum: 10")
                + Self.page("twice", "kind: computed, value: { multiply: [n, 2] }")
                + Self.page("born", "kind: date, days: { days_back: 40000 }") + Self.page("kids", kids)
                + Self.page("kept", "kind: yes_no", when: "{ field: n, at_least: 5 }")
                + Self.page("last", "kind: text", when: condition)
            try await Self.publish(pages, in: town)
            let journey = try await Self.journey(
                typed.merging(["born.year": "S55.3.1", "last": "あ", "kept": typed["kept"] ?? "no"]) { $1 }, in: town)
            #expect(journey.pages.contains { $0.id == "last-page" } == isAsked)
        }
    }

    @Test("手数料は内訳とともに示し、担当と期限は答えで決まる")
    func feesAndRoutes() async throws {
        try await TestTown.run { town in
            let head = """
                fee:
                  due: submission
                  lines:
                    - { label: { ja: 写し, easy: 写し, en: Copy }, price: 300, count: n, unit: { ja: 通, easy: 通, en: copies } }
                    - { label: { ja: 郵送, easy: 郵送, en: Post }, price: 110, when: { field: n, at_least: 3 } }
                routing: [{ when: { field: n, at_least: 3 }, section: water }]
                deadlines: [{ when: { field: n, at_least: 3 }, business_days: 1 }]
                """
            try await Self.publish(Self.page("n", "kind: number, minimum: 1, maximum: 9"), head: head, in: town)
            for (copies, total, section) in [("2", 600, "construction"), ("3", 1010, "water")] {
                let id = try await town.platform.applications.apply(
                    card: "park-use", through: .online, typed: ["n": [copies]],
                    by: Applicant(session: "test"), language: .ja, at: town.clock.now)
                let open = try await town.platform.applications.openCase(id)
                #expect(try open.submitted.fee?.total == total)
                #expect(open.item.section == section)
                #expect(
                    (open.item.dueOn == town.platform.town.businessDays.day(after: town.clock.now.day, count: 1))
                        == (copies == "3"))
            }
        }
    }

    /// Pages of a form, and what its check says of them.
    static let proofs: [(pages: String, line: Int, words: String)] = [
        (
            page("a", "kind: number, minimum: 1, maximum: 5")
                + page("b", "kind: text", when: "{ field: a, at_least: 6 }"), 13,
            "どう答えても進めません"
        ),
        (
            page("a", "kind: yes_no")
                + page("b", "kind: text", when: "{ all: [{ field: a, is: [\"yes\"] }, { field: a, is: [\"no\"] }] }"),
            13,
            "どう答えても進めません"
        ), (page("a", "kind: text") + page("b", "kind: text", when: "{ field: a, at_least: 6 }"), 13, "数ではないので"),
        (page("a", "kind: number, minimum: 1, maximum: 5, maximun: 6"), 11, "「maximun」という項目はありません"),
        (page("a", "kind: attachment, requirement: none"), 11, "根拠と理由を書いてください"),
        (page("a", "kind: number, minimum: 1, maximum: 999999999999"), 11, "個人番号を受け取れてしまう"),
    ]

    @Test("検査は、行と直し方を言う。進めないページも見つける", arguments: proofs)
    func finds(_ pages: String, _ line: Int, _ words: String) throws {
        let document = """
            id: f
            version: 1
            card: c
            minutes: 1
            title: { ja: 試, easy: 試, en: T }
            declaration: { ja: 試, easy: 試, en: T }
            pages:
            \(pages)
            """
        #expect { try FormFile.prove(document, file: "f.yaml") } throws: { error in
            let findings = (error as? FormFile.Fault)?.findings ?? []
            return findings.contains { $0.words.contains(words) && abs($0.line - line) <= 2 }
        }
    }
}
