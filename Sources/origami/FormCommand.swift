import Applications
import ArgumentParser
import Core
import FoundationEssentials
import Platform

/// `origami form`.
struct FormCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "form", abstract: "様式の文書（YAML）を調べます。", subcommands: [Check.self, Compare.self])

    /// `origami form check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "公開する前に、様式にまちがいがないかを確かめます。",
            discussion: """
                書かれている言葉、条件や計算の参照先、どの言語の文もあるか、個人番号を受け取れる項目がないかを調べ、すべての分岐を歩きます。\
                指摘は「ファイル:行:列: 内容と直し方」の形です。指摘があれば終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("様式のファイル。- は標準入力。", valueName: "ファイル"))
        var files: [String]

        @Option(help: ArgumentHelp("町のフォルダー。あれば、町が足した言語の文も調べます。", valueName: "フォルダー"))
        var town: String?

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Report: Encodable {
            let file: String
            let findings: [Finding]
            /// Languages that may be missing, each until a day.
            let waived: [String: String]
        }

        private struct Finding: Encodable {
            let line: Int
            let column: Int
            let words: String
        }

        func run() async throws {
            try await answering {
                let languages = try town.map { try TownFolder.town(of: $0).languages } ?? Language.builtIn
                let reports = try files.map { report(on: try Input.text($0), $0, languages) }
                if json {
                    try Output.json(reports)
                } else {
                    for report in reports {
                        for finding in report.findings {
                            Output.line("\(report.file):\(finding.line):\(finding.column): \(finding.words)")
                        }
                        let waived = report.waived.sorted { $0.key < $1.key }.map { "（\($0.key) の訳は \($0.value) まで猶予）" }
                        if report.findings.isEmpty { Output.line("\(report.file): よし\(waived.joined())") }
                    }
                }
                if reports.contains(where: { !$0.findings.isEmpty }) { throw ExitCode(1) }
            }
        }

        private func report(on document: String, _ file: String, _ languages: [Language]) -> Report {
            do throws(FormFile.Fault) {
                let proved = try FormFile.prove(document, file: file, in: languages, on: Moment.now().day)
                return Report(file: file, findings: [], waived: proved.form.waived ?? [:])
            } catch {
                let findings = error.findings.map { Finding(line: $0.line, column: $0.column, words: $0.words) }
                return Report(file: file, findings: findings, waived: [:])
            }
        }
    }

    /// `origami form compare`.
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "2つの版の違いを示します。言葉だけの違いでなければ終了コードは 1 です。")

        @Argument(help: ArgumentHelp("前の版のファイル。", valueName: "前"))
        var before: String

        @Argument(help: ArgumentHelp("後の版のファイル。", valueName: "後"))
        var after: String

        func run() async throws {
            try await answering {
                func prove(_ file: String) throws -> FormFile.Proved {
                    try FormFile.prove(try Input.text(file), file: file, in: Language.builtIn, on: Moment.now().day)
                }
                let comparison = try FormComparison(prove(before), prove(after))
                for difference in comparison.differences {
                    Output.line("\(difference.isSafe ? "言葉" : "内容")  \(difference.words)")
                }
                if comparison.differences.isEmpty { Output.line("違いはありません") }
                if !comparison.isSafe { throw ExitCode(1) }
            }
        }
    }
}
