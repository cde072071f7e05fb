import Core
import FoundationEssentials
import Platform
import TestKit
import Testing

@Suite("町のフォルダーのカード")
struct TownFolderTests {
    /// What is said of the sample town with another file among its cards.
    private func findings(_ card: String, at place: String = "cards/zz.yaml") throws -> [String] {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let town = folder.path + "/town"
        try FileManager.default.copyItem(atPath: TestTown.source, toPath: town)
        _ = FileManager.default.createFile(atPath: "\(town)/\(place)", contents: Data(card.utf8))
        do {
            _ = try TownFolder(town, on: Moment.workday.day)
            return []
        } catch {
            return error.findings
        }
    }

    private static let head = """
        id: zz
        name: 見本
        section: water
        kind: application
        summary: 見本です。
        events: []
        words: []
        sample: true

        """

    @Test(
        "情報システムのデータのまちがいは、場所と直し方を言う",
        arguments: [
            ("published: { month: 2026-01, source: x, rates: { moon: [1, 1] } }\n", "「moon」という業務はありません"),
            ("published: { month: 2026-01, source: x, rates: { residents: [2, 1] } }\n", "0 から 1 までの数を2つ"),
            ("sections: { residents: moon }\n", "「moon」という課はありません"),
            ("systems: [{ values: { name: x, kind: standard, section: residents, colour: red } }]\n", "「colour」という欄"),
            ("systems: [{ values: { name: x, kind: moon, section: residents } }]\n", "「種類」の「moon」"),
            (
                "systems: [{ values: { name: x, kind: local, section: residents }, contracts: [{ name: y, partner: z, from: きのう, until: 2027-03-31 }] }]\n",
                "systems[0].contracts[0]: 「始まり」は"
            ),
        ])
    func standards(_ document: String, _ words: String) throws {
        let found = try findings(document, at: "standards.yaml")
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test("正しいカードには、何も言わない")
    func good() throws {
        let places = "places: [counter]\napproval: { four_eyes: true, order: [water, tax] }\n"
        #expect(try findings(Self.head + places).isEmpty)
    }

    @Test(
        "まちがいは、カードと直し方を言う",
        arguments: [
            ("references: [{ scheme: national, id: \"16\" }]\n", "national の「16」が、「care-certification」「zz」"),
            ("references: [{ scheme: dashboard, id: 転出届 }]\n", "1つの手続きだけに書いてください"),
            ("approval: { four_eyes: false, order: [water, moon] }\n", "「zz」の approval の order「moon」"),
            ("approval: { four_eyes: false, order: [water, water] }\n", "「water」が2回あります"),
            ("co_sections: [moon]\n", "「zz」の co_sections「moon」"),
            ("links: [{ kind: portal, name: 国のページ, reference: \"http://x.jp\" }]\n", "https:// で始まるアドレス"),
            ("facts: [{ item: M1, finding: \"yes\", source: x, as_of: 2026-04-01 }]\n", "zz の M1"),
            ("facts: [{ item: E1, finding: \"yes\", source: x, as_of: 2026-13-01 }]\n", "as_of は 2026-04-01 の形"),
        ])
    func wrong(_ line: String, _ words: String) throws {
        let findings = try findings(Self.head + line)
        #expect(findings.count == 1 && findings[0].contains(words), "\(findings)")
    }
}
