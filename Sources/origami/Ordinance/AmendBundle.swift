import ArgumentParser
import FoundationEssentials
import OrdinanceText

extension AmendCommand {
    /// `origami ordinance amend bundle`.
    struct Bundle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "二つのフォルダーの同じ名前の例規をくらべ、一つの整備条例にまとめます。",
            discussion: "条ごとに一つの例規を改めます。どれも、溶け込ませて同じになることを確かめてあります。")

        @Argument(help: ArgumentHelp("改正前のフォルダー。", valueName: "改正前"))
        var old: String

        @Argument(help: ArgumentHelp("改正後のフォルダー。", valueName: "改正後"))
        var new: String

        @Option(help: ArgumentHelp("整備条例の題名。", valueName: "題名"))
        var title = "情報通信技術の効果的な活用のための規制の見直しに伴う関係条例の整備に関する条例"

        @Option(help: ArgumentHelp("施行の日。例: 令和9年4月1日", valueName: "日"))
        var effective = "公布の日"

        func run() async throws {
            try await answering {
                var drafts: [(ordinance: Ordinance, draft: AmendmentDraft)] = []
                for path in try OrdinanceFile.paths(in: old) {
                    let other = new + path.dropFirst(old.count)
                    guard FileManager.default.fileExists(atPath: other) else { continue }
                    let (before, after) = (try OrdinanceFile.read(path), try OrdinanceFile.read(other))
                    guard before != after else { continue }
                    do throws(AmendmentDraft.Trouble) {
                        drafts.append((before, try AmendmentDraft(from: before, to: after)))
                    } catch {
                        throw Failure("\(path): \(error.description)", code: 1)
                    }
                }
                guard !drafts.isEmpty else { throw Failure("ちがう例規がありません", code: 1) }
                Output.bytes([UInt8](BundledAmendment(title: title, drafts, effective: effective).text.utf8))
            }
        }
    }

    /// `origami ordinance amend suggest`.
    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "アナログ規制に当たる条文に、よくある直し方と、その改め文を示します（1行に1件のJSON）。")

        @Argument(help: ArgumentHelp("例規のファイルかフォルダー。", valueName: "ファイル"))
        var path: String

        func run() async throws {
            try await answering {
                let judge = try JudgeCommand.judge([])
                let mends: [MendPattern]
                do throws(RulePack.Trouble) { mends = try MendPattern.shipped() } catch {
                    throw Failure(error.description, code: 2)
                }
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                _ = try OrdinanceFile.each(in: path) { file, ordinance in
                    for clause in ordinance.clauses {
                        for judgement in judge.findings(clause, of: ordinance.title)
                        where judgement.verdict == .applicable {
                            for mend in mends where mend.category == judgement.category {
                                guard let line = Suggestion(file, ordinance, clause, mend) else { continue }
                                Output.bytes([UInt8](try encoder.encode(line)) + [10])
                                break
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A line of the answer.
private struct Suggestion: Encodable {
    let document, address, mend, title, origin, before, after: String
    let amendment: [String]

    init?(_ file: String, _ ordinance: Ordinance, _ clause: Clause, _ mend: MendPattern) {
        guard let text = mend.mended(clause.text), let changed = ordinance.changing(clause.place, { _ in text }),
            let draft = try? AmendmentDraft(from: ordinance, to: changed)
        else { return nil }
        (document, address, self.mend, title, origin) = (file, clause.address, mend.id, mend.title, mend.origin)
        (before, after, amendment) = (clause.text, text, draft.lines)
    }
}
