import ArgumentParser
import Core
import Platform
import Register
import Tabular

/// `origami inventory`.
struct InventoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory", abstract: "国の棚卸調査（行政手続等の棚卸調査）の回答を、国の様式のCSVで書き出し、取り込みます。",
        subcommands: [Export.self, Import.self])

    /// `origami inventory export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "国の列の順・名前・符号のとおりに、標準出力に書き出します。", discussion: "空欄は不明で、0ではありません。")

        @Option(help: ArgumentHelp("調査の年度（西暦）。", valueName: "年"))
        var year = 2025

        @Option(help: ArgumentHelp("文字コード。utf-8 か cp932。", valueName: "文字コード"))
        var encoding = "utf-8"

        func run() async throws {
            try await answering {
                let survey = try InventoryCommand.survey(year)
                guard let encoding = TextEncoding(rawValue: encoding) else {
                    throw Failure("文字コードは utf-8 か cp932 にしてください（いまの値: \(encoding)）", code: 2)
                }
                try await CardCommand.working { register in
                    Output.bytes(encoding.file(try await register.inventorySheet(survey, at: .now())).bytes)
                }
            }
        }
    }

    /// `origami inventory import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "国の様式のCSVから、台帳にある手続きの回答を取り込みます。指摘が一つでもあれば、何も取り込みません。")

        @Argument(help: ArgumentHelp("CSVのファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        @Option(help: ArgumentHelp("調査の年度（西暦）。", valueName: "年"))
        var year = 2025

        @Flag(help: "何が変わるかを示すだけで、取り込みません。")
        var check = false

        func run() async throws {
            try await answering {
                let survey = try InventoryCommand.survey(year)
                let bytes = try Input.bytes(file)
                try await CardCommand.working { register in
                    let report = try await register.takeInventory(
                        bytes, survey, isTaken: !check, by: .commandLine, at: .now())
                    try CardCommand.tell(report, of: file, isTaken: !check)
                }
            }
        }
    }

    private static func survey(_ year: Int) throws -> Survey {
        guard let survey = Survey.find(year) else {
            let years = Survey.all.map { String($0.year) }.joined(separator: ", ")
            throw Failure("\(year)年度の調査の項目を知りません。使えるのは \(years) です", code: 2)
        }
        return survey
    }
}
