import Applications
import ArgumentParser
import Core
import Japanese
import Platform

/// `origami cases`.
struct CasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "申請を書き出します。", subcommands: [Export.self])

    /// `origami cases export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "1つの手続きの申請を、表にして標準出力に書きます。",
            discussion: """
                だれが何を何件書き出したかは、記録に残ります（この機械からの書き出しとして）。\
                Shift_JIS にない文字があると、その場所を書き、--replace がなければ何も書き出さず、終了コードは 1 です。
                """)

        @Option(help: ArgumentHelp("手続きの記号。", valueName: "手続き"))
        var card: String

        @Option(help: ArgumentHelp("担当課の記号。書かなければ、手続きの所管課。", valueName: "課"))
        var section: String?

        @Option(help: ArgumentHelp("列。number,status,field.owner のように , でつなぎます。書かなければ、すべて。", valueName: "列"))
        var columns: String?

        @Option(help: ArgumentHelp("この日から届いたもの。例: 2026-04-01", valueName: "日"))
        var from: String?

        @Option(help: ArgumentHelp("この日までに届いたもの。", valueName: "日"))
        var until: String?

        @Option(help: ArgumentHelp("状態。received,approved のように , でつなぎます。書かなければ、すべて。", valueName: "状態"))
        var status: String?

        @Option(help: ArgumentHelp("csv（UTF-8）, cp932（Shift_JIS）, xlsx のどれか。", valueName: "形式"))
        var format = "csv"

        @Flag(help: "Shift_JIS にない文字を 〓 に置き換えて書き出します。")
        var replace = false

        func run() async throws {
            try await answering {
                let request = Applications.ExportRequest(
                    card: card, section: section, columns: list(columns), from: try day(from, "--from"),
                    until: try day(until, "--until"), statuses: list(status), format: format, replaces: replace)
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                let outcome: (count: Int, unmappable: [String])
                do {
                    outcome = try await platform.applications.export(request, at: .now(), write: Output.bytes)
                } catch let mistake as Applications.ExportMistake {
                    await platform.close()
                    throw Failure(mistake.description, code: 2)
                }
                await platform.close()
                for line in outcome.unmappable { Output.error(line) }
                Output.error("\(outcome.count)件")
                if !outcome.unmappable.isEmpty, !replace {
                    throw Failure("書き出しませんでした。--format csv にするか、〓 でよければ --replace を付けてください", code: 1)
                }
            }
        }

        private func list(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }

        private func day(_ text: String?, _ name: String) throws -> Day? {
            guard let text else { return nil }
            guard let day = try? WrittenDate.day(text) else {
                throw Failure("\(name) は 2026-04-01 のように書いてください（いまの値: \(text)）", code: 2)
            }
            return day
        }
    }
}
