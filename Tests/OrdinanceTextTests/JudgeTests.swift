import OrdinanceText
import TestKit
import Testing

@Suite("該非判断")
struct JudgeTests {
    private let judge: Judge

    init() throws { judge = Judge(try RulePack.shipped()) }

    private func document(_ text: String, id: String = "a") -> ReviewedDocument {
        ReviewedDocument(id: id, Ordinance(plain: text), judge: judge)
    }

    /// The verdicts of a category, by address.
    private func verdicts(_ category: String, _ document: ReviewedDocument) -> [String: String] {
        zip(document.clauses, document.judgements).reduce(into: [:]) { found, pair in
            if let judgement = pair.1.first(where: { $0.category == category }) {
                found[pair.0.address] = judgement.verdict.rawValue
            }
        }
    }

    @Test("語ではなく、何を求めているかを見る")
    func verdictsByWhatIsDemanded() {
        let ordinance = document(
            """
            ○見本条例
            令和元年条例第1号

            （立入調査）
            第1条　町長は、必要な限度において、その職員に土地に立ち入り、調査させることができる。
            2　前項の職員は、その身分を示す証明書を携帯しなければならない。
            3　次に掲げる行為をしてはならない。
            (1)　許可なく広告物を掲示すること。
            (2)　柵の中に立ち入ること。

            （標識）
            第2条　事業者は、区域の見やすい場所に標識を設置しなければならない。
            2　次に掲げる事務を行う。
            (1)　設備の点検に関すること。

            （点検）
            第3条　管理者は、設備を年1回以上点検しなければならない。
            2　青色事業専従者は、この限りでない。

            （公表）
            第4条　町長は、結果をインターネットの利用により公衆の閲覧に供するものとする。
            """)
        #expect(verdicts("実地監査", ordinance)["第1条第1項"] == "Y")
        #expect(verdicts("実地監査", ordinance)["第1条第2項"] == "B")
        #expect(verdicts("書面掲示", ordinance)["第1条第3項第1号"] == "N")
        #expect(verdicts("書面掲示", ordinance)["第2条第1項"] == "Y")
        #expect(verdicts("定期検査・点検", ordinance)["第2条第2項第1号"] == "N")
        #expect(verdicts("定期検査・点検", ordinance)["第3条第1項"] == "Y")
        #expect(verdicts("常駐・専任", ordinance)["第3条第2項"] == "N")
        #expect(verdicts("往訪閲覧・縦覧", ordinance)["第4条第1項"] == "D")
    }

    @Test("どの判定にも、理由と規則と、0から1の確からしさがある", .enabled(if: Shared.has("data/ordinances/misato-complete")))
    func everyJudgementSaysWhy() throws {
        let file = try #require(Shared.data("data/ordinances/misato-complete/014_三郷市公告式条例.txt"))
        let ordinance = document(String(decoding: file, as: UTF8.self))
        let judgements = ordinance.judgements.flatMap(\.self)
        #expect(judgements.count >= 3)
        for judgement in judgements {
            #expect(!judgement.reason.isEmpty && !judgement.rule.isEmpty && (0...1).contains(judgement.confidence))
            #expect((judgement.phase != nil) == (judgement.verdict == .applicable || judgement.verdict == .digital))
        }
    }

    @Test("準用と引用をたどり、元の規定を改めれば片づくものをまとめる")
    func carriedAlongApplication() throws {
        let rules = document(
            """
            ○公告式条例

            （条例の公布）
            第2条　条例を公布するときは、公布の旨の前文を付ける。
            2　条例の公布は、町役場の掲示場に掲示してこれを行う。

            （規則）
            第3条　前条の規定は、規則にこれを準用する。

            （規程）
            第4条　規程を公表しようとするときは、公表の旨の前文を付ける。
            2　第2条第2項の規定は、前項の規程に準用する。

            （その他）
            第5条　前条の規定は、町の機関の定める規程に準用する。
            """, id: "式")
        let tax = document(
            """
            ○税条例

            （公示送達）
            第18条　公示送達は、公告式条例第2条第2項に規定する掲示場に掲示して行う。
            """, id: "税")
        let collection = OrdinanceCollection([rules, tax])
        let found = verdicts("書面掲示", collection.documents[0])
        #expect(found == ["第2条第2項": "Y", "第3条第1項": "Y", "第4条第2項": "Y", "第5条第1項": "Y"])
        let group = try #require(collection.rootGroups().first { $0.category == "書面掲示" })
        #expect(group.root == ClauseAddress(document: "式", address: "第2条第2項"))
        #expect(Set(group.cleared.map(\.address.address)) == ["第3条第1項", "第4条第2項", "第5条第1項", "第18条第1項"])
        #expect(group.cleared.first { $0.address.document == "税" }?.tie == .reference)
    }

    @Test("たくさんの条をまとめて準用する規定は、それ自体は境界・付随になる")
    func wholesaleApplication() {
        let articles = (1...5).map { "第\($0)条　町長は、書類\($0)を公衆の閲覧に供しなければならない。\n" }.joined()
        let found = verdicts(
            "往訪閲覧・縦覧",
            OrdinanceCollection([document("○要綱\n\n" + articles + "第6条　第1条から第5条までの規定は、在外の名簿に準用する。\n")]).documents[0])
        #expect(found["第1条第1項"] == "Y")
        #expect(found["第6条第1項"] == "B")
    }

    @Test("輪になった準用でも終わる")
    func circle() {
        let circle = document("○条例\n\n第1条　第2条の規定は、甲に準用する。\n第2条　第1条の規定は、乙に準用する。\n")
        let found = OrdinanceCollection([circle]).documents[0].judgements.flatMap(\.self)
        #expect(found.isEmpty)
    }

    @Test("通則条例・国の法令・運用・個別の改正に仕分け、根拠の条文を示す")
    func triage() throws {
        let online = """
            ○情報通信技術を活用した行政の推進に関する条例

            （縦覧等のオンライン化）
            第5条　町の機関は、縦覧等のうち条例等の規定により書面等により行うこととしているものについては、当該条例等の規定にかかわらず、電子情報処理組織を使用する方法により行うことができる。
            """
        let town = """
            ○見本条例

            第1条　町長は、案を公衆の縦覧に供しなければならない。
            第2条　事業者は、見やすい場所に標識を設置しなければならない。
            第3条　町長は、法第8条第2項の規定による公示を、町役場の掲示場に掲示して行う。
            第4条　町長は、町役場の掲示場に掲示する方法その他の方法により公示する。
            """
        func outcomes(_ collection: OrdinanceCollection) throws -> [String: Triage] {
            let index = try #require(collection.documents.firstIndex { $0.title == "見本条例" })
            let document = collection.documents[index]
            return document.clauses.indices.reduce(into: [:]) { found, clause in
                for judgement in document.judgements[clause] {
                    let triage = collection.triage(
                        judgement, clause: clause, document: index, online: collection.onlineOrdinance)
                    if let triage { found[document.clauses[clause].address] = triage }
                }
            }
        }
        let with = try outcomes(OrdinanceCollection([document(online, id: "通則"), document(town, id: "見本")]))
        #expect(with["第1条第1項"]?.outcome == .covered)
        #expect(with["第1条第1項"]?.basis == ClauseAddress(document: "通則", address: "第5条第1項"))
        #expect(with["第2条第1項"]?.outcome == .amendment)
        #expect(with["第3条第1項"]?.outcome == .nationalLaw)
        #expect(with["第4条第1項"]?.outcome == .practice)
        let without = try outcomes(OrdinanceCollection([document(town, id: "見本")]))
        #expect(without["第1条第1項"]?.outcome == .coveredByExtension)
    }

    @Test("三郷市の判定済みの条文で、適合率0.85以上、再現率0.95以上", .enabled(if: Shared.has("data/ordinances/labels-dev.csv")))
    func measuredOnLabels() throws {
        let rows = try Shared.rows("data/ordinances/labels-dev.csv")
        var (right, wrong, missed) = (0, 0, 0)
        let groups = Dictionary(grouping: rows) { $0["clause_id"]?.split(separator: "-").first ?? "" }
        for group in groups.values {
            let sorted = group.sorted { ($0["clause_id"] ?? "") < ($1["clause_id"] ?? "") }
            var (texts, places, gaps, last) = ([String](), [Int](), Set<Int>(), -1)
            for row in sorted {
                let number = row["clause_id"]?.split(separator: "-").last.flatMap { Int($0) } ?? 0
                if number != last {
                    if number != last + 1 { gaps.insert(texts.count) }
                    texts.append(row["clause_text"] ?? "")
                }
                last = number
                places.append(texts.count - 1)
            }
            let document = ReviewedDocument(
                id: "d", title: sorted[0]["ordinance"] ?? "", clauses: Clause.listed(texts, gaps: gaps), judge: judge)
            let judgements = OrdinanceCollection([document]).documents[0].judgements
            for (row, place) in zip(sorted, places) {
                let name = row["category"] ?? ""
                let isFound = judgements[place].contains { judgement in
                    judgement.verdict == .applicable
                        && judge.categories.contains {
                            $0.name == judgement.category && ($0.name == name || $0.alias.contains(name))
                        }
                }
                switch (row["label"] == "Y", isFound) {
                case (true, true): right += 1
                case (true, false): missed += 1
                case (false, true): wrong += 1
                case (false, false): break
                }
            }
        }
        let (precision, recall) = (Double(right) / Double(right + wrong), Double(right) / Double(right + missed))
        #expect(precision >= 0.85 && recall >= 0.95, "precision \(precision), recall \(recall)")
    }

    @Test(
        "読めない規則集は、どの規則をどう直すかを言う",
        arguments: [
            ("name: a", "判定規則集が読めません"),
            ("when: '('", "規則 r1"), ("measured: [3, 2]", "measured は"),
        ])
    func badPacks(_ line: String, _ words: String) {
        let pack = """
            name: a
            version: "1"
            categories:
              - name: c
                net: 語
                otherwise: なし
                rules:
                  - id: r1
                    verdict: Y
                    reason: 理由
                    \(line.hasPrefix("name") ? "" : line)
            """
        let error = #expect(throws: RulePack.Trouble.self) { try RulePack(yaml: line.hasPrefix("name") ? line : pack) }
        #expect(error?.description.contains(words) == true)
    }

    @Test("網に断片や名前つきの組を使った規則集でも、その区分を判定する")
    func netsOfPacks() throws {
        let pack = """
            name: a
            version: "1"
            fragments: {board: 掲示場|掲示板}
            categories:
              - {name: 甲, net: "(?<a>%board%)", otherwise: なし, rules: []}
              - {name: 乙, net: "(?<a>帳簿)", otherwise: なし, rules: []}
            """
        let judge = Judge([try RulePack(yaml: pack)])
        let clause = try #require(Ordinance(plain: "○条例\n\n第1条　掲示板に掲示し、帳簿に書く。").clauses.first)
        #expect(judge.findings(clause, of: "条例").map(\.category) == ["甲", "乙"])
    }
}
