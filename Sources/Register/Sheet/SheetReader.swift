import Core
import Japanese
import Tabular

/// 表の読取り. Reads a sheet against the register as it is, and tells what it would change. Nothing is kept here.
struct SheetReader {
    let file: SheetFile
    let town: Town
    let editor: CardEditor
    let moment: Moment
    /// Every card with its version.
    let cards: [Card.ID: (card: Card, version: Int)]

    /// What the sheet asks for, whichever of the sheets it is.
    func plan(facts: [Card.ID: CardFacts]) -> SheetPlan {
        if file.header.contains("分かったこと") { return factPlan(facts) }
        let table = CardTable.all(town).first { table in
            file.header.contains(CardSheet.number) && file.header.contains(table.columns[0].name)
        }
        if let table { return tablePlan(table) }
        return cardPlan()
    }

    private func cardPlan() -> SheetPlan {
        var plan = SheetPlan()
        let columns = CardColumns(town)
        let known = Set(columns.all.map(\.name) + [CardSheet.id, CardSheet.version])
        plan.report.findings =
            file.headerFaults(known: known, needed: [CardSheet.id, CardSheet.version]) + file.widthFaults()
        guard plan.report.findings.isEmpty else { return plan }
        var seen: [String: Int] = [:]
        for record in file.records {
            let id = Cell.plain(file.cell(record, CardSheet.id) ?? "")
            if let line = seen[id] {
                fail(&plan, record, CardSheet.id, "識別名「\(id)」は、\(line)行目にもあります")
                continue
            }
            seen[id] = record.line
            read(record, id, columns, &plan)
        }
        return plan
    }

    private func read(_ record: CSV.Record, _ id: String, _ columns: CardColumns, _ plan: inout SheetPlan) {
        let now = cards[id]
        let before = plan.report.findings.count
        let blank = Text(ja: "", easy: nil, en: nil)
        var card = now?.card ?? Card(id: id, name: blank, section: "", kind: .application, summary: blank)
        for column in columns.all {
            guard let cell = file.cell(record, column.name) else { continue }
            let value = now == nil ? cell : file.value(cell, now: column.read(card))
            do {
                if Cell.plain(value) != Cell.plain(column.read(card)), file.isLost(value) {
                    throw CellFault("Shift_JISにない文字（〓）があります。UTF-8のCSVで書き出し直してください")
                }
                try column.take(value, into: &card)
            } catch {
                fail(&plan, record, column.name, (error as? CellFault)?.words ?? "読み取れません")
            }
        }
        for (key, fault) in columns.settle(&card) where plan.report.findings.count == before {
            fail(&plan, record, columns.all.first { $0.key == key }?.name, fault.words)
        }
        if now == nil {
            if let fault = Card.faultOfName(id) { fail(&plan, record, CardSheet.id, fault.words) }
            for name in ["所管課", "手続類型"] where Cell.plain(file.cell(record, name) ?? "").isEmpty {
                fail(&plan, record, name, "新しいカードには「\(name)」が要ります")
            }
        }
        // What is wrong already says enough; whether it may be done comes after.
        guard plan.report.findings.count == before else { return }
        accept(card, record, id, columns.all.map { ($0.key, $0.name) }, &plan)
    }

    /// Takes a card as it would become, if the version is the one it is now and it may be changed.
    private func accept(
        _ card: Card, _ record: CSV.Record, _ id: String, _ columns: [(key: String, name: String)],
        _ plan: inout SheetPlan
    ) {
        let now = cards[id]
        if let now, now.card.differences(to: card, town).isEmpty {
            plan.report.unchanged += 1
            return
        }
        let version = Cell.plain(file.cell(record, CardSheet.version) ?? "")
        if let now, version != String(now.version) {
            let words =
                version.isEmpty
                ? "「版」が空です。書き出したCSVの版のまま取り込んでください"
                : "書き出したあとに、ほかの職員が変えました（CSVは第\(version)版、いまは第\(now.version)版）。書き出し直してください"
            return fail(&plan, record, CardSheet.version, words)
        }
        if now == nil, !version.isEmpty {
            return fail(&plan, record, CardSheet.id, "識別名「\(id)」のカードはありません。新しいカードなら、版を空にしてください")
        }
        if let refusal = editor.refusal(from: now?.card, to: card) {
            return fail(&plan, record, columns.first { $0.key == refusal.key }?.name, "この行は変えられません。\(refusal.words)")
        }
        plan.become(card, from: now?.card, line: record.line, town)
    }

    private func tablePlan(_ table: CardTable) -> SheetPlan {
        var plan = SheetPlan()
        let names = table.columns.map(\.name)
        let needed = [CardSheet.id, CardSheet.version, CardSheet.number]
        plan.report.findings =
            file.headerFaults(known: Set(names + needed), needed: needed + names) + file.widthFaults()
        guard plan.report.findings.isEmpty else { return plan }
        var order: [String] = []
        var groups: [String: [CSV.Record]] = [:]
        for record in file.records {
            let id = Cell.plain(file.cell(record, CardSheet.id) ?? "")
            if groups[id] == nil { order.append(id) }
            groups[id, default: []].append(record)
        }
        for id in order { read(groups[id] ?? [], id, table, &plan) }
        return plan
    }

    private func read(_ records: [CSV.Record], _ id: String, _ table: CardTable, _ plan: inout SheetPlan) {
        guard let first = records.first else { return }
        guard let now = cards[id] else { return fail(&plan, first, CardSheet.id, "識別名「\(id)」のカードはありません") }
        let marks = records.map { Cell.plain(file.cell($0, CardSheet.number) ?? "") }
        let isWhole = marks.contains { $0 == CardSheet.unknown || $0 == CardSheet.none }
        if isWhole, records.count > 1 {
            return fail(&plan, first, CardSheet.number, "「\(CardSheet.unknown)」「\(CardSheet.none)」の行と、ほかの行が両方あります")
        }
        if let other = records.first(where: { file.cell($0, CardSheet.version) != file.cell(first, CardSheet.version) })
        {
            return fail(&plan, other, CardSheet.version, "同じカードの行で、版がちがいます")
        }
        let current = table.rows(of: now.card) ?? []
        var rows: [CardTable.Row]?
        if marks[0] == CardSheet.unknown {
            rows = nil
        } else if marks[0] == CardSheet.none {
            rows = []
        } else {
            rows = records.enumerated().map { index, record in
                table.columns.reduce(into: [:]) { row, column in
                    let known = index < current.count ? current[index][column.key] ?? "" : ""
                    row[column.key] = file.value(file.cell(record, column.name) ?? "", now: known)
                }
            }
        }
        var card = now.card
        let faults = table.put(rows, into: &card)
        for fault in faults {
            let record = fault.row < records.count ? records[fault.row] : first
            fail(&plan, record, table.columns.first { $0.key == fault.key }?.name, fault.fault.words)
        }
        guard faults.isEmpty else { return }
        for (index, row) in (rows ?? []).enumerated() {
            let known = index < current.count ? current[index] : [:]
            for column in table.columns where file.isLost(row[column.key] ?? "") && row[column.key] != known[column.key]
            {
                return fail(&plan, records[index], column.name, "Shift_JISにない文字（〓）があります。UTF-8のCSVで書き出し直してください")
            }
        }
        accept(card, first, id, [], &plan)
    }

    func fail(_ plan: inout SheetPlan, _ record: CSV.Record, _ name: String?, _ words: String) {
        let place = name.flatMap(file.place).map { $0 + 1 }
        plan.report.fail(record.line, place, name.map { "\($0): \(words)" } ?? words)
    }
}
