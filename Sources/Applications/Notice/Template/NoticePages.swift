import Core
import HTML
import Japanese
import Register
import Web

/// 決定通知書のひな形の一覧と編集.
struct NoticePages {
    let officer: Officer
    let names: [String: String]

    private static let outcomes: [Case.Status] = [.approved, .rejected, .inadmissible]

    func list(_ cards: [Card], versions: [String: Int], drafts: [String: NoticeDraft]) -> Page {
        let rows: [HTML] = cards.map { card in
            let cells: [HTML] = Self.outcomes.map { outcome in
                let name = NoticeDraft.name(card.id, outcome)
                let version = versions[name].map { "第\($0)版" } ?? "標準"
                let draft: HTML =
                    switch drafts[name] {
                    case let draft? where draft.proposedBy != nil: #" <span class="tag attention">公開の申し出</span>"#
                    case .some: #" <span class="tag">下書き</span>"#
                    case nil: .empty
                    }
                return """
                    <td><a href="\(.notice(card.id, outcome))">\(version)<span class="unseen">（\(card.name[.ja])、\(DeskWords.name(outcome))）</span></a>\(draft)</td>
                    """
            }
            return "<tr><th scope=\"row\">\(card.name[.ja])</th>\(cells)</tr>"
        }
        let heads: [HTML] = Self.outcomes.map { "<th scope=\"col\">\(DeskWords.name($0))</th>" }
        return Page(
            "決定通知書のひな形", zone: .desk(officer),
            """
            <h1>決定通知書のひな形</h1>
            <p>手続きと決定ごとに、通知書の文面を作れます。作っていないものは、標準の文面になります。</p>
            <p><a href="/desk/templates">お知らせの文例へ</a></p>
            <div class="scroll" role="region" aria-label="ひな形の表" tabindex="0"><table>
            <thead><tr><th scope="col">手続き</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """)
    }

    /// - Parameter typed: what was typed and not taken.
    func editor(
        _ place: Applications.NoticePlace, typed: [NoticeBlock]?, problem: NoticeRefusal?
    ) -> Page {
        let draft = place.draft
        let link = Link.notice(draft.card, draft.outcome)
        let blocks = typed ?? draft.document.blocks
        let title = "決定通知書（\(DeskWords.name(draft.outcome))）"
        let summary: HTML? = problem.map { ProblemSummary("できませんでした", [(nil, "\($0.words[.ja])")]).html }
        let returned: HTML? = draft.returned.map {
            "<div class=\"notice\"><p><b>差し戻されました。</b></p><p class=\"kept\">\($0)</p></div>"
        }
        let isLocked = draft.proposedBy != nil && typed == nil
        let body: HTML = isLocked ? preview(blocks) : form(blocks, draft, link, problem)
        return Page(
            (problem == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: status(problem),
            """
            <p class="way"><a href="/desk/notices">ひな形の一覧へ戻る</a></p>\(summary)
            <h1>\(title) <small>\(place.card.name[.ja])　いま使っているもの: \(place.version.map { "第\($0)版" } ?? "標準")</small></h1>
            \(returned)
            <div class="two"><div>\(body)</div>
            <div><p><a class="button" href="\(link.below("preview.pdf"))" target="_blank">保存した内容を見本のPDFで見る</a></p>
            \(publishing(place, link))\(TemplatePages.names(Placeholders.inNotices))\(answers(place))</div></div>
            """)
    }

    private func form(
        _ blocks: [NoticeBlock], _ draft: NoticeDraft, _ link: Link, _ problem: NoticeRefusal?
    ) -> HTML {
        let lines: [HTML] = blocks.enumerated().map { block($1, $0, problem) }
        return """
            <form method="post" action="\(link)">\(seen(draft))<input type="hidden" name="count" value="\(blocks.count)">
            <button class="primary" name="do" value="save">保存する</button>
            <ol class="outline plain blocks">\(lines)</ol>
            <button name="do" value="save">保存する</button></form>
            """
    }

    private func block(_ block: NoticeBlock, _ index: Int, _ problem: NoticeRefusal?) -> HTML {
        let options: [HTML] = NoticeBlock.Kind.allCases.map { kind in
            let mark = Attributes().with("selected", when: kind == block.kind)
            return #"<option value="\#(kind.rawValue)"\#(mark)>\#(kind.name)</option>"#
        }
        let rows = min(10, max(1, block.words.split(separator: "\n").count + block.words.count / 28))
        let isWrong =
            if case .unknown(let names, _)? = problem { names.contains { block.words.contains("{\($0)}") } } else {
                false
            }
        func button(_ verb: String, _ words: String) -> HTML {
            #"<button class="quiet" name="do" value="\#(verb)-\#(index)">\#(words)<span class="unseen">（\#(index + 1)番目の段落）</span></button>"#
        }
        return """
            <li><label class="unseen" for="kind-\(index)">\(index + 1)番目の段落の種類</label>
            <select id="kind-\(index)" name="kind-\(index)">\(options)</select>
            <label class="unseen" for="words-\(index)">\(index + 1)番目の段落の文章</label>
            <textarea id="words-\(index)" name="words-\(index)" rows="\(rows)"\(Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil))>
            \(block.words)</textarea>
            <span class="inline">\(button("up", "上へ"))\(button("down", "下へ"))\(button("add", "下に足す"))\(button("remove", "消す"))</span></li>
            """
    }

    private func preview(_ blocks: [NoticeBlock]) -> HTML {
        let lines: [HTML] = blocks.map {
            #"<li><p><small>\#($0.kind.name)</small></p><p class="kept">\#($0.words)</p></li>"#
        }
        return "<p class=\"notice\">公開を申し出ています。差し戻すまで、変えられません。</p><ol class=\"messages\">\(lines)</ol>"
    }

    /// The names that stand for what was answered.
    private func answers(_ place: Applications.NoticePlace) -> HTML {
        let names = place.names.map(\.name).filter { $0.hasPrefix(Placeholders.answerMark) }
        let lines: [HTML] = names.map { "<li>{\($0)}</li>" }
        return lines.isEmpty ? .empty : #"<h3>申請の答え</h3><ul class="plain">\#(lines)</ul>"#
    }

    private func publishing(_ place: Applications.NoticePlace, _ link: Link) -> HTML {
        let draft = place.draft
        guard draft.revision > 0 else {
            return "<h2>公開</h2><p>保存すると下書きになります。ほかの決裁者が確かめて公開すると、その後の決定から使われます。</p>"
        }
        guard let proposer = draft.proposedBy else {
            return """
                <h2>公開</h2><form method="post" action="\(link.below("propose"))">\(seen(draft))<button>公開を申し出る</button></form>
                <form method="post" action="\(link.below("discard"))">\(seen(draft))<button class="quiet">下書きを取り消す</button></form>
                """
        }
        let isOwn = proposer == officer.id
        let mayPublish = officer.may(.publishForms, in: place.card.section)
        let publish: HTML =
            mayPublish && !isOwn
            ? """
            <form method="post" action="\(link.below("publish"))">\(seen(draft))<button class="primary">確認して公開する</button></form>
            """ : "<p>公開は、申し出た人とは別の決裁者が行います。</p>"
        let back: HTML =
            mayPublish || isOwn
            ? """
            <details class="act"><summary>\(isOwn ? "申し出を取り下げる" : "差し戻す")</summary>
            <form method="post" action="\(link.below("return"))">\(seen(draft))
            <label for="words">\(isOwn ? "理由（任意）" : "理由")</label><textarea id="words" name="words" rows="3"></textarea>
            <button>\(isOwn ? "取り下げる" : "差し戻す")</button></form></details>
            """ : .empty
        return "<h2>公開</h2><p>申し出: \(names[proposer.text] ?? "職員")</p>\(publish)\(back)"
    }

    private func seen(_ draft: NoticeDraft) -> HTML {
        #"<input type="hidden" name="revision" value="\#(draft.revision)">"#
    }

    private func status(_ problem: NoticeRefusal?) -> Int {
        guard let problem else { return 200 }
        return problem.kind.isInvalid ? 422 : 409
    }
}

extension Placeholders {
    /// Made-up values, to look at a notice before it is used.
    static func sample(_ place: Applications.NoticePlace, town: Town, today: Day) -> Placeholders {
        let values = [
            "受付番号": "R8-XXXX-XXXX", "手続き": place.form?.title[.ja] ?? place.card.name[.ja], "氏名": "見本　花子",
            "フリガナ": "ミホン　ハナコ", "申請日": today.adding(days: -7).wareki, "期限": today.adding(days: 7).wareki,
            "担当課": town.sectionName(place.card.section)[.ja], "電話": town.contact.telephone, "手数料": "1,200円（見本）",
            "町": town.name[.ja], "役場の住所": town.contact.address, "今日": today.wareki, "決定": place.draft.outcome.sentence,
            "決定日": today.wareki, "理由": "（理由の見本です。ここに、決定の理由や、お伝えすることが入ります。）",
            "根拠": place.card.legalBasis ?? "（根拠となる法令・条項）", "長": "\(town.name[.ja])長",
        ]
        let answers = place.names.map(\.name).filter { $0.hasPrefix(answerMark) }
            .map { String($0.dropFirst(answerMark.count)) }
        return Placeholders(
            values: values, answers: Dictionary(uniqueKeysWithValues: answers.map { ($0, "（\($0)）") }))
    }
}
