import FoundationEssentials
import Subprocess
import SystemPackage
import Tabular
import TestKit
import Testing

@Suite("例規のコマンド")
struct OrdinanceCommandTests {
    private func run(_ arguments: [String]) async throws -> (code: Int, out: String, error: String) {
        let result = try await Subprocess.run(
            .path(FilePath(ServerProcess.built)), arguments: .init(["ordinance"] + arguments),
            output: .string(limit: 4_000_000), error: .string(limit: 100_000))
        guard case .exited(let code) = result.terminationStatus else { return (-1, "", "") }
        return (Int(code), result.standardOutput, result.standardError)
    }

    private func file(_ name: String, _ text: String, in folder: TemporaryFolder) throws -> String {
        let path = "\(folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("条文の一覧は、列の順を問わず、行もほかの列も残して、判定の列が加わる")
    func listOfClauses() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let list = try file(
            "list.csv",
            """
            課,clause_text,ordinance,clause_id
            総務,(公布) 第2条 条例の公布は、掲示場に掲示してこれを行う。,公告式条例,014-002
            総務,(規則) 第3条 前条の規定は、規則にこれを準用する。,公告式条例,014-003
            税務,第4条 税率は、100分の6とする。,税条例,074-001
            """, in: folder)
        let answer = try await run(["judge", "--clauses", list])
        let rows = try CSV.read(answer.out).map(\.fields)
        #expect(answer.code == 0 && rows.count == 4)
        #expect(rows[0].prefix(4) == ["課", "clause_text", "ordinance", "clause_id"])
        let verdict = try #require(rows[0].firstIndex(of: "verdict"))
        let category = try #require(rows[0].firstIndex(of: "category"))
        #expect(rows[1...].map { $0[verdict] } == ["Y", "Y", "N"])
        #expect(rows[1][category] == "書面掲示" && rows[2][0] == "総務")
        let bad = try await run(["judge", "--clauses", try file("bad.csv", "a,b\n1,2\n", in: folder)])
        #expect(bad.code == 2 && bad.error.contains("clause_text の列がありません"))
    }

    @Test("フォルダーを判定し、準用の元をまとめ、改め文を作って溶け込ませ、探す")
    func folder() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let old = try file("old.txt", OrdinanceDeskTests.notice, in: folder)
        let judged = try await run(["judge", folder.path])
        #expect(
            judged.code == 0 && judged.out.contains("\"verdict\":\"Y\"")
                && judged.out.contains("\"outcome\":\"amendment\""))
        #expect(
            try await run(["judge", "--csv", folder.path]).out.hasPrefix(
                "document,ordinance,address,text,category,類型,PHASE,verdict"))
        #expect(try await run(["judge", "--groups", folder.path]).out.contains("\"tie\":\"application\""))
        let new = try file(
            "new.txt", OrdinanceDeskTests.notice.replacing("町役場の掲示場に掲示してこれを", with: "インターネットの利用により"), in: folder)
        let table = "\(folder.path)/table.html"
        let draft = try await run(["amend", "draft", old, new, "--table", table])
        #expect(draft.out == "第1条第2項中「町役場の掲示場に掲示してこれを」を「インターネットの利用により」に改める。\n")
        #expect(
            FileManager.default.contents(atPath: table).map { String(decoding: $0, as: UTF8.self).contains("<u>") }
                == true)
        let amendment = try file("kai.txt", draft.out, in: folder)
        #expect(try await run(["amend", "apply", old, amendment]).out.contains("インターネットの利用により行う"))
        #expect(try await run(["amend", "apply", new, amendment]).error.contains("第1条第2項にありません"))
        #expect(try await run(["search", folder.path, "公布", "--address", "第1条"]).out.contains("第1条第2項"))
        #expect(try await run(["search", folder.path, "鳳凰"]).code == 1)
        #expect(try await run(["parse", "--xml", old]).out.contains("<LawTitle>見本町公告式条例</LawTitle>"))
        #expect(try await run(["refer", old]).out.contains("\"targets\":[\"第1条\"]"))
    }

    @Test("三郷市の判定済みの一覧で測った表に、区分ごとの適合率と再現率が出る", .enabled(if: Shared.has("data/ordinances/labels-dev.csv")))
    func measure() async throws {
        let answer = try await run(["measure", Shared.path("data/ordinances/labels-dev.csv")])
        #expect(answer.code == 0 && answer.out.contains("| 全体 | 323 |") && answer.out.contains("規則を書いた人が見ていない文書"))
    }
}
