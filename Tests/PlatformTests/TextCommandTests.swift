import FoundationEssentials
import Subprocess
import SystemPackage
import TestKit
import Testing

@Suite("文字と表のコマンド")
struct TextCommandTests {
    /// What a command says to lines on its standard input, and how it ends.
    private func run(
        _ arguments: [String], _ input: String = "", in folder: TemporaryFolder
    ) async throws -> (code: Int, out: String, error: String) {
        let result = try await Subprocess.run(
            .path(FilePath(ServerProcess.built)), arguments: .init(arguments),
            environment: .inherit.updating(["ORIGAMI_DATA": folder.path + "/data"]), input: .string(input),
            output: .string(limit: 4_000_000), error: .string(limit: 100_000))
        guard case .exited(let code) = result.terminationStatus else { return (-1, "", "") }
        return (Int(code), result.standardOutput, result.standardError)
    }

    @Test(
        "1行に1つ読み、1行ずつ書く",
        arguments: [
            (
                ["date", "--iso"], "S50.3.5\n昭和50年3月頃\n\n昭和65年1月1日\r\n",
                "1975-03-05\texact\t1975-03-05\n\tapproximate\t1975-03\n\terror\t空欄です\n"
            ),
            (["date", "--as", "wareki"], "1975-03-05", "昭和50年3月5日\texact\t1975-03-05\n"),
            (["width"], "Ａ１ｶﾞ髙\n", "A1ガ髙\n"),
            (["width", "--rules", "widen-digits"], "A1\n", "A１\n"), (["kana"], "やまだ\nｼﾞｮﾝ\n", "ヤマダ\nジョン\n"),
            (["fold"], "髙﨑\nガッキ\n", "高崎\nかつき\n"), (["repertoire"], "A\n髙\n", "ascii\t\noutside-jis\tU+9AD9\n"),
            (["number", "--kind", "local-government"], "０９３０１７\n093018\n", "093017\tok\t\n\terror\t"),
            (["number", "--kind", "individual"], "123456789018\n", "\terror\t個人番号"),
            (["address"], "上三川町しらさぎ2-1-3\n", "0.87\t093017\t栃木県\t河内郡上三川町\tしらさぎ\t二丁目\t1-3\t\t\n"),
        ] as [([String], String, String)])
    func lines(_ arguments: [String], _ input: String, _ output: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let result = try await run(["text"] + arguments, input, in: folder)
        #expect(result.code == 0 && result.out.hasPrefix(output), "\(result)")
    }

    @Test("読めないものは読めないと言い、そこまでに読んだものは書く")
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let place = try await run(["text", "date", folder.path], in: folder)
        #expect(place.code == 2 && place.error.contains(folder.path))
        let lines = folder.path + "/long.txt"
        try TestFile.write(Array(("Ａ\n" + String(repeating: "x", count: 1_200_000)).utf8), to: lines)
        let long = try await run(["text", "width", lines], in: folder)
        #expect(long.code == 1 && long.out == "A\n" && long.error.contains("2行目"))
        let path = folder.path + "/broken.txt"
        try TestFile.write([0x41, 10, 0xE3, 0x81, 10], to: path)
        let broken = try await run(["text", "width", "--changes", path], in: folder)
        #expect(broken.code == 2 && broken.error.contains("broken.txt:2:1"), "\(broken)")
    }

    @Test("変えたところの記録から、元に戻る")
    func undo() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let before = "ｶﾞｷﾞ髙\u{FA19}　Ａ\n葛\u{E0100}1ー2\n"
        let noted = try await run(["text", "width", "--changes"], before, in: folder).out
        let back = try await run(["text", "undo"], noted, in: folder)
        #expect(back.code == 0 && Array(back.out.utf8) == Array(before.utf8))
        let wrong = try await run(["text", "undo"], "{}\n", in: folder)
        #expect(wrong.code == 1 && wrong.error.contains(":1:1:"))
    }

    @Test("町字の表と異体字の表を読み込むと、使われる")
    func load() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (towns, variants) = (folder.path + "/towns.csv", folder.path + "/variants.tsv")
        try TestFile.write(Array("lgcode6,pref,city,town\n131016,東京都,千代田区,紀尾井町\n".utf8), to: towns)
        #expect(try await run(["text", "address"], "千代田区紀尾井町1-3\n", in: folder).out.hasPrefix("0.6"))
        #expect(try await run(["text", "address", "load", towns], in: folder).code == 0)
        #expect(try await run(["text", "address"], "千代田区紀尾井町1-3\n", in: folder).out.hasPrefix("0.93\t131016"))
        try TestFile.write(Array("lgcode6,pref,old\n093017,栃木県,河内郡本郷村\n".utf8), to: towns)
        #expect(try await run(["text", "address", "load", towns], in: folder).code == 0)
        let old = try await run(["text", "address"], "栃木県河内郡本郷村大字上三川1\n", in: folder).out
        #expect(old.contains("093017\t栃木県\t河内郡上三川町\t大字上三川"), "\(old)")
        try TestFile.write(Array("variant\ttarget\n\u{E000}\t高\n".utf8), to: variants)
        #expect(try await run(["text", "variants", "load", variants], in: folder).code == 0)
        #expect(
            try await run(["text", "variants"], "\u{E000}\n", in: folder).out.hasPrefix("\u{E000}\t高\tvariants.tsv"))
        let wrong = try await run(["text", "address", "load", variants], in: folder)
        #expect(wrong.code == 2 && wrong.error.contains(":1:1:"))
    }

    @Test("表を調べ、突き合わせ、変換する。報告はHTML・CSV・JSONで、終了コードで分かる")
    func tables() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (path, other) = (folder.path + "/recipients.csv", folder.path + "/after.csv")
        let heading = "認定番号,宛名番号,受給者氏名,認定日,支給開始年月,資格区分,消滅日\r\n"
        try TestFile.write(Array((heading + "00000001,0000000019,山田<b>,2020-01-01,2020-02,1,\r\n").utf8), to: path)
        try TestFile.write(Array((heading + "00000001,0000000019,山田<b>,,2020-02,1,\r\n").utf8), to: other)
        let reports = ["html", "csv", "json"].flatMap { ["--\($0)", "\(folder.path)/report.\($0)"] }
        let good = try await run(["table", "check", path, "--schema", "child-allowance-sample"] + reports, in: folder)
        #expect(good.code == 0 && good.out.contains("要修正 0件"), "\(good)")
        let map = folder.path + "/map.yaml"
        try TestFile.write(
            Array("old: {key: [認定番号]}\nnew: {key: [認定番号]}\nfields: [{name: 受給者氏名}, {name: 認定日}]\n".utf8), to: map)
        let sheet = folder.path + "/sheet.html"
        let found = try await run(["table", "reconcile", path, other, "--map", map, "--html", sheet], in: folder)
        #expect(found.code == 1 && found.out.contains("認定日: 前にあった値が、後にない 1件"), "\(found)")
        let page = String(decoding: try #require(TestFile.bytes(sheet)), as: UTF8.self)
        #expect(page.contains("検収票") && page.contains("前にあった値が、後にない") && !page.contains("<b>"))
        let bad = try await run(["table", "check", other, "--schema", map], in: folder)
        #expect(bad.code == 2 && bad.error.contains("map.yaml"), "\(bad)")
        let missing = try await run(
            ["table", "check", "nowhere.csv", "--schema", "child-allowance-sample"], in: folder)
        #expect(missing.code == 2 && missing.error.contains("nowhere.csv"), "\(missing)")
    }
}
