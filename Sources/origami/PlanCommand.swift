import ArgumentParser
import Core
import Governance
import Japanese
import Platform
import Register
import Tabular

/// `origami plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "計画の推進: 進み具合、取組の表、指標、調査票を扱います。",
        subcommands: [Check.self, Progress.self, Actions.self, Take.self, Measures.self, SurveyFile.self])

    /// `origami plan check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "町のフォルダーの plan/ を点検します。", discussion: "直すところが一つでもあれば、終了コードは 1 です。")

        @Argument(help: ArgumentHelp("町の plan のフォルダー。", valueName: "フォルダー"))
        var folder: String

        func run() async throws {
            try await answering {
                let read = PlanFolder.read(folder)
                guard read.findings.isEmpty else {
                    for finding in read.findings { Output.line(finding) }
                    throw ExitCode(1)
                }
                guard !read.folder.isEmpty else { throw Failure("\(folder) に計画（plan-….yaml）がありません", code: 2) }
                Output.line("\(folder): 直すところはありません")
            }
        }
    }

    /// `origami plan progress`.
    struct Progress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "公開ページと同じ進み具合を、JSONで書き出します。")

        func run() async throws {
            try await governing { governance in
                guard let file = try await governance.progressFile(on: Moment.now().day) else {
                    throw Failure("策定した計画がまだありません。町のフォルダーの plan/ に置いて、origami init --town … を実行してください", code: 1)
                }
                Output.line(file)
            }
        }
    }

    /// `origami plan actions`.
    struct Actions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "取組とKPIの表を、CSVで書き出します。", discussion: "直して origami plan take で取り込めます。")

        @Option(help: ArgumentHelp("年度（2026、令和8年度、R8）。", valueName: "年度"))
        var year: String?

        func run() async throws {
            try await governing { governance in
                let today = Moment.now().day
                guard let year = year.map({ FiscalYear(written: $0) }) ?? FiscalYear(of: today) else {
                    throw Failure("年度は 2026、令和8年度、R8 のように書いてください", code: 2)
                }
                Output.bytes(TextEncoding.utf8.file(try await governance.actionRows(year, on: today)).bytes)
            }
        }
    }

    /// `origami plan take`.
    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "直した取組の表を取り込みます。", discussion: "指摘が一つでもあれば何も取り込まず、終了コードは 1 です。")

        @Argument(help: ArgumentHelp("CSVのファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        func run() async throws {
            try await governing(migrating: true) { governance in
                let (bytes, moment) = (try Input.bytes(file), Moment.now())
                let year = ActionSheet.year(in: bytes) ?? FiscalYear(of: moment.day)
                let report = try await governance.take(bytes, year: year, by: .commandLine, at: moment)
                for finding in report.findings {
                    Output.line("\(file):\(finding.line):\(finding.column ?? 1): \(finding.words)")
                }
                guard report.findings.isEmpty else { throw ExitCode(1) }
                for change in report.changes { Output.line("\(change.name): \(change.words)") }
                Output.line("\(report.changes.count)行を取り込みました。同じだった行は\(report.unchanged)行です。")
            }
        }
    }

    /// `origami plan measures`.
    struct Measures: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "指標のいまの値を、出典とともに書き出します（タブ区切り）。")

        @Flag(help: "JSONで書き出します。")
        var json = false

        func run() async throws {
            try await governing { governance in
                let lines = try await governance.measureLines(on: Moment.now().day)
                if json { return try Output.json(lines) }
                for line in lines { Output.line("\(line.id)\t\(line.name)\t\(line.shown)\t\(line.source)") }
            }
        }
    }

    /// `origami plan survey`.
    struct SurveyFile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "survey", abstract: "国の調査の調査票を、答え・根拠・時点つきのCSVで書き出します。")

        @Argument(help: ArgumentHelp("調査の識別名（例: 2026）。", valueName: "調査"))
        var survey: String

        func run() async throws {
            try await governing { governance in
                guard let rows = try await governance.surveyRows(survey, on: Moment.now().day) else {
                    throw Failure("「\(survey)」という調査はありません。町のフォルダーの plan/survey-….yaml の id を書いてください", code: 2)
                }
                Output.bytes(TextEncoding.utf8.file(rows).bytes)
            }
        }
    }
}

extension AsyncParsableCommand {
    /// Does something with the governance of the installation.
    /// - Parameter migrating: whether the tables are brought up to date first: what only reads leaves them alone.
    fileprivate func governing(
        migrating: Bool = false, _ work: (Governance) async throws -> Void
    ) async throws {
        try await answering {
            let settings = try await Start.settings()
            let platform = try await Platform(settings, migrating: migrating, logger: Start.logger(settings))
            do {
                try await work(platform.governance)
            } catch {
                await platform.close()
                throw error
            }
            await platform.close()
        }
    }
}
