import ArgumentParser
import Core
import Platform
import Logging

/// `origami doctor`.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "足りないものや誤りを調べ、直し方を示します。直すところがあれば終了コードは 1 です。")

    @Flag(help: "JSON で書き出します。")
    var json = false

    private struct Report: Encodable {
        let settings: [Settings.Entry]
        let checks: [Examination.Check]
    }

    func run() async throws {
        try await answering {
            let settings = try await Start.settings()
            var logger = Start.logger(settings)
            logger.logLevel = .error
            let checks = await Examination(settings, logger: logger).checks()
            if json {
                try Output.json(Report(settings: settings.entries, checks: checks))
            } else {
                Output.line("設定")
                for entry in settings.entries { Output.line("  \(entry.variable)=\(entry.value)  （\(entry.source)）") }
                Output.line("検査")
                for check in checks {
                    Output.line(
                        "  \(check.isGood ? "よし" : "要対応")  \(check.name)\(check.found.isEmpty ? "" : ": \(check.found)")"
                    )
                    if let mend = check.mend { Output.line("          → \(mend)") }
                }
            }
            if checks.contains(where: { !$0.isGood }) { throw ExitCode(1) }
        }
    }
}
