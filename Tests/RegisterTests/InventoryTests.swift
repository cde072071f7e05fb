import Applications
import Core
import Database
import FoundationEssentials
import Japanese
import Platform
import Register
import Tabular
import TestKit
import Testing

@Suite("国の棚卸調査")
struct InventoryTests {
    private func sheet(of visitor: Visitor) async throws -> [[String]] {
        let (text, _) = try #require(
            TextEncoding.text(of: try await visitor.get("/desk/inventory.csv?year=2025").bytes))
        return try CSV.read(text).map(\.fields)
    }

    private func send(_ rows: [[String]], as encoding: TextEncoding = .utf8, by visitor: Visitor) async throws
        -> Visitor.Reply
    {
        try await visitor.upload(
            "/desk/inventory/import?year=2025", control: "file", files: [("国.csv", encoding.file(rows).bytes)])
    }

    private struct Schema: Decodable {
        let fields: [Field]

        struct Field: Decodable {
            let name: String
            let codes: [String]?
            let role: String
        }
    }

    @Test("46の列は、国のファイルの名前・順・符号のとおり", .enabled(if: Shared.has("facts/governance/procedures_survey_r7_schema.json")))
    func schema() throws {
        let data = try #require(Shared.data("facts/governance/procedures_survey_r7_schema.json"))
        let fields = try JSONDecoder().decode(Schema.self, from: data).fields
        let survey = try #require(Survey.find(2025))
        #expect(survey.questions.map(\.name) == fields.map(\.name) && fields.count == 46)
        for (question, field) in zip(survey.questions, fields) {
            #expect(question.codes == field.codes ?? [], "\(field.name)")
            if case .count = question.kind {
                #expect(field.role == "measure")
            } else {
                #expect(field.role != "measure")
            }
        }
    }

    @Test("不明は空欄で、0は0で出て、往復しても混ざらない")
    func unknown() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            var rows = try await sheet(of: digital)
            let header = rows[0]
            func place(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
            let moving = try #require(rows.firstIndex { $0.contains("転出届") })
            let (all, online, paper) = (try place("総手続件数"), try place("オンライン手続件数"), try place("非オンライン手続件数"))
            #expect(rows[moving][all].isEmpty && rows[moving][online].isEmpty)
            #expect(rows[moving][try place("手続類型")] == "1 申請等")
            (rows[moving][all], rows[moving][online]) = ("800", "0")
            rows[moving][try place("事務区分")] = "1"
            rows[moving][try place("手数料等の納付方法")] = "1-1; 2-3 クレジットカード払い"
            let page = try await send(rows, by: digital)
            #expect(page.status == 200 && page.text.contains("変わる: 1件"), "\(page.text)")
            _ = try await digital.post(page.path + "?year=2025")
            let again = try await sheet(of: digital)
            #expect(again[moving][online] == "0" && again[moving][paper].isEmpty)
            #expect(again[moving][try place("事務区分")] == "1 自治事務")
            #expect(again[moving][try place("手数料等の納付方法")] == "1-1 行政機関の窓口; 2-3 クレジットカード払い")
            for encoding in TextEncoding.allCases {
                #expect(try await send(again, as: encoding, by: digital).text.contains("変わる: 0件"))
            }
            rows[moving][try place("事務区分")] = "9 知らない区分"
            let wrong = try await send(rows, by: digital)
            #expect(wrong.status == 422 && wrong.text.contains("「9 知らない区分」という符号はありません"))
        }
    }

    @Test("手続IDで、なければ名前で結びつけて知らせる。よその手続きは取り込まない")
    func matching() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let header = try await sheet(of: digital)[0]
            func row(_ cells: [String: String]) -> [String] { header.map { cells[$0] ?? "" } }
            let page = try await send(
                [header, row(["手続ID": "12345", "手続名": "転出届", "所管府省庁": "総務省"]), row(["手続ID": "9", "手続名": "鉱業権の設定"])],
                by: digital)
            #expect(page.text.contains("名前で「転出届」") && page.text.contains("この町の台帳にない手続きの行が1行"))
            _ = try await digital.post(page.path + "?year=2025")
            let renamed = try await send([header, row(["手続ID": "12345", "手続名": "別の名前", "所管府省庁": "総務省"])], by: digital)
            #expect(!renamed.text.contains("台帳にない") && renamed.text.contains("手続名: 転出届 → 別の名前"))
        }
    }

    @Test("根拠から答え、出典を示し、人の答えが先。前の年度の答えを並べ、締め切ると変わらない")
    func answers() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            let place = "/desk/inventory/cards/dog-registration"
            let page = try await clerk.get(place + "?year=2025")
            #expect(page.text.contains("1 実施済") && page.text.contains("公開中のオンライン様式") && page.text.contains("不明"))
            #expect(page.text.contains("第4条第1項") && page.text.contains("カードの根拠法令・条項"))
            var form = page.fields
            form["q13"] = "1 自治事務"
            #expect(try await clerk.post(place + "?year=2025", form).text.contains("1 自治事務"))
            // A page that was opened before is told.
            form["q13"] = "2 第1号法定受託事務"
            #expect(try await clerk.post(place + "?year=2025", form).status == 409)
            #expect(try await town.officer("suido").post(place + "?year=2025", form).status == 403)
            form["q31"] = "多い"
            let wrong = try await clerk.post(place + "?year=2025", form)
            #expect(wrong.status == 422 && wrong.body.contains("多い"))

            #expect(try await clerk.get("/desk/inventory/questions").text.contains("46項目のうち18項目"))
            #expect(try await clerk.post("/desk/inventory/close", ["year": "2025", "typed": "2025"]).status == 403)
            let digital = try await town.officer("digital")
            #expect(try await digital.post("/desk/inventory/close", ["year": "2025", "typed": "x"]).status == 422)
            #expect(
                try await digital.post("/desk/inventory/close", ["year": "2025", "typed": "2025"]).text.contains(
                    "締め切りました"))
            #expect(try await clerk.post(place + "?year=2025", form).status == 409)
            let next = try await clerk.get(place + "?year=2026").text
            #expect(next.contains("前の年度の回答: 1 自治事務") && next.contains("前の年度の回答: 1 実施済"))
        }
    }

    @Test("件数は、その年度に送られた申請を数える。様式のなかった年度は不明")
    func counted() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            _ = try await visitor.submit(visitor.fillIn(.dog))
            let digital = try await town.officer("digital")
            let row = try #require(try await sheet(of: digital).first { $0.contains("犬の登録") })
            #expect(row[32].isEmpty)
            let (now, before) = try await town.platform.database.read { transaction in
                let way = town.platform.applications.onlineWay
                return (
                    try way.counted("dog-registration", .init(2026), town.clock.now, transaction),
                    try way.counted("dog-registration", .init(2024), town.clock.now, transaction)
                )
            }
            #expect(now == Counted(all: 1, online: 1) && before == nil)
        }
    }
}
