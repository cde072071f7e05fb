import Core
import HTML
import Japanese
import Register
import Web

/// 保存期間と廃棄, as officers see it.
struct RetentionPages {
    let officer: Officer
    let town: Town
    let names: [String: String]

    /// What is past its period, and the lists that were made of it.
    /// - Parameter reasons: why cases are kept, by application.
    func overview(
        _ sections: [RetentionOverview], reasons: [Case.ID: String], lists: [(disposal: Disposal, count: Int)],
        problem: String?
    ) -> Page {
        let summary: HTML? = problem.map { ProblemSummary("一覧を作れませんでした", [(nil, "\($0)")]).html }
        let parts: [HTML] = sections.map { part($0, reasons) }
        let rows: [HTML] = lists.map { disposal, count in
            """
            <tr><th scope="row"><a href="\(.disposal(disposal.id))">\(disposal.proposedAt.day.bothCalendars)</a></th>
            <td>\(town.sectionName(disposal.section)[.ja])</td><td class="number">\(String(count))</td>
            <td>\(status(disposal))</td></tr>
            """
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "保存期間と廃棄", zone: .desk(officer), status: problem == nil ? 200 : 409,
            """
            \(summary)
            <h1>保存期間と廃棄</h1>
            <p>処理が終わった申請は、手続・業務カードの文書保存年限のあいだ保管します。期間は、終わった年度の翌年度の初日から数えます。
            廃棄すると、申請ごとの鍵を消すため、申請の内容・添付ファイル・連絡は、だれにも（バックアップからも）読めなくなります。
            受付番号・手続き・日付・状態と、廃棄の記録は残ります。</p>
            \(parts)
            <h2>廃棄の一覧</h2>
            \(rows.isEmpty ? "<p>まだありません。</p>" : table("廃棄の一覧", ["作った日", "担当", "件数", "状態"], rows))
            """)
    }

    private func part(_ overview: RetentionOverview, _ reasons: [Case.ID: String]) -> HTML {
        let name = town.sectionName(overview.section)[.ja]
        let rows: [HTML] = overview.rows.map { row in
            """
            <tr><th scope="row">\(row.card.name[.ja])</th><td class="number">\(String(row.period.years))年</td>
            <td class="number">\(row.now.text)件</td><td class="number">\(row.nextApril.text)件</td></tr>
            """
        }
        let isDue = overview.rows.contains { $0.now.number > 0 }
        let make: HTML? =
            isDue && officer.may(.handleCases, in: overview.section)
            ? """
            <form method="post" action="/desk/retention"><input type="hidden" name="section" value="\(overview.section)">
            <button>廃棄の一覧を作る<span class="unseen">（\(name)）</span></button>
            <p class="hint">古いものから\(String(Disposal.most))件までを一覧にします。この時点では、何も消えません。</p></form>
            """ : nil
        let undecided: HTML? =
            overview.undecided.isEmpty
            ? nil
            : """
            <p>文書保存年限が決まっていない手続き（廃棄の対象になりません）: \
            \(links(overview.undecided))</p>
            """
        return """
            <section><h2>\(name)</h2>
            \(rows.isEmpty ? "<p>保存期間を過ぎた申請、次の4月に過ぎる申請はありません。</p>"
                : table("\(name)の見通し", ["手続き", "保存年限", "期間を過ぎた申請", "次の4月1日には"], rows))
            \(make)\(undecided)\(holds(overview, reasons))</section>
            """
    }

    private func links(_ cards: [Card]) -> HTML {
        let items: [HTML] = cards.map { #"<a href="\#(.card($0.id))">\#($0.name[.ja])</a>"# }
        return items.dropFirst().reduce(items.first ?? .empty) { $0 + "、" + $1 }
    }

    private func holds(_ overview: RetentionOverview, _ reasons: [Case.ID: String]) -> HTML? {
        let rows: [HTML] = overview.holds.map { hold in
            let release: HTML? =
                officer.may(.handleCases, in: overview.section)
                ? """
                <form method="post" action="/desk/retention/release" class="inline">
                <input type="hidden" name="application" value="\(hold.application.text)">
                <button class="quiet">保留をやめる<span class="unseen">（\(hold.number)）</span></button></form>
                """ : nil
            return """
                <tr><th scope="row"><a href="\(.desk(hold.application))">\(hold.number)</a></th>
                <td>\(reasons[hold.application] ?? "")</td>
                <td>\(names[hold.officer] ?? "職員") \(hold.at.day.iso)</td><td>\(release)</td></tr>
                """
        }
        return rows.isEmpty
            ? nil : "<h3>廃棄を保留している申請</h3>" + table("保留", ["受付番号", "理由", "保留した人・日", "操作"], rows)
    }

    /// One list: what is on it, and what may be done with it.
    /// - Parameter withKey: how many of its cases still have their key.
    func list(
        _ disposal: Disposal, _ lines: [Disposal.Line], cards: [String: String], withKey: Int, typed: String,
        reason: String, problem: (control: String?, words: String)?
    ) -> Page {
        let mayHold = disposal.status == .proposed && officer.may(.handleCases, in: disposal.section)
        let rows: [HTML] = lines.map { line in
            """
            <tr><th scope="row" class="nowrap">\(number(line, disposal))</th>
            <td>\(cards[line.card] ?? line.card)</td><td class="nowrap">\(line.closedOn.iso)</td>
            <td class="nowrap">\(line.keptUntil.iso)</td>\(mayHold ? holdCell(line) : .empty)</tr>
            """
        }
        let summary: HTML? = problem.map {
            ProblemSummary("処理できませんでした", [($0.control, "\($0.words)")]).html
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "廃棄の一覧", zone: .desk(officer),
            status: problem == nil ? 200 : problem?.control == nil ? 409 : 422,
            """
            <p class="way"><a href="/desk/retention">保存期間と廃棄へ戻る</a></p>
            \(summary)
            <h1>廃棄の一覧</h1>
            <dl class="facts"><div><dt>状態</dt><dd>\(status(disposal))</dd></div>
            <div><dt>担当</dt><dd>\(town.sectionName(disposal.section)[.ja])</dd></div>
            <div><dt>件数</dt><dd>\(String(lines.count))件</dd></div>
            <div><dt>申し出</dt><dd>\(names[disposal.proposedBy.text] ?? "職員") \(disposal.proposedAt.day.bothCalendars)</dd></div>
            \(judged(disposal))</dl>
            \(acts(disposal, lines.count, typed, problem))
            \(proof(disposal, lines.count, withKey))
            \(holdForm(disposal, mayHold && !lines.isEmpty, reason, problem))
            \(table("廃棄の一覧", ["受付番号", "手続き", "終わった日", "保存期間の最後の日"] + (mayHold ? ["保留"] : []), rows))
            """)
    }

    private func number(_ line: Disposal.Line, _ disposal: Disposal) -> HTML {
        disposal.status == .agreed ? "\(line.number)" : #"<a href="\#(.desk(line.application))">\#(line.number)</a>"#
    }

    private func holdCell(_ line: Disposal.Line) -> HTML {
        """
        <td><input type="radio" name="application" value="\(line.application.text)" form="hold" aria-label="\(line.number)を保留する"></td>
        """
    }

    private func holdForm(
        _ disposal: Disposal, _ isOffered: Bool, _ reason: String, _ problem: (control: String?, words: String)?
    ) -> HTML? {
        guard isOffered else { return nil }
        let wrong = Attributes().with("aria-invalid", ifPresent: problem?.control == "words" ? "true" : nil)
        return """
            <details class="act"\(Attributes().with("open", when: problem?.control == "words"))><summary>1件を一覧から外して保留する</summary>
            <form method="post" id="hold" action="\(Link.disposal(disposal.id).below("hold"))">
            <p class="hint">下の表で申請を選んで、理由を書いてください。審査請求や訴訟が続いているときなどに使います。</p>
            <label for="words">保留する理由</label>
            <textarea id="words" name="words" rows="3"\(wrong)>
            \(reason)</textarea>
            <button>保留する</button></form></details>
            """
    }

    private func acts(
        _ disposal: Disposal, _ count: Int, _ typed: String, _ problem: (control: String?, words: String)?
    ) -> HTML? {
        guard disposal.status == .proposed else { return nil }
        let back: HTML? =
            officer.may(.handleCases, in: disposal.section)
            ? """
            <form method="post" action="\(Link.disposal(disposal.id).below("return"))"><button class="quiet">一覧を取りやめる</button></form>
            """ : nil
        guard officer.may(.decideCases, in: disposal.section), officer.id != disposal.proposedBy else {
            return "<p class=\"notice\">申し出た人とは別の決裁者が、廃棄を決めます。</p>\(back)"
        }
        let isWrong = problem?.control == "count"
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "count-hint count-error" : "count-hint")
        return """
            <form method="post" action="\(Link.disposal(disposal.id).below("agree"))">
            <div class="field"><label for="count">廃棄する件数</label>
            <p class="hint" id="count-hint">元に戻すことはできません。確認のため、件数（\(String(count))）を入力してください。</p>
            \(isWrong ? #"<p class="error" id="count-error">\#(problem?.words ?? "")</p>"# as HTML : .empty)
            <input id="count" name="count" class="short" inputmode="numeric" value="\(typed)" autocomplete="off"\(attributes)></div>
            <button class="primary">\(String(count))件を廃棄する</button></form>
            \(back)
            """
    }

    private func proof(_ disposal: Disposal, _ count: Int, _ withKey: Int) -> HTML? {
        guard disposal.status == .agreed else { return nil }
        let words =
            withKey == 0
            ? "\(count)件すべての鍵が消えています。内容を読むことは、もうできません。"
            : "\(count)件のうち\(withKey)件は、鍵を消す処理を待っています。しばらくしてから、もう一度開いてください。"
        return """
            <p class="notice">\(words) この一覧の記録の番号は <span class="digest">\(disposal.id.text)</span> です。
            改ざんされていないことは、<code>origami retention verify</code> で確かめられます。</p>
            """
    }

    private func judged(_ disposal: Disposal) -> HTML? {
        guard let by = disposal.judgedBy, let at = disposal.judgedAt else { return nil }
        let label = disposal.status == .agreed ? "廃棄の決定" : "取りやめ"
        return "<div><dt>\(label)</dt><dd>\(names[by.text] ?? "職員") \(at.day.bothCalendars) \(at.timeOfDay)</dd></div>"
    }

    private func status(_ disposal: Disposal) -> HTML {
        switch disposal.status {
        case .proposed: #"<span class="tag attention">決定待ち</span>"#
        case .agreed: #"<span class="tag good">廃棄済</span>"#
        case .givenBack: #"<span class="tag">取りやめ</span>"#
        }
    }

    private func table(_ name: String, _ columns: [String], _ rows: [HTML]) -> HTML {
        let numbers: Set = ["件数", "保存年限", "期間を過ぎた申請", "次の4月1日には"]
        let heads: [HTML] = columns.map {
            "<th scope=\"col\"\(Attributes().with("class", ifPresent: numbers.contains($0) ? "number" : nil))>\($0)</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(name)の表" tabindex="0"><table>
            <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}
