import OrdinanceText
import TestKit
import Testing

@Suite("例規の文章: とほうもない入力")
struct HostileTests {
    /// Seconds for a text of a size, everything done with it.
    private func seconds(_ text: String, _ judge: Judge) -> Double {
        let clock = ContinuousClock()
        let time = clock.measure {
            let document = ReviewedDocument(id: "a", Ordinance(plain: text), judge: judge)
            _ = OrdinanceCollection([document]).rootGroups()
        }
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    @Test(
        "大きさが4倍なら、時間もおよそ4倍で、16倍にはならない",
        arguments: [
            "第1条　前条第1項及び第2項から第5項までの規定は、法第9条第1項の掲示について準用する。\n", "(1)　掲示場に掲示すること。\n", "（", "「あ」とは、い", "第1条から",
            "同項同号各号", "あ\tい\tう\n", "第3条の2の2の2の2の2の2\n", "掲示場あ", "毎年", "点検を", "掲示する（",
        ])
    func growsWithItsSize(_ piece: String) throws {
        let judge = Judge(try RulePack.shipped())
        let head = "○条例\n\n第1条　この条例は、定める。\n"
        func text(_ size: Int) -> String { head + String(repeating: piece, count: size / piece.utf8.count) }
        let little = seconds(text(25_000), judge)
        let much = seconds(text(100_000), judge)
        #expect(much < max(little, 0.05) * 12, "\(little) s, then \(much) s")
    }

    @Test("200段の入れ子も、100万字の表も、読み終えて、文字を失わない")
    func nestingAndTables() throws {
        let deep =
            "<Law><LawBody><LawTitle>a</LawTitle><MainProvision>" + String(repeating: "<Chapter Num=\"1\">", count: 200)
            + String(repeating: "</Chapter>", count: 200) + "</MainProvision></LawBody></Law>"
        let law = try Ordinance(egov: Array(deep.utf8))
        #expect(law.nodes.count == 1)
        let table = "○条例\n\n第1条　次の表による。\n" + String(repeating: "会議室\t500円\n", count: 100_000)
        let ordinance = Ordinance(plain: table)
        #expect(ordinance.clauses.count { $0.kind == .table } == 100_000)
        #expect(ordinance.plain.utf8.count >= table.utf8.count - 20)
    }

    @Test("でたらめな文字の改め文も、断るか、溶け込む")
    func randomAmendments() {
        var random = SeededRandom(seed: 11)
        let base = Ordinance(plain: "○条例\n\n第1条　町長は、掲示する。\n2　前項の規定は、準用する。\n(1)　甲\n")
        let pieces = [
            "第1条", "第2項", "中", "「町長」", "を", "に改め", "、", "る。", "の次に次の1号を加え", "同条", "「", "」", "を削り", "とし", "第1号", "\n",
            "ただし書",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            do throws(Amendment.Trouble) { _ = try Amendment(text).applied(to: base) } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    @Test("条が4倍の条例の改め文も、時間は16倍よりずっと少ない")
    func draftsGrowWithTheirChanges() throws {
        func seconds(_ count: Int) throws -> Double {
            let old = (1...count).map { "第\($0)条　町長は、第\($0)号の帳簿\($0 * 7)を備え、これを公衆の閲覧に供する。" }
            var new = old
            for index in stride(from: 5, to: count, by: 20) {
                new[index] = new[index].replacing("公衆の閲覧に供する", with: "公表する")
            }
            new.insert("第1条の2　町長は、公表の方法を定める。", at: 1)
            let (before, after) = (
                Ordinance(plain: "○条例\n\n" + old.joined(separator: "\n")),
                Ordinance(plain: "○条例\n\n" + new.joined(separator: "\n"))
            )
            let clock = ContinuousClock()
            let time = try clock.measure { _ = try AmendmentDraft(from: before, to: after) }
            return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
        let (little, much) = (try seconds(60), try seconds(240))
        #expect(much < max(little, 0.1) * 30, "\(little) s, then \(much) s")
    }
}
