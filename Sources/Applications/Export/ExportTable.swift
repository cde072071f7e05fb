import Core
import Japanese
import Tabular

/// 書き出す表. The columns that were chosen, and the row of each application.
struct ExportTable: Sendable {
    let fields: ExportFields
    let columns: [ExportColumn]
    let town: Town
    /// True where the rows of groups stand in sheets of their own, as in XLSX; else beside each other, numbered.
    let hasSheets: Bool

    /// An application as a table shows it.
    struct Item: Sendable {
        let item: Case
        /// What it says; nil where its key is gone.
        let journey: Journey?
        /// Nil where no column needs it.
        let ledger: FeeLedger?
    }

    /// 見出し of the main table.
    var heading: [Workbook.Column] {
        columns.flatMap { column -> [Workbook.Column] in
            switch column {
            case .fixed(let fixed): return [.init(fixed.name, width: fixed.width)]
            case .field(let id):
                guard let field = fields.field(id) else { return [] }
                let own = headings(of: field, after: "")
                guard !hasSheets, let group = fields.group(field) else { return own }
                let noun = field.rows?.noun[.ja] ?? field.label[.ja]
                return own
                    + (1...max(1, group.maximum)).flatMap { number in
                        group.fields.flatMap { headings(of: $0, after: "\(noun)\(number) ") }
                    }
            }
        }
    }

    /// The row of an application in the main table.
    func row(_ item: Item) -> [Cell] {
        columns.flatMap { column -> [Cell] in
            switch column {
            case .fixed(let fixed): return [cell(fixed, item)]
            case .field(let id):
                guard let field = fields.field(id) else { return [] }
                let value = item.journey?.counted[id]?.value
                let own = field.cells(value, asked: asked(id, item))
                guard !hasSheets, let group = fields.group(field) else { return own }
                let rows = if case .rows(let rows)? = value { rows } else { [] as [FormRow] }
                return own
                    + (0..<max(1, group.maximum)).flatMap { number in
                        group.fields.flatMap { inner in
                            inner.cells(
                                number < rows.count ? rows[number].answers[inner.id]?.value : nil,
                                asked: asked(inner.id, item))
                        }
                    }
            }
        }
    }

    /// 繰り返しのシート: the groups among the columns, where they have sheets.
    var groups: [Field] {
        guard hasSheets else { return [] }
        return columns.compactMap { column in
            guard case .field(let id) = column, let field = fields.field(id), fields.group(field) != nil else {
                return nil
            }
            return field
        }
    }

    /// The heading of a group's sheet.
    func heading(of group: Field) -> [Workbook.Column] {
        [.init("受付番号", width: 16), .init("番号", width: 6)]
            + (fields.group(group)?.fields ?? []).flatMap { headings(of: $0, after: "") }
    }

    /// The rows of an application in a group's sheet.
    func rows(_ item: Item, of group: Field) -> [[Cell]] {
        guard case .rows(let rows)? = item.journey?.counted[group.id]?.value else { return [] }
        return rows.enumerated().map { index, row in
            [.text(item.item.number ?? ""), .number(index + 1)]
                + (fields.group(group)?.fields ?? []).flatMap {
                    $0.cells(row.answers[$0.id]?.value, asked: asked($0.id, item))
                }
        }
    }

    private func asked(_ id: String, _ item: Item) -> Field? { item.journey?.form.fields.first { $0.id == id } }

    private func headings(of field: Field, after head: String) -> [Workbook.Column] {
        field.columnEndings.map { Workbook.Column(head + field.label[.ja] + $0, width: field.columnWidth) }
    }

    private func cell(_ fixed: ExportColumn.Fixed, _ shown: Item) -> Cell {
        let item = shown.item
        switch fixed {
        case .number: return .text(item.number ?? "")
        case .status: return .text(DeskWords.name(item.status) + (shown.journey == nil ? "（内容は消去済み）" : ""))
        case .submitted: return item.submittedAt.map { .day($0.day) } ?? .empty
        case .due: return item.dueOn.map { .day($0) } ?? .empty
        case .decided: return item.decidedAt.map { .day($0.day) } ?? .empty
        case .channel: return .text(item.channel.name)
        case .section: return .text(town.sectionName(item.section)[.ja])
        case .fee: return shown.ledger?.charged.map { .number($0) } ?? .empty
        case .feeState: return shown.ledger.map { .text(FeeTexts.name($0.state)[.ja]) } ?? .empty
        case .form: return .text("第\(item.formVersion)版")
        case .language: return .text(town.language(kept: item.language).name)
        }
    }
}
