import Core
import HTML
import Web

/// 表の編集. The rows of a card's papers, steps or links: added, moved, copied and taken out before they are kept.
struct CardTablePages {
    let officer: Officer
    let town: Town
    let table: CardTable
    let card: Card
    /// The version that was seen when the rows were read.
    let version: Int

    /// What the page shows besides the rows.
    struct State: Sendable {
        /// What is typed; nil where nobody knows.
        var rows: [CardTable.Row]?
        var faults: [CardTable.RowFault] = []
        var others: [CardDifference]?
        var mine: [CardDifference] = []
        /// What is the matter with the card as a whole.
        var problem: String?
        /// True where the rows are not those of the card.
        var isChanged = false
        var note = ""
    }

    func page(_ state: State) -> Page {
        let rows: [HTML] = (state.rows ?? []).enumerated().map { row($1, $0, state.faults) }
        let isFailed = !state.faults.isEmpty || state.others != nil || state.problem != nil
        let status = state.others != nil ? 409 : isFailed ? 422 : 200
        let pending: HTML? =
            state.isChanged && !isFailed ? "<p class=\"notice\" role=\"status\">まだ保存していません。</p>" : nil
        return Page(
            (isFailed ? "エラー: " : "") + "\(table.name)を直す: \(card.name[.ja])", zone: .desk(officer), status: status,
            """
            <p class="way"><a href="\(.card(card.id))">\(card.name[.ja])</a></p>
            \(problems(state))
            <h1>\(table.name)を直す <small>\(card.name[.ja])</small></h1>
            <form method="post" action="\(Link.card(card.id).below("edit").asking([("part", table.id)]))">
            <input type="hidden" name="version" value="\(version)"><input type="hidden" name="count" value="\(rows.count)">
            <input type="hidden" name="known" value="\(state.rows == nil ? "no" : "yes")">
            <p><button name="do" value="save">保存する</button></p>
            \(pending)\(about(state.rows))
            \(rows)
            <p class="inline"><button name="do" value="add">行を足す</button>\(more(state.rows))</p>
            <div class="field"><label for="note">変更の理由・メモ（履歴に残ります。任意）</label>
            <input id="note" name="note" class="wide" maxlength="200" autocomplete="off" value="\(state.note)"></div>
            <button class="primary" name="do" value="save">保存する</button></form>
            """)
    }

    private func about(_ rows: [CardTable.Row]?) -> HTML {
        guard let rows else { return "<p>いまは「\(CardWords.unknown)」です。行を足して書きます。</p>" }
        return rows.isEmpty ? "<p>いまは「\(table.none)」です。</p>" : "<p>空欄は「不明」です。</p>"
    }

    private func more(_ rows: [CardTable.Row]?) -> HTML {
        var buttons: [HTML] = []
        if table.id == "steps" { buttons.append(#"<button name="do" value="copy">見直し前の工程を、見直し後に写す</button>"#) }
        if table.id == "papers", rows?.isEmpty != true {
            buttons.append(#"<button name="do" value="none">「書類はない」と書く（行を消す）</button>"#)
        }
        if rows != nil, table.id != "steps" {
            buttons.append(#"<button name="do" value="unknown">「不明」に戻す（行を消す）</button>"#)
        }
        return "\(buttons)"
    }

    private func row(_ row: CardTable.Row, _ index: Int, _ faults: [CardTable.RowFault]) -> HTML {
        let title = "\(index + 1)行目"
        let cells: [HTML] = table.columns.map { column in
            let language = town.languages.first { column.key.hasSuffix(".\($0.id)") } ?? .ja
            return CellView(
                id: "\(index).\(column.key)", label: column.name, entry: column.entry, hint: "",
                value: row[column.key] ?? "",
                fault: faults.first { $0.row == index && $0.key == column.key }?.fault.words, language: language
            ).html
        }
        func button(_ deed: String, _ words: String) -> HTML {
            #"<button class="quiet" name="do" value="\#(deed).\#(index)">\#(words)<span class="unseen">（\#(title)）</span></button>"#
        }
        return """
            <fieldset class="inner" id="row-\(index)"><legend>\(title)</legend><div class="cells \(table.id)">\(cells)</div>
            <p class="inline">\(button("up", "上へ"))\(button("down", "下へ"))\(button("insert", "下に行を足す"))\(button("remove", "この行を消す"))</p></fieldset>
            """
    }

    private func problems(_ state: State) -> HTML {
        if let others = state.others { return CellProblems.conflict(others, mine: state.mine) }
        var lines = state.faults.map { fault -> CardFault in
            let name = table.columns.first { $0.key == fault.key }?.name ?? ""
            return CardFault("\(fault.row).\(fault.key)", "\(fault.row + 1)行目の\(name): \(fault.fault.words)")
        }
        if let problem = state.problem { lines.append(CardFault(nil, problem)) }
        return CellProblems.summary(lines, among: Set(lines.compactMap(\.key)))
    }

    /// The rows as a form sends them; nil where nobody knows.
    static func rows(_ posted: Posted, _ table: CardTable) -> [CardTable.Row]? {
        let count = min(Int(posted["count"] ?? "") ?? 0, CardTable.limit + 1)
        guard count > 0 || posted["known"] == "yes" else { return nil }
        return (0..<max(0, count)).map { index in
            table.columns.reduce(into: [:]) { $0[$1.key] = posted["\(index).\($1.key)"] ?? "" }
        }
    }

    /// Does what a button says to the rows; nothing is kept. Nil for a button that there is not.
    static func apply(_ deed: String, to rows: [CardTable.Row]?, _ table: CardTable) -> [CardTable.Row]?? {
        let parts = deed.split(separator: ".")
        var list = rows ?? []
        let index = parts.count == 2 ? Int(parts[1]) ?? -1 : -1
        switch parts.first {
        case "add": list.append(blank(table, like: list.last))
        case "none": return .some([])
        case "unknown": return .some(nil)
        case "copy":
            let before = list.filter { $0["phase"] == "見直し前" }
            let after = list.filter { $0["phase"] != "見直し前" }
            let copies = before.map { row -> CardTable.Row in
                var copy = row
                copy["phase"] = "見直し後"
                return copy
            }
            list = before + after.filter { !table.isBlank($0) } + copies
        case "up" where index > 0 && index < list.count: list.swapAt(index, index - 1)
        case "down" where index >= 0 && index < list.count - 1: list.swapAt(index, index + 1)
        case "up", "down": break
        case "insert" where list.indices.contains(index):
            list.insert(blank(table, like: list[index]), at: index + 1)
        case "remove" where list.indices.contains(index):
            list.remove(at: index)
            if list.isEmpty { return .some(nil) }
        default: return nil
        }
        return .some(list)
    }

    /// A new row; a step goes where the one before it goes.
    private static func blank(_ table: CardTable, like row: CardTable.Row?) -> CardTable.Row {
        table.id == "steps" ? ["phase": row?["phase"] ?? "見直し前"] : [:]
    }
}
