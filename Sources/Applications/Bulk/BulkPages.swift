import Core
import HTML
import Japanese
import Web

/// まとめて処理, as officers see it.
struct BulkPages {
    let officer: Officer

    /// What was chosen, and what is known about it.
    struct Choice: Sendable {
        let deed: BulkRun.Deed
        let items: [BulkRun.Item]
        /// True if there were more than ``BulkRun/maximum``.
        let hasMore: Bool
        /// How many are of cards whose applications are decided one by one.
        let oneByOne: Int
        /// To whom they can be given.
        let colleagues: [StaffDirectory.Colleague]
        var target = ""
        var words = ""
        /// The list it was chosen from.
        var list: Link = "/desk"
        var problem: (control: String, words: String)?
    }

    /// Before it is done: how many of which, and what else has to be said.
    func check(_ choice: Choice) -> Page {
        let deed = choice.deed
        let states = Case.Status.allCases.map { status in (status, choice.items.filter { $0.status == status }.count) }
        let rows: [HTML] = states.filter { $0.1 > 0 }.map { status, count in
            let can = deed.fits(status) ? "できます" : "いまの状態ではできません"
            return "<tr><td>\(DeskWords.tag(status))</td><td class=\"number\">\(count)件</td><td>\(can)</td></tr>"
        }
        let able = states.filter { deed.fits($0.0) }.reduce(0) { $0 + $1.1 }
        let more: HTML? =
            choice.hasMore
            ? #"<p class="notice">この条件の申請は、ほかにもあります。一度に処理するのは\#(BulkRun.maximum)件までです。</p>"# : nil
        let alone: HTML? =
            deed == .approve && choice.oneByOne > 0
            ? """
            <p class="notice">うち\(choice.oneByOne)件は、決裁の順か複数人での確認が決められた手続きです。まとめては承認できません。</p>
            """ : nil
        let summary = choice.problem.map {
            ProblemSummary("入力内容をお確かめください", [($0.control, "\($0.words)")]).html
        }
        return Page(
            (choice.problem == nil ? "" : "エラー: ") + "まとめて処理の確認", zone: .desk(officer),
            status: choice.problem == nil ? 200 : 422,
            """
            \(summary)
            <p class="way"><a href="\(choice.list)">申請一覧へ戻る</a></p>
            <h1>\(deed.name) <small>選んだ申請 \(choice.items.count)件</small></h1>
            \(more)
            <table class="short"><thead><tr><th scope="col">いまの状態</th><th scope="col">件数</th><th scope="col">\(deed.name)</th></tr></thead>
            <tbody>\(rows)</tbody></table>\(alone)
            \(able == 0 ? "<p class=\"notice\">選んだ申請には、いまこの処理ができるものがありません。</p>" : form(choice, able))
            """)
    }

    private func form(_ choice: Choice, _ able: Int) -> HTML {
        let hidden: [HTML] = choice.items.map { #"<input type="hidden" name="item" value="\#($0.text)">"# }
        return """
            <p>できなかった申請は、変わりません。1件ごとの結果と理由を、次のページに示します。</p>
            <form method="post" action="/desk/bulk">
            <input type="hidden" name="run" value="\(BulkRun.ID().text)"><input type="hidden" name="deed" value="\(choice.deed.rawValue)">\(hidden)
            \(target(choice))\(words(choice))
            <button class="primary">\(able)件: \(choice.deed.name)</button></form>
            """
    }

    private func target(_ choice: Choice) -> HTML? {
        guard choice.deed == .assign else { return nil }
        let options: [HTML] = choice.colleagues.map { colleague in
            let chosen = Attributes().with("selected", when: choice.target == colleague.id.text)
            let own = colleague.id == officer.id ? "（自分）" : ""
            return #"<option value="\#(colleague.id.text)"\#(chosen)>\#(colleague.name)\#(own)</option>"#
        }
        let nobody = Attributes().with("selected", when: choice.target == "-")
        return """
            <div class="field"><label for="target">担当者</label>\(error("target", choice))
            <select id="target" name="target"><option value="">選んでください</option>\(options)\
            <option value="-"\(nobody)>担当者なしにする</option></select></div>
            """
    }

    private func words(_ choice: Choice) -> HTML? {
        let (label, hint): (HTML, HTML)
        switch choice.deed {
        case .letter: (label, hint) = ("お知らせの内容", "選んだ申請の申請者すべてに、同じ文が届きます。ひとりの方だけに関わることは書かないでください。")
        case .approve: (label, hint) = ("申請者に伝えること（任意）", "承認した申請の申請者すべてに、同じ文が届きます。")
        case .assign: (label, hint) = ("担当者への言葉（任意）", "内部メモとして残ります。申請者には見えません。")
        case .receive, .review, .handOver: return nil
        }
        let wrong = choice.problem?.control == "words" ? "true" : nil
        let attributes = Attributes().with("required", when: choice.deed.needsWords)
            .with("aria-invalid", ifPresent: wrong)
        return """
            <div class="field"><label for="words">\(label)</label><p class="hint" id="words-hint">\(hint)</p>\(error("words", choice))
            <textarea id="words" name="words" rows="5" aria-describedby="words-hint"\(attributes)>
            \(choice.words)</textarea></div>
            """
    }

    private func error(_ control: String, _ choice: Choice) -> HTML? {
        choice.problem.flatMap { $0.control == control ? "<p class=\"error\">\($0.words)</p>" : nil }
    }

    /// When nothing was chosen that something could be done with.
    func nothingChosen(_ words: String) -> Page {
        Page(
            "エラー: まとめて処理", zone: .desk(officer), status: 422,
            """
            \(ProblemSummary("まとめて処理できませんでした", [(nil, "\(words)")]).html)
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            <h1>まとめて処理</h1>
            """)
    }

    /// What came of it so far, one line for each.
    func result(_ run: BulkRun, _ outcomes: [BulkRun.Outcome], target: String?) -> Page {
        let (done, waiting) = (outcomes.filter { $0.isDone == true }.count, outcomes.filter { $0.isDone == nil }.count)
        let refused = outcomes.count - done - waiting
        let order = outcomes.filter { $0.isDone == false } + outcomes.filter { $0.isDone != false }
        let rows: [HTML] = order.map { outcome in
            let state: HTML =
                switch outcome.isDone {
                case true?: #"<span class="tag good">済み</span>"#
                case false?: #"<span class="tag attention">できませんでした</span> \#(outcome.words)"#
                case nil: #"<span class="tag">これから</span>"#
                }
            return """
                <tr><td><a href="\(.desk(outcome.application))">\(outcome.number)</a></td><td>\(state)</td></tr>
                """
        }
        let progress: HTML =
            waiting == 0
            ? ""
            : """
            <div class="notice"><p>処理を続けています。このページを離れても、続きます。あとで「まとめて処理の結果」から見られます。</p>
            <p><progress max="\(outcomes.count)" value="\(outcomes.count - waiting)" aria-label="進み具合"></progress> \
            \(outcomes.count)件のうち\(outcomes.count - waiting)件</p>
            <p><a class="button" href="\(.bulk(run.id))">いまの進み具合を見る</a></p></div>
            """
        return Page(
            "まとめて処理の結果", zone: .desk(officer),
            """
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            <h1>\(run.deed.name) <small>\(target.map { "\($0)さんへ " } ?? "")\(run.at.day.iso) \(run.at.timeOfDay)</small></h1>
            \(progress)
            <p class="lead">済み <b>\(done)件</b>\(refused == 0 ? "" : "、できなかったもの <b>\(refused)件</b>")</p>
            <table class="short"><thead><tr><th scope="col">受付番号</th><th scope="col">結果</th></tr></thead><tbody>\(rows)</tbody></table>
            """)
    }

    /// What this officer did lately.
    func list(_ runs: [(run: BulkRun, total: Int, waiting: Int)]) -> Page {
        let rows: [HTML] = runs.map { run, total, waiting in
            """
            <tr><td><a href="\(.bulk(run.id))">\(run.at.day.iso) \(run.at.timeOfDay)</a></td><td>\(run.deed.name)</td>
            <td class="number">\(total)件</td><td>\(waiting == 0 ? "終わりました" : "処理中（残り\(waiting)件）")</td></tr>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"notice\">まだありません。申請一覧で申請を選ぶと、まとめて処理できます。</p>"
            : """
            <table class="short"><thead><tr><th scope="col">日時</th><th scope="col">処理</th><th scope="col">件数</th>
            <th scope="col">状態</th></tr></thead><tbody>\(rows)</tbody></table>
            """
        return Page(
            "まとめて処理の結果", zone: .desk(officer),
            """
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            <h1>まとめて処理の結果</h1><p>自分が始めたものです。\(BulkRun.daysKept)日のあいだ見られます。</p>\(table)
            """)
    }
}

extension BulkRun.Deed {
    /// True if it can be done in a state.
    func fits(_ status: Case.Status) -> Bool {
        guard let next = self.status else { return status != .draft }
        // 補正から戻すのは申請者; 再審査 has its reason, one by one.
        return status.next.contains(next) && status != .returned && !(next == .reviewing && status.isDecided)
    }
}
