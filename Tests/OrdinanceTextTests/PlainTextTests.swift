import FoundationEssentials
import OrdinanceText
import TestKit
import Testing

/// Real texts.
private enum Samples {
    static let texts = "data/ordinances/misato-complete"
    static let law = "data/ordinances/egov_xml/lawtext_sample_行政手続法_19931112.law.txt"
}

@Suite("例規を木として読む")
struct PlainTextTests {
    /// Every element's address.
    private func addresses(_ ordinance: Ordinance) -> [String] {
        var found: [String] = []
        ordinance.forEach { found.append($1) }
        return found
    }

    @Test("町の書き方も国の書き方も、条・項・号・細分の住所になる")
    func both() {
        let town = Ordinance(
            plain: """
                ○見本町条例
                令和8年4月1日 条例第1号

                （目的）
                第1条 この条例は、次に掲げることを定める。ただし、規則で定めるものを除く。
                (1) 一つめ
                ア 細目
                (ア) さらに
                イ 次の細目
                (2) 二つめ
                2 前項の規定は、「甲。乙」を除く。この場合において、丙とする。
                第8条の２　削除
                附則
                この条例は、公布の日から施行する。
                附則（令和9年4月1日条例第2号）
                （施行期日）
                1 この条例は、公布の日から施行する。
                2 経過措置は、規則で定める。
                """)
        #expect(town.title == "見本町条例" && town.enactment == "令和8年4月1日 条例第1号")
        #expect(
            addresses(town) == [
                "第1条", "第1条第1項", "第1条第1項第1号", "第1条第1項第1号ア", "第1条第1項第1号ア(ア)", "第1条第1項第1号イ",
                "第1条第1項第2号", "第1条第2項", "第8条の2", "第8条の2第1項", "附則", "附則第1項", "附則", "附則第1項", "附則第2項",
            ])
        #expect(town.faults.isEmpty)
        let first = town.nodes[0]
        #expect(first.caption == "目的" && first.children[0].sentences.map(\.role) == [.main, .proviso])
        #expect(first.children[1].sentences.map(\.role) == [.main, .latter])
        #expect(town.nodes[1].isDeleted && town.nodes[3].caption == "令和9年4月1日条例第2号")

        let nation = Ordinance(
            plain: """
                見本法
                （平成五年法律第八十八号）

                目次
                  第一章　総則（第一条―第二条の二）
                  附則

                      第一章　総則
                  （定義）
                第二条の二　用語の意義は、次のとおりとする。
                  一　甲
                    イ　乙
                      （１）　丙
                    ロ　丁
                  二の二　戊
                ２　その他は、別に定める。
                """)
        #expect(nation.enactment == "平成五年法律第八十八号")
        #expect(
            addresses(nation) == [
                "目次", "第1章", "第2条の2", "第2条の2第1項", "第2条の2第1項第1号", "第2条の2第1項第1号イ",
                "第2条の2第1項第1号イ(１)", "第2条の2第1項第1号ロ", "第2条の2第1項第2号の2", "第2条の2第2項",
            ])
    }

    @Test("読めないところは、行と理由を言って、文として残す")
    func faults() {
        let ordinance = Ordinance(plain: "○見本\n（見出しだけ）\n第1章 総則\n第1条 甲\n3 飛んだ項\n(2) 飛んだ号\n")
        #expect(ordinance.faults.map(\.line) == [2, 5, 6])
        #expect(Ordinance(plain: "題だけ").faults.count == 1 && Ordinance(plain: "").faults.count == 1)
        #expect(ordinance.plain.contains("飛んだ項") && ordinance.plain.contains("見出しだけ"))
    }

    @Test("とほうもない行や、でたらめな文字でも、止まらずに読み終える")
    func hostile() {
        let long =
            "○見本\n（" + String(repeating: "あ（い）", count: 100_000) + "）\n第1条 " + String(repeating: "「", count: 300_000)
        let ordinance = Ordinance(plain: long)
        #expect(ordinance.nodes.last?.kind == .article && ordinance.nodes.last?.children[0].text.count == 300_000)
        let many = "○見本\n第1条 甲\n" + (1...20_000).map { "(\($0)) 乙\nア 丙\n" }.joined()
        var items = 0
        Ordinance(plain: many).forEach { node, _ in if node.kind == .item { items += 1 } }
        #expect(items == 9999)
        var random = SeededRandom(seed: 7)
        let pieces = ["第", "一", "条", "の", "2", "　", "(", "）", "附則", "ア", "\n", "目次", "別表", "。", "「", "\u{0}", "👨‍👩‍👧"]
        for _ in 0..<300 {
            let text = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = Ordinance(plain: Ordinance(plain: text).plain)
        }
    }

    @Test("三郷市の18の全文は、一字も失わず、書き出してもう一度読んでも同じ木になる", .enabled(if: Shared.has(Samples.texts)))
    func misato() throws {
        let folder = Shared.path(Samples.texts)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files.count == 18)
        for file in files {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
            let text = String(decoding: bytes, as: UTF8.self)
            let ordinance = Ordinance(plain: text)
            #expect(difference(ordinance.plain, text) == nil, "\(file)")
            let again = Ordinance(plain: ordinance.plain)
            #expect(addresses(again) == addresses(ordinance), "\(file)")
        }
    }

    @Test("自治基本条例は9章56条、公告式条例は6条で、附則もそれぞれ数えられる", .enabled(if: Shared.has(Samples.texts)))
    func counted() throws {
        func read(_ name: String) throws -> [String] {
            let bytes = try #require(Shared.data("\(Samples.texts)/\(name).txt"))
            return addresses(Ordinance(plain: String(decoding: bytes, as: UTF8.self)))
        }
        let basic = try read("013_三郷市自治基本条例")
        let articles = basic.filter { $0.wholeMatch(of: /第[0-9]+条/) != nil }
        #expect(articles == (1...56).map { "第\($0)条" })
        let notices = try read("014_三郷市公告式条例")
        #expect(notices.filter { $0.wholeMatch(of: /第[0-9]+条/) != nil }.count == 6)
        #expect(notices.contains("第5条第2項") && notices.filter { $0 == "附則" }.count == 2)
    }

    @Test("行政手続法は、38条までの章と条がそろう", .enabled(if: Shared.has(Samples.law)))
    func law() throws {
        let text = String(decoding: try #require(Shared.data(Samples.law)), as: UTF8.self)
        let ordinance = Ordinance(plain: text)
        #expect(ordinance.title == "行政手続法")
        #expect(difference(ordinance.plain, text) == nil)
        let articles = addresses(ordinance).filter { $0.wholeMatch(of: /第[0-9]+条(の[0-9]+)*/) != nil }
        #expect(articles.count >= 38 && articles.first == "第1条")
        #expect(ordinance.faults.isEmpty, "\(ordinance.faults.prefix(5))")
    }

    /// Where two texts first differ, layout aside; nil where they do not.
    private func difference(_ one: String, _ other: String) -> String? {
        let (one, other) = (Array(letters(one)), Array(letters(other)))
        guard one != other else { return nil }
        let place = zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
        func part(_ text: [Character]) -> String { String(text[max(0, place - 20)..<min(text.count, place + 20)]) }
        return "\(part(one)) ≠ \(part(other))"
    }

    /// A text without what a layout adds: blanks, brackets around heads, the mark before a title.
    private func letters(_ text: String) -> String {
        text.filter { !$0.isWhitespace && !"（）()○".contains($0) }
    }

    @Test("見出しと条が一行にあっても、条として読む")
    func captionOnTheSameLine() {
        let ordinance = Ordinance(plain: "○条例\n\n（趣旨） 第1条　定める。\n(目的) 第2条　定める。\n")
        #expect(ordinance.nodes.map(\.caption) == ["趣旨", "目的"] && ordinance.nodes.map(\.label) == ["第1条", "第2条"])
    }
}
