import Core
import HTML
import Japanese
import Register
import Web

/// The forms that move a loop on; the one whose controls have to be mended stands open.
struct LoopForms {
    let loop: Kept<Loop>
    let people: People
    let cards: [Card]
    let measures: [Measure]
    let today: Day
    let live: Double?
    let officer: Officer

    private var place: Link { .loop(loop.id) }

    private func isOpen(_ entry: Entry, _ controls: String...) -> Bool { controls.contains { entry[$0] != nil } }

    func orient(_ entry: Entry) -> HTML {
        Piece.act(
            loop.hypotheses.isEmpty ? "仮説を書く" : "ほかの仮説を書く", place.below("orient"),
            isOpen: isOpen(entry, "if") || loop.hypotheses.isEmpty,
            """
            \(entry.seen(loop.revision))
            \(entry.line("if", "もし（何をすれば）", hint: "例: 転入の案内に1枚のチラシを入れれば"))
            \(entry.line("then", "どうなるか", hint: "例: 転出届をオンラインで出す人が増える"))
            \(entry.line("metric", "何で測るか", hint: "例: 転出届のオンライン利用率"))
            \(entry.line("size", "見込みの大きさ", hint: "例: 8週間で10%"))
            \(entry.area("wrong-if", "どうなったら、この仮説は誤りか", rows: 2))
            \(entry.area("affected", "だれに影響するか", hint: "スマートフォンやパソコンを持たない方のことも書いてください", rows: 2))
            """, button: "仮説を加える")
    }

    func ask(_ entry: Entry) -> HTML {
        let now = loop.proposal
        return Piece.act(
            "決定を求める", place.below("ask"), isOpen: isOpen(entry, "asked"),
            """
            \(entry.seen(loop.revision))
            \(entry.radios("asked", "だれが決めることですか", Loop.Level.allCases.map { ($0.rawValue, $0 == .committee ? "委員会（次の会議の議題になります）" : $0.name) }, now: (loop.asked ?? .section).rawValue))
            \(entry.area("options", "案（1行に一つ、2つ以上）", hint: "担当課の案を1行めに。「いまのまま続ける」も一つの案です", now: now?.options.joined(separator: "\n") ?? ""))
            \(entry.line("ask-success", "うまくいったと言える条件", now: now?.success ?? ""))\(entry.line("ask-stop", "やめる条件", now: now?.stop ?? ""))
            \(entry.list("ask-owner", "担当する人", people.choices { $0.may(.reportProgress) }, now: now?.owner ?? officer.id.text))
            \(entry.date("ask-review-on", "見直しの日", now: now?.reviewOn ?? today.adding(days: 56)))
            """, button: "決定を求める")
    }

    func decide(_ entry: Entry) -> HTML {
        let deciders = people.officers.filter { $0.may(.decideTrials, in: loop.section) || $0.may(.leadPlan) }
        let levels = [Loop.Level.section, .cio].map { ($0.rawValue, $0.name) }
        let (now, asked) = (loop.decision, loop.proposal)
        let isOwn = deciders.contains { $0.id == officer.id }
        return Piece.act(
            now == nil ? asked == nil ? "決める・決まったことを記録する" : "案と違う内容で決める・決まったことを記録する" : "決定を直す（試行が始まるまで）",
            place.below("decide"),
            isOpen: isOpen(entry, "sentence"),
            """
            \(entry.seen(loop.revision))
            \(entry.line("sentence", "決めたこと（1文）", now: now?.sentence ?? ""))
            \(entry.area("reason", "理由", now: now?.reason ?? ""))
            \(entry.area("alternatives", "選ばなかった案（1行に一つ）", now: (now?.alternatives ?? asked?.options ?? []).joined(separator: "\n")))
            \(entry.line("success", "うまくいったと言える条件", now: now?.success ?? asked?.success ?? ""))
            \(entry.line("stop", "やめる条件", now: now?.stop ?? asked?.stop ?? ""))
            \(entry.radios("level", "だれの決定ですか", levels, now: now?.level.rawValue ?? (loop.asked == .cio ? "cio" : "section")))
            \(entry.list("asserted", "決めた人", deciders.map { ($0.id.text, $0.name) }, hint: "口頭や紙で決まったときは、決めた人を選んでください。記録した人として、あなたの名前も残ります", now: isOwn ? officer.id.text : ""))
            \(entry.date("decided-on", "決めた日", now: now?.decidedOn ?? today))
            \(entry.list("owner", "担当する人", people.choices { $0.may(.reportProgress) }, now: now?.owner ?? asked?.owner ?? officer.id.text))
            \(entry.date("review-on", "見直しの日", now: now?.reviewOn ?? asked?.reviewOn ?? today.adding(days: 56)))
            """, button: "決定を記録する")
    }

    /// 案を選ぶ, for who decides: as little to press as there can be, on a phone too.
    func choose(_ proposal: Loop.Proposal, _ entry: Entry) -> HTML {
        let options = proposal.options.enumerated().map { (String($0.offset), $0.element) }
        let (hasOwner, isLate) = (people.officer(proposal.owner) != nil, proposal.reviewOn <= today)
        return """
            <section><h2>どの案にしますか</h2>
            <form method="post" action="\(place.below("choose"))">\(entry.seen(loop.revision))
            \(entry.radios("option", "案", options))
            \(Piece.facts([("うまくいったと言える条件", "\(proposal.success)"), ("やめる条件", "\(proposal.stop)"), ("担当", hasOwner ? "\(people.name(proposal.owner))" : .empty), ("見直しの日", isLate ? .empty : "\(proposal.reviewOn.wareki)")]))
            \(hasOwner ? .empty : entry.list("choose-owner", "担当する人（案を書いたあとに変わりました）", people.choices { $0.may(.reportProgress) }))
            \(isLate ? entry.date("choose-review-on", "見直しの日（案の日を過ぎました）", now: today.adding(days: 56)) : .empty)
            \(entry.area("choose-reason", "理由", rows: 2))
            <button class="primary">この案に決める</button></form></section>
            """
    }

    /// 担当を替える, where a section or a person changed.
    func hand(_ entry: Entry, sections: [(id: String, name: String)]) -> HTML {
        let owner: HTML =
            loop.content.owner.map {
                entry.list("hand-owner", "担当する人", people.choices { $0.may(.reportProgress) }, now: $0)
            } ?? .empty
        return Piece.act(
            "担当を替える", place.below("hand"), isOpen: isOpen(entry, "hand-section"),
            """
            \(entry.seen(loop.revision))\(entry.list("hand-section", "担当課", sections, now: loop.section))\(owner)
            """, button: "担当を替える")
    }

    func start(_ entry: Entry) -> HTML {
        let choices = measures.map { ($0.id, "\($0.name)（\($0.unit.rawValue)）") }
        return Piece.act(
            "試行を始める", place.below("start"), isOpen: isOpen(entry, "expected") || entry.problems.isEmpty,
            """
            \(entry.seen(loop.revision))
            <p>見込みの値は、始めたあとは変えられません。結果を見てから見込みを合わせることを防ぐためです。</p>
            \(entry.list("measure", "指標", choices, hint: "数えられる指標を選ぶと、結果は自動で数えます", none: "自分で数える"))
            \(entry.list("trial-card", "どの手続きの指標か", cards.map { ($0.id, $0.name[.ja]) }, now: loop.observation.card ?? "", none: "町全体"))
            <div class="halves">\(entry.line("metric-words", "測るもの（自分で数えるとき）"))\(entry.line("expected-unit", "単位（自分で数えるとき）"))</div>
            \(entry.list("better", "どちらがよいか（自分で数えるとき）", Measure.Better.allCases.map { ($0.rawValue, $0.name) }, none: nil))
            <div class="halves">\(entry.line("before", "いまの値（分かれば）", now: ActionSheet.written(loop.observation.value), width: "medium"))\(entry.line("expected", "見込みの値", width: "medium"))</div>
            \(entry.line("stop-at", "やめる値（これより悪ければやめる）", width: "medium"))
            <div class="halves">\(entry.date("start", "始まり", hint: nil, now: today))\(entry.date("end", "終わり", hint: nil, now: today.adding(days: 55)))</div>
            \(entry.area("scope", "どこで試すか", rows: 2))
            \(entry.area("guard-rails", "守ること", hint: "例: 窓口を待たせない。紙で出す方に不利にしない", rows: 2))
            """, button: "この見込みで始める")
    }

    func result(_ entry: Entry) -> HTML {
        let counted: String? = live.map { _ in "指標から数えました（試行の始まった月から、いまの月まで）" }
        return Piece.act(
            "結果を記録する", place.below("result"),
            isOpen: isOpen(entry, "result") || (loop.trial?.result == nil && loop.content.isReviewDue(on: today)),
            """
            \(entry.seen(loop.revision))
            \(entry.line("result", "結果の値（\(loop.trial?.expectation.unit ?? "")）", now: ActionSheet.written(live), width: "medium"))
            \(entry.line("evidence", "数えかた・根拠", now: counted ?? ""))
            \(entry.area("said", "使った人・職員の声", hint: "だれか分かることは書かないでください"))
            \(entry.date("result-on", "いつの値か", now: today))
            """, button: "結果を記録する")
    }

    /// 公開: what was tried is public, unless there is a reason.
    func hide(_ entry: Entry) -> HTML {
        Piece.act(
            loop.hidden == nil ? "公開しないときは、理由を書く" : "公開のしかたを直す", place.below("hide"), isOpen: entry["hidden"] != nil,
            """
            \(entry.seen(loop.revision))<p>試行を始めるか終えると、見たこと・仮説・決定・結果・理由が公開ページに載ります。個人や事故の詳しいことに関わるときだけ、理由を書いて載せないことができます。</p>
            \(entry.line("hidden", "公開しない理由（公開するなら空けておく）", now: loop.hidden ?? ""))
            """, button: "保存する")
    }

    func end(_ entry: Entry) -> HTML {
        let kinds = Loop.Ending.Kind.allCases.filter { $0 == .stop || loop.trial?.result != nil }
        return Piece.act(
            "終わりにする", place.below("end"), isOpen: isOpen(entry, "ending") || loop.trial?.result != nil,
            """
            \(entry.seen(loop.revision))
            \(entry.radios("ending", "終わり方", kinds.map { ($0.rawValue, $0.name) }))
            \(entry.area("ending-reason", "理由", hint: "町民に公開されます。やめたときも、分かったことを書いてください"))
            """, button: "ループを終わる")
    }
}
