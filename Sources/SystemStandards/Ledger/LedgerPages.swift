import Core
import HTML
import Japanese
import Web

extension Link {
    static func entry(_ entry: LedgerEntry) -> Link {
        entry.book == Book.systems.id ? .system(entry.id.text) : "/desk/books/\(entry.book)/\(entry.id.text)"
    }
    static func system(_ id: String) -> Link { "/desk/systems/\(id)" }
    static func business(_ business: StandardBusiness) -> Link { "/desk/standardisation/\(business.rawValue)" }
    static func book(_ book: Book) -> Link { "/desk/books/\(book.id)" }
}

/// The pages of a book: its table, the form of an entry, and what became of it.
struct LedgerPages {
    let officer: Officer
    let book: Book
    let words: BookWords

    /// A table of entries.
    /// - Parameter fields: which of the fields; the first of them leads to the entry.
    func table(_ entries: [LedgerEntry], _ fields: [String]) -> HTML {
        guard !entries.isEmpty else { return "<p class=\"quiet\">まだ記入がありません。</p>" }
        let columns = fields.compactMap(book.field)
        let heads: [HTML] = columns.map { field in
            field.kind.isNumber
                ? "<th scope=\"col\" class=\"number\">\(field.name)</th>" : "<th scope=\"col\">\(field.name)</th>"
        }
        let rows: [HTML] = entries.map { entry in
            let cells: [HTML] = columns.enumerated().map { index, field in
                let value = words.shown(entry[field.id], field.kind)
                if index == 0 { return "<th scope=\"row\"><a href=\"\(.entry(entry))\">\(value)</a></th>" }
                return field.kind.isNumber
                    ? "<td class=\"number\">\(value.isEmpty ? "不明" : value)</td>"
                    : "<td>\(value.isEmpty ? "不明" : value)</td>"
            }
            return "<tr>\(cells)</tr>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(book.title)の表" tabindex="0"><table>
            <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// A link to a form for a new entry.
    func adding(about parent: String) -> HTML {
        "<p><a class=\"button\" href=\"\(Link.book(book).below("new").asking([("about", parent)]))\">\(book.title)を書き加える</a></p>"
    }

    /// What is known of an entry, field by field.
    func facts(_ entry: LedgerEntry) -> HTML {
        let lines: [HTML] = book.fields.map { field in
            let value = words.shown(entry[field.id], field.kind)
            var shown: HTML = "\(value.isEmpty ? "不明" : value)"
            if case .cards = field.kind, !entry.cards.isEmpty {
                let links: [HTML] = entry.cards.map { id in
                    "<li><a href=\"\("/desk/cards/\(id)" as Link)\">\(words.shown(id, .cards))</a></li>"
                }
                shown = "<ul class=\"plain\">\(links)</ul>"
            }
            if case .address = field.kind, let link = Link(https: value) { shown = "<a href=\"\(link)\">\(value)</a>" }
            if case .system = field.kind, !value.isEmpty {
                shown = "<a href=\"\(.system(entry[field.id]))\">\(value)</a>"
            }
            return "<div><dt>\(field.name)</dt><dd>\(shown)</dd></div>"
        }
        return "<dl class=\"answers\">\(lines)</dl>"
    }

    /// The form of an entry.
    func form(
        _ entry: LedgerEntry?, about parent: String, home: (link: Link, name: String), typed: [String: String],
        problem: String? = nil
    ) -> Page {
        let title = entry.map { "\($0.name)を直す" } ?? "\(book.title)を書き加える"
        let controls: [HTML] = book.fields.map { control($0, typed[$0.id] ?? "") }
        let place: Link = entry.map { Link.book(book).below($0.id.text) } ?? .book(book)
        return Page(
            (problem == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="\(home.link)">\(home.name)</a></p>
            \(problem.map { ProblemSummary("保存できませんでした", [(nil, "\($0)")]).html })
            <h1>\(title)</h1>
            <form method="post" action="\(place)"><input type="hidden" name="revision" value="\(entry.map { String($0.revision) } ?? "")">
            <input type="hidden" name="about" value="\(parent)">\(controls)
            <button class="primary">保存する</button></form>
            """)
    }

    private func control(_ field: Book.Field, _ value: String) -> HTML {
        let hint: HTML? = field.hint.map { "<p class=\"hint\" id=\"\(field.id)-hint\">\($0)</p>" }
        let named = Attributes().with("aria-describedby", ifPresent: field.hint == nil ? nil : "\(field.id)-hint")
        func select(_ choices: [(id: String, name: String)]) -> HTML {
            let options = SelectOptions(choices).html(value)
            return
                "<select id=\"\(field.id)\" name=\"\(field.id)\"\(named)><option value=\"\">選んでください</option>\(options)</select>"
        }
        let input: HTML
        switch field.kind {
        case .choice(let choices): input = select(choices.map { ($0.id, $0.name) })
        case .section: input = select(words.sections)
        case .business: input = select(StandardBusiness.allCases.map { ($0.rawValue, $0.name) })
        case .system: input = select(words.systems)
        case .cards:
            let chosen = value.split(separator: " ").map(String.init)
            let boxes: [HTML] = words.cards.map { card in
                let mark = Attributes().with("checked", ifPresent: chosen.contains(card.id) ? "" : nil)
                return """
                    <div class="option"><input type="checkbox" id="card-\(card.id)" name="\(field.id)" value="\(card.id)"\(mark)><label for="card-\(card.id)">\(card.name)</label></div>
                    """
            }
            return """
                <fieldset><legend>\(field.name)</legend><details><summary>選ぶ（\(chosen.count)枚）</summary>\(boxes)</details></fieldset>
                """
        case .words(let most) where most > 100:
            input = "<textarea id=\"\(field.id)\" name=\"\(field.id)\" rows=\"3\"\(named)>\n\(value)</textarea>"
        case .day, .yen, .count:
            input = "<input id=\"\(field.id)\" name=\"\(field.id)\" class=\"medium\" value=\"\(value)\"\(named)>"
        case .words, .address: input = "<input id=\"\(field.id)\" name=\"\(field.id)\" value=\"\(value)\"\(named)>"
        }
        return """
            <div class="field"><label for="\(field.id)">\(field.name)\(field.isRequired ? "" : "（任意）")</label>\(hint)\(input)</div>
            """
    }

    /// An entry by itself.
    func entry(
        _ entry: LedgerEntry, home: (link: Link, name: String), versions: [LedgerEntry.Version],
        names: [String: String], mayWrite: Bool, problem: String? = nil
    ) -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + entry.name, zone: .desk(officer),
            """
            <p class="way"><a href="\(home.link)">\(home.name)</a></p>
            \(problem.map { ProblemSummary("できませんでした", [(nil, "\($0)")]).html })
            <h1>\(entry.name) <small>\(book.title)</small></h1>
            \(facts(entry))\(mayWrite ? changing(entry) : .empty)\(history(versions, names))
            """)
    }

    func changing(_ entry: LedgerEntry) -> HTML {
        let place = Link.book(book).below(entry.id.text)
        return """
            <p><a class="button" href="\(place.below("edit"))">直す</a></p>
            <details class="act"><summary>消す</summary><form method="post" action="\(place.below("remove"))">
            <input type="hidden" name="revision" value="\(entry.revision)"><p>まちがえて書いたときだけ消します。履歴は残ります。</p><button>消す</button></form></details>
            """
    }

    func history(_ versions: [LedgerEntry.Version], _ names: [String: String]) -> HTML {
        let items: [HTML] = versions.enumerated().map { index, version in
            let before = index + 1 < versions.count ? versions[index + 1].values : nil
            let changes: [HTML] = (before == nil ? [] : book.fields).compactMap { field in
                let (old, new) = (before?[field.id] ?? "", version.values[field.id] ?? "")
                guard !old.isExactly(new) else { return nil }
                let (from, to) = (words.shown(old, field.kind), words.shown(new, field.kind))
                return "<li>\(field.name): <del>\(from.isEmpty ? "不明" : from)</del> → \(to.isEmpty ? "不明" : to)</li>"
            }
            let list: HTML? = changes.isEmpty ? nil : "<ul>\(changes)</ul>"
            return """
                <li><p>第\(version.revision)版 <small>\(version.at.isoDay) \(version.officer.flatMap { names[$0.text] } ?? "町のデータから")</small></p>\(list)</li>
                """
        }
        return "<h2>変更の履歴</h2><ol class=\"history\">\(items)</ol>"
    }

    /// How a book goes out and comes in as a table.
    func sheets(mayWrite: Bool, about parent: String? = nil) -> HTML {
        let csv = Link.book(book).below("sheet.csv").asking(parent.map { [("about", $0)] } ?? [])
        let taking: HTML? =
            mayWrite
            ? """
            <details class="act"><summary>\(book.title)のCSVを取り込む</summary><form method="post" action="\(Link.book(book).below("sheet"))" enctype="multipart/form-data">
            <p class="hint">書き出した表を直して送ります。「記入ID」が空の行は、新しい記入になります。一つでも直すところがあれば、何も取り込みません。</p>
            <div class="field"><label for="sheet-\(book.id)">ファイル</label><input type="file" id="sheet-\(book.id)" name="file" accept=".csv,text/csv"></div><button>取り込む</button></form></details>
            """ : nil
        return """
            <ul class="rows"><li><span>\(book.title)の表</span> <a href="\(csv)">CSV（UTF-8）</a> <a href="\(csv.asking([("encoding", "cp932")]))">CSV（Shift_JIS）</a></li></ul>\(taking)
            """
    }
}

extension Book.Kind {
    var isNumber: Bool {
        switch self {
        case .yen, .count: true
        default: false
        }
    }
}

extension Moment {
    /// `2026-11-26` and the time.
    var isoDay: String { "\(day.iso) \(timeOfDay)" }
}
