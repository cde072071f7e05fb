import Core
import HTML
import Japanese
import Tabular
import Web

extension Link {
    static func worksheet(_ id: Worksheet.ID) -> Link { "/desk/worksheets/\(id.text)" }
}

/// 直しの依頼, as the section that mends and the one that asked see it.
struct WorksheetPages {
    let officer: Officer
    let town: Town

    func list(_ sheets: [Worksheet.Listed], today: String) -> Page {
        let rows: [HTML] = sheets.map { listed in
            let sheet = listed.sheet
            let isLate = sheet.state == .open && sheet.dueOn.iso < today
            return """
                <tr><th scope="row"><a href="\(.worksheet(sheet.id))">\(listed.extract) 第\(listed.number)回（\(sheet.source)）</a></th>
                <td>\(town.sectionName(sheet.section)[.ja])</td><td>\(sheet.state.name)</td>
                <td>\(sheet.dueOn.iso)\(isLate ? " <span class=\"late\">過ぎています</span>" : "")</td></tr>
                """
        }
        return Page(
            "直しの依頼", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/extracts">データの点検</a></p>
            <h1>直しの依頼</h1>
            \(rows.isEmpty ? "<p class=\"notice\">いま、課への依頼はありません。</p>" as HTML : """
                <div class="scroll" role="region" aria-label="依頼の表" tabindex="0"><table><thead><tr><th scope="col">依頼</th><th scope="col">課</th>
                <th scope="col">状態</th><th scope="col">期限</th></tr></thead><tbody>\(rows)</tbody></table></div>
                """)
            """)
    }

    /// What is on a worksheet.
    struct Content: Sendable {
        let sheet: Worksheet
        let run: ExtractRun
        let extract: Extract
        let groups: [FindingGroup]
        /// How many values were mended, by group.
        let mended: [Int: Int]
        let names: [String: String]
    }

    func sheet(_ content: Content, problems: [String] = [], told: String? = nil) -> Page {
        let (sheet, base) = (content.sheet, Link.worksheet(content.sheet.id))
        let isMine = officer.may(.handleExtracts, in: sheet.section)
        let isOpen = content.run.state == .done && sheet.state == .open && isMine
        let rows: [HTML] = content.groups.map { group in
            """
            <tr><th scope="row"><a href="\(base.below(String(group.number)))">\(group.fileTitle)\(group.item.isEmpty ? "" : "：\(group.item)")</a></th>
            <td>\(group.rule.words)</td><td class="number">\(group.count.grouped)</td>
            <td class="number">\((content.mended[group.number] ?? 0).grouped)</td></tr>
            """
        }
        return Page(
            (problems.isEmpty ? "" : "エラー: ") + "直しの依頼 \(content.extract.name)", zone: .desk(officer),
            status: problems.isEmpty ? 200 : 422,
            """
            <p class="way"><a href="/desk/worksheets">直しの依頼</a></p>
            \(problems.isEmpty ? HTML.empty : ProblemSummary("取り込んでいません", problems.prefix(20).map { (nil, "\($0)") }).html)
            <h1>\(content.extract.name) 第\(content.run.number)回 <small>\(sheet.source)の分</small></h1>
            \(told.map { "<p class=\"done\" role=\"status\">\($0)</p>" as HTML })
            <p>\(town.sectionName(content.extract.section)[.ja])（\(content.names[sheet.officer.text] ?? "")）から、\(sheet.at.day.iso)に依頼。
            期限は<b>\(sheet.dueOn.iso)</b>、いまは「\(sheet.state.name)」です。</p>
            \(sheet.words.map { "<p class=\"kept\">\(content.names[sheet.returnedBy?.text ?? ""] ?? "")「\($0)」</p>" as HTML })
            <p>項目を開いて値を直すか、表を書き出して「直した値」の列に書き込み、送り返します。直せないものは、そのままで構いません。元のシステムでも、同じように直してください。</p>
            <div class="scroll" role="region" aria-label="直すところの表" tabindex="0"><table><thead><tr><th scope="col">項目</th><th scope="col">内容</th>
            <th scope="col" class="number">件数</th><th scope="col" class="number">直した</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <ul class="rows"><li><span>表にして直す</span> <a href="\(base.below("sheet.csv"))">CSV（UTF-8）</a> <a href="\(base.below("sheet.csv").asking([("encoding", "cp932")]))">CSV（Shift_JIS）</a></li></ul>
            \(isOpen ? taking(base) : .empty)\(answering(content, base))
            """)
    }

    private func taking(_ base: Link) -> HTML {
        """
        <h2>書き込んだ表を送る</h2>
        <form method="post" action="\(base.below("sheet"))" enctype="multipart/form-data"><div class="field"><label for="file">ファイル</label>
        <p class="hint" id="file-hint">一つでも読めない行があると、何も取り込みません。</p>
        <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint"></div><button>取り込む</button></form>
        <h2>依頼に答える</h2>
        <form method="post" action="\(base.below("return"))"><div class="field"><label for="words">ひとこと（任意）</label>
        <textarea id="words" name="words" rows="3"></textarea></div><button class="primary">直しを終えて、返す</button></form>
        """
    }

    private func answering(_ content: Content, _ base: Link) -> HTML? {
        guard content.sheet.state == .returned, officer.may(.handleExtracts, in: content.extract.section) else {
            return nil
        }
        return """
            <h2>回答を確かめる</h2><form method="post" action="\(base.below("close"))">
            <button class="primary" name="do" value="close">確かめた（終わり）</button> <button name="do" value="again">もう一度依頼する</button></form>
            <p><a href="\(.run(content.run.id))">この回の全体へ</a></p>
            """
    }
}
