import ArgumentParser
import Core
import Ordinances
import Platform

/// `origami ordinance import`.
struct OrdinanceImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "例規集のフォルダーを、町の「例規の点検」に取り込みます。",
        discussion: """
            同じ名前のファイルは、新しい文章に置きかわります。変わっていない条文の判定は残ります。読めなかったところは、理由とともに書きます（文章は残ります）。
            """)

    @Argument(help: ArgumentHelp("フォルダーかファイル。", valueName: "フォルダー"))
    var path: String

    func run() async throws {
        try await answering {
            let paths = try OrdinanceFile.paths(in: path)
            let settings = try await Start.settings()
            let platform = try await Platform(settings, logger: Start.logger(settings))
            do {
                // A hundred at a time: somebody who waits sees how far it is.
                var (total, taken) = (ImportReport(), 0)
                for start in stride(from: 0, to: paths.count, by: 100) {
                    let files = try paths[start..<min(start + 100, paths.count)].map { file in
                        (
                            name: file == path
                                ? String(file.split(separator: "/").last ?? "")
                                : String(file.dropFirst(path.count + 1)), bytes: try Input.bytes(file)
                        )
                    }
                    let report = try await platform.ordinances.takeIn(files, by: .system, at: .now())
                    taken += files.count
                    Output.error("\(taken) / \(paths.count)")
                    total.add(report)
                }
                for trouble in total.troubles { Output.error("\(trouble.name): \(trouble.reason)") }
                Output.line("新しい例規 \(total.added)、変わった例規 \(total.changed.count)、同じだった例規 \(total.same)")
                for item in total.changed where item.lost > 0 {
                    Output.line("\(item.title): 条文が変わり、\(item.lost)の条文の判定が外れました")
                }
            } catch {
                await platform.close()
                throw error
            }
            await platform.close()
        }
    }
}
