import ArgumentParser
import Japanese

extension TextCommand {
    /// `origami text repertoire`.
    struct Repertoire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "使われている文字を、水準・外字などに分けて調べます。",
            discussion: """
                1行ごとに「いちばん外側の種類」「タブ」「確かめる文字」を書きます。種類は \
                \(RepertoireReport.Sort.allCases.map { "\($0.rawValue)（\($0.words)）" }.joined(separator: "、")) です。\
                --report は、全体の数と、確かめる文字ごとの数・場所・候補を書きます。
                """)

        @Flag(help: "全体をまとめて書きます。場所は、行と（コンマで分けた）列です。")
        var report = false

        @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
        var file = "-"

        func run() async throws {
            try await answering {
                if report { return try await summarize() }
                try LineTool.run(file) { line, output in
                    var report = RepertoireReport()
                    report.look(at: line, line: 1, column: 1)
                    let worst = RepertoireReport.Sort.allCases.first { report.count(of: $0) > 0 }
                    output.append(worst?.rawValue ?? "", "\t")
                    output.append(
                        report.entries.map { RepertoireReport.name(of: $0.scalar) }.joined(separator: " "), "\n")
                }
            }
        }

        private func summarize() async throws {
            let table = try await VariantTables.table()
            var (report, number) = (RepertoireReport(), 0)
            try LineTool.run(file) { line, _ in
                number += 1
                var (begin, column) = (0, 1)
                while let comma = line[begin...].firstIndex(of: UInt8(ascii: ",")) {
                    report.look(at: line.part(begin..<comma), line: number, column: column)
                    (begin, column) = (comma + 1, column + 1)
                }
                report.look(at: line.part(begin..<line.count), line: number, column: column)
            }
            for sort in RepertoireReport.Sort.allCases where report.count(of: sort) > 0 {
                Output.line("\(sort.words)\t\(report.count(of: sort))")
            }
            for entry in report.entries { tell(entry, table) }
        }

        private func tell(_ entry: RepertoireReport.Entry, _ table: VariantTable) {
            let places = entry.places.map { "\($0.line):\($0.column)" }.joined(separator: " ")
            let scalar = Unicode.Scalar(entry.scalar)
            let marks =
                (entry.isOutsideCP932 ? "、Shift_JISにない" : "")
                + (scalar?.properties.isIdeographic == true && table.isInMJ(entry.scalar) == false ? "、MJにない" : "")
            Output.line(
                "\(RepertoireReport.name(of: entry.scalar))\t\(scalar.map(String.init) ?? "")\t\(entry.sort.words)\(marks)\t\(entry.count)\t\(places)"
            )
            for candidate in scalar.map(table.candidates) ?? [] {
                Output.line("\t候補 \(candidate.text)\t\(candidate.source)\t\(candidate.licence)")
            }
        }
    }

    /// `origami text variants`.
    struct Variants: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "異体字の候補を、根拠とともに示します。", subcommands: [Show.self, Load.self], defaultSubcommand: Show.self)

        /// `origami text variants show`.
        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "1行に1字を読み、候補を書きます（show は省けます）。",
                discussion: "「字」「候補」「根拠」「表の利用条件」をタブで分けて書きます。候補は、多くの表が挙げるものが先です。")

            @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
            var file = "-"

            func run() async throws {
                try await answering {
                    let table = try await VariantTables.table()
                    try LineTool.run(file) { line, output in
                        for scalar in line.string.unicodeScalars where !scalar.properties.isWhitespace {
                            for candidate in table.candidates(for: scalar) {
                                output.append(
                                    "\(scalar)\t\(candidate.text)\t\(candidate.source)\t\(candidate.licence)", "\n")
                            }
                        }
                    }
                }
            }
        }

        /// `origami text variants load`.
        struct Load: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "異体字の表を読み込みます。",
                discussion: """
                    文字情報基盤の縮退マップ、国税庁のJIS縮退マップ、Unihan_Variants.txt、または variant と target の列のあるタブ区切りの表を、\
                    圧縮されていても読みます。Unihan は、Debianの unicode-data があれば読み込まなくても使います。
                    """)

            @Argument(help: ArgumentHelp("異体字の表のファイル。", valueName: "ファイル"))
            var files: [String]

            func run() async throws {
                try await answering { for file in files { try await VariantTables.load(file) } }
            }
        }
    }
}
