import Applications
import Core
import Database
import FoundationEssentials
import Platform
import TestKit
import Testing

@Suite("書き出し")
struct ExportTests {
    /// Applications of a dog's owner, as many as there are names.
    private func dogs(_ town: TestTown, _ change: [[String: String]]) async throws -> [String] {
        var numbers: [String] = []
        for typed in change {
            let applicant = town.visitor()
            let walk = Walk("dog-registration", Walk.dog.typed.merging(typed) { $1 })
            let receipt = try await applicant.submit(applicant.fillIn(walk))
            let match = try #require(receipt.body.firstMatch(of: /R\d-[0-9A-Z]{4}-[0-9A-Z]{4}/))
            numbers.append(String(match.output))
            town.clock.advance(seconds: 60)
        }
        return numbers
    }

    private static let place = "/desk/exports/environment/dog-registration"

    private func form(_ format: String, _ more: [(String, String)] = []) -> [(String, String)] {
        let columns = ["number", "status", "submitted", "field.owner", "field.telephone", "field.remarks"]
        return columns.map { ("column", $0) } + [("do", format), ("rule", "{受付番号}_{連番}")] + more
    }

    @Test("選んだ列だけが、選んだ順で、CSV になる。式に見える入力は文字のまま。何を何件かは記録に残る")
    func csv() async throws {
        try await TestTown.run { town in
            let numbers = try await dogs(town, [["remarks": "=HYPERLINK(\"http://x\")"], ["remarks": "二行\n目"]])
            let clerk = try await town.officer("kankyo")
            let reply = try await clerk.post(Self.place, pairs: form("csv"))
            #expect(reply.status == 200 && reply.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(
                reply.body == """
                    \u{FEFF}受付番号,状態,届いた日,飼い主の氏名,飼い主の氏名（フリガナ）,日中つながる電話番号,特徴・備考\r
                    \(numbers[0]),送信済,2026-11-24,髙﨑　花子,タカサキ　ハナコ,080-5678-1234,"'=HYPERLINK(""http://x"")"\r
                    \(numbers[1]),送信済,2026-11-24,髙﨑　花子,タカサキ　ハナコ,080-5678-1234,"二行\n目"\r

                    """)
            let events = try await town.platform.database.read { try $0.events(of: "dog-registration") }
            let event = try #require(events.last { $0.event.kind == "cases.exported" })
            #expect(event.event.detail["count"] == "2" && event.event.detail["format"] == "csv")
            #expect(event.event.detail["columns"]?.hasPrefix("number,status,submitted,field.owner") == true)
            #expect(event.actor.hasPrefix("officer:"))
        }
    }

    @Test("Shift_JIS にない文字は、行と列を知らせてから。承知すれば 〓 になり、UTF-8 も選べる")
    func cp932() async throws {
        try await TestTown.run { town in
            _ = try await dogs(town, [["owner.family": "𠮷田"], [:]])
            let clerk = try await town.officer("kankyo")
            let report = try await clerk.post(Self.place, pairs: form("cp932"))
            #expect(report.status == 422 && report.text.contains("𠮷") && report.text.contains("U+20BB7"))
            #expect(report.text.contains("飼い主の氏名（4列目）"))
            let pairs = FilledForm.pairs(report.body, action: Self.place)
            let replaced = try await clerk.post(Self.place, pairs: pairs + [("do", "cp932-replaced")])
            #expect(replaced.status == 200 && replaced.bytes.starts(with: [0x8E, 0xF3]))
            let whole = try await clerk.post(Self.place, pairs: pairs + [("do", "csv")])
            #expect(whole.body.contains("𠮷田　花子"))
            // Without such a character nothing is asked.
            let plain = try await clerk.post(
                Self.place, pairs: [("column", "number"), ("do", "cp932"), ("rule", "{連番}")])
            #expect(plain.status == 200 && plain.headers["content-type"] == "text/csv; charset=windows-31j")
        }
    }

    @Test("XLSX では、電話番号の 0 が残り、日は日になり、世帯の一人ひとりは別のシートに並ぶ")
    func xlsx() async throws {
        try await TestTown.run(hasSample: true) { town in
            _ = try await dogs(town, [[:]])
            let clerk = try await town.officer("kankyo")
            let reply = try await clerk.post(Self.place, pairs: form("xlsx"))
            let lines = try await Python.read(reply.bytes, with: "read-xlsx.py").split(separator: "\n")
            #expect(lines[0] == "sheet\t申請\t1")
            let line = try #require(lines.last { $0.contains("text:送信済\tday:46350\ttext:髙﨑　花子") })
            #expect(line.contains("text:080-5678-1234"))

            let children = try await town.officer("kodomo")
            let page = try await children.get("/desk/exports/children/child-allowance")
            let columns = page.body.matches(of: /id="column-(field\.[a-z_]+)"/).map { ("column", String($0.1)) }
            let book = try await children.post(
                "/desk/exports/children/child-allowance",
                pairs: columns + [("column", "number"), ("rule", "{連番}"), ("do", "xlsx")])
            let sheets = try await Python.read(book.bytes, with: "read-xlsx.py").split(separator: "\n")
            let rows = try #require(sheets.lastIndex { $0.hasPrefix("sheet\t2 ") })
            #expect(sheets[rows + 1].hasPrefix("row\ttext:受付番号\ttext:番号\t"))
            #expect(sheets[rows + 2].contains("\tnumber:1\t"))
        }
    }

    @Test("選び方は課で保存し、直せる。ほかの職員が先に直せば、知らせて何も失わない")
    func saving() async throws {
        try await TestTown.run { town in
            _ = try await dogs(town, [[:]])
            let (one, other) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            let empty = try await one.post(Self.place, ["do": "save", "name": "", "rule": "{連番}", "from": "2月30日"])
            #expect(empty.status == 422 && empty.text.contains("日付を読み取れません") && empty.body.contains("2月30日"))
            let saved = try await one.post(Self.place, pairs: form("save", [("name", "月次"), ("from", "R8.11.1")]))
            #expect(saved.status == 200 && saved.text.contains("「月次」を保存しました"))
            let list = try await other.get("/desk/exports")
            let link = try #require(list.body.firstMatch(of: /href="([^"]*choice=[^"]*)">月次/)).1
            let opened = try await other.get(String(link).replacing("&amp;", with: "&"))
            #expect(opened.body.contains("value=\"2026-11-01\""))
            let pairs = FilledForm.pairs(opened.body, action: Self.place).filter { $0.1 != "field.remarks" }
            #expect(try await other.post(Self.place, pairs: pairs + [("do", "save")]).status == 200)
            let late = try await one.post(Self.place, pairs: pairs + [("do", "save")])
            #expect(late.status == 409 && late.text.contains("ほかの職員が先に変えました"))
            let again = try await one.get(String(link).replacing("&amp;", with: "&"))
            #expect(!again.body.contains("value=\"field.remarks\" name=\"column\" checked"))
        }
    }

    @Test("ほかの課の申請は、書き出せず、数えられもしない")
    func otherSections() async throws {
        try await TestTown.run { town in
            _ = try await dogs(town, [[:]])
            let water = try await town.officer("suido")
            #expect(try await water.get(Self.place).status == 404)
            for format in ["csv", "xlsx", "zip", "count", "save"] {
                #expect(try await water.post(Self.place, pairs: form(format, [("name", "x")])).status == 404)
            }
            // The section's own name does not open another's applications of the same procedure.
            let own = try await water.post("/desk/exports/water/dog-registration", pairs: form("csv"))
            #expect(own.status == 200 && own.body.split(separator: "\r\n").count == 1)
        }
    }

    @Test(
        "添付ファイルは、決めた名前で1つになる。名前は重ならず、外に出ない",
        arguments: [
            ("{受付番号}/{元の名前}", ["N/passwd.jpg", "N/passwd（2）.jpg"]),
            ("../{項目}", ["_/現場の写真.jpg", "_/現場の写真（2）.jpg"]),
            ("{受付番号}_{連番}.{拡張子}", ["N_01.jpg", "N_02.jpg"]),
        ])
    func files(_ rule: String, _ names: [String]) async throws {
        try await TestTown.run { town in
            let photo = try #require(TestFile.bytes(TestTown.source + "/sample/photo.jpg"))
            let walk = try #require(try Walk.sample("road-report", on: town.clock.now.day))
            let visitor = town.visitor()
            var page = try await visitor.post("/procedures/road-report/apply")
            for _ in 0..<60 where !page.path.hasSuffix("/check") {
                if page.body.contains("type=\"file\"") {
                    let control = try #require(page.body.firstMatch(of: /data-files="([^"]+)"/)).1
                    page = try await visitor.upload(
                        page.path, ["do": "next"], control: String(control),
                        files: ["../../etc/passwd.jpg", "..\\etc\\passwd.jpg"].map { ($0, Array(photo)) })
                } else {
                    let body = page.body
                    page = try await visitor.post(page.path, walk.typed.filter { body.contains("name=\"\($0.key)\"") })
                }
            }
            let receipt = try await visitor.submit(page)
            let number = String(try #require(receipt.body.firstMatch(of: /R\d-[0-9A-Z]{4}-[0-9A-Z]{4}/)).output)
            let officer = try await town.officer("kensetsu")
            let place = "/desk/exports/construction/road-report"
            let reply = try await officer.post(place, pairs: [("column", "number"), ("rule", rule), ("do", "zip")])
            #expect(reply.headers["content-type"] == "application/zip", "\(reply.text)")
            let lines = try await Python.read(reply.bytes, with: "read-zip.py").split(separator: "\n")
            let read = lines.map { $0.split(separator: "\t").map(String.init) }
            #expect(read.map { $0[0].replacing(number, with: "N") } == ["一覧.csv"] + names)
            #expect(read.allSatisfy { $0[1] == "True" })
            #expect(read[1][3] == read[2][3])
            let wrong = try await officer.post(place, pairs: [("rule", "{名前}"), ("do", "zip")])
            #expect(wrong.status == 422 && wrong.text.contains("「{名前}」という置き換えはありません"))
        }
    }

    @Test("多い書き出しは仕事が行い、頼んだ人だけが受け取り、1日で消える")
    func many() async throws {
        try await TestTown.run { town in
            _ = try await dogs(town, [["owner.family": "𠮷田"]])
            // So many that nobody waits for them: copies of one application cannot be read, but are counted and listed.
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a test fills the table")
                try transaction.run(
                    """
                    WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 2001)
                    INSERT INTO application (id, card, form, form_version, section, language, status, number, revision,
                        began_at, saved_at, submitted_at, code_fingerprint, code, answers, applicant, channel)
                    SELECT '00000000-0000-7000-8000-00000000' || (1000 + n), card, form, form_version, section, language, status,
                        'T-' || n, revision, began_at, saved_at, submitted_at, CAST('T-' || n AS \(.blob)), code,
                        answers, applicant, channel FROM application, more
                    """)
            }
            let clerk = try await town.officer("kankyo")
            let begun = try await clerk.post(Self.place, pairs: form("cp932"))
            #expect(begun.path.hasPrefix("/desk/export-runs/") && begun.text.contains("順番を待っています"))
            try await town.workOff()
            let done = try await clerk.get(begun.path)
            #expect(done.text.contains("1か所") && done.text.contains("𠮷"), "\(done.text)")
            #expect(try await town.officer("kankyo-kacho").get(begun.path + "/file").status == 404)
            let file = try await clerk.get(begun.path + "/file")
            #expect(file.bytes.split(separator: 10).count == 1 + 2002)
            town.clock.advance(seconds: 86_401)
            try await town.workOff()
            let officer = try await town.officer("kankyo")
            #expect(try await officer.get(begun.path + "/file").text.contains("1日たったので消しました"))
        }
    }
}
