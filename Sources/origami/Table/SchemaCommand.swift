import ArgumentParser
import Tabular

extension TableCommand {
    /// `origami table schema`.
    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "抽出ファイルの定義を作り、調べます。", subcommands: [Import.self, Infer.self, Show.self])

        /// `origami table schema show`.
        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "定義を調べ、YAMLで標準出力に書きます。")

            @Argument(help: ArgumentHelp("定義のYAML、または見本の名前。", valueName: "定義"))
            var schema: String

            func run() async throws {
                try await answering { Output.bytes(Array(try TableWork.schema(schema).yaml().utf8)) }
            }
        }

        /// `origami table schema infer`.
        struct Infer: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "抽出ファイルの中身から定義を推定し、標準出力に書きます。",
                discussion: "ほとんどの値がそうである形を、その項目の決まりとみなします。推定したことは標準エラーに書きます。見直してから使ってください。")

            @Argument(help: ArgumentHelp("抽出ファイルのCSV。", valueName: "ファイル"))
            var file: String

            @Option(help: ArgumentHelp("定義の id。", valueName: "id"))
            var id: String

            @Option(help: ArgumentHelp("定義の名前。", valueName: "名前"))
            var title: String

            @Option(help: ArgumentHelp("見つかったところを直す課。", valueName: "課"))
            var section = "担当課"

            func run() async throws {
                try await answering {
                    let result = try SchemaInference.schema(of: TableFile(file), id: id, title: title, section: section)
                    for note in result.notes { Output.error("\(file): \(note)") }
                    Output.bytes(Array(try result.schema.yaml().utf8))
                }
            }
        }

        /// `origami table schema import`.
        struct Import: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "公式の一覧（基本データリストなど）のCSVかXLSXから定義を作り、標準出力に書きます。",
                discussion: """
                    見出しは「データ項目ID」「データ項目名」「データ型」「桁数」「出力条件」「コード表」「グループ名」などを探します。ほかの見出しは \
                    --columns name=名称,type=形式 のように教えてください。分からなかったところは標準エラーに書き、終了コードは 1 です。
                    """)

            @Argument(help: ArgumentHelp("一覧のファイル。", valueName: "ファイル"))
            var file: String

            @Option(help: ArgumentHelp("定義の id。", valueName: "id"))
            var id: String

            @Option(help: ArgumentHelp("定義の名前。", valueName: "名前"))
            var title: String

            @Option(help: ArgumentHelp("一覧の名前と版。", valueName: "出所"))
            var source: String?

            @Option(help: ArgumentHelp("XLSXのシートの名前。なければ、見出しのあるはじめのシート。", valueName: "シート"))
            var sheet: String?

            @Option(help: ArgumentHelp("見出しの対応。name=…,type=… のように。", valueName: "対応"))
            var columns: String?

            func run() async throws {
                try await answering {
                    let result = try made()
                    for note in result.notes { Output.error("\(file): \(note)") }
                    Output.bytes(Array(try result.schema.yaml().utf8))
                    if !result.notes.isEmpty { throw ExitCode(1) }
                }
            }

            private func made() throws -> SchemaImport.Result {
                let headings = try headings()
                let name = file.split(separator: "/").last.map(String.init) ?? file
                var failure: (any Error)?
                for rows in try tables() {
                    do throws(SchemaImport.Trouble) {
                        return try SchemaImport.schema(
                            of: rows, id: id, title: title, source: source ?? name, columns: headings)
                    } catch {
                        failure = failure ?? error
                    }
                }
                throw failure ?? Failure("\(file) にシートがありません", code: 1)
            }

            private func headings() throws -> [String: String] {
                var found: [String: String] = [:]
                for pair in (columns ?? "").split(separator: ",") {
                    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                    guard parts.count == 2 else {
                        throw Failure("--columns は name=名称,type=形式 のように書いてください", code: 2)
                    }
                    found[parts[0]] = parts[1]
                }
                return found
            }

            /// The tables of the file: its sheets, or its one table.
            private func tables() throws -> [[[String]]] {
                guard file.lowercased().hasSuffix(".xlsx") else {
                    let bytes = try Input.bytes(file)
                    guard let text = TextEncoding.text(of: bytes)?.text else {
                        throw Failure("\(file) の文字コードが分かりません。UTF-8 か Shift_JIS で保存し直してください", code: 2)
                    }
                    return [try CSV.read(text).map(\.fields)]
                }
                let sheets = try XLSXFile.sheets(of: file)
                guard let sheet else { return sheets.map(\.rows) }
                guard let found = sheets.first(where: { $0.name == sheet }) else {
                    throw Failure("シート「\(sheet)」がありません。あるのは \(sheets.map(\.name).joined(separator: "、")) です", code: 2)
                }
                return [found.rows]
            }
        }
    }
}
