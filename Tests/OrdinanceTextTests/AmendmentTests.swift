import FoundationEssentials
import Japanese
import OrdinanceText
import TestKit
import Testing

/// The real amendments come without their ordinances, so each has a base of its own here: what the amendment speaks of, as the
/// ordinance keeps it.
@Suite("改め文")
struct AmendmentTests {
    private struct Case: Decodable {
        let name: String
        let aratamebun: [String]

        private enum CodingKeys: String, CodingKey {
            case name = "case_id"
            case aratamebun
        }
    }

    /// The base of each real case and what has to come of it.
    private static let bases: [String: (before: String, after: [String], gone: [String])] = [
        "条例19_f5a45e": (
            """
            ○国民健康保険税条例

            （減額）
            第24条　次の各号に掲げる世帯の税額を減額する。
            (1)　世帯主
            (2)　被保険者1人につき26万5,000円を加算した金額を超えない世帯
            (3)　被保険者1人につき48万円を加算した金額を超えない世帯
            """, ["1人につき27万円を加算", "1人につき49万円を加算"], ["26万5,000円", "48万円"]
        ),
        "条例23_e03d98": (
            """
            ○利用者負担に関する条例

            （額）
            第1条　額は、別表第1及び別表第2のとおりとする。

            別表第１（第３条関係）
            第1階層\t700円
            備考
            1　この表において使用する用語は、規則で定める。
            2　第1条の2第2号に規定する子どもの額とする。
            5
            (2)　半日の場合は、この表の括弧内の額とする。

            別表第２（第３条関係）
            第1階層\t800円（750円）
            備考
            4　第1条の2第2号に規定する子どもの額とする。
            8
            (2)　半日の場合は、この表の括弧内の額とする。
            """, ["第1階層\t0円", "第2条第2号に規定する子ども", "半日の場合は、1,400円とする", "（0円）", "半日の場合は、1,500円とする"],
            ["700円", "750円", "括弧内の額"]
        ),
        "条例18_436cfb": (
            """
            ○介護保険条例

            第1条　保険料は、次のとおりとする。

            附　則
            1　この条例は、公布の日から施行する。
            2　二
            3　三
            4　四
            5　五
            6　六
            7　七
            8　八
            9　九
            10　十
            11　十一
            12　十二
            13　令和2年度分及び令和3年度分の保険料であって、令和3年4月1日から令和4年3月31日までの間に納期限が到来するものは、減免する。
            """, ["13　令和3年度分及び令和4年度分の保険料であって、令和4年4月1日から令和5年3月31日までの間"], ["令和2年度"]
        ),
        "条例19_f9cdf5": (
            """
            ○病院事業の使用料等に関する条例

            第２条　使用料は、次のとおりとする。
            （１）　一般
            （２）　特別
            （３）　初診　５，０００円
            （４）　再診　２，５００円
            （５）　時間外　５，０００円
            """, ["（３）　初診　７，０００円", "（４）　再診　３，０００円", "（５）　時間外　７，０００円"], ["５，０００円"]
        ),
        "条例25_b16c44": (
            """
            ○障害者センター条例

            第1条　使用料は、別表のとおりとする。

            別表（第6条、第14条関係）
            会議室\t500円
            和室\t300円
            多目的室\t800円
            """, ["会議室\t500円", "多目的室\t800円"], ["和室"]
        ),
        "条例26_265b6a": (
            """
            ○道路構造条例

            （趣旨）
            第32条　この条例は、道路の構造について定める。

            （附属物）
            第33条　道路には、次の各号に掲げるものを設ける。
            (1)　照明
            (2)　柵
            (3)　鏡
            (4)　四
            (5)　五
            (6)　六
            (7)　七
            (8)　八
            (9)　九

            （委任）
            第43条　この条例の施行に関し必要な事項は、規則で定める。

            附　則
            この条例は、公布の日から施行する。
            """,
            [
                "(1)　照明\n(2)　自動運行補助施設\n(3)　柵", "(9)　八\n(10)　九", "規則で定める。\n（歩行者利便増進道路）\n第44条　歩行者利便増進道路に設けられる",
            ], []
        ),
        "条例29_5a0cee": (
            """
            ○営住宅管理条例

            第46条　市長は、次に掲げる場合、明渡しを請求する。
            (1)　一
            (2)　二
            (3)　現に同居し、若しくは同居しようとする親族が暴力団員であるとき。

            第49条　入居者及び同居しようとする親族は、届け出る。

            第54条　市長は、選定する。
            2　前項の場合において、第11条中「公募」とあるのは「選定する」と読み替える。
            """, ["(3)　同居親族等が暴力団員", "入居者及び同居親族等は", "とあるのは「選定する」と、第12条中「親族」とあるのは「同居親族等」と読み替える"], ["同居しようとする親族"]
        ),
    ]

    @Test("本物の改め文を、場所と言葉のとおりに溶け込ませる", .enabled(if: Shared.has("data/ordinances/amendments/isesaki_sample.jsonl")))
    func realAmendments() throws {
        let file = try #require(Shared.data("data/ordinances/amendments/isesaki_sample.jsonl"))
        let lines = String(decoding: file, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 7)
        for line in lines {
            let real = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
            let base = try #require(
                Self.bases.first { real.name.hasSuffix($0.key) }?.value, "\(real.name) has no base")
            let before = Ordinance(plain: base.before)
            let after = try Amendment(real.aratamebun.joined(separator: "\n")).applied(to: before).plain
            for words in base.after { #expect(after.contains(words), "\(real.name): \(words)\n\(after)") }
            for words in base.gone {
                #expect(!after.contains(words), "\(real.name): \(words) is still there\n\(after)")
            }
        }
    }
}

extension AmendmentTests {
    private static let base = """
        ○見本条例
        令和元年12月1日条例第5号

        （趣旨）
        第1条　この条例は、必要な事項を定める。

        （公布）
        第2条　条例の公布は、掲示場に掲示して行う。
        2　次に掲げるものは、掲示場に掲示する。
        (1)　規則
        (2)　規程

        （委任）
        第3条　前条に定めるもののほか、第1条の事項は、規則で定める。

        附　則
        この条例は、公布の日から施行する。
        """

    /// The amendment from the base to a text, and the text it makes; they were proved to be the same.
    private func draft(_ change: (String) -> String) throws -> AmendmentDraft {
        let (old, new) = (Ordinance(plain: Self.base), Ordinance(plain: change(Self.base)))
        let draft = try AmendmentDraft(from: old, to: new)
        let applied = try Amendment(draft.text).applied(to: old).plain
        let expected = new.plain.components(upTo: draft.supplement.first)
        #expect(applied == expected)
        return draft
    }

    @Test("言葉の改正は、一か所にしかない言い方で書く")
    func words() throws {
        #expect(
            try draft { $0.replacing("掲示場に掲示して行う", with: "インターネットの利用により行う") }.lines
                == ["第2条第1項中「掲示場に掲示して」を「インターネットの利用により」に改める。"])
        #expect(try draft { $0.replacing("(2)　規程", with: "(2)　規程その他の規程") }.lines == ["第2条第2項第2号中「規程」の次に「その他の規程」を加える。"])
        #expect(try draft { $0.replacing("（趣旨）", with: "（目的）") }.lines == ["第1条の見出しを「（目的）」に改める。"])
        #expect(try draft { $0.replacing("前条に定めるもののほか、", with: "") }.lines == ["第3条中「前条に定めるもののほか、」を削る。"])
        #expect(try draft { $0.replacing("必要な事項を定める。", with: "必要な事項を定める。ただし、別に定めるものを除く。") }.lines.count == 1)
    }

    @Test("条や号を加え、番号を繰り下げ、削り、繰り上げる")
    func structure() throws {
        let inserted = try draft {
            $0.replacing("第3条　前条", with: "第4条　第2条").replacing("（委任）", with: "（電子公布）\n第3条　町長は、電子的に公布することができる。\n\n（委任）")
        }
        #expect(inserted.lines.contains("第3条を第4条とする。") && inserted.lines.contains("第2条の次に次の1条を加える。"))
        let items = try draft { $0.replacing("(2)　規程", with: "(2)　告示\n(3)　規程") }
        #expect(items.lines == ["第2条第2項中第2号を第3号とする。", "第2条第2項第1号の次に次の1号を加える。", "(2)　告示"])
        let removed = try draft { $0.replacing("(1)　規則\n(2)　規程", with: "(1)　規程") }
        #expect(removed.lines == ["第2条第2項中第1号を削り、第2号を第1号とする。"])
        let own = try draft {
            $0.replacing("(2)　規程", with: "(2)　要綱") + "\n\n附則（令和9年3月20日条例第2号）\nこの条例は、令和9年4月1日から施行する。\n"
        }
        #expect(own.supplement.contains("この条例は、令和9年4月1日から施行する。"))
    }

    @Test("同じ文章、古い附則の書きかえは、理由を言って断る")
    func refusals() {
        let old = Ordinance(plain: Self.base)
        #expect(throws: AmendmentDraft.Trouble.self) { try AmendmentDraft(from: old, to: old) }
        let error = #expect(throws: Amendment.Trouble.self) {
            try Amendment("第9条中「甲」を「乙」に改める。").applied(to: old)
        }
        #expect(error?.reason == "第9条 がありません" && error?.line == 1)
        let missing = #expect(throws: Amendment.Trouble.self) {
            try Amendment("第1条中「甲」を「乙」に改める。").applied(to: old)
        }
        #expect(missing?.reason == "「甲」が第1条にありません")
        #expect(throws: Amendment.Trouble.self) { try Amendment("第1条中よろしく改める。") }
        #expect(throws: Amendment.Trouble.self) { try Amendment("") }
    }

    @Test(
        "読めない一文は、どこにあっても、黙って読みとばさない",
        arguments: [
            ("第1条中「必要」を「大切」に改める。\n第2条中「掲示場」を「公報」にかえる。", 2), ("見本条例の一部を次のように改正する。\n第2条中「掲示場」を「公報」にかえる。", 2),
            ("第1条中「必要」を「大切」に改める。\nよろしく願います", 2),
        ])
    func nothingIsSkipped(_ text: String, _ line: Int) {
        let error = #expect(throws: Amendment.Trouble.self) { try Amendment(text) }
        #expect(error?.line == line)
    }

    @Test("ハネ、使われなくなる定義、施行期日のないことを言う")
    func checks() throws {
        let old = Ordinance(
            plain: Self.base.replacing("必要な事項を定める。", with: "必要な事項（以下「基準」という。）を定める。").replacing("第1条の事項", with: "基準"))
        let new = Ordinance(
            plain: Self.base.replacing("必要な事項を定める。", with: "必要な事項（以下「基準」という。）を定める。").replacing("第1条の事項", with: "事項")
                .replacing("第3条　前条", with: "第4条　前条").replacing("（委任）", with: "（届出）\n第3条　届け出る。\n\n（委任）"))
        let other = Ordinance(plain: "○別の条例\n\n第1条　見本条例第3条の規定による。\n")
        let check = AmendmentCheck(
            from: old, to: new, others: [ReviewedDocument(id: "別", other, judge: Judge([]))], supplement: [])
        // An item named without its 項 is in the first one.
        let items = "○号の条例\n\n第1条　次のとおりとする。\n(1)　甲\n(2)　乙"
        let moved = AmendmentCheck(
            from: Ordinance(plain: items), to: Ordinance(plain: items.replacing("(2)　乙", with: "(2)　丙\n(3)　乙")),
            others: [
                ReviewedDocument(
                    id: "引", Ordinance(plain: "○引く条例\n\n第1条　号の条例第1条第2号の乙をいう。"), judge: Judge([]))
            ], supplement: [])
        #expect(moved.remarks.contains { $0.ordinance == "引く条例" && $0.reason.contains("第3号になります") })
        let found = check.remarks.map { "\($0.kind.rawValue) \($0.ordinance) \($0.words)" }
        #expect(found.contains("broken-reference 見本条例 前条"))
        #expect(found.contains("broken-reference 別の条例 第3条"))
        #expect(found.contains("unused-definition 見本条例 基準"))
        #expect(found.contains { $0.hasPrefix("no-effective-date") })
    }

    @Test("整備条例にまとめ、ばらして、その日の文章を作る")
    func bundles() throws {
        let old = Ordinance(plain: Self.base)
        let draft = try draft { $0.replacing("掲示場に掲示して行う", with: "公報により行う") }
        let bundle = BundledAmendment(title: "整備条例", [(old, draft)], effective: "令和9年4月1日").text
        #expect(bundle.contains("第1条　見本条例（令和元年条例第5号）の一部を次のように改正する。"))
        let read = try BundledAmendment.amendments(in: bundle)
        #expect(read.map(\.title) == ["見本条例"])
        #expect(read.first?.amendment.effectiveDate?.day.iso == "2027-04-01")
        #expect(try read.first?.amendment.applied(to: old).plain.contains("公報により行う") == true)
    }

    @Test("三郷市の条例を、でたらめに書きかえても、改め文は必ず同じ文章を作るか、断る", .enabled(if: Shared.has("data/ordinances/misato-complete")))
    func provesOrRefuses() throws {
        var random = SeededRandom(seed: 7)
        var (proved, refused) = (0, [String]())
        for name in ["013_三郷市自治基本条例", "014_三郷市公告式条例", "019_三郷市議会委員会条例", "023_三郷市議会政務活動費の交付に関する条例"] {
            let file = try #require(Shared.data("data/ordinances/misato-complete/\(name).txt"))
            let old = Ordinance(plain: String(decoding: file, as: UTF8.self))
            for _ in 0..<15 {
                var lines = old.plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let index = Int.random(in: 4..<lines.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: lines[index] = lines[index].replacing("市長", with: "町長")
                    case 1 where lines[index].hasSuffix("。"): lines[index] += "ただし、町長が認める場合は、この限りでない。"
                    case 2 where lines[index].hasPrefix("(") || lines[index].hasPrefix("（1"): lines.remove(at: index)
                    default: lines[index] = lines[index].replacing("、", with: "並びに", maxReplacements: 1)
                    }
                }
                let new = Ordinance(plain: lines.joined(separator: "\n"))
                guard new.plain != old.plain else { continue }
                do throws(AmendmentDraft.Trouble) { _ = try AmendmentDraft(from: old, to: new) } catch {
                    // Where the 附則 of an earlier amendment is all that differs, there is nothing to amend here.
                    if error.description.contains("同じです") { continue }
                    refused.append(error.description)
                    continue
                }
                proved += 1
            }
        }
        #expect(proved > 25 && refused.count < 3, "\(proved) proved, refused: \(refused.first ?? "")")
    }
}

extension AmendmentTests {
    @Test(
        "国の法令の二つの版のあいだの改め文も、溶け込ませて同じになる", .enabled(if: Shared.has("data/ordinances/egov_xml")),
        arguments: [
            ("330AC1000000186_20150801_000000000000000", "330AC1000000186_20250606_505AC0000000044"),
            ("346CO0000000264_20150801_000000000000000", "346CO0000000264_20230607_505CO0000000202"),
            ("405AC0000000047_20150801_000000000000000", "405AC0000000047_20260524_504AC0000000048"),
        ])
    func nationalRevisions(_ old: String, _ new: String) throws {
        func law(_ name: String) throws -> Ordinance {
            try Ordinance(egov: [UInt8](try #require(Shared.data("data/ordinances/egov_xml/\(name).xml"))))
        }
        let draft = try AmendmentDraft(from: try law(old), to: try law(new))
        #expect(draft.lines.count > 5)
    }
}

extension String {
    /// Up to a line that begins with the words; all of it where none does.
    fileprivate func components(upTo words: String?) -> String {
        guard let words, let place = firstRange(of: "\n" + words) else { return self }
        return String(self[..<place.lowerBound]) + "\n"
    }
}
