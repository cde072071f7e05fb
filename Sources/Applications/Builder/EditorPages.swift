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
    /// The language of the preview.
    let language: Language
    let findings: [FormCheck.Finding]
    let preview: HTML
    /// What saving would change, where somebody else was faster.
    var changes: [FormComparison.Difference] = []
    var isSaved = false

    /// The place that is edited for a finding: the nearest one around it that has a page of its own.
    static func place(of path: FormCheck.Path) -> FormTree.Place {
        for length in stride(from: path.count, through: 1, by: -1) {
            let place = FormTree.Place(Array(path.prefix(length)))
            if let sort = EntryList.sort(of: place), sort != .head { return place }
        }
        return .head
    }

    func page(problem: String?) -> Page {
        let view = EntryView(list: list, place: place)
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
            \(problem.map { BuilderPages.problem($0, at: nil) })\(overwriting)
            \(isSaved ? #"<p class="notice" role="status">保存しました。</p>"# as HTML : .empty)
            <h1>\(title)</h1>
            <div class="two">
            <div>\(wrong)\(closed)
            <form method="post" action="\(link)" data-preview="preview">
            <input type="hidden" name="revision" value="\(draft.revision)">
            <input type="hidden" name="id" value="\(list.tree.node(place)?["id"]?.text ?? "")">
            \(kind)\(controls)
            \(isOpen ? #"<button class="primary">保存する</button>"# as HTML : .empty)</form></div>
            <div class="beside"><h2>プレビュー</h2>\(BuilderPages.languages(list.languages, language, at: link))<div id="preview">\(preview)</div></div>
            </div>
            """)
    }

    private var overwriting: HTML {
        let lines: [HTML] = changes.map { "<li>\($0.words)</li>" }
        return lines.isEmpty
            ? .empty
            : "<div class=\"notice\"><p>下の内容で保存すると、いまの内容から次のように変わります。</p><ul>\(lines)</ul></div>"
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

}
