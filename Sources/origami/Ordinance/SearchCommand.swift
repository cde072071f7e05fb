import ArgumentParser
import FoundationEssentials
import Japanese
import OrdinanceText

/// `origami ordinance search`.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "例規を、言葉・条の番号・制定や改正の日で探します。",
        discussion: "言葉は一文字から、全角・半角を問わず探せます。いくつも書けば、全部がある条文です。--cited は、見つけた条文を引用している条文も書きます。")

    @Argument(help: ArgumentHelp("例規のファイルかフォルダー。", valueName: "ファイル"))
    var path: String

    @Argument(help: ArgumentHelp("探す言葉。", valueName: "言葉"))
    var words: [String] = []

    @Option(help: ArgumentHelp("条の番号。例: 第3条第2項", valueName: "番号"))
    var address: String?

    @Option(help: ArgumentHelp("この日から後に制定・改正されたもの。", valueName: "年-月-日"))
    var since: String?

    @Option(help: ArgumentHelp("この日までに制定・改正されたもの。", valueName: "年-月-日"))
    var until: String?

    @Option(help: "いくつまで書くか。")
    var limit = 50

    @Flag(help: "見つけた条文を引用している条文も書きます。")
    var cited = false

    func run() async throws {
        try await answering {
            guard !words.isEmpty || address != nil || since != nil || until != nil else {
                throw Failure("探す言葉、--address、--since、--until のどれかを書いてください", code: 2)
            }
            let judge = Judge([])
            var documents: [ReviewedDocument] = []
            _ = try OrdinanceFile.each(in: path) { documents.append(ReviewedDocument(id: $0, $1, judge: judge)) }
            let collection = OrdinanceCollection(documents)
            let hits = collection.hits(OrdinanceQuery(words: words, address: address, days: try days()), limit: limit)
            for hit in hits {
                let document = collection.documents[hit.document]
                let clause = document.clauses[hit.clause]
                Output.line("\(document.id):\(clause.line): \(document.title) \(clause.address) \(hit.snippet)")
                guard cited else { continue }
                for citation in collection.citations(of: document.address(hit.clause)) {
                    Output.line("    ← \(citation.document) \(citation.address)")
                }
            }
            if hits.isEmpty {
                Output.error("見つかりませんでした")
                throw ExitCode(1)
            }
        }
    }

    private func days() throws -> ClosedRange<Day>? {
        guard since != nil || until != nil else { return nil }
        func day(_ text: String?, _ otherwise: String, _ name: String) throws -> Day {
            guard let day = Day(iso: text ?? otherwise) else {
                throw Failure("--\(name) は 2024-04-01 のように書いてください", code: 2)
            }
            return day
        }
        let (from, to) = (try day(since, "1868-01-01", "since"), try day(until, "9999-12-31", "until"))
        guard from <= to else { throw Failure("--since が --until より後です", code: 2) }
        return from...to
    }
}
