import Applications
import FoundationEssentials
import TestKit
import Testing
import Database
import Platform
import Core
import Japanese

@Suite("様式の検査")
struct FormCheckTests {
    /// A small form that holds, with a place for one mistake.
    private static func form(_ pages: String = "", card: String = "c", applicant: String = "who") -> String {
        """
        id: f
        version: 1
        card: \(card)
        minutes: 1
        applicant: \(applicant)
        title: { ja: あ, easy: あ, en: a }
        declaration: { ja: あ, easy: あ, en: a }
        pages:
          - id: p1
            question: { ja: あ, easy: あ, en: a }
            fields:
              - { id: who, kind: name, label: { ja: あ, easy: あ, en: a } }
              - id: pick
                kind: choice
                label: { ja: あ, easy: あ, en: a }
                options:
                  - { value: one, label: { ja: あ, easy: あ, en: a } }
                  - { value: two, label: { ja: あ, easy: あ, en: a } }
        \(pages)
        """
    }

    private static func page(_ rest: String) -> String {
        "  - id: p2\n    question: { ja: あ, easy: あ, en: a }\n    \(rest)"
    }

    /// Two controls that would have the same id on their page.
    private static let twins = """
        fields:
              - id: q
                kind: choice
                label: { ja: あ, easy: あ, en: a }
                options:
                  - { value: a, label: { ja: あ, easy: あ, en: a } }
                  - { value: b, label: { ja: あ, easy: あ, en: a } }
              - { id: q-b, kind: text, label: { ja: あ, easy: あ, en: a } }
        """

    @Test("よい様式には、何も言わない")
    func good() throws {
        let form = try FormFile.prove(
            Self.form(Self.page("when: { field: pick, is: [one] }\n    exit: { ja: あ, easy: あ, en: a }")), file: "f")
        #expect(form.form.pages.count == 2)
    }

    @Test(
        "まちがいには、場所と直し方を言う",
        arguments: [
            (
                form(page("when: { field: pick, is: [three] }\n    exit: { ja: あ, easy: あ, en: a }")),
                "値「three」は、項目「pick」の選択肢にありません"
            ),
            (form(page("when: { field: nothing, is: [one] }\n    exit: { ja: あ, easy: あ, en: a }")), "それより前のページにありません"),
            (form(page("when: { field: who, is: [one] }\n    exit: { ja: あ, easy: あ, en: a }")), "条件に使えません"),
            (form(page("exit: { ja: あ }")), "やさしい日本語（easy）がありません"),
            (form(page("fields: [{ id: who, kind: text, label: { ja: あ, easy: あ, en: a } }]")), "id「who」が2回あります"),
            (
                form(page("fields: [{ id: n, kind: digits, digits: 12, label: { ja: あ, easy: あ, en: a } }]")),
                "個人番号を受け取れてしまう"
            ),
            (form(page("fields: [{ id: n, kind: text, label: { ja: マイナンバー, easy: あ, en: a } }]")), "尋ねる項目は作れません"),
            (
                form(page("fields: [{ id: n, kind: choice, options: [], label: { ja: あ, easy: あ, en: a } }]")),
                "選択肢を書いてください"
            ),
            (
                form(
                    page("fields: [{ id: n, kind: number, minimum: 3, maximum: 1, label: { ja: あ, easy: あ, en: a } }]")),
                "minimum が maximum より大きく"
            ),
            (form(page("fields: [{ id: n, kind: colour, label: { ja: あ, easy: あ, en: a } }]")), "「colour」という種類はありません"),
            (form(page(twins)), "画面が決まりに合いません"),
            (form(page("fields: [{ id: by_x, kind: text, label: { ja: あ, easy: あ, en: a } }]")), "「by-」「by_」で始まる id"),
            (
                form(page("fields: [{ id: x, kind: text, fact: applicant.birth, label: { ja: あ, easy: あ, en: a } }]")),
                "この種類の項目には付けられません"
            ),
            (
                form(page("fields: [{ id: x, kind: text, fact: dog.name, label: { ja: あ, easy: あ, en: a } }]")),
                "fact「dog.name」は使えません"
            ),
            (form(applicant: "pick"), "kind: name の項目ではありません"), ("id: f", "がありません"), ("{", "読み取れません"), ("", ""),
            ("あ", "「項目: 値」の並びを書いてください"),
            (form().replacing("minutes: 1", with: "minutes: ながい"), "ここには整数を書いてください"),
            (form().replacing("pages:", with: "deadlines: あ\npages:"), "「- 」で始まる行の並び"),
        ])
    func faults(_ yaml: String, _ words: String) {
        #expect { try FormFile.prove(yaml, file: "forms/f.yaml") } throws: { error in
            "\(error)".hasPrefix("forms/f.yaml:") && "\(error)".contains(words)
        }
    }

    @Test("町が足した言語の文がない様式は、使えない。猶予があれば、その日までは使える")
    func waivers() throws {
        let languages = try TestTown.folder().town.languages
        func findings(_ waived: String, on day: String) throws -> [String] {
            let document = Self.form().replacing("pages:", with: waived + "pages:")
            let day = try #require(Day(iso: day))
            do throws(FormFile.Fault) {
                _ = try FormFile.prove(document, file: "f", in: languages, on: day)
                return []
            } catch {
                return error.findings.map(\.words)
            }
        }
        let missing = Array(repeating: "Português（pt）がありません", count: 7)
        #expect(try findings("", on: "2026-11-24") == missing)
        #expect(try findings("waived: { pt: 2027-03-31 }\n", on: "2027-03-31").isEmpty)
        let late = try findings("waived: { pt: 2027-03-31 }\n", on: "2027-04-01")
        #expect(late.count == 7 && late.allSatisfy { $0.contains("2027-03-31 まででした。訳を書くか") })
        #expect(try findings("waived: { pt: soon }\n", on: "2026-11-24").contains { $0.contains("のように書いてください") })
        #expect(
            try findings("waived: { ja: 2027-03-31, pt: 2027-03-31 }\n", on: "2026-11-24")
                == ["日本語（ja）の文は猶予できません。日本語を書いてください"])
        #expect(
            try findings("waived: { pt: 2027-03-31, Port: 2027-03-31 }\n", on: "2026-11-24").contains {
                $0.contains("「Port」という言語はありません")
            })
        #expect(throws: FormFile.Fault.self) {
            try FormFile.prove(Self.form().replacing("en: a }\ndecl", with: "en: a, note: b }\ndecl"), file: "f")
        }
    }

    @Test("公開した版は変えられない。新しい版は、もう始めた申請に及ばない")
    func versions() async throws {
        try await TestTown.run { town in
            let path = TestTown.source + "/forms/water-start.yaml"
            let document = String(decoding: try #require(TestFile.bytes(path)), as: UTF8.self)
            let resident = town.visitor()
            let first = try await resident.post("/procedures/water-start/apply")
            _ = try await resident.post(first.path, ["who": "person"])
            let changed = document.replacing("どなたが水道を使いますか", with: "だれが使いますか")
            let now = town.clock.now
            await #expect(throws: FormFile.Fault.self) {
                try await town.platform.database.write {
                    try Form.publish(FormFile.prove(changed, file: path), by: .system, at: now, in: $0)
                }
            }
            _ = try await town.platform.database.write {
                let newer = changed.replacing(/version: [0-9]+/, with: "version: 99")
                return try Form.publish(FormFile.prove(newer, file: path), by: .system, at: now, in: $0)
            }
            #expect(try await resident.get(first.path).text.contains("どなたが水道を使いますか"))
            let other = try await town.visitor().post("/procedures/water-start/apply")
            #expect(other.text.contains("だれが使いますか"))
        }
    }

    @Test("二つの版の違いは、ページと項目ごとに分かる。言葉だけの違いは安全")
    func comparison() throws {
        let path = TestTown.source + "/forms/road-report.yaml"
        let document = String(decoding: try #require(TestFile.bytes(path)), as: UTF8.self)
        func differences(_ changed: String) throws -> [String] {
            try FormComparison(FormFile.prove(document, file: "a"), FormFile.prove(changed, file: "b")).differences.map
            {
                "\($0.isSafe) \($0.words)"
            }
        }
        #expect(try differences(document).isEmpty)
        #expect(
            try differences(document.replacing("ja: どんな様子ですか", with: "ja: ようすは")) == [
                "true ページ「ようすは」の質問が変わりました: 「どんな様子ですか」→「ようすは」"
            ])
        #expect(
            try differences(document.replacing("maximum: 500", with: "maximum: 300")) == [
                "false 項目「様子」の上限が変わりました: 「500」→「300」"
            ])
        let gone = document.replacing("      - id: mail\n", with: "      - id: address\n")
        #expect(try differences(gone) == ["false 項目「メールアドレス」がなくなりました", "false 項目「メールアドレス」が増えました"])
    }
}
