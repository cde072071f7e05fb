import FoundationEssentials
import Subprocess
import SystemPackage
import TestKit
import Testing

@Suite("台帳のコマンド")
struct CardCommandTests {
    private func run(
        _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> (code: Int, out: String, error: String) {
        let result = try await Subprocess.run(
            .path(FilePath(ServerProcess.built)), arguments: .init(arguments),
            environment: .inherit.updating(["ORIGAMI_DATA": folder.path + "/data"]),
            output: .string(limit: 1_000_000), error: .string(limit: 100_000))
        guard case .exited(let code) = result.terminationStatus else { return (-1, "", "") }
        return (Int(code), result.standardOutput, result.standardError)
    }

    @Test("書き出し、直し、調べ、取り込む。指摘は行と列で、終了コードは 1。まちがった使い方は 2")
    func sheets() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try await run(["init", "--town", TestTown.source, "--empty"], in: folder)
        let listed = try await run(["card", "list", "--words", "犬"], in: folder)
        #expect(listed.code == 0 && listed.out.contains("dog-registration\t犬の登録\t環境課"))
        let file = folder.path + "/cards.csv"
        func write(_ text: String) { _ = FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) }
        let out = try await run(["card", "export", "cards"], in: folder).out
        write(out)
        let same = try await run(["card", "check", file], in: folder)
        #expect(same.code == 0 && same.out.contains("変わる: 0"), "\(same)")
        write(out.replacing("狂犬病予防法 第4条第1項", with: "狂犬病予防法 第4条"))
        let checked = try await run(["card", "check", file], in: folder)
        #expect(checked.out.contains("第4条第1項 → 狂犬病予防法 第4条") && checked.out.contains("まだ取り込んでいません"))
        #expect(try await run(["card", "import", file], in: folder).out.contains("変わる: 1"))
        // The versions in the file are those of before.
        write(out.replacing("狂犬病予防法 第4条第1項", with: "別の法律"))
        let late = try await run(["card", "import", file], in: folder)
        #expect(late.code == 1 && late.error.contains("\(file):") && late.error.contains(":2: 版:"), "\(late)")
        #expect(try await run(["card", "export", "moon"], in: folder).code == 2)
        #expect(try await run(["card", "import", folder.path + "/nowhere.csv"], in: folder).code == 2)

        let again = try await run(["init", "--town", TestTown.source, "--empty"], in: folder)
        #expect(again.code == 0 && !again.out.contains("取り込みませんでした"))
        let catalogue = try await run(["card", "catalogue", "export"], in: folder).out
        write(catalogue)
        let kept = try await run(["card", "catalogue", "import", file, "--check"], in: folder)
        #expect(kept.code == 0 && kept.out.contains("変わる: 0"), "\(kept)")
    }
}
