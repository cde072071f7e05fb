import ArgumentParser
import Core
import Database
import Platform

/// `origami move`.
struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "SQLite の町を PostgreSQL へ引っ越します。止めた町で実行してください。",
        discussion: """
            行き先は空のデータベースです。1行ずつ比べて同じだと確かめます。途中で止まったら、同じ命令で続きから始まります。\
            終わると、元のファイルは名前の最後に .moved が付きます。files.bucket が設定されていれば、添付ファイルもそこへ写します。
            """)

    @Argument(help: "行き先のアドレス。postgresql://…")
    var target: String

    @Flag(help: "JSON で書き出します。")
    var json = false

    func run() async throws {
        try await answering {
            let settings = try await Start.settings()
            let isQuiet = json
            let outcome: Move.Outcome
            do {
                outcome = try await Move(settings, to: target).run { table, rows in
                    if !isQuiet, rows > 0 { Output.line("  \(table): \(rows) 行") }
                }
            } catch let fault as Move.Fault {
                throw Failure(fault.description, code: 1)
            }
            if json { return try Output.json(outcome) }
            let rows = outcome.tables.reduce(0) { $0 + $1.rows }
            Output.line(
                "\(outcome.tables.count) の表、\(rows) 行が、両方で同じです（今回写したのは \(outcome.copied) 行、添付ファイル \(outcome.files) 件、\(Output.seconds(outcome.seconds)) 秒）"
            )
            Output.line("ORIGAMI_DATABASE をこのアドレスにして、origami doctor で確かめてから、origami serve を始めてください。")
            Output.line("元のファイルは \(outcome.oldPath) として残っています。")
        }
    }
}
