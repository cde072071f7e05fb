import FoundationEssentials
import OrdinanceText
import TestKit
import Testing

/// The real amendments come without their ordinances, so each has a base of its own here: what the amendment speaks of, as the
/// ordinance keeps it.
@Suite("改め文")
struct AmendmentTests {
    private struct Case: Decodable {
        let case_id: String
        let aratamebun: [String]
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
            """, ["第1階層\t0円", "第2条第2号に規定する子ども", "半日の場合は、1,400円とする", "（0円）", "半日の場合は、1,500円とする"], ["700円", "750円", "括弧内の額"]
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
            let base = try #require(Self.bases.first { real.case_id.hasSuffix($0.key) }?.value, "\(real.case_id) has no base")
            let before = Ordinance(plain: base.before)
            let after = try Amendment(real.aratamebun.joined(separator: "\n")).applied(to: before).plain
            for words in base.after { #expect(after.contains(words), "\(real.case_id): \(words)\n\(after)") }
            for words in base.gone { #expect(!after.contains(words), "\(real.case_id): \(words) is still there\n\(after)") }
        }
    }
}
