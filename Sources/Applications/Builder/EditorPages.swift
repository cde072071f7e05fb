import Core
import HTML
import Japanese
import Web
import Yams

/// 様式の編集: one place of a draft with its controls, what is wrong there and how it looks.
struct EditorPages {
    let officer: Officer
    let draft: FormDraft
    let list: EntryList
    let place: FormTree.Place
    let languages: [Language]
    /// The language of the preview.
    let language: Language
    let findings: [FormCheck.Finding]
    let preview: HTML

    /// The place that is edited for a finding: the nearest one around it that has a page of its own.
    static func place(of path: FormCheck.Path) -> FormTree.Place {
        for length in stride(from: path.count, through: 1, by: -1) {
            let place = FormTree.Place(Array(path.prefix(length)))
            if let sort = EntryList.sort(of: place), sort != .head { return place }
        }
        return .head
    }

    func page(problem: String?) -> Page {
        let view = EntryView(list: list, place: place, languages: languages)
        let controls = list.entries(at: place).map(view.html)
        let here = findings.filter { Self.place(of: $0.path) == place }
        let wrong: HTML =
            here.isEmpty
            ? .empty
            : "<div class=\"notice\"><p><b>指摘</b></p><ul>\(here.map { "<li>\($0.words)</li>" as HTML })</ul></div>"
        let isOpen = draft.proposedBy == nil
        let closed: HTML = isOpen ? .empty : "<p class=\"notice\">公開を申し出ているため、変えられません。</p>"
        let link = Link.editor(draft.form, place)
        return Page(
            (problem == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: problem == nil ? 200 : 409,
            """
            <p class="way"><a href="\(Link.builder(draft.form))#at-\(place.text)">構成へ戻る</a></p>
            \(problem.map { BuilderPages.problem($0, at: nil) })
            <h1>\(title)</h1>
            <div class="two">
            <div>\(wrong)\(closed)
            <form method="post" action="\(link)" data-preview="preview">
            <input type="hidden" name="revision" value="\(draft.revision)">
            <input type="hidden" name="id" value="\(list.tree.node(place)?["id"]?.text ?? "")">
            \(kind)\(controls)
            \(isOpen ? #"<button class="primary">保存する</button>"# as HTML : .empty)</form></div>
            <div class="beside"><h2>プレビュー</h2>\(languageChoice(link))<div id="preview">\(preview)</div></div>
            </div>
            """)
    }

    private var title: String {
        let node = list.tree.node(place)
        return switch EntryList.sort(of: place) {
        case .head: "様式の全体"
        case .page: "ページ: \(node?["question"]?["ja"]?.text ?? "")"
        case .field: "項目: \(node?["label"]?["ja"]?.text ?? "")"
        case .requirement: "求める書類: \(node?["name"]?["ja"]?.text ?? "")"
        case .feeLine: "手数料: \(node?["label"]?["ja"]?.text ?? "")"
        case .fee: "手数料の支払い"
        case .route: "担当の振り分け"
        case .deadline: "処理期限"
        case nil: ""
        }
    }

    /// The kind of a field; another one is taken with what it has of its own when the page is saved.
    private var kind: HTML {
        guard EntryList.sort(of: place) == .field else { return .empty }
        let current = list.tree.node(place)?["kind"]?.text ?? ""
        let options: [HTML] = FieldKinds.all.map { value, name in
            #"<option value="\#(value)"\#(Attributes().with("selected", when: value == current))>\#(name)</option>"#
        }
        return """
            <div class="field"><label for="kind">答え方</label><p class="hint">変えて保存すると、その答え方の欄が出ます。</p>
            <select id="kind" name="kind">\(options)</select></div>
            """
    }

    private func languageChoice(_ link: Link) -> HTML {
        let links: [HTML] = languages.map { choice in
            let current = Attributes().with("aria-current", ifPresent: choice == language ? "true" : nil)
            return
                #"<a href="\#(link.asking([("language", choice.id)]))" lang="\#(choice.tag)"\#(current)>\#(choice.name)</a> "#
        }
        return "<nav class=\"languages\" aria-label=\"プレビューの言語\">\(links)</nav>"
    }
}

/// 公開前の確認: what changed, and every page.
struct ReviewPages {
    let officer: Officer
    let draft: FormDraft
    let form: Form?
    let section: String
    /// The version that is published now; nil for none.
    let published: Int?
    let differences: [FormComparison.Difference]?
    let findings: [FormCheck.Finding]
    let languages: [Language]
    let language: Language
    let preview: HTML
    /// What it decides besides its questions.
    let rules: HTML
    let names: [String: String]

    func page(problem: String?, typed: String = "") -> Page {
        let title = form?.title[.ja] ?? draft.form
        return Page(
            (problem == nil ? "" : "エラー: ") + "公開前の確認", zone: .desk(officer), status: problem == nil ? 200 : 409,
            """
            <p class="way"><a href="\(Link.builder(draft.form))">構成へ戻る</a></p>
            \(problem.map { BuilderPages.problem($0, at: nil) })
            <h1>公開前の確認 <small>\(title)</small></h1>
            <div class="two"><div><h2>公開中の版との違い</h2>\(changes)<h2>公開</h2>\(deciding(typed))<h2>質問のほかの決まり</h2>\(rules)</div>
            <div><h2>全部のページ</h2>\(languageChoice)\(preview)</div></div>
            """)
    }

    private var changes: HTML {
        guard let differences else { return "<p>公開中の版はありません。</p>" }
        let isNewer = published != draft.basedOn
        let newer: HTML =
            isNewer
            ? "<p class=\"notice\">この下書きを始めたあとに、第\(published ?? 0)版が公開されました。その変更を消さないように、違いを確かめてください。</p>" : .empty
        let lines: [HTML] = differences.map {
            "<li>\($0.words)\($0.isSafe ? #" <span class="tag">言葉だけ</span>"# as HTML : .empty)</li>"
        }
        let safe: HTML =
            differences.allSatisfy(\.isSafe)
            ? "<p>言葉だけの違いです。入力中の方は、新しい版に移れます。</p>"
            : "<p>質問が変わるため、入力中の方は、いまの版のまま続けます。</p>"
        return lines.isEmpty ? "<p>違いはありません。</p>" : "\(newer)<ul>\(lines)</ul>\(safe)"
    }

    private func deciding(_ typed: String) -> HTML {
        guard let proposer = draft.proposedBy else {
            return findings.isEmpty
                ? "<p>公開を申し出ると、ほかの決裁者が確認して公開します。</p>" : "<p>指摘が \(findings.count)件あります。直してから、公開を申し出てください。</p>"
        }
        let isOwn = proposer == officer.id
        let publish: HTML =
            officer.may(.publishForms, in: section) && !isOwn
            ? """
            <form method="post" action="\(Link.builder(draft.form).below("publish"))">\(seen)
            <p>公開すると、この版は変えられません。</p><button class="primary">確認して公開する</button></form>
            """ : "<p>公開は、申し出た人とは別の決裁者が行います。</p>"
        let back: HTML =
            isOwn || officer.may(.publishForms, in: section)
            ? """
            <details class="act"><summary>\(isOwn ? "申し出を取り下げる" : "差し戻す")</summary>
            <form method="post" action="\(Link.builder(draft.form).below("return"))">\(seen)
            <label for="words">\(isOwn ? "理由（任意）" : "理由")</label><textarea id="words" name="words" rows="3">
            \(typed)</textarea><button>\(isOwn ? "取り下げる" : "差し戻す")</button></form></details>
            """ : .empty
        return "<p>申し出: \(names[proposer.text] ?? "職員")</p>\(publish)\(back)"
    }

    private var seen: HTML { #"<input type="hidden" name="revision" value="\#(draft.revision)">"# }

    private var languageChoice: HTML {
        let links: [HTML] = languages.map { choice in
            let current = Attributes().with("aria-current", ifPresent: choice == language ? "true" : nil)
            let link = Link.builder(draft.form).below("review").asking([("language", choice.id)])
            return #"<a href="\#(link)" lang="\#(choice.tag)"\#(current)>\#(choice.name)</a> "#
        }
        return "<nav class=\"languages\" aria-label=\"プレビューの言語\">\(links)</nav>"
    }
}
