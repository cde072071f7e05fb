import ArgumentParser
import Core
import Platform

/// `origami language`.
struct LanguageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language", abstract: "住民のページの言語を調べます。", subcommands: [Missing.self])

    /// `origami language missing`.
    struct Missing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "ある言語に、まだ訳のない町の言葉を並べます。",
            discussion: """
                town.yaml、cards、forms の言葉を、「ファイル:行:列: 内容」の形で並べます。猶予（waived）のあるものも並べます。\
                訳のない言葉があれば終了コードは 1 です。プログラムの言葉（texts）は、訳の数だけを示します。
                """)

        @Argument(help: ArgumentHelp("言語の id。例: pt", valueName: "言語"))
        var id: String

        @Option(help: ArgumentHelp("町のフォルダー。例: towns/kaminokawa", valueName: "フォルダー"))
        var town: String

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Report: Encodable {
            let missing: [MissingWords]
            /// How many of the program's words have a translation.
            let words: Int?
        }

        func run() async throws {
            try await answering {
                let found = try TownFolder.town(of: town)
                guard let language = found.language(id) else {
                    let known = found.languages.map(\.id).joined(separator: ", ")
                    throw Failure("言語「\(id)」はこの町にありません。あるのは \(known) です", code: 2)
                }
                let missing = try TownFolder.missing(language, in: town)
                if json {
                    try Output.json(Report(missing: missing, words: language.wordCount))
                } else {
                    for item in missing { Output.line("\(item.file):\(item.line):\(item.column): \(item.words)") }
                    Output.line("訳のない町の言葉: \(missing.count)")
                    if let words = language.wordCount {
                        Output.line("プログラムの言葉の訳: \(words)（\(town)/texts/\(id).yaml）")
                    }
                }
                if !missing.isEmpty { throw ExitCode(1) }
            }
        }
    }
}
