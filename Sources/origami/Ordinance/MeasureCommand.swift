import ArgumentParser
import Crypto
import OrdinanceText

/// `origami ordinance measure`.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "判定を、人が判定した条文の一覧とくらべ、区分ごとの適合率・再現率・F1を書きます。",
        discussion: """
            一覧は、列 clause_id、ordinance、category、label（Y・D・B・N）、clause_text のあるCSVです。「該当 (Y)」を当てる正しさを測ります。\
            文書の番号（clause_id の - の前）で五つに分け、その一つは、規則を書いた人が見ていない文書として別に書きます。
            """)

    @Argument(help: ArgumentHelp("判定済みの条文の一覧のCSV。", valueName: "ファイル"))
    var labels: String

    @Option(help: ArgumentHelp("判定規則集（YAML）。何度でも書けます。既定は組み込みの二つ。", valueName: "ファイル"))
    var rules: [String] = []

    @Flag(help: "規則ごとの、合っていた数と当てはまった数も書きます（規則を書いた人が見た文書について）。")
    var byRule = false

    @Flag(help: "くいちがう行を書きます（規則を書いた人が見た文書について）。")
    var differences = false

    func run() async throws {
        try await answering {
            let (judge, list) = (try JudgeCommand.judge(rules), try ClauseList(labels))
            guard let category = list.column(["category", "区分"]), let label = list.column(["label", "判定"]) else {
                throw Failure("\(labels) に category と label の列が要ります", code: 2)
            }
            var (seen, unseen, ruled) = (Tally(), Tally(), [String: (right: Int, of: Int)]())
            for (row, findings) in list.judgements(judge).enumerated() {
                guard let truth = Verdict(rawValue: list.rows[row][label]) else {
                    throw Failure("\(labels): 行 \(row + 2) の label は Y、D、B、N のどれかにしてください", code: 2)
                }
                let name = list.rows[row][category]
                let found = findings.filter { judge.isCategory($0.category, of: name) }.min { $0.verdict < $1.verdict }
                let verdict = found?.verdict ?? .notApplicable
                if Self.isHeldOut(list.document(of: row)) {
                    unseen.add(name, truth, verdict)
                    continue
                }
                seen.add(name, truth, verdict)
                let rule = found?.rule ?? "-"
                ruled[rule, default: (0, 0)].of += 1
                if truth == verdict { ruled[rule, default: (0, 0)].right += 1 }
                if differences, truth != verdict {
                    let text = list.clauses[row].text.prefix(160)
                    Output.line("\(truth.rawValue)→\(verdict.rawValue) \(name) \(rule) \(list.rows[row][0]) \(text)")
                }
            }
            if byRule {
                for (rule, count) in ruled.sorted(by: { $0.key < $1.key }) {
                    Output.line("\(rule)\t[\(count.right), \(count.of)]")
                }
            }
            Output.line("## 規則を書いた人が見た文書")
            seen.write()
            Output.line("\n## 規則を書いた人が見ていない文書")
            unseen.write()
        }
    }

    /// A fifth of all documents, by the digest of their number: nobody chooses them.
    static func isHeldOut(_ document: String) -> Bool {
        SHA256.hash(data: Array(document.utf8)).first { _ in true }.map { $0 % 5 == 0 } ?? false
    }
}

/// Counts of one list, by category.
private struct Tally {
    private struct Count {
        var (rows, right, wrong, missed, same) = (0, 0, 0, 0, 0)
    }

    private var counts: [String: Count] = [:]

    mutating func add(_ category: String, _ truth: Verdict, _ verdict: Verdict) {
        for name in [category, "全体"] {
            var count = counts[name] ?? Count()
            count.rows += 1
            if truth == verdict { count.same += 1 }
            switch (truth, verdict) {
            case (.applicable, .applicable): count.right += 1
            case (_, .applicable): count.wrong += 1
            case (.applicable, _): count.missed += 1
            default: break
            }
            counts[name] = count
        }
    }

    func write() {
        Output.line("| 区分 | 条文 | 該当 | 適合率 | 再現率 | F1 | 語だけの適合率 | 四つの判定の一致 |")
        Output.line("|---|--:|--:|--:|--:|--:|--:|--:|")
        for name in counts.keys.sorted(by: { ($0 == "全体" ? 1 : 0, $0) < ($1 == "全体" ? 1 : 0, $1) }) {
            guard let count = counts[name] else { continue }
            let truth = count.right + count.missed
            let precision = share(count.right, count.right + count.wrong)
            let recall = share(count.right, truth)
            let f1 = share(2 * count.right, 2 * count.right + count.wrong + count.missed)
            let cells = [
                name, "\(count.rows)", "\(truth)", precision, recall, f1, share(truth, count.rows),
                share(count.same, count.rows),
            ]
            Output.line("| \(cells.joined(separator: " | ")) |")
        }
    }

    private func share(_ part: Int, _ whole: Int) -> String {
        whole == 0 ? "–" : Share.text(Double(part) / Double(whole))
    }
}
