import ArgumentParser
import Tabular

extension TableCommand {
    /// `origami table names`.
    struct Names: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "同じ人の氏名が、ファイルによってちがう書き方になっているところを並べます。",
            discussion: """
                1行に「キー」「同じ名前か（字形・幅・空白だけのちがいなら same、ほかは other）」「ちがう字」「ファイルごとの氏名」をタブで分けて\
                書きます。ちがいがあれば終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("CSVのファイル。2つ以上。", valueName: "ファイル"))
        var files: [String]

        @Option(help: ArgumentHelp("どの人かを示す項目。", valueName: "項目"))
        var key: String

        @Option(help: ArgumentHelp("氏名の項目。ファイルごとにちがうときは、カンマで並べます。", valueName: "項目"))
        var name: String

        @OptionGroup var work: TableWork

        func run() async throws {
            try await answering {
                let names = name.split(separator: ",").map(String.init)
                guard files.count >= 2, names.count == 1 || names.count == files.count else {
                    throw Failure("ファイルは2つ以上、氏名の項目は1つかファイルと同じ数にしてください", code: 2)
                }
                let inputs = files.enumerated().map { index, file in
                    NameSpellings.Input(path: file, key: key, name: names.count == 1 ? names[0] : names[index])
                }
                var count = 0
                try NameSpellings.find(inputs, folder: work.folder) { line in
                    count += 1
                    let sort = line.isSameName ? "same" : "other"
                    Output.line(
                        ([line.key, sort, line.characters.joined(separator: " ")] + line.names).joined(separator: "\t"))
                }
                if count > 0 { throw ExitCode(1) }
            }
        }
    }
}
