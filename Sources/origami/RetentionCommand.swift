import Applications
import ArgumentParser
import Core
import Platform
import Trail

/// `origami retention`.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "保存期間を過ぎて廃棄した申請を確かめます。", subcommands: [Verify.self])

    /// `origami retention verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "廃棄した申請の鍵と内容が残っていないこと、廃棄の記録が変えられていないことを確かめます。",
            discussion: "残っているものがあれば、受付番号ごとに書き、終了コードは 1 です。")

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Report: Encodable {
            /// Applications that were shredded.
            let shredded: Int
            /// Entries of the trail that were gone through.
            let entries: Int
            let findings: [String]
        }

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, migrating: false, logger: Start.logger(settings))
                let left = try await platform.applications.leftovers()
                let trail = try await EventLog.verify(platform.trail, in: platform.database)
                await platform.close()
                let report = Report(
                    shredded: left.count, entries: trail.entries, findings: left.faults + trail.faults)
                if json {
                    try Output.json(report)
                } else {
                    for finding in report.findings { Output.line(finding) }
                    if report.findings.isEmpty {
                        Output.line("廃棄した申請 \(report.shredded) 件: 鍵も内容も残っていません。記録 \(report.entries) 件に、変えられたものはありません")
                    }
                }
                if !report.findings.isEmpty { throw ExitCode(1) }
            }
        }
    }
}
