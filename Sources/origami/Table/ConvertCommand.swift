import ArgumentParser
import Tabular

extension TableCommand {
    /// `origami table convert`.
    struct Convert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "手順書のとおりにCSVを変換します。変えたところを全部記録し、元に戻せます。",
            discussion: """
                手順書の形は docs/tables.md にあります。--output がなければ試すだけで、何が変わるかを数えます。--undo に記録を渡すと、\
                変換した後のファイルから元の内容を作ります。列の数が合わない行があれば、何も書かず、終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("CSVのファイル。", valueName: "ファイル"))
        var file: String

        @Option(help: ArgumentHelp("手順書のYAML。", valueName: "手順書"))
        var steps: String?

        @Option(help: ArgumentHelp("変換の記録から元に戻します。", valueName: "記録"))
        var undo: String?

        @Option(help: ArgumentHelp("書き出すファイル。- は標準出力。", valueName: "ファイル"))
        var output: String?

        @Option(help: ArgumentHelp("変えたところを書き出すCSV。", valueName: "ファイル"))
        var changes: String?

        @OptionGroup var shared: TableWork

        func run() async throws {
            try await answering {
                let table = try TableFile(file, encoding: try shared.fileEncoding)
                if let undo { return try takeBack(table, undo) }
                guard let steps else { throw Failure("--steps で手順書を、または --undo で変換の記録を渡してください", code: 2) }
                if output != nil, changes == nil {
                    throw Failure("--changes も指定してください。変えたところの記録がないと、元に戻せません", code: 2)
                }
                let report = try convert(table, try pipeline(steps))
                tell(report)
                if !report.faults.isEmpty { throw ExitCode(1) }
            }
        }

        private func takeBack(_ table: TableFile, _ undo: String) throws {
            let list = try TableFile(undo)
            var rows = 0
            try OutputFile.write(output ?? "-") { write in
                rows = try TableConversion.undo(table, changes: list, write: write)
            }
            Output.error("\(rows)件を元に戻しました")
        }

        private func pipeline(_ file: String) throws -> ConvertPipeline {
            let text = try Input.text(file)
            do throws(TableSchema.Mistake) {
                return try ConvertPipeline(yaml: text)
            } catch {
                throw Failure("\(file): \(error.description)", code: 2)
            }
        }

        private func convert(_ table: TableFile, _ pipeline: ConvertPipeline) throws -> TableConversion.Report {
            let conversion = TableConversion(pipeline)
            guard let output, let changes else { return try conversion.run(table, write: { _ in }, note: { _ in }) }
            var report = TableConversion.Report()
            do {
                try OutputFile.write(changes) { note in
                    try OutputFile.write(output) { write in
                        report = try conversion.run(table, write: write, note: note)
                        if !report.faults.isEmpty { throw Faulty() }
                    }
                }
            } catch is Faulty {}
            return report
        }

        /// What stops the writing of files.
        private struct Faulty: Error {}

        private func tell(_ report: TableConversion.Report) {
            for fault in report.faults.prefix(100) { Output.error("\(file):\(fault.line):1: \(fault.words)") }
            for (item, count) in report.changed.sorted(by: { $0.key < $1.key }) {
                Output.error("\(item): \(count)件を変換します")
            }
            for (step, left) in report.left.sorted(by: { $0.key < $1.key }) {
                let samples = left.samples.map { "「\($0)」" }.joined()
                Output.error("手順 \(step): \(left.count)件は変換できず、そのままです。\(samples)")
            }
            let end = !report.faults.isEmpty ? "何も書いていません" : output == nil ? "試しただけで、書いていません" : "書きました"
            Output.error("\(report.rows)件（\(end)）")
        }
    }
}
