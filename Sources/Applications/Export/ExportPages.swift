import Core
import Japanese
import HTML
import Register
import Tabular
import Web

/// 書き出し, as officers see it.
struct ExportPages {
    let officer: Officer
    let town: Town

    /// A procedure with the section whose applications there are.
    struct Source: Sendable {
        let card: Card
        let section: String
    }

    /// - Parameter asked: how many agreements somebody waits for; nil for those who give none.
    func list(_ sources: [Source], kept: [ExportChoice.Kept], runs: [ExportRun], asked: Int?) -> Page {
        let names = Dictionary(sources.map { ($0.card.id, $0.card.name[.ja]) }) { first, _ in first }
        let choices: [HTML] = kept.map { kept in
            let link = Link.export(kept.choice.section, kept.choice.card).asking([("choice", kept.id.text)])
            return """
                <tr><th scope="row"><a href="\(link)">\(kept.name)</a></th><td>\(names[kept.choice.card] ?? kept.choice.card)</td>
                <td>\(town.sectionName(kept.choice.section)[.ja])</td><td class="number">\(kept.choice.columns.count)</td></tr>
                """
        }
        let lines: [HTML] = sources.map { source in
            """
            <tr><th scope="row"><a href="\(.export(source.section, source.card.id))">\(source.card.name[.ja])</a></th>
            <td>\(town.sectionName(source.section)[.ja])</td></tr>
            """
        }
        return Page(
            "書き出し", zone: .desk(officer),
            """
            <h1>書き出し</h1>
            <p>申請を、表（CSV・Excel）や、添付ファイルのまとめ（ZIP）にします。何を何件書き出したかは、記録に残ります。</p>
            \(asked.map(agreements))
            \(runList(runs, names))
            <h2>保存した選び方</h2>
            \(choices.isEmpty ? "<p>まだありません。手続きを選び、列を選んで保存すると、ここに並びます。</p>" : table(
                "保存した選び方", ["名前", "手続き", "担当課", "列の数"], choices))
            <h2>手続きから選ぶ</h2>
            \(lines.isEmpty ? "<p class=\"notice\">書き出せる申請は、まだありません。</p>" : table("手続き", ["手続き", "担当課"], lines))
            """)
    }

    private func agreements(_ asked: Int) -> HTML {
        #"<p><a href="/desk/agreements">外部連携への同意</a>\#(asked > 0 ? "（\(asked)件、待っています）" : "")</p>"#
    }

    private func runList(_ runs: [ExportRun], _ names: [String: String]) -> HTML? {
        guard !runs.isEmpty else { return nil }
        let lines: [HTML] = runs.map { run in
            """
            <tr><th scope="row"><a href="\(.exportRun(run.id))">\(run.at.day.iso) \(run.at.timeOfDay)</a></th>
            <td>\(names[run.choice.card] ?? run.choice.card)</td><td>\(run.format.name)</td><td>\(run.state.name)</td></tr>
            """
        }
        return "<h2>頼んだ書き出し</h2>\(table("頼んだ書き出し", ["頼んだ日時", "手続き", "形式", "ようす"], lines))"
    }

    private func table(_ name: String, _ heads: [String], _ rows: [HTML]) -> HTML {
        let cells: [HTML] = heads.map { #"<th scope="col">\#($0)</th>"# }
        return """
            <div class="scroll" role="region" aria-label="\(name)の表" tabindex="0"><table>
            <thead><tr>\(cells)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// How far a job is, and its file once it is there.
    func run(_ run: ExportRun, unmappable: [TextEncoding.Unmappable], headings: [String]) -> Page {
        let place = Link.exportRun(run.id)
        let body: HTML
        switch run.state {
        case .waiting, .running:
            body = """
                <p class="notice" role="status">\(run.state.name)。いままでに \(run.rows)件。このページを閉じても続きます。</p>
                <p><a class="button" href="\(place)">ようすを見直す</a></p>
                """
        case .done where run.unmappable > 0:
            body = """
                \(report(unmappable, count: run.unmappable, headings: headings))
                <p><a class="button" href="\(place.below("file"))">〓 に置き換えたファイルを受け取る</a></p>
                <p>UTF-8 か Excel なら、すべての文字が入ります。<a href="\(.export(run.choice.section, run.choice.card))">書き出しへ</a></p>
                """
        case .done:
            body = """
                <p class="state good">\(run.rows)件を書き出しました。ファイルは、頼んでから1日で消します。</p>
                <p><a class="button" href="\(place.below("file"))">ファイルを受け取る（\(run.format.name)）</a></p>
                """
        case .failed, .gone: body = "<p class=\"notice\">\(run.state.name)。もう一度、書き出してください。</p>"
        }
        return Page(
            "頼んだ書き出し", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/exports">書き出しへ戻る</a></p>
            <h1>頼んだ書き出し</h1>
            \(body)
            """)
    }

    /// 入らない文字の報告, before a file in CP932 is handed out, with the ways to go on.
    func unmappable(
        _ made: ExportWriter.Made, headings: [String], choice: ExportChoice, typed: ExportChoice.Typed
    ) -> Page {
        let kept = hidden(choice, typed)
        return Page(
            "Shift_JIS にない文字があります", zone: .desk(officer), status: 422,
            """
            <p class="way"><a href="\(.export(choice.section, choice.card))">書き出しへ戻る</a></p>
            <h1>Shift_JIS にない文字があります</h1>
            \(report(made.unmappable, count: made.unmappableCount, headings: headings))
            <form method="post" action="\(.export(choice.section, choice.card))">\(kept)
            <p class="acts"><button name="do" value="csv">UTF-8 で書き出す（すべての文字が入ります）</button>
            <button name="do" value="cp932-replaced">〓 に置き換えたことを承知で、Shift_JIS で書き出す</button></p></form>
            """)
    }

    private func report(_ places: [TextEncoding.Unmappable], count: Int, headings: [String]) -> HTML {
        let lines: [HTML] = places.map { place in
            let scalars = place.character.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
            let heading = place.column <= headings.count ? headings[place.column - 1] : ""
            return """
                <tr><th scope="row">\(String(place.character))</th><td>\(scalars.joined(separator: " "))</td>
                <td class="number">\(place.row)</td><td>\(heading)（\(place.column)列目）</td></tr>
                """
        }
        let more = count > places.count ? "このほかに \(count - places.count)か所あります。" : ""
        return """
            <p>Shift_JIS（CP932）で表せない文字が \(count)か所あります。そのまま書き出すと、〓 になります。行は、見出しを1行目と数えます。\(more)</p>
            \(table("表せない文字", ["文字", "番号（Unicode）", "行", "列"], lines))
            """
    }

    /// Everything that was chosen, for the next press.
    private func hidden(_ choice: ExportChoice, _ typed: ExportChoice.Typed) -> HTML {
        func control(_ name: String, _ value: String) -> HTML {
            #"<input type="hidden" name="\#(name)" value="\#(value)">"#
        }
        return [
            choice.columns.map { control("column", $0) }, choice.statuses.map { control("status", $0) },
            [
                control("from", typed.from), control("until", typed.until), control("name", typed.name),
                control("rule", choice.rule), control("notices", choice.hasNotices ? "yes" : ""),
            ],
        ].flatMap { $0 }.reduce(.empty, +)
    }
}

extension Link {
    /// 書き出し of a section's applications of a procedure.
    static func export(_ section: String, _ card: String) -> Link { "/desk/exports/\(section)/\(card)" }

    static func exportRun(_ id: ExportRun.ID) -> Link { "/desk/export-runs/\(id.text)" }
}
