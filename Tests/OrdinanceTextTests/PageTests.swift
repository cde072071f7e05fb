import FoundationEssentials
import OrdinanceText
import TestKit
import Testing

/// Real pages.
private enum Pages {
    static let town = "data/ordinances/katsuragi_town_reikibase_html"
    static let tokyo = "data/ordinances/tokyo_reikibase_html/g101RG00005236.html"
    static let rumoi = "data/ordinances/rumoi_d1law_html"

    static func read(_ path: String) throws -> Ordinance {
        let data = try #require(Shared.data(path))
        return try #require(Ordinance(page: [UInt8](data)))
    }
}

@Suite("例規システムのページを木として読む")
struct PageTests {
    private func nodes(_ ordinance: Ordinance) -> [(node: OrdinanceNode, address: String)] {
        var found: [(OrdinanceNode, String)] = []
        ordinance.forEach { found.append(($0, $1)) }
        return found
    }

    @Test("Reiki-Base の町の条例は、見出し・号・表まで木になり、目次や沿革の欄は入らない", .enabled(if: Shared.has(Pages.town)))
    func town() throws {
        let law = try Pages.read("\(Pages.town)/k518RG00000080.html")
        #expect(law.title == "かつらぎ町駐車場等設置条例" && law.enactment.contains("条例第25号"))
        #expect(law.faults.isEmpty, "\(law.faults.prefix(3))")
        let all = nodes(law)
        let golden = String(
            decoding: try #require(Shared.data("\(Pages.town)/k518RG00000080.golden.txt")), as: UTF8.self)
        let articles = all.filter { $0.node.kind == .article && !$0.address.hasPrefix("附則") }
        #expect(articles.count == golden.matches(of: /(?m)^## 第/).count)
        #expect(articles[0].node.caption == "目的")
        #expect(all.contains { $0.address == "第2条第1項第3号" } && all.contains { $0.address == "第4条第2項第4号" })
        let table = try #require(all.first { $0.address == "第3条第1項表" })
        #expect(table.node.sentences.map(\.text).contains("船岡山駐車場\tかつらぎ町大字西渋田372番地の5"))
        #expect(!law.plain.contains("沿革情報"))
    }

    @Test("漢数字の条例も読め、改正の注記は条につき、文には入らない", .enabled(if: Shared.has(Pages.tokyo)))
    func tokyo() throws {
        let law = try Pages.read(Pages.tokyo)
        #expect(law.title == "個人情報の保護に関する法律施行条例")
        let all = nodes(law)
        #expect(all.contains { $0.address == "第1条第1項" })
        #expect(all.contains { $0.node.notes.contains("令六条例一〇七・一部改正") })
        #expect(!all.contains { $0.node.text.contains("一部改正") })
        #expect(all.count { $0.node.kind == .supplement } >= 1)
    }

    @Test("D1-Law の行は、ページの印のとおりの条・項になる", .enabled(if: Shared.has(Pages.rumoi)))
    func rumoi() throws {
        let file = try #require(
            FileManager.default.contentsOfDirectory(atPath: Shared.path(Pages.rumoi)).first { $0.hasSuffix(".html") })
        let source = String(decoding: try #require(Shared.data("\(Pages.rumoi)/\(file)")), as: UTF8.self)
        let law = try Pages.read("\(Pages.rumoi)/\(file)")
        let texts = Dictionary(nodes(law).map { ($0.address, $0.node.text) }) { first, _ in first }
        var looked = 0
        for match in source.matches(of: /<div id="h:hL20:::2:([0-9]+)\.([0-9]+)\.0\.0-([0-9]+)\.0-0[^"]*">(.*?)<\/div>/)
        {
            let branch = match.2 == "0" ? "" : "の\(match.2)"
            let address = "第\(match.1)条\(branch)第\(match.3 == "0" ? "1" : String(match.3))項"
            let words = match.4.replacing(/<[^>]*>/, with: "")
            #expect(texts[address].map { words.hasSuffix($0) && !$0.isEmpty } == true, "\(address)")
            looked += 1
        }
        #expect(looked >= 5)
    }

    @Test("どの本文もないページ、文字のくずれたページでも止まらない")
    func broken() {
        #expect(Ordinance(page: Array("<html><body></body></html>".utf8)) == nil)
        #expect(Ordinance(page: []) == nil)
        _ = Ordinance(page: (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7919) })
    }
}
