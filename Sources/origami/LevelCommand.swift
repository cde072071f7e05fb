import Applications
import ArgumentParser
import Core
import Japanese
import Platform
import Register

/// `origami level`.
struct LevelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "level", abstract: "手続・業務の段階（L0〜L5）を計算し、理由を示します。", subcommands: [List.self, Explain.self])

    /// `origami level list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "すべての手続・業務の段階を計算して一覧にします。変わったものは記録します。")

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Line: Encodable {
            let card: String
            let name: String
            let section: String
            let level: String?
            let computed: String?
            let missing: [String]
            let badges: [String]
            let exceptionUntil: String?
        }

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                _ = try await platform.register.recordLevels(by: .system, at: .now())
                let list = try await platform.register.levelList()
                await platform.close()
                let lines = list.lines.map { line in
                    Line(
                        card: line.card.id, name: line.card.name[.ja], section: line.card.section,
                        level: line.record?.level.mark, computed: line.record?.computed.mark,
                        missing: line.record?.missing ?? [],
                        badges: Judgement.Badge.allCases.filter { line.record?.badges.contains($0) == true }.map(
                            \.name),
                        exceptionUntil: line.record?.exceptionUntil?.iso)
                }
                if json { return try Output.json(lines) }
                for (line, known) in zip(lines, list.lines) {
                    let marks = line.badges.map { " 「\($0)」" }.joined()
                    let exception = line.exceptionUntil.map { " 例外 \(line.level ?? "")（\($0) まで）" } ?? ""
                    Output.line("\(line.card)\t\(line.name)\t\(known.record?.words ?? "—")\(marks)\(exception)")
                }
            }
        }
    }

    /// `origami level explain`.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "一つの手続・業務の段階を、判定の項目ごとに説明します。")

        @Argument(help: ArgumentHelp("手続の id。たとえば dog-registration。", valueName: "手続"))
        var card: String

        @Flag(help: "JSON で書き出します。")
        var json = false

        private struct Report: Encodable {
            let card: String
            let level: String
            let computed: String
            let words: String
            let rubric: Int
            let day: String
            let badges: [String]
            let exception: String?
            let criteria: [Line]
        }

        private struct Line: Encodable {
            let level: String
            let criterion: String
            let asks: String
            let standing: String
            let source: String?
            let asOf: String?
            let words: String?
        }

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                let judged = try await platform.register.level(of: card, on: Moment.now().day)
                await platform.close()
                guard let judged else { throw Failure("手続「\(card)」はありません。origami level list で id を確かめてください", code: 1) }
                let report = report(judged)
                if json { return try Output.json(report) }
                Output.line("\(report.level)　\(judged.level.step)　\(report.words)")
                for badge in report.badges { Output.line("「\(badge)」") }
                if let exception = report.exception { Output.line(exception) }
                for line in report.criteria {
                    let source = line.source.map { "（\($0)\(line.asOf.map { "、\($0)" } ?? "")）" } ?? ""
                    Output.line(
                        "\(line.level) \(line.criterion)\t\(line.standing)\t\(line.words ?? line.asks)\(source)")
                }
            }
        }

        private func report(_ judged: Judgement) -> Report {
            Report(
                card: card, level: judged.level.mark, computed: judged.computed.mark, words: judged.words,
                rubric: Rubric.version, day: judged.input.today.iso,
                badges: Judgement.Badge.allCases.filter(judged.badges.contains).map(\.name),
                exception: judged.exceptionWords,
                criteria: judged.ladder.flatMap { rung in
                    rung.criteria.map { item in
                        Line(
                            level: rung.level.mark, criterion: item.criterion.mark, asks: item.criterion.words,
                            standing: item.standing.name, source: item.evidence?.source,
                            asOf: item.evidence?.asOf?.iso, words: item.words)
                    }
                })
        }
    }
}

/// `origami numbers`.
struct NumbersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "numbers", abstract: "申請の実績の集計を扱います。", subcommands: [Rebuild.self])

    /// `origami numbers rebuild`.
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "実績を、記録からはじめから数え直します。そのあいだ、書き込みは待ちます。")

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                try await platform.applications.rebuildMeasures(at: .now())
                await platform.close()
                Output.line("実績を数え直しました。")
            }
        }
    }
}
