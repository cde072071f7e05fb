import ArgumentParser
import FoundationEssentials
import HTML
import Core
import Japanese
import SystemStandards
import Tabular

/// `origami table`.
struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "抽出ファイル（CSV）を調べ、くらべ、変換します。",
        subcommands: [Check.self, Reconcile.self, Convert.self, Names.self, Schema.self])

    /// `origami table check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "抽出ファイルを定義と照らし合わせ、直すところを全部挙げます。何も変えません。",
            discussion: """
                定義の形は docs/tables.md にあります。直すところがあれば終了コードは 1 です。人がわかる値は、--plain を付けなければ＊で隠します。
                """)

        @Argument(help: ArgumentHelp("CSVのファイル（UTF-8、CP932、UTF-16）。", valueName: "ファイル"))
        var files: [String]

        @Option(
            help: ArgumentHelp(
                "定義のYAML、または見本の名前（\(TableSchema.shipped.keys.sorted().joined(separator: ", "))）。", valueName: "定義"))
        var schema: String

        @Option(help: ArgumentHelp("指摘を全部、JSONで書くファイル。- は標準出力。", valueName: "ファイル"))
        var json: String?

        @Option(help: ArgumentHelp("指摘を全部、CSVで書くファイル。- は標準出力。", valueName: "ファイル"))
        var csv: String?

        @Option(help: ArgumentHelp("課ごとにまとめた報告書を、HTMLで書くファイル。", valueName: "ファイル"))
        var html: String?

        @Flag(help: "JSONとCSVの値を隠しません。")
        var plain = false

        @OptionGroup var work: TableWork

        func run() async throws {
            try await answering {
                let check = TableCheck(
                    try TableWork.schema(schema), remainderOne: try work.remainder, folder: work.folder,
                    width: work.width)
                let progress = Progress()
                let report = try await check.run(try check.inputs(for: files, encoding: try work.fileEncoding)) {
                    progress.tell($0, of: $1)
                }
                progress.end()
                let values: CheckReport.Values = plain ? .plain : .covered
                if let json { try OutputFile.write(json) { try report.json(values, $0) } }
                if let csv { try OutputFile.write(csv) { try report.csv(values, $0) } }
                if let html {
                    try OutputFile.write(html) { try $0(CheckReportPages.report(report, at: TableWork.now).bytes) }
                }
                if json != "-", csv != "-", html != "-" { summarize(report) }
                if report.errorCount > 0 { throw ExitCode(1) }
            }
        }

        private func summarize(_ report: CheckReport) {
            for file in report.files {
                Output.line("\(file.path): \(file.title)、\(file.rows)件、\(file.encoding.rawValue)")
            }
            if report.schema.origin == .sample { Output.line("この定義は見本です。標準への適合を示すものではありません。") }
            for line in report.lines {
                let place = line.item.isEmpty ? line.file : "\(line.file)の\(line.item)"
                Output.line(
                    "\(line.group.weight.words) \(place): \(line.group.rule.words) \(line.tally.count)件（\(line.section)）"
                )
                for sample in line.tally.samples.prefix(2) {
                    Output.line("    \(sample.line)行目 \(sample.key) 「\(report.shown(sample))」")
                }
            }
            Output.line("要修正 \(report.errorCount)件、確認 \(report.count(.notice))件")
        }
    }
}

/// What the commands on tables share.
struct TableWork: ParsableArguments {
    @Option(help: ArgumentHelp("文字コード。utf-8, cp932, utf-16le, utf-16be。なければ調べます。", valueName: "文字コード"))
    var encoding: String?

    @Option(help: ArgumentHelp("宛名番号で余りが1のとき。zero（検査数字0）か unused（使わない）。", valueName: "扱い"))
    var remainderOne = "zero"

    @Option(help: ArgumentHelp("作業用のフォルダー。", valueName: "フォルダー"))
    var scratch: String?

    @Option(help: ArgumentHelp("同時に調べる数。なければプロセッサーの数。", valueName: "数"))
    var parallel: Int?

    /// The day and the time in words.
    static var now: String { "\(Moment.now().day.wareki) \(Moment.now().timeOfDay)" }

    var folder: String { scratch ?? FileManager.default.temporaryDirectory.path }
    var width: Int { parallel ?? ProcessInfo.processInfo.activeProcessorCount }

    var remainder: CheckDigit.RemainderOne {
        get throws {
            guard let remainder = CheckDigit.RemainderOne(rawValue: remainderOne) else {
                throw Failure("余りが1のときの扱いは zero か unused にしてください（いまの値: \(remainderOne)）", code: 2)
            }
            return remainder
        }
    }

    var fileEncoding: TableFile.Encoding? {
        get throws {
            guard let encoding else { return nil }
            guard let found = TableFile.Encoding(rawValue: encoding) else {
                let names = TableFile.Encoding.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure("文字コードは \(names) のどれかにしてください（いまの値: \(encoding)）", code: 2)
            }
            return found
        }
    }

    /// Reads a schema; a fault in it is wrong use.
    static func schema(_ file: String) throws -> TableSchema {
        do {
            if let shipped = TableSchema.shipped[file] { return try TableSchema(yaml: shipped) }
            return try TableSchema(yaml: try Input.text(file))
        } catch let mistake as TableSchema.Mistake {
            throw Failure("\(file): \(mistake.description)", code: 2)
        }
    }
}
