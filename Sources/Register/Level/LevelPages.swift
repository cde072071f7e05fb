import Core
import HTML
import Japanese
import Web

/// 段階, of one card: the ladder with what each rung rests on, the measures, the history, and decisions of the committee.
struct LevelPages {
    let officer: Officer
    let town: Town
    let card: Card
    let judgement: Judgement
    let history: [LevelRecord]
    let exceptions: [LevelException]
    /// Names of officers, by the text of their id.
    let names: [String: String]
    /// What was typed about an exception, where it has to be mended.
    let entry: ExceptionEntry

    func page() -> Page {
        Page(
            "段階: \(card.name[.ja])", zone: .desk(officer), status: entry.problems.isEmpty ? 200 : 422,
            """
            \(entry.summary)
            <p class="way"><a href="\(Link.card(card.id))">\(card.name[.ja])</a></p>
            <h1>段階 <small>\(card.name[.ja])（\(town.sectionName(card.section)[.ja])）</small></h1>
            \(state)
            \(nextSteps)
            <h2>判定の項目</h2>
            \(disagreements)
            \(ladder)
            <h2>指標</h2>
            \(measures)
            <h2>これまでの段階</h2>
            \(LevelHistory(records: history, today: judgement.input.today).html)
            \(exceptionPart)
            """)
    }

    private var state: HTML {
        let level = judgement.level
        let exception: HTML? = judgement.input.exception.map {
            """
            <p><span class="tag attention">\($0.words)</span> 判定表では \(judgement.computed.mark) です。理由: \($0.reason)</p>
            """
        }
        let cases = judgement.input.yearlyCases.map { "年間 \($0)件" } ?? "年間の件数は不明"
        return """
            <div class="state"><p><b>\(level.mark)　\(level.step)</b>\(LevelWords.tags(judgement.badges))</p>
            <p>\(level.meaning)</p>\(exception)
            <p>\(judgement.words)</p>
            <p class="quiet">\(judgement.input.today.bothCalendars)の判定（判定表 第\(Rubric.version)版）。\(cases)。件数は先月末までの分です。</p></div>
            """
    }

    private var nextSteps: HTML {
        guard let next = judgement.computed.next, !judgement.missing.isEmpty else { return .empty }
        let lines: [HTML] = judgement.missing.map { missing in
            "<li>\(LevelWords.tag(missing.standing)) <b>\(missing.criterion.mark)</b> \(missing.criterion.words)</li>"
        }
        return """
            <h2>\(next.mark)　\(next.step)まで、あと\(judgement.missing.count)つ</h2>
            <ul class="plain">\(lines)</ul>
            <p class="quiet">「不明」は、「はい」とも「いいえ」とも数えません。分かったことは<a href="\(Link.card(card.id))">カード</a>に記録します。</p>
            """
    }

    private var disagreements: HTML? {
        let found = judgement.ladder.flatMap(\.criteria).compactMap(\.evidence).filter { $0.disagreement != nil }
        guard !found.isEmpty else { return nil }
        let lines: [HTML] = found.map { evidence in
            let fact = evidence.disagreement
            return """
                <li>\(evidence.item.rawValue): 記録では「\(fact?.finding == .yes ? "はい" : "いいえ")」（\(fact?.source ?? "")、\(fact?.asOf.iso ?? "")）ですが、
                Origamiの記録では「\(evidence.standing.name)」です。\(evidence.words ?? "")</li>
                """
        }
        return """
            <div class="notice"><p>記録と、Origamiが見たことが違います。判定には、Origamiが見たことを使います。</p><ul>\(lines)</ul></div>
            """
    }

    private var ladder: HTML {
        let rungs: [HTML] = judgement.ladder.map { rung in
            let isReached = rung.level <= judgement.computed
            let head: HTML = """
                <h3>\(rung.level.mark)　\(rung.level.step)\(isReached ? #" <span class="tag good">届いている</span>"# : .empty)</h3>
                """
            guard !rung.criteria.isEmpty else {
                return head + "<p class=\"quiet\">内部業務では、ひとつ下の段階と同じ条件です。</p>"
            }
            let table = NumberTable(
                label: "\(rung.level.mark)の項目", head: ["項目", "状態", "出典", "いつの時点", "備考"],
                rows: rung.criteria.map(row), isNumbers: false)
            return head + table.html
        }
        return "\(rungs)"
    }

    private func row(_ judged: Judgement.Judged) -> (name: HTML, cells: [HTML]) {
        let evidence = judged.evidence
        let until: HTML? = evidence?.freshUntil.flatMap { day in
            evidence?.isSeen == true && evidence?.item != .e11
                ? nil : #"<br><small class="nowrap">\#(day.iso) まで有効</small>"#
        }
        var notes: [String] = [judged.words].compactMap(\.self)
        if let exemption = evidence?.exemption { notes.append("適用除外: \(exemption.clause)。\(exemption.reason)") }
        return (
            "<b>\(judged.criterion.mark)</b><br><small class=\"wrap\">\(judged.criterion.words)</small>",
            [
                LevelWords.tag(judged.standing), "\(evidence?.source ?? "—")",
                #"<span class="nowrap">\#(evidence?.asOf?.iso ?? "—")</span>\#(until)"#,
                "\(notes.joined(separator: " "))",
            ]
        )
    }

    private var measures: HTML {
        let rows: [(name: HTML, cells: [HTML])] = CardFact.Item.measures.compactMap { judgement.input.series[$0] }.map {
            series in
            func cell(_ value: MeasureSeries.Value?) -> HTML {
                guard let value else { return "不明" }
                let count = value.count.map { "（n=\($0)）" } ?? ""
                return """
                    \(LevelWords.number(value.number, of: series.item))\(count)<br><small>\(value.year.wareki)、\(value.source)</small>
                    """
            }
            return (
                "<b>\(series.item.rawValue)</b><br><small class=\"wrap\">\(FactWords.name(series.item))</small>",
                [cell(series.current), cell(series.baseline)]
            )
        }
        return NumberTable(label: "指標", head: ["指標", "いまの値", "基準（最初の年度）"], rows: rows, isNumbers: false).html
            + """
            <p class="quiet">年度に10件以上あれば、Origamiの記録を使います。10件に満たない年度は、カードに記録された値です。\
            M5は、出典に人数（例: n=45）がなければ判定に使いません。</p>
            """
    }

    private var exceptionPart: HTML {
        let known: [(name: HTML, cells: [HTML])] = exceptions.reversed().map { item in
            let recorder =
                item.recorder == "system" ? "自動" : names[String(item.recorder.dropFirst("officer:".count))] ?? "職員"
            return (
                "\(item.level.mark)",
                [
                    "\(item.decidedOn.iso)", "\(item.until.iso)", "\(item.body)　\(item.reference)", "\(item.reason)",
                    "\(recorder)（\(item.recordedAt.day.iso)）",
                ]
            )
        }
        let table =
            known.isEmpty
            ? nil
            : NumberTable(
                label: "委員会の決定による例外", head: ["段階", "決定", "いつまで", "決めた会議と番号", "理由", "記録"], rows: known,
                isNumbers: false
            ).html
        let form = officer.may(.recordDecisions) ? entry.form(of: card.id) : nil
        guard table != nil || form != nil else { return .empty }
        return """
            <h2>委員会の決定による例外</h2>
            <p>段階は、手では変えられません。委員会が決めた例外だけが、期限のある日まで、判定の代わりに示されます。期限が過ぎると自動で終わります。</p>
            \(table)\(form)
            """
    }
}

/// これまでの段階, as steps and as a table.
struct LevelHistory {
    let records: [LevelRecord]
    let today: Day

    var html: HTML {
        guard let first = records.first else {
            return "<p class=\"notice\">まだ記録がありません。段階は毎日計算され、変わった日に記録されます。</p>"
        }
        let span = Double(max(today.daysSince1970 - first.day.daysSince1970, 1))
        let steps = records.map { record in
            (from: Double(record.day.daysSince1970 - first.day.daysSince1970) / span, level: record.level.rawValue)
        }
        let words = records.map { "\($0.day.iso) \($0.level.mark)" }.joined(separator: "、")
        let chart = Chart("level-history", title: "これまでの段階", summary: words).steps(
            steps, levels: Level.allCases.map(\.mark), ends: (first.day.iso, today.iso))
        let rows: [(name: HTML, cells: [HTML])] = records.reversed().map { record in
            (
                "\(record.day.iso)",
                [
                    "\(record.level.mark)\(LevelWords.tags(record.badges))", "\(record.words)",
                    "第\(record.version)版", "\(record.exceptionUntil.map { "例外（\($0.iso)まで）" } ?? "")",
                ]
            )
        }
        return chart
            + NumberTable(label: "これまでの段階", head: ["日", "段階", "判定", "判定表", "例外"], rows: rows, isNumbers: false).html
    }
}
