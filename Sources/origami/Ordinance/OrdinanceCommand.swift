import ArgumentParser
import FoundationEssentials
import OrdinanceText

/// `origami ordinance`.
struct OrdinanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ordinance", abstract: "例規を読み、アナログ規制かを判定します。",
        subcommands: [
            Parse.self, ReferCommand.self, JudgeCommand.self, MeasureCommand.self, AmendCommand.self,
            SearchCommand.self, OrdinanceImportCommand.self,
        ])

    /// `origami ordinance parse`.
    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "例規の文章（プレーンテキスト、e-Gov の法令標準XML、Reiki-Base と D1-Law のHTML）を、章・条・項・号の木として読み、JSONで書きます。",
            discussion: """
                フォルダーなら、中の .txt・.xml・.html を全部読み、文書ごとに1行のJSONを書きます。--check は、文書ごとに、条の数と、読めなかったところの行と理由を書きます。\
                読めなかったところは、文として木の中に残ります。一つでもあれば、終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("ファイルかフォルダー。- は標準入力。", valueName: "ファイル"))
        var path: String

        @Flag(help: "木を書かず、読めなかったところを書きます。")
        var check = false

        @Flag(help: "JSONではなく、e-Gov の法令標準XMLで書きます（文書は一つ）。")
        var xml = false

        func run() async throws {
            try await answering {
                var faults = 0
                let unreadable = try OrdinanceFile.each(in: path) { faults += try write($0, $1) }
                if faults + unreadable > 0 { throw ExitCode(1) }
            }
        }

        /// Writes one document. Gives how many places could not be read.
        private func write(_ file: String, _ ordinance: Ordinance) throws -> Int {
            if check {
                var articles = 0
                ordinance.forEach { node, _ in if node.kind == .article { articles += 1 } }
                Output.line("\(file): \(ordinance.title)、条 \(articles)、読めなかったところ \(ordinance.faults.count)")
                for fault in ordinance.faults { Output.line("\(file):\(fault.line):1: \(fault.words)") }
            } else if xml {
                do throws(Ordinance.FormatTrouble) { Output.bytes([UInt8](try ordinance.egovXML().utf8)) } catch {
                    throw Failure("\(file): \(error.description)", code: 1)
                }
            } else {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                Output.bytes([UInt8](try encoder.encode(ordinance)) + [10])
            }
            return ordinance.faults.count
        }
    }
}
