import Core
import HTML
import Japanese
import Web
import Yams

/// 様式の構成: every page and question of a draft, with what is still wrong.
struct OutlinePages {
    let officer: Officer
    let draft: FormDraft
    let tree: FormTree
    /// The form as it stands, if it can be read as one.
    let form: Form?
    let findings: [FormCheck.Finding]
    /// Who works on it, by the text of their id.
    let names: [String: String]

    private var isOpen: Bool { draft.proposedBy == nil }

    func page(problem: String?) -> Page {
        let title = tree.root["title"]?["ja"]?.text ?? draft.form
        return Page(
            (problem == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: problem == nil ? 200 : 409,
            """
            <p class="way"><a href="/desk/forms">様式の一覧へ戻る</a></p>
            \(problem.map { BuilderPages.problem($0, at: nil) })
            <h1>\(title) <small>の下書き</small></h1>
            <p>\((form?.lineage ?? []).map { "<small>\($0.words)</small><br>" as HTML })<small>最後に変えた人: \(names[draft.editedBy.text] ?? "職員")（\(draft.editedAt.day.iso) \(draft.editedAt.timeOfDay)）</small></p>
            \(draft.returned.map { "<div class=\"notice\"><p><b>差し戻されました。</b></p><p class=\"kept\">\($0)</p></div>" as HTML })
            <div class="two">
            <div>\(pages)\(lists)</div>
            <div>\(state)</div>
            </div>
            """)
    }

    // MARK: What comes next

    private var state: HTML {
        let lines: [HTML] = findings.prefix(100).map { finding in
            let place = EditorPages.place(of: finding.path)
            return #"<li><a href="\#(edit(place))">\#(name(of: place))</a><br>\#(finding.words)</li>"#
        }
        let check: HTML =
            lines.isEmpty
            ? "<p>指摘はありません。すべての分岐を歩いて、確かめました。</p>" : "<ol class=\"findings\">\(lines)</ol>"
        let propose: HTML =
            isOpen
            ? (findings.isEmpty ? button("propose", "公開を申し出る", isPrimary: true) : .empty)
            : #"<p class="notice">公開の確認を待っています（申し出: \#(draft.proposedBy.map { names[$0.text] ?? "職員" } ?? "")）。</p>"#
        let undo: HTML = isOpen && draft.previous != nil ? button("undo", "ひとつ前に戻す", isPrimary: false) : .empty
        let discard: HTML =
            !isOpen
            ? .empty
            : """
            <details class="act"><summary>この下書きを取り消す</summary>
            <form method="post" action="\(Link.builder(draft.form).below("discard"))">\(seen)
            <p>下書きはなくなり、元に戻せません。公開中の版は変わりません。</p>
            <label for="confirm">確かめるために「\(draft.form)」と入力してください</label>
            <input id="confirm" name="confirm" class="medium" autocomplete="off"><button>取り消す</button></form></details>
            """
        return """
            <h2>検査 <small>指摘 \(findings.count)件</small></h2>\(check)
            <h2>公開</h2>
            <p><a class="button" href="\(Link.builder(draft.form).below("review"))">全部のページと、公開中の版との違いを見る</a></p>
            \(propose)\(undo)
            <p><a href="\(Link.builder(draft.form).below("export.yaml").asking([("draft", "yes")]))">下書きを書き出す（YAML）</a></p>
            \(discard)
            """
    }

    private func button(_ verb: String, _ words: String, isPrimary: Bool) -> HTML {
        """
        <form method="post" action="\(Link.builder(draft.form).below(verb))">\(seen)
        <button\(Attributes().with("class", ifPresent: isPrimary ? "primary" : nil))>\(words)</button></form>
        """
    }

    private var seen: HTML { #"<input type="hidden" name="revision" value="\#(draft.revision)">"# }

    private func edit(_ place: FormTree.Place) -> Link { .editor(draft.form, place) }

    // MARK: Pages

    private var pages: HTML {
        let items = tree.root["pages"]?.sequence.map(Array.init) ?? []
        let rows: [HTML] = items.enumerated().map { index, page in
            row(page, FormTree.Place("pages").at(index), count: items.count)
        }
        let add: HTML =
            isOpen
            ? adding(
                FormTree.Place("pages"),
                [("page", "質問のページを足す"), ("exit", "案内だけのページ（ここで終わり）を足す")])
            : .empty
        return """
            <h2>全体 <small><a href="\(edit(.head))">名前・分数・申請者</a></small></h2>
            <h2>質問</h2><ol class="outline">\(rows)</ol>\(add)
            """
    }

    private func row(_ page: Node, _ place: FormTree.Place, count: Int) -> HTML {
        let fields = page["fields"]?.sequence.map(Array.init) ?? []
        let lines: [HTML] = fields.enumerated().map { index, field in
            self.field(field, place.below("fields").at(index), count: fields.count)
        }
        let when: HTML = page["when"] == nil ? .empty : "<p class=\"hint\">\(words(of: place))</p>"
        let isExit = page["exit"] != nil
        let add: HTML = isOpen && !isExit ? adding(place.below("fields"), [("field", "項目を足す")]) : .empty
        return """
            <li id="at-\(place.text)">\(mark(place))<a href="\(edit(place))"><b>\(page["question"]?["ja"]?.text ?? "（質問なし）")</b></a>
            \(isExit ? #"<span class="tag">ここで終わり</span>"# as HTML : .empty)\(when)<ul>\(lines)</ul>
            \(moving(place, count: count, what: page["question"]?["ja"]?.text ?? ""))\(add)</li>
            """
    }

    private func field(_ field: Node, _ place: FormTree.Place, count: Int) -> HTML {
        let label = field["label"]?["ja"]?.text ?? field["id"]?.text ?? ""
        let rows = field["rows"]?["pages"]?.sequence.map(Array.init) ?? []
        let list = place.below("rows").below("pages")
        let inside: [HTML] = rows.enumerated().map { row($0.element, list.at($0.offset), count: rows.count) }
        let group: HTML =
            field["rows"] == nil
            ? .empty : "<ol class=\"outline\">\(inside)</ol>\(isOpen ? adding(list, [("page", "繰り返しの質問を足す")]) : .empty)"
        return """
            <li id="at-\(place.text)">\(mark(place))<a href="\(edit(place))">\(label)</a>
            <small>\(FieldKinds.name(field["kind"]?.text ?? ""))</small>\(moving(place, count: count, what: label))\(group)</li>
            """
    }

    private func words(of place: FormTree.Place) -> String {
        guard let form, let when = place.page(in: form)?.when else { return "条件があります" }
        return FormWords(form: form).occasion(when)
    }

    /// A mark where something is wrong at a place or inside it.
    private func mark(_ place: FormTree.Place) -> HTML {
        let count = findings.count { EditorPages.place(of: $0.path) == place }
        return count == 0 ? .empty : #"<span class="tag attention">指摘\#(count)</span> "#
    }

    private func adding(_ list: FormTree.Place, _ sorts: [(String, String)]) -> HTML {
        let buttons: [HTML] = sorts.map { #"<button name="sort" value="\#($0)" class="quiet">＋ \#($1)</button>"# }
        return """
            <form method="post" action="\(Link.builder(draft.form).below("change"))" class="inline">\(seen)
            <input type="hidden" name="do" value="add"><input type="hidden" name="place" value="\(list.text)">\(buttons)</form>
            """
    }

    private func moving(_ place: FormTree.Place, count: Int, what: String) -> HTML {
        guard isOpen, let index = place.index else { return .empty }
        func button(_ verb: String, _ label: String, _ isPossible: Bool) -> HTML {
            isPossible
                ? #"<button name="do" value="\#(verb)" class="quiet">\#(label)<span class="unseen">（\#(what)）</span></button>"#
                : .empty
        }
        return """
            <form method="post" action="\(Link.builder(draft.form).below("change"))" class="inline">\(seen)
            <input type="hidden" name="place" value="\(place.text)">
            \(button("up", "↑ 上へ", index > 0))\(button("down", "↓ 下へ", index < count - 1))\(button("remove", "削除", count > 1 || place.path.first != .key("pages")))</form>
            """
    }

    // MARK: Other lists

    private var lists: HTML {
        let parts: [HTML] = [
            ("requirements", "求める書類", "requirement", "書類を足す"), ("routing", "担当の振り分け", "route", "振り分けを足す"),
            ("deadlines", "処理期限", "deadline", "期限を足す"),
        ].map { key, title, sort, add in list(FormTree.Place(key), title, sort, add) }
        let fee: HTML =
            tree.root["fee"] == nil
            ? (isOpen ? adding(FormTree.Place("fee"), [("fee", "手数料を決める")]) : .empty)
            : "<p><a href=\"\(edit(FormTree.Place("fee")))\">いつ支払うか</a></p>"
                + list(FormTree.Place("fee.lines"), nil, "line", "手数料の行を足す")
        return "\(parts)<h2>手数料</h2>\(fee)"
    }

    private func list(_ place: FormTree.Place, _ title: String?, _ sort: String, _ add: String) -> HTML {
        let items = tree.node(place)?.sequence.map(Array.init) ?? []
        let rows: [HTML] = items.enumerated().map { index, item in
            let at = place.at(index)
            return """
                <li id="at-\(at.text)">\(mark(at))<a href="\(edit(at))">\(name(of: item))</a>\(moving(at, count: items.count, what: name(of: item)))</li>
                """
        }
        let heading: HTML = title.map { "<h2>\($0)</h2>" } ?? .empty
        return
            "\(heading)\(rows.isEmpty ? .empty : "<ul class=\"outline\">\(rows)</ul>")\(isOpen ? adding(place, [(sort, add)]) : .empty)"
    }

    private func name(of item: Node) -> String {
        item["name"]?["ja"]?.text ?? item["label"]?["ja"]?.text ?? item["section"]?.text
            ?? item["business_days"]?.text.map { "\($0)日" } ?? "（未入力）"
    }

    private func name(of place: FormTree.Place) -> String {
        guard let node = tree.node(place), !place.path.isEmpty else { return "全体" }
        return node["question"]?["ja"]?.text ?? name(of: node)
    }
}
