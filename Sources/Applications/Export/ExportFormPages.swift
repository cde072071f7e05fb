import Core
import HTML
import Web

/// 書き出しの選び方: which applications, which columns, and what becomes of them.
struct ExportFormPages {
    let officer: Officer
    let town: Town
    let title: String
    let fields: ExportFields
    let choice: ExportChoice
    let typed: ExportChoice.Typed
    /// The kept choice that is shown; nil for a new one.
    let kept: ExportChoice.Kept?

    func page(problems: [ExportRefusal], count: Int?, isSaved: Bool) -> Page {
        let summary: HTML? =
            problems.isEmpty
            ? nil
            : ProblemSummary(
                "書き出せませんでした", problems.map { ($0.control, "\($0.words[.ja])") }
            ).html
        let isConflict = problems.contains { if case .conflict = $0.kind { true } else { false } }
        return Page(
            (problems.isEmpty ? "" : "エラー: ") + "書き出し \(title)", zone: .desk(officer),
            status: problems.isEmpty ? 200 : isConflict ? 409 : 422,
            """
            <p class="way"><a href="/desk/exports">書き出しへ戻る</a></p>
            \(summary)
            <h1>\(title) <small>\(town.sectionName(choice.section)[.ja])の申請の書き出し</small></h1>
            \(isSaved ? "<p class=\"state good\" role=\"status\">「\(kept?.name ?? "")」を保存しました。</p>" : .empty)
            \(count.map(counted))
            <form method="post" action="\(.export(choice.section, choice.card))">\(seen)
            <div class="two"><div>
            \(columns(problems))
            </div><div>
            \(filters(problems))
            \(files(problems))
            <h2>書き出す</h2>
            <p class="acts"><button name="do" value="xlsx">Excel（XLSX）</button> <button name="do" value="csv">CSV（UTF-8）</button>
            <button name="do" value="cp932">CSV（Shift_JIS）</button></p>
            <p class="hint">Excel で開くなら XLSX にしてください。CSV を Excel で開くと、電話番号の先頭の 0 などが消えます。\
            2,000件より多いときは、あとでファイルを受け取ります。</p>
            <p class="acts"><button name="do" value="zip">添付ファイル（ZIP）</button> <button name="do" value="count">件数を確かめる</button></p>
            \(saving(problems))
            </div></div>
            </form>
            \(removing)
            """)
    }

    private var seen: HTML? {
        kept.map { kept in
            """
            <input type="hidden" name="choice" value="\(kept.id.text)"><input type="hidden" name="revision" value="\(kept.revision)">
            """
        }
    }

    private func counted(_ count: Int) -> HTML {
        let limit = Applications.exportedAtOnce
        return
            "<p class=\"notice\" role=\"status\">この条件の申請は \(count > limit ? "\(limit)件より多くあります" : "\(count)件です")。</p>"
    }

    private func columns(_ problems: [ExportRefusal]) -> HTML {
        let own = fields.fields.filter { !Preface.owns($0.id) }
        let others = fields.fields.filter { Preface.owns($0.id) }
        func boxes(_ columns: [(ExportColumn, String)]) -> [HTML] {
            columns.map { column, name in
                box("column", column.id, name, isChosen: choice.columns.contains(column.id), "column-\(column.id)")
            }
        }
        func name(_ field: Field) -> String {
            fields.group(field).map { "\(field.label[.ja])（\($0.fields.map { $0.label[.ja] }.joined(separator: "・"))）" }
                ?? field.label[.ja]
        }
        return """
            <fieldset id="columns" tabindex="-1"><legend>書き出す列</legend>
            \(error(problems, "columns"))
            <h3>申請のこと</h3>
            <div class="many">\(boxes(ExportColumn.Fixed.allCases.map { (.fixed($0), $0.name) }))</div>
            <h3>様式の項目</h3>
            <div class="many">\(boxes(own.map { (.field($0.id), name($0)) }))</div>
            <details\(Attributes().with("open", when: others.contains { choice.columns.contains("field.\($0.id)") }))>
            <summary>代理人・窓口・紙の申請書のこと</summary>
            <div class="many">\(boxes(others.map { (.field($0.id), name($0)) }))</div></details>
            </fieldset>
            """
    }

    private func box(_ name: String, _ value: String, _ words: String, isChosen: Bool, _ id: String) -> HTML {
        let attributes = Attributes().with("name", name).with("checked", when: isChosen)
        return """
            <div class="option"><input type="checkbox" id="\(id)" value="\(value)"\(attributes)><label for="\(id)">\(words)</label></div>
            """
    }

    private func filters(_ problems: [ExportRefusal]) -> HTML {
        let statuses: [HTML] = Case.Status.allCases.filter { $0 != .draft }.map {
            box(
                "status", $0.rawValue, DeskWords.name($0), isChosen: choice.statuses.contains($0.rawValue),
                "status-\($0.rawValue)")
        }
        return """
            <fieldset><legend>届いた日</legend>
            <p class="hint" id="day-hint">例: R8.4.1、2026-04-01。空なら、いつからでも。</p>
            \(input("from", "この日から", typed.from, problems, hint: "day-hint"))
            \(input("until", "この日まで", typed.until, problems, hint: "day-hint"))
            </fieldset>
            <fieldset><legend>状態</legend><p class="hint">選ばなければ、すべての状態。</p><div class="many">\(statuses)</div></fieldset>
            """
    }

    private func files(_ problems: [ExportRefusal]) -> HTML {
        """
        <fieldset><legend>添付ファイル（ZIP）</legend>
        <p class="hint" id="rule-hint">使える置き換え: \(FileNameRule.help)。/ を入れるとフォルダーになります。</p>
        \(input("rule", "ファイル名の決まり", choice.rule, problems, hint: "rule-hint"))
        \(box("notices", "yes", "決定通知書（PDF）も入れる", isChosen: choice.hasNotices, "notices"))
        </fieldset>
        """
    }

    private func saving(_ problems: [ExportRefusal]) -> HTML {
        """
        <h2>この選び方を保存する</h2>
        <p class="hint" id="name-hint">同じ課の職員も使えます。\(ExportChoice.longestName)文字まで。</p>
        \(input("name", "名前", typed.name, problems, hint: "name-hint"))
        <p class="acts"><button name="do" value="save">\(kept == nil ? "保存する" : "保存し直す")</button>
        \(kept == nil ? .empty : #"<button name="do" value="save-as">別の名前で保存する</button>"# as HTML)</p>
        """
    }

    private var removing: HTML? {
        kept.map { kept in
            """
            <details class="act"><summary>この選び方を消す</summary>
            <form method="post" action="\(Link("/desk/export-choices").below(kept.id.text).below("remove"))">
            <p>「\(kept.name)」を消します。書き出したファイルや申請は消えません。</p><button>消す</button></form></details>
            """
        }
    }

    private func input(
        _ name: String, _ label: String, _ value: String, _ problems: [ExportRefusal], hint: String
    ) -> HTML {
        let isWrong = problems.contains { $0.control == name }
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "\(name)-error \(hint)" : hint)
        return """
            <div class="field"><label for="\(name)">\(label)</label>\(error(problems, name))
            <input id="\(name)" name="\(name)" class="wide" value="\(value)" autocomplete="off"\(attributes)></div>
            """
    }

    private func error(_ problems: [ExportRefusal], _ control: String) -> HTML? {
        problems.first { $0.control == control }.map {
            #"<p class="error" id="\#(control)-error">\#($0.words[.ja])</p>"#
        }
    }
}
