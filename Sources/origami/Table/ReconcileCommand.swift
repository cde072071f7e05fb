import ArgumentParser
import Japanese
import HTML
import SystemStandards
import Tabular

extension TableCommand {
    /// `origami table reconcile`.
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "移行の前と後など、2つの抽出ファイルを突き合わせます。",
            discussion: """
                対応表の形は docs/tables.md にあります。前にあった値が後にない、変わった、字形が変わった、などを、項目・区分・原因ごとに挙げます。\
                --work で作業の場所を決めると、途中で止まっても続きから行えます。確かめる差があれば終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("前のCSV。", valueName: "前"))
        var old: String

        @Argument(help: ArgumentHelp("後のCSV。", valueName: "後"))
        var new: String

        @Option(name: .customLong("map"), help: ArgumentHelp("対応表のYAML。", valueName: "対応表"))
        var mapFile: String

        @Option(help: ArgumentHelp("番号の付けかえのCSV（前の番号,後の番号。1行目は見出し）。", valueName: "ファイル"))
        var keys: String?

        @Option(help: ArgumentHelp("差を全部、CSVで書くファイル。- は標準出力。", valueName: "ファイル"))
        var csv: String?

        @Option(help: ArgumentHelp("差を全部、JSONで書くファイル。- は標準出力。", valueName: "ファイル"))
        var json: String?

        @Option(help: ArgumentHelp("検収票を、HTMLで書くファイル。", valueName: "ファイル"))
        var html: String?

        @Option(help: ArgumentHelp("途中の結果を置くフォルダー。同じ指定でもう一度始めると、続きから行います。", valueName: "フォルダー"))
        var work: String?

        @OptionGroup var shared: TableWork

        func run() async throws {
            try await answering {
                let reconciliation = Reconciliation(
                    try map(), keys: try keyMap(), folder: work ?? shared.folder, isKept: work != nil,
                    width: shared.width)
                let (encoding, progress) = (try shared.fileEncoding, Progress())
                let report = try await reconciliation.run(old: old, new: new, encoding: (encoding, encoding)) {
                    progress.tell($0, of: $1)
                }
                progress.end()
                if let csv { try OutputFile.write(csv) { try report.csv($0) } }
                if let json { try OutputFile.write(json) { try report.json($0) } }
                if let html {
                    try OutputFile.write(html) { try $0(AcceptancePages.sheet(report, at: TableWork.now).bytes) }
                }
                for fault in report.unread {
                    Output.error("\(fault.name):\(fault.line):1: \(fault.words)。この行は突き合わせていません")
                }
                if csv != "-", json != "-", html != "-" { summarize(report) }
                if report.log.count(.error) > 0 || !report.unread.isEmpty { throw ExitCode(1) }
            }
        }

        private func map() throws -> ReconcileMap {
            do throws(TableSchema.Mistake) {
                return try ReconcileMap(yaml: (try? Input.text(mapFile)) ?? "")
            } catch {
                _ = try Input.text(mapFile)
                throw Failure("\(mapFile): \(error.description)", code: 2)
            }
        }

        private func keyMap() throws -> KeyMap {
            guard let keys else { return KeyMap() }
            do throws(CSV.Fault) {
                return KeyMap(Array(try CSV.read((try? Input.text(keys)) ?? "").dropFirst()))
            } catch {
                throw Failure("\(keys): 引用符が合いません（\(error)）", code: 2)
            }
        }

        private func summarize(_ report: Reconciliation.Report) {
            Output.line("前 \(report.oldRows)件、後 \(report.newRows)件、どちらにもある \(report.bothRows)件")
            for line in report.lines {
                let place = line.field.isEmpty ? "記録" : line.field
                let group = line.group.isEmpty ? "" : "（\(report.map.group ?? "区分") \(line.group)）"
                Output.line("\(line.cause.weight.words) \(place)\(group): \(line.cause.words) \(line.count)件")
            }
            Output.line("要修正 \(report.log.count(.error))件、確認 \(report.log.count(.notice))件")
        }
    }
}
