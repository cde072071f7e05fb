import Core
import HTML
import Japanese
import Tabular
import Web

/// 文字の決定 and the characters of a run.
struct CharacterPages {
    let officer: Officer
    let table: VariantTable

    private var mayDecide: Bool { officer.may(.writeSystems) }

    /// 決定の記録: every decision, with who, when and why; and a place for a new one.
    func log(
        _ decisions: [CharacterDecision], names: [String: String], typed: Posted = .empty, problem: String? = nil
    ) -> Page {
        let rows: [HTML] = decisions.map { row($0, names) }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"notice\">まだ決定がありません。</p>"
            : """
            <div class="scroll" role="region" aria-label="文字の決定の表" tabindex="0"><table><thead><tr><th scope="col">文字</th><th scope="col">置きかえ</th>
            <th scope="col">理由と根拠</th><th scope="col">字形</th><th scope="col">決めた人</th><th scope="col">取消し</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <ul class="rows"><li><span>有効な決定</span> <a href="/desk/characters/decisions.csv">CSV</a> <a href="/desk/characters/decisions.yaml">変換の手順（YAML）</a></li></ul>
            """
        return Page(
            (problem == nil ? "" : "エラー: ") + "文字の決定", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/extracts">データの点検</a></p>
            \(problem.map { ProblemSummary("保存できませんでした", [("character", "\($0)")]).html })
            <h1>文字の決定</h1>
            <p>外字や、標準にない字を、どの字で書くかの町の記録です。だれが、いつ、何を見て決めたかが残り、ファイルに当てはめられます。取り消しても、記録は消えません。</p>
            \(list)\(mayDecide ? form(typed) : .empty)
            """)
    }

    private func row(_ decision: CharacterDecision, _ names: [String: String]) -> HTML {
        let picture: HTML? = decision.picture.map { _ in
            "<a href=\"\("/desk/characters/\(decision.id.text)/picture" as Link)\"><img src=\"\("/desk/characters/\(decision.id.text)/picture" as Link)\" alt=\"\(decision.code)の字形\" width=\"80\"></a>"
        }
        let ending: HTML =
            decision.reversal.map { reversal in
                "\(reversal.at.day.iso) \(names[reversal.officer.text] ?? "")<br><small>\(reversal.reason)</small>"
            }
            ?? (mayDecide
                ? """
                <details class="act"><summary>取り消す</summary><form method="post" action="\("/desk/characters/\(decision.id.text)/reverse" as Link)">
                <label for="why-\(decision.id.text)">理由</label><input id="why-\(decision.id.text)" name="reason"><button>取り消す</button></form></details>
                """ : "—")
        let to = decision.target ?? "そのまま使う"
        return """
            <tr><th scope="row"><span class="big">\(String(Character(decision.scalar)))</span> <small>\(decision.code)</small></th>
            <td><span class="big">\(to)</span></td><td>\(decision.reason)<br><small>\(decision.evidence)</small></td><td>\(picture)</td>
            <td>\(names[decision.officer.text] ?? "")<br><small>\(decision.at.day.iso)</small></td><td>\(ending)</td></tr>
            """
    }

    private func form(_ typed: Posted) -> HTML {
        let candidates = SystemStandards.scalar(typed["character"] ?? "").map(table.candidates) ?? []
        let list: [HTML] = candidates.map { "<li><b>\($0.text)</b>（\($0.source)、\($0.licence)）</li>" }
        let shown: HTML? =
            list.isEmpty ? nil : "<p>この文字の候補</p><ul>\(list)</ul>"
        return """
            <h2>決定を書く</h2>
            <form method="post" action="/desk/characters" enctype="multipart/form-data">
            <div class="field"><label for="character">文字</label><p class="hint" id="character-hint">文字そのもの、または番号（例: U+E001）</p>
            <input id="character" name="character" class="short" value="\(typed["character"] ?? "")" aria-describedby="character-hint"></div>\(shown)
            <div class="field"><label for="target">置きかえる文字</label><p class="hint" id="target-hint">空のままなら「そのまま使う」という決定です。</p>
            <input id="target" name="target" class="short" value="\(typed["target"] ?? "")" aria-describedby="target-hint"></div>
            <div class="field"><label for="reason">理由</label><input id="reason" name="reason" value="\(typed["reason"] ?? "")"></div>
            <div class="field"><label for="evidence">根拠（任意）</label><p class="hint" id="evidence-hint">例: Unihan kZVariant、文字情報基盤 MJ縮退マップ、本人の届書</p>
            <input id="evidence" name="evidence" value="\(typed["evidence"] ?? "")" aria-describedby="evidence-hint"></div>
            <div class="field"><label for="picture">字形の画像（任意）</label><p class="hint" id="picture-hint">JPEG・PNG、10MBまで。氏名などが写らないように切り取ってください。</p>
            <input type="file" id="picture" name="picture" accept="image/*" aria-describedby="picture-hint"></div>
            <button class="primary">決定として残す</button></form>
            """
    }

    /// The characters of a run that need a look.
    func characters(
        _ characters: [CharacterCount], of run: ExtractRun, _ extract: Extract, _ valid: [UInt32: CharacterDecision]
    ) -> Page {
        let rows: [HTML] = characters.map { character in
            let candidates: [HTML] =
                (Unicode.Scalar(character.scalar).map(table.candidates) ?? []).prefix(5).map {
                    "<li>\($0.text) <small>\($0.source)</small></li>"
                }
            let places: [HTML] = character.places.prefix(3).map { "<li>\($0.file) \($0.line)行 \($0.item)</li>" }
            let code = RepertoireReport.name(of: character.scalar)
            let decided: HTML =
                valid[character.scalar].map {
                    "<span class=\"tag good\">\($0.target.map { "→ \($0)" } ?? "そのまま")</span>"
                }
                ?? "<a href=\"\(("/desk/characters" as Link).asking([("character", code)]))\">決める</a>"
            return """
                <tr><th scope="row"><span class="big">\(character.text)</span> <small>\(code)</small></th><td>\(character.sort.words)\(character.isOutsideCP932 ? "<br><small>Shift_JISで書けない</small>" : "")</td>
                <td class="number">\(character.count.grouped)</td><td><ul class="plain">\(places)</ul></td>
                <td><ul class="plain">\(candidates)</ul></td><td>\(decided)</td></tr>
                """
        }
        let isOpen = run.state == .done && valid.contains { $0.value.target != nil }
        let apply: HTML? =
            isOpen
            ? """
            <form method="post" action="\(Link.run(run.id).below("characters").below("apply"))"><p>置きかえの決定を、文字の項目すべてに当てはめて、次の回としてもう一度調べます。
            変わったところは全部一覧に残り、その回を取り消せば元に戻ります。</p><button class="primary">決定を当てはめる</button></form>
            """ : nil
        return Page(
            "文字 \(extract.name) 第\(run.number)回", zone: .desk(officer),
            """
            <p class="way"><a href="\(.run(run.id))">\(extract.name) 第\(run.number)回</a></p>
            <h1>見る必要のある文字</h1>
            \(rows.isEmpty ? "<p class=\"notice\">外字や、標準の範囲の外の文字はありません。</p>" as HTML : """
                <div class="scroll" role="region" aria-label="文字の表" tabindex="0"><table><thead><tr><th scope="col">文字</th><th scope="col">種類</th>
                <th scope="col" class="number">数</th><th scope="col">場所</th><th scope="col">候補</th><th scope="col">決定</th></tr></thead><tbody>\(rows)</tbody></table></div>
                """)
            \(apply)<p><a href="/desk/characters">文字の決定の記録</a></p>
            """)
    }
}
