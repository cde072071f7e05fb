import ArgumentParser
import FoundationEssentials
import Japanese

/// `origami text`.
struct TextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "日付・文字・番号を、1行に1つ読み、1行ずつ書きます。",
        discussion: "読めない行があっても止まりません。ファイルがなければ標準入力を読みます。",
        subcommands: [
            Date.self, Width.self, Kana.self, Fold.self, Undo.self, Number.self, Address.self, Repertoire.self,
            Variants.self,
        ])

    /// `origami text date`.
    struct Date: AsyncParsableCommand {
        /// How an exact day is written.
        enum Form: String, CaseIterable, ExpressibleByArgument {
            case iso, wareki, seireki, letter, code7
        }

        static let configuration = CommandConfiguration(
            abstract: "和暦・西暦の日付を読みます。",
            discussion: """
                1行に「日付（確かでなければ空）」「タブ」「状態」「タブ」「分かっている部分、または読めない理由」を書きます。\
                状態は exact（確か）, partial（年や月まで）, approximate（頃・推定）, unknown（不詳）, kept（暦にない日・旧暦。書かれたまま）, \
                error（読めない）です。
                """)

        @Flag(help: "日付を 1975-03-05 の形で書きます（--as iso と同じ）。")
        var iso = false

        @Option(name: .customLong("as"), help: ArgumentHelp("書き方。iso, wareki, seireki, letter, code7。", valueName: "形"))
        var form = Form.iso

        @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
        var file = "-"

        func run() async throws {
            let form = iso ? .iso : form
            try await answering {
                try LineTool.run(file) { line, output in
                    do throws(WrittenDate.Problem) {
                        let date = try WrittenDate.read(line)
                        output.append(date.day.map { written($0, form) } ?? "", "\t")
                        output.append(date.status, "\t")
                        output.append(date.known, "\n")
                    } catch {
                        output.append(contentsOf: "\terror\t".utf8)
                        output.append(error.words, "\n")
                    }
                }
            }
        }

        private func written(_ day: Day, _ form: Form) -> String {
            switch form {
            case .iso: day.iso
            case .wareki: day.wareki
            case .seireki: day.seireki
            case .letter: day.warekiLetters
            case .code7: day.code7 ?? ""
            }
        }
    }

    /// `origami text width`.
    struct Width: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "全角・半角をそろえます。漢字には触れません。",
            discussion: "きまりを選ばなければ、英字・数字・記号を半角に、カナを全角にします。\n\n" + TextRewriting.help)

        @OptionGroup var rewriting: TextRewriting

        func run() async throws { try await answering { try rewriting.run(usual: .width) } }
    }

    /// `origami text kana`.
    struct Kana: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "フリガナを全角カタカナにそろえます。",
            discussion: "きまりを選ばなければ、ひらがなと半角カナを全角カタカナにし、濁点と長音を直します。\n\n" + TextRewriting.help)

        @OptionGroup var rewriting: TextRewriting

        func run() async throws { try await answering { try rewriting.run(usual: .kana) } }
    }

    /// `origami text fold`.
    struct Fold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "氏名をさがすための形にします。保存には使いません。",
            discussion: "幅・かな・濁点・小さい字・長音・異体字・空白のちがいがなくなります。")

        @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
        var file = "-"

        func run() async throws {
            try await answering {
                try LineTool.run(file) { line, output in output.append(NameFold.fold(line.string), "\n") }
            }
        }
    }

    /// `origami text undo`.
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "--changes で書いた行から、変換する前の文字に戻します。")

        @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
        var file = "-"

        func run() async throws {
            try await answering {
                var (line, failed) = (0, false)
                try LineTool.run(file) { bytes, output in
                    line += 1
                    guard let noted = try? JSONDecoder().decode(NotedText.self, from: Data(bytes)),
                        let before = try? TextChange.undo(noted.changes, in: noted.text)
                    else {
                        failed = true
                        Output.error("\(file):\(line):1: 変換の記録と文字が合いません。--changes で書いた行を、そのまま渡してください")
                        return output.append("", "\n")
                    }
                    output.append(before, "\n")
                }
                if failed { throw ExitCode(1) }
            }
        }
    }
}

/// A line of `--changes`.
struct NotedText: Codable {
    let text: String
    let changes: [TextChange]
}

/// What the commands that rewrite text share.
struct TextRewriting: ParsableArguments {
    static let help =
        "きまり: " + TextRule.allCases.map { "\($0.rawValue) \($0.words)" }.joined(separator: "、")

    @Option(help: ArgumentHelp("使うきまり。カンマで並べます。", valueName: "きまり"))
    var rules: String?

    @Flag(help: "変えたところ（位置、前、後、きまり）を付けて、1行に1つのJSONで書きます。undo で戻せます。")
    var changes = false

    @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
    var file = "-"

    func run(usual: TextRules) throws {
        let rewriter = try rewriter(usual)
        if changes {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var number = 0
            return try LineTool.run(file) { line, output in
                number += 1
                // JSON has no place for what is no character; nothing is altered unsaid.
                guard let before = String(validating: line, as: UTF8.self) else {
                    throw Failure("\(file):\(number):1: UTF-8 ではありません。UTF-8 で保存し直してください", code: 2)
                }
                let (text, changes) = rewriter.changes(before)
                output.append(contentsOf: try encoder.encode(NotedText(text: text, changes: changes)))
                output.append(10)
            }
        }
        var room = [UInt8](repeating: 0, count: LineTool.longest * 3)
        try LineTool.run(file) { line, output in
            let count = room.withUnsafeMutableBufferPointer { rewriter.rewrite(line, into: $0) }
            output.append(contentsOf: room[..<count])
            output.append(10)
        }
    }

    private func rewriter(_ usual: TextRules) throws -> TextRewriter {
        var chosen = usual
        if let rules {
            chosen = try rules.split(separator: ",").reduce(into: TextRules()) { chosen, name in
                guard let rule = TextRule(rawValue: String(name)) else {
                    let names = TextRule.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Failure("きまり「\(name)」はありません。使えるのは \(names) です", code: 2)
                }
                chosen.formUnion(TextRules([rule]))
            }
        }
        do {
            return try TextRewriter(chosen)
        } catch {
            throw Failure("\(error.one.rawValue) と \(error.other.rawValue) は反対のきまりです。どちらかにしてください", code: 2)
        }
    }
}
