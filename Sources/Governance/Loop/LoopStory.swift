import Core
import HTML
import Japanese
import Register
import Web

/// One loop, told from what was seen to what came of it, with what can be done next.
struct LoopStory {
    let frame: Frame
    let loop: Kept<Loop>
    let people: People
    let cards: [Card]
    let measures: [Measure]
    let action: Kept<PlanAction>?
    /// What the trial's measure says now, where it is one that is counted.
    let live: Double?
    let followers: [Kept<Loop>]
    let today: Day

    private var mayWork: Bool { frame.officer.mayReport(for: loop.section) }

    func page(_ entry: Entry, saved: String?) -> Page {
        let content = loop.content
        return frame.page(
            .loops, content.title, entry: entry, saved: saved,
            """
            <p class="way"><a href="/desk/loops">OODA</a></p>
            <h1>\(content.title) <small>\(content.stage.name)</small></h1>
            \(next(content))\(choosing(content, entry))\(content.hidden.map { "<p class=\"quiet\">公開ページには載せません: \($0)</p>" as HTML })
            <ol class="history timeline">
            <li><h2>観察 <small>\(content.observation.on.wareki)</small></h2>\(observation(content.observation))</li>
            \(content.hypotheses.enumerated().map { "<li><h2>仮説\($0.offset + 1) <small>\($0.element.recordedAt.day.wareki)</small></h2>\(hypothesis($0.element))</li>" as HTML })
            \(content.decision.map { "<li><h2>決定 <small>\($0.decidedOn.wareki)</small></h2>\(decision($0))</li>" as HTML })
            \(content.trial.map { "<li><h2>試行 <small>\($0.start.wareki)から\($0.end.wareki)まで</small></h2>\(trial($0))</li>" as HTML })
            \(content.trial?.result.map { "<li><h2>結果 <small>\($0.on.wareki)</small></h2>\(result($0, content))</li>" as HTML })
            \(content.ending.map { "<li><h2>\($0.kind.name) <small>\($0.on.wareki)</small></h2><p class=\"kept\">\($0.reason)</p><p class=\"quiet\">記録: \(people.name($0.recorder))</p></li>" as HTML })
            </ol>
            \(mayWork ? forms(entry, content) : .empty)
            \(followed)
            <p><a href="\(.history("loop", loop.id))">だれがいつ何を書いたか（全部の版）</a></p>
            """)
    }

    private func next(_ loop: Loop) -> HTML {
        let words: String =
            switch loop.stage {
            case .observed: "次は、なぜそうなっているのかを考えて、仮説を書きます。"
            case .oriented: "\(loop.waitsFor?.name ?? "課")の決定を待っています。"
            case .decided: loop.isReviewDue(on: today) ? "見直しの日が来ました。試行を始めるか、やめるかを決めます。" : "次は、見込みの値を決めて、試行を始めます。"
            case .trying:
                loop.trial?.result == nil
                    ? loop.isReviewDue(on: today) ? "見直しの日が来ました。結果を記録してください。" : "試行中です。見込みはもう変えられません。"
                    : "結果が出ました。取り入れるか、直して続けるか、やめるかを選びます。"
            case .finished:
                loop.ending?.kind == .adapt && followers.isEmpty
                    ? "このループは「直して続ける」で終わりました。続きを、次のループとして始めてください。" : "このループは終わりました。"
            }
        return #"<p class="notice">\#(words)</p>"#
    }

    /// The options, for who decides.
    private func choosing(_ loop: Loop, _ entry: Entry) -> HTML {
        guard let proposal = loop.proposal, let level = loop.waitsFor, level != .committee,
            people.deciders(level, of: loop.section).contains(where: { $0.id == frame.officer.id })
        else { return .empty }
        return forms.choose(proposal, entry)
    }

    private func observation(_ seen: Loop.Observation) -> HTML {
        let card = seen.card.flatMap { id in cards.first { $0.id == id } }
        return """
            <p class="kept">\(seen.fact)</p>
            \(Piece.facts([
                ("数", "\(seen.value.map { Piece.number($0, seen.unit) } ?? "—")"), ("出典", "\(seen.source)"),
                ("見た人", "\(seen.seenBy)"), ("きっかけ", "\(seen.origin.name)"),
                ("手続き", card.map { #"<a href="\#("/desk/cards/\($0.id)" as Link)">\#($0.name[.ja])</a>"# } ?? "—"),
                ("担当課", "\(frame.sectionName(loop.section))"), ("取組", actionLink), ("記録", "\(people.name(seen.recorder))（\(seen.recordedAt.day.wareki)）"),
            ]))
            """
    }

    private var actionLink: HTML {
        action.map { #"<a href="\#(.action($0.id))">\#($0.number) \#($0.title)</a>"# } ?? "—"
    }

    private func hypothesis(_ idea: Loop.Hypothesis) -> HTML {
        """
        <p><b>\(idea.words)</b></p>
        \(Piece.facts([
            ("測るもの", "\(idea.metric)"), ("見込みの大きさ", "\(idea.size)"), ("どうなったら誤りか", Piece.kept(idea.wrongIf)),
            ("影響する人", Piece.kept(idea.affected)), ("記録", "\(people.name(idea.recorder))"),
        ]))
        """
    }

    private func decision(_ made: Loop.Decision) -> HTML {
        """
        <p><b>\(made.sentence)</b></p>
        \(Piece.facts([
            ("理由", Piece.kept(made.reason)), ("選ばなかった案", made.alternatives.isEmpty ? "—" : Piece.kept(made.alternatives.joined(separator: "\n"))),
            ("うまくいったと言える条件", Piece.kept(made.success)), ("やめる条件", Piece.kept(made.stop)),
            ("決めた人", "\(made.assertedBy)（\(made.level.name)）"), ("記録した人", "\(people.name(made.recorder))（\(made.recordedAt.day.wareki)）"),
            ("担当", "\(people.name(made.owner))"), ("見直しの日", "\(made.reviewOn.wareki)\(loop.content.isReviewDue(on: today) ? " \(Piece.tag("来ました", "attention"))" as HTML : .empty)"),
            ("会議", made.meeting.map { #"<a href="\#(.meeting($0))">委員会の記録</a>"# } ?? "—"),
        ]))
        """
    }

    private func trial(_ trial: Loop.Trial) -> HTML {
        let expectation = trial.expectation
        return Piece.facts([
            ("どこで", Piece.kept(trial.scope)), ("守ること", Piece.kept(trial.guardRails)), ("測るもの", "\(expectation.metric)"),
            ("いまの値", "\(Piece.number(expectation.before, expectation.unit))"),
            (
                "見込み",
                "<b>\(Piece.number(expectation.expected, expectation.unit))</b> <span class=\"quiet\">始まったあとは変えられません</span>"
            ),
            ("やめる値", "\(expectation.stopAt.map { Piece.number($0, expectation.unit) } ?? "—")"),
            ("きょう数えると", "\(live.map { Piece.number($0, expectation.unit) } ?? "—")"),
        ])
    }

    private func result(_ result: Loop.Result, _ loop: Loop) -> HTML {
        let unit = loop.trial?.expectation.unit ?? ""
        let outcome = loop.outcome ?? .between
        return """
            <p><b class="big">\(Piece.number(result.value, unit))</b> \(Piece.tag(outcome.name, outcome == .reached ? "good" : outcome == .stop ? "attention" : ""))
            見込み \(Piece.number(loop.trial?.expectation.expected, unit))</p>
            \(Piece.facts([("数えかた・根拠", Piece.kept(result.evidence)), ("声", Piece.kept(result.said)), ("記録", "\(people.name(result.recorder))")]))
            """
    }

    private var followed: HTML {
        let items: [HTML] = followers.map {
            #"<li><a href="\#(.loop($0.id))">\#($0.title)</a> <span>\#($0.content.stage.name)</span></li>"#
        }
        return items.isEmpty ? .empty : "<h2>このあとのループ</h2><ul class=\"rows\">\(items)</ul>"
    }

    private var forms: LoopForms {
        LoopForms(
            loop: loop, people: people, cards: cards, measures: measures, today: today, live: live,
            officer: frame.officer)
    }

    private func forms(_ entry: Entry, _ content: Loop) -> HTML {
        let forms = forms
        let hiding =
            (content.stage == .finished ? .empty : forms.hand(entry, sections: frame.sections)) + forms.hide(entry)
        switch content.stage {
        case .observed: return forms.orient(entry) + forms.end(entry) + hiding
        case .oriented: return forms.orient(entry) + forms.ask(entry) + forms.decide(entry) + forms.end(entry) + hiding
        case .decided: return forms.start(entry) + forms.decide(entry) + forms.end(entry) + hiding
        case .trying: return forms.result(entry) + forms.end(entry) + hiding
        case .finished:
            return
                "<p><a class=\"button\" href=\"\(("/desk/loops/new" as Link).asking([("follows", loop.id)]))\">\(content.ending?.kind == .adapt ? "直して、もう一度試す" : "ここから次の観察を始める")</a></p>"
                + hiding
        }
    }
}
