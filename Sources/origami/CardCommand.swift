import ArgumentParser
import Core
import FoundationEssentials
import Platform
import Register
import Tabular

/// `origami card`.
struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "手続・業務台帳を見て、CSVで書き出し、取り込みます。",
        subcommands: [List.self, Export.self, Check.self, Import.self, Catalogue.self])

    /// `origami card list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "台帳のカードを並べます。")

        @Option(help: ArgumentHelp("課の id。", valueName: "課"))
        var section: String?

        @Option(help: ArgumentHelp("さがす言葉。", valueName: "言葉"))
        var words: String?

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Entry: Encodable {
            let id: String
            let name: String
            let section: String
        }

        func run() async throws {
            try await answering {
                try await CardCommand.working { register in
                    let rows = try await register.sheet(.cards, section: section, words: words ?? "")
                    let place = rows.first?.firstIndex(of: "所管課") ?? 0
                    let entries = rows.dropFirst().map { Entry(id: $0[0], name: $0[2], section: $0[place]) }
                    if json { return try Output.json(entries) }
                    for entry in entries { Output.line("\(entry.id)\t\(entry.name)\t\(entry.section)") }
                }
            }
        }
    }

    /// `origami card export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "台帳をCSVで標準出力に書き出します。",
            discussion: "種類は cards（カード）, papers（添付書類）, steps（業務の流れ）, links（つながり）, facts（事実の記録）です。")

        @Argument(help: ArgumentHelp("種類。なければ cards。", valueName: "種類"))
        var kind = "cards"

        @Option(help: ArgumentHelp("課の id。", valueName: "課"))
        var section: String?

        @Option(help: ArgumentHelp("文字コード。utf-8 か cp932。", valueName: "文字コード"))
        var encoding = "utf-8"

        func run() async throws {
            try await answering {
                guard let sheet = CardSheet.Kind(rawValue: kind) else {
                    let kinds = CardSheet.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Failure("種類「\(kind)」はありません。使えるのは \(kinds) です", code: 2)
                }
                guard let encoding = TextEncoding(rawValue: encoding) else {
                    throw Failure("文字コードは utf-8 か cp932 にしてください（いまの値: \(encoding)）", code: 2)
                }
                try await CardCommand.working { register in
                    let (bytes, lost) = encoding.file(try await register.sheet(sheet, section: section, words: ""))
                    for place in lost {
                        Output.error("\(place.row)行\(place.column)列: Shift_JISに「\(place.character)」がないので、〓にしました")
                    }
                    Output.bytes(bytes)
                }
            }
        }
    }

    /// `origami card check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "取り込むと何が変わるか、直すところがあるかを調べます。何も変えません。",
            discussion: "指摘は「ファイル:行:列: 内容と直し方」の形です。指摘があれば終了コードは 1 です。")

        @Argument(help: ArgumentHelp("CSVのファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        func run() async throws {
            try await answering { try await CardCommand.take(file, isTaken: false) }
        }
    }

    /// `origami card import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "書き出した形のCSVを取り込みます。指摘が一つでもあれば、何も取り込みません。",
            discussion: "指摘は「ファイル:行:列: 内容と直し方」の形です。指摘があれば終了コードは 1 です。")

        @Argument(help: ArgumentHelp("CSVのファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        func run() async throws {
            try await answering { try await CardCommand.take(file, isTaken: true) }
        }
    }

    /// `origami card catalogue`.
    struct Catalogue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "サービスカタログ（GIF DS-451-4）のJSONを書き出し、取り込みます。", subcommands: [Out.self, In.self])

        /// `origami card catalogue export`.
        struct Out: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "export", abstract: "町民の手続きを、サービスカタログのJSONで標準出力に書き出します。")

            func run() async throws {
                try await answering {
                    try await CardCommand.working { Output.bytes(Array(try await $0.catalogue().utf8)) }
                }
            }
        }

        /// `origami card catalogue import`.
        struct In: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "import", abstract: "サービスカタログのJSONを取り込みます。指摘が一つでもあれば、何も取り込みません。")

            @Argument(help: ArgumentHelp("JSONのファイル。- は標準入力。", valueName: "ファイル"))
            var file: String

            @Flag(help: "何が変わるかを示すだけで、取り込みません。")
            var check = false

            func run() async throws {
                try await answering { try await CardCommand.take(file, isTaken: !check) }
            }
        }
    }

    /// Works with the register of the installation.
    static func working(_ work: (Register) async throws -> Void) async throws {
        let settings = try await Start.settings()
        let platform = try await Platform(settings, logger: Start.logger(settings))
        do {
            try await work(platform.register)
        } catch {
            await platform.close()
            throw error
        }
        await platform.close()
    }

    /// Reads a sheet or a catalogue, tells what it says, and takes it where that is asked for.
    static func take(_ file: String, isTaken: Bool) async throws {
        let bytes = try Input.bytes(file)
        try await working { register in
            let report =
                isTaken
                ? try await register.take(bytes, note: "コマンドでの取込み", by: .commandLine, at: .now())
                : try await register.check(bytes, by: .commandLine, at: .now())
            try tell(report, of: file, isTaken: isTaken)
        }
    }

    /// Tells what a report says; ends with 1 where anything is wrong.
    static func tell(_ report: SheetReport, of file: String, isTaken: Bool) throws {
        for finding in report.findings {
            Output.error("\(file):\(finding.line):\(finding.column ?? 1): \(finding.words)")
        }
        for note in report.notes { Output.error("\(file):\(note.line):\(note.column ?? 1): 知らせ: \(note.words)") }
        for change in report.changes {
            Output.line("\(change.card) \(change.name)\(change.isNew ? "（新しいカード）" : "")")
            for difference in change.differences { Output.line("  \(difference.words)") }
        }
        let isGood = report.findings.isEmpty
        let end = !isGood ? "取り込みませんでした" : isTaken ? "取り込みました" : "まだ取り込んでいません"
        Output.line(
            "変わる: \(report.changes.count)、変わらない: \(report.unchanged)、直すところ: \(report.findings.count)（\(end)）")
        if !isGood { throw ExitCode(1) }
    }
}
