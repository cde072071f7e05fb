import ArgumentParser
import Core
import FoundationEssentials
import Platform
import Logging

/// `origami init`.
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "町のデータを用意します。何度実行しても、あるものは失われません。",
        discussion: "町のフォルダーの手続き・様式の変更を取り込むときにも使います。公開済みの様式の版は変わりません。")

    @Option(help: ArgumentHelp("町のフォルダー。例: towns/kaminokawa", valueName: "フォルダー"))
    var town: String

    @Flag(help: "サンプルの職員と申請を入れません。")
    var empty = false

    @Option(help: ArgumentHelp("サンプルの申請の数。なければサンプルのとおり。", valueName: "数"))
    var cases: Int?

    func run() async throws {
        try await answering {
            if let cases, cases < 0 { throw Failure("--cases は 0 以上にしてください", code: 2) }
            let settings = try await Start.settings()
            let folder: TownFolder
            do throws(TownFolder.Fault) {
                folder = try TownFolder(town, on: Moment.now().day)
            } catch {
                throw Failure("町のフォルダーに直すところがあります\n\(error.description)", code: 1)
            }
            var logger = Start.logger(settings)
            logger.logLevel = .warning
            let installation = Installation(settings, logger: logger)
            let outcome = try await installation.install(folder, at: .now())
            Output.line("\(folder.town.name[.ja])のデータを用意しました: 手続き \(folder.cards.count)、様式 \(folder.forms.count)")
            for (card, places) in outcome.kept.sorted(by: { $0.key < $1.key }) {
                Output.line(
                    "\(card): 町のフォルダーの変更は取り込みませんでした（職員が変えたところ: \(places.joined(separator: ", "))）")
            }
            guard let sample = folder.sample else { return }
            if outcome.isNew && !empty {
                try await installation.addSample(sample, count: cases, at: .now())
                Output.line("サンプルの申請: \(cases ?? sample.cases.count) 件")
            }
            let people = try await installation.signIns(of: sample)
            if !people.isEmpty { Output.line("サンプルのサインイン（ログイン名、パスワード）:") }
            for person in people { Output.line("  \(person.login)  \(person.password)  （\(person.name)）") }
        }
    }
}
