import Core
import HTML
import Japanese
import Register
import Web

extension Link {
    /// 案を直す.
    static func draft(_ number: String) -> Link { ("/desk/plan" as Link).below(number).below("draft") }
}

/// 計画の案, part by part.
struct DraftPages {
    let frame: Frame
    let draft: Kept<PlanVersion>
    /// What the nation's plans ask for, each once.
    let national: [NationalPlan.Item]
    let measures: [Measure]

    private var place: Link { .draft(draft.number) }

    func list(saved: String?) -> Page {
        let sorts: [HTML] = DraftPart.Sort.allCases.map { sort in
            let parts: [HTML] = draft.content.names(of: sort).enumerated().map { index, name in
                let part = DraftPart(sort, sort.isSingle ? nil : index)
                return
                    "<li><span>\(name)</span><a href=\"\(place.below(part.id))\">直す<span class=\"unseen\">（\(name)）</span></a></li>"
            }
            let more: HTML =
                sort.canGrow
                ? "<p><a href=\"\(place.below(DraftPart(sort).id))\">\(sort.name)を加える</a></p>" : .empty
            return "<h2>\(sort.name)</h2>\(Piece.rows(parts, empty: "まだありません。"))\(more)"
        }
        return frame.page(
            .closing, "第\(draft.number)版の案を直す", saved: saved,
            """
            <p class="way"><a href="/desk/closing">終期・次の計画</a></p>
            <h1>第\(draft.number)版の案を直す <small>\(draft.content.state.name)</small></h1>
            <p>直せるのは、意見の募集の前と、結果を公表したあとです。前の版との違いは、公開したときに自動で並びます（見る指標と、国の計画のどの項目に答えるかは「国の計画との対応」に出ます）。</p>
            \(sorts)
            <p><a href="\(.history("plan", draft.id))">だれがいつ何を書いたか（全部の版）</a></p>
            """)
    }

    func form(_ part: DraftPart, _ entry: Entry) -> Page {
        let name = draft.content.name(of: part)
        let title = part.isNew ? "\(part.sort.name)を加える" : "\(part.sort.name)を直す"
        let known: HTML? = name.map { "<input type=\"hidden\" name=\"part\" value=\"\($0)\">" }
        let remove: HTML? = part.sort.canGrow ? name.map { removing(part, $0, known, entry) } : nil
        return frame.page(
            .closing, title, entry: entry,
            """
            <div class="column"><p class="way"><a href="\(place)">第\(draft.number)版の案</a></p><h1>\(title)\(part.sort.isSingle ? .empty : name.map { " <small>\($0)</small>" as HTML })</h1>
            <form method="post" action="\(place.below(part.id))">\(entry.seen(draft.revision))\(known)
            \(controls(part, entry))<button class="primary">案に書く</button></form>\(remove)</div>
            """)
    }

    private func removing(_ part: DraftPart, _ name: String, _ known: HTML?, _ entry: Entry) -> HTML {
        Piece.act(
            "案から外す", place.below(part.id).below("remove"),
            "\(entry.seen(draft.revision))\(known)<p>「\(name)」を、この案から外します。いまの形は、案の履歴に残ります。</p>", button: "案から外す")
    }

    private func controls(_ part: DraftPart, _ entry: Entry) -> HTML {
        let plan = draft.content
        switch part.sort {
        case .frame: return frame(entry)
        case .contact:
            let now = plan.contact
            return entry.line("section", "担当", now: now?.section ?? "")
                + entry.line("address", "住所", now: now?.address ?? "")
                + entry.line("telephone", "電話", now: now?.telephone ?? "", width: "medium")
                + entry.line("mail", "メール", now: now?.mail ?? "")
        case .chapter:
            let now = part.place.map { plan.chapters[$0] }
            return entry.line("name", "題", now: now?.title ?? "") + three("gist", "中身", now?.gist, entry)
        case .policy:
            let now = part.place.map { plan.policies[$0] }
            return entry.line("name", "名前", now: now?.name ?? "") + three("gist", "説明", now?.gist, entry)
        case .item: return item(part.place.map { plan.items[$0] }, entry)
        case .organ:
            let now = part.place.map { plan.organs[$0] }
            return entry.line("name", "名前", now: now?.name ?? "") + entry.line("lead", "率いる人", now: now?.lead ?? "")
                + entry.area("does", "役割（1行に一つ）", now: now?.does.joined(separator: "\n") ?? "", rows: 5)
                + entry.area(
                    "decides", "決めること（1行に一つ、なければ空けておく）", now: now?.decides?.joined(separator: "\n") ?? "")
        case .step:
            let now = part.place.map { plan.steps[$0] }
            return entry.line("name", "名前", now: now?.name ?? "")
                + entry.line("change", "何が変わるか", now: now?.change ?? "") + three("gist", "説明", now?.gist, entry)
        case .term:
            let now = part.place.map { plan.glossary[$0] }
            return entry.line("name", "用語", now: now?.term ?? "") + entry.line("reading", "よみ", now: now?.reading ?? "")
                + entry.area("official", "計画の用語集の説明", now: now?.official ?? "")
                + three("gist", "この計画での使い方", now?.working, entry)
        case .related:
            let now = part.place.map { plan.related[$0] }
            return entry.line("name", "名前", now: now?.name ?? "") + entry.line("by", "つくった人", now: now?.by ?? "")
                + "<div class=\"halves\">\(entry.line("date", "日付", hint: "分かるところまで。例: 2024-04", now: now?.date ?? ""))\(entry.line("version", "版（あれば）", now: now?.version ?? ""))</div>"
                + entry.line("note", "ひとこと", now: now?.note ?? "")
        }
    }

    private func frame(_ entry: Entry) -> HTML {
        let plan = draft.content
        return entry.line("title", "題", now: plan.title)
            + "<div class=\"halves\">\(entry.date("from", "計画期間の始まり", hint: nil, now: plan.from))\(entry.date("until", "計画期間の終わり", hint: nil, now: plan.until))</div>"
            + entry.area("period-reason", "この期間にする理由", now: plan.periodReason, rows: 2)
            + entry.area("reason", "見直しの理由", hint: "何を見て、なぜ変えるのか", now: plan.reason ?? "")
            + entry.area(
                "open-points", "決めていないこと（1行に一つ）", now: plan.openPoints.map { $0[.ja] }.joined(separator: "\n"))
    }

    private func item(_ now: PlanVersion.Item?, _ entry: Entry) -> HTML {
        let policies = draft.policies.map { (String($0.no), "\($0.no) \($0.name)") }
        return entry.line("name", "事項の名前", hint: "例: デジタルデバイド対策", now: now?.name ?? "")
            + entry.list("policy", "方針", policies, now: now.map { String($0.policy) } ?? "")
            + three("gist", "説明", now?.gist, entry)
            + entry.boxes(
                "answers", "国の計画のどの項目に答えるか", national.map { ($0.name, $0.name) },
                now: national.filter { now?.isAnswer(to: $0) ?? false }.map(\.name))
            + entry.boxes(
                "measures", "進み具合を見る指標", measures.map { ($0.id, "\($0.name)（\($0.unit.rawValue)）") },
                now: now?.measures ?? [])
    }

    private func three(_ control: String, _ label: String, _ now: Text?, _ entry: Entry) -> HTML {
        entry.area("\(control)-ja", "\(label)（日本語）", now: now?.marked(.ja) ?? "")
            + entry.area(
                "\(control)-easy", "\(label)（やさしい日本語）", hint: "漢字には {計画|けいかく} のように読みをつけます",
                now: now?.marked(.easy) ?? "")
            + entry.area("\(control)-en", "\(label)（英語）", now: now?.marked(.en) ?? "")
    }
}
