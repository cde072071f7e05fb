import Core
import Tabular
import Database
import Japanese

/// 台帳のCSV. The register as sheets: one row for each card, and further sheets for its lists and facts.
package enum CardSheet {
    package enum Kind: String, Sendable, CaseIterable {
        case cards, papers, steps, links, facts

        package var name: String {
            switch self {
            case .cards: "カード（1行に1枚）"
            case .papers: "添付書類"
            case .steps: "業務の流れ"
            case .links: "つながり"
            case .facts: "事実の記録"
            }
        }
    }

    static let id = "識別名"
    static let version = "版"
    static let number = "番号"
    /// What stands as the number where nobody knows of any row, and where there is none.
    static let (unknown, none) = ("不明", "なし")

    static let factHeader = [
        id, "項目", "分かったこと", "年度", "出典", "いつの事実か", "根拠（条項）", "理由", "記録した人", "記録した日時", "記録ID",
    ]

    /// The sheet of some cards, its header first.
    static func rows(
        _ kind: Kind, _ lines: [CardFilter.Line], _ town: Town, names: [String: String]
    ) -> [[String]] {
        switch kind {
        case .cards:
            let columns = CardColumns(town).all
            return [[id, version] + columns.map(\.name)]
                + lines.map { line in
                    [line.card.id, String(line.version)] + columns.map { FormulaGuard.guarded($0.read(line.card)) }
                }
        case .papers, .steps, .links:
            guard let table = CardTable.find(kind.rawValue, town) else { return [] }
            return [[id, version, number] + table.columns.map(\.name)] + lines.flatMap { tableRows($0, table) }
        case .facts: return [factHeader] + lines.flatMap { line in line.facts.history.map { factRow($0, names) } }
        }
    }

    private static func tableRows(_ line: CardFilter.Line, _ table: CardTable) -> [[String]] {
        let head = [line.card.id, String(line.version)]
        let blank = table.columns.map { _ in "" }
        guard let rows = table.rows(of: line.card) else { return [head + [unknown] + blank] }
        if rows.isEmpty { return [head + [none] + blank] }
        return rows.enumerated().map { index, row in
            head + [String(index + 1)] + table.columns.map { FormulaGuard.guarded(row[$0.key] ?? "") }
        }
    }

    static func factRow(_ fact: CardFact, _ names: [String: String]) -> [String] {
        let finding = fact.finding.number.map(FactWords.plain) ?? Cell.name(fact.finding.name, FactEntry.findings)
        return [
            fact.card, fact.item.rawValue, finding, fact.fiscalYear.map { String($0.year) } ?? "", fact.source,
            fact.asOf.iso, fact.exemption?.clause ?? "", fact.exemption?.reason ?? "",
            CardPages.who(fact.recorder, names), fact.recordedAt.iso, fact.id.text,
        ].map(FormulaGuard.guarded)
    }
}
