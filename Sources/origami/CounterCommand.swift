import Applications
import ArgumentParser
import Core
import Platform

/// `origami counter`.
struct CounterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counter", abstract: "窓口の記録を取り込みます。", subcommands: [Import.self])

    /// `origami counter import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "発券機の記録（CSV）を取り込み、窓口の待ち時間に加えます。",
            discussion: """
                UTF-8 か CP932 の CSV で、列は ticket,section,issued_at,called_at,ended_at か、MADO-queue の event_logs・\
                processing_logs です。氏名などの列があれば取り込みません。同じファイルを何度取り込んでも、数えるのは一度です。\
                直すところが1つでもあれば何も取り込まず、その行・列と理由を書き、終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("記録のファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        @Option(help: ArgumentHelp("どの課の発券機か。section の列がないファイルで使います。", valueName: "課のid"))
        var section: String?

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let bytes = try Input.bytes(file)
                let platform = try await Platform(settings, logger: Start.logger(settings))
                if let section, !platform.town.sections.contains(where: { $0.id == section }) {
                    await platform.close()
                    let known = platform.town.sections.map(\.id).joined(separator: "、")
                    throw Failure("課「\(section)」がありません。\(known) のどれかにしてください", code: 2)
                }
                do {
                    let done = try await platform.applications.importQueue(bytes, of: section, at: .now())
                    Output.line("新しい記録 \(done.new)件、すでにあった記録 \(done.known)件、対象外 \(done.passedOver)件")
                } catch let faults as QueueFaults {
                    for line in faults.lines { Output.error("\(file):\(line)") }
                    await platform.close()
                    throw ExitCode(1)
                }
                await platform.close()
            }
        }
    }
}
