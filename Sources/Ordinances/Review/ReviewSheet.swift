import Core
import Japanese
import OrdinanceText
import Register
import Tabular

/// 課に配る判定の表. Out with what the rules say, in with what the section says.
struct ReviewSheet {
    static let heading = ["例規", "条", "区分", "条文", "規則の判定", "理由", "仕分け", "あなたの判定", "ひとこと", "記号"]

    /// A line of it: a finding of a provision.
    struct Line: Sendable {
        let document: String
        let clause: Clause
        let cells: [String]
        let category: String
        /// Which finding it is; it goes with the words of the provision.
        var key: String { "\(document)/\(ClauseDigest.of(clause.text))/\(category)" }
    }

    let lines: [Line]

    /// The findings of the ordinances of a section, or of all; N only where somebody has to look again.
    init(
        _ collection: OrdinanceCollection, _ index: ReviewIndex, sections: [String: String], section: String?,
        by officer: Officer
    ) {
        let online = collection.onlineOrdinance
        var lines: [Line] = []
        for (number, document) in collection.documents.enumerated()
        where section == nil || sections[document.id] == section {
            for (place, clause) in document.clauses.enumerated() {
                for judgement in document.judgements[place] {
                    let reviews = index.reviews(document.id, clause, judgement.category)
                    guard judgement.verdict != .notApplicable || !reviews.isEmpty else { continue }
                    let mine = reviews.first { $0.officer == officer.id }
                    let triage = collection.triage(judgement, clause: place, document: number, online: online)
                    lines.append(
                        Line(
                            document: document.id, clause: clause,
                            cells: [
                                document.title, clause.address, judgement.category, clause.text,
                                judgement.verdict.japanese,
                                judgement.reason, triage?.outcome.japanese ?? "", mine?.verdict.japanese ?? "",
                                mine?.comment ?? "",
                            ], category: judgement.category))
                }
            }
        }
        self.lines = lines
    }

    var rows: [[String]] {
        [Self.heading] + lines.map { ($0.cells + [$0.key]).map(FormulaGuard.guarded) }
    }

    /// As a workbook for Excel. What is written beside it stands in memory, too.
    func workbook() throws -> Spool {
        let spool = try Spool()
        let book = try Workbook(path: spool.path, scratch: "/dev/shm")
        let widths = [30, 14, 14, 60, 12, 36, 20, 14, 30, 20]
        let sheet = try book.addSheet("例規の判定", zip(Self.heading, widths).map { .init($0, width: $1) })
        for line in lines { try book.append((line.cells + [line.key]).map(Cell.text), to: sheet) }
        try book.close()
        return spool
    }

    /// What a filled-in table says, by document, and what of it is not understood.
    func read(_ bytes: [UInt8]) throws(OrdinanceRefusal) -> (
        reviews: [String: [Ordinances.TypedReview]], problems: [String]
    ) {
        let file: SheetFile
        do throws(SheetTrouble) { file = try SheetFile(bytes) } catch {
            throw .unusable("\(error.line)行目: \(error.words)。")
        }
        for name in ["記号", "あなたの判定"] where !file.header.contains(name) {
            throw .unusable("見出しに「\(name)」がありません。書き出した表の見出しを残してください。")
        }
        let known = Dictionary(lines.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var (reviews, problems) = ([String: [Ordinances.TypedReview]](), [String]())
        for record in file.records {
            let typed = Spaces.trim(file.cell(record, "あなたの判定") ?? "")
            guard !typed.isEmpty else { continue }
            guard let line = known[file.cell(record, "記号") ?? ""] else {
                problems.append("\(record.line)行目: この記号の条文がありません。書き出した後に、条文が変わったのかもしれません。")
                continue
            }
            guard
                let verdict = Verdict.allCases.first(where: {
                    $0.japanese.isExactly(typed) || $0.rawValue.isExactly(typed)
                })
            else {
                problems.append(
                    "\(record.line)行目: 判定「\(typed)」は、\(Verdict.allCases.map(\.japanese).joined(separator: "・"))のどれかにしてください。"
                )
                continue
            }
            reviews[line.document, default: []].append(
                .init(
                    clause: line.clause, category: line.category, verdict: verdict,
                    comment: Spaces.trim(file.cell(record, "ひとこと") ?? "")))
        }
        return (reviews, problems)
    }
}
