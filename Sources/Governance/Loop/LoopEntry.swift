import Core
import Japanese
import Register

/// What people type about a loop.
extension Entry {
    mutating func observation(by officer: Officer, at moment: Moment) -> Loop.Observation {
        let fact = words("fact", "見たこと（事実）", most: 500)
        let value = number("value", "数", optional: true)
        let on = day("on", "いつの事実か")
        if let on, on > today { fail("on", "「いつの事実か」は、きょうまでの日にしてください。") }
        return Loop.Observation(
            fact: fact, value: value, unit: words("unit", "単位", most: 10, optional: true),
            source: words("source", "出典", most: 300), on: on ?? today, seenBy: words("seen-by", "見た人", most: 100),
            origin: choice("origin", "きっかけ", Loop.Origin.self) ?? .hand,
            reference: (self["reference"] ?? "").isEmpty ? nil : words("reference", "参照", most: 200, optional: true),
            card: (self["card"] ?? "").isEmpty ? nil : self["card"], recorder: Actor.officer(officer.id).text,
            recordedAt: moment)
    }

    mutating func hypothesis(by officer: Officer, at moment: Moment) -> Loop.Hypothesis {
        Loop.Hypothesis(
            ifWords: words("if", "もし", most: 300), thenWords: words("then", "どうなるか", most: 300),
            metric: words("metric", "何で測るか", most: 200), size: words("size", "見込みの大きさ", most: 200),
            wrongIf: words("wrong-if", "どうなったら誤りか", most: 300), affected: words("affected", "だれに影響するか", most: 300),
            recorder: Actor.officer(officer.id).text, recordedAt: moment)
    }

    /// 担当する人, by id.
    mutating func officer(_ control: String, _ people: People) -> String? {
        id(control, "担当する人", of: people.officers.map(\.id.text))
    }

    /// - Parameter owners: the ids of those who may answer for a trial.
    mutating func proposal(owners: [String]) -> Loop.Proposal {
        let options = words("options", "案", most: 1000).split(separator: "\n").map { Spaces.trim(String($0)) }.filter {
            !$0.isEmpty
        }
        if !(2...6).contains(options.count) || Set(options).count < options.count, !(self["options"] ?? "").isEmpty {
            fail("options", "「案」は、違う案を2つから6つまで、1行に一つずつ書いてください。「いまのまま続ける」も案になります。")
        }
        if let long = options.first(where: { $0.count > 300 }) {
            fail("options", "「\(long.prefix(20))…」は300文字までにしてください。")
        }
        let typed = day("ask-review-on", "見直しの日")
        let reviewOn = typed ?? today
        if typed != nil, reviewOn <= today { fail("ask-review-on", "「見直しの日」は、あしたからあとにしてください。") }
        return Loop.Proposal(
            options: options, success: words("ask-success", "うまくいったと言える条件", most: 300),
            stop: words("ask-stop", "やめる条件", most: 300), owner: id("ask-owner", "担当する人", of: owners) ?? "",
            reviewOn: reviewOn)
    }

    /// - Parameter decider: who decided, as the page chose it.
    mutating func decision(_ decider: Officer?, by officer: Officer, at moment: Moment) -> Loop.Decision {
        let decidedOn = day("decided-on", "決めた日") ?? today
        if decidedOn > today { fail("decided-on", "「決めた日」は、きょうまでの日にしてください。") }
        let reviewOn = day("review-on", "見直しの日") ?? today
        if reviewOn <= decidedOn { fail("review-on", "「見直しの日」は、決めた日よりあとにしてください。") }
        let sentence = words("sentence", "決めたこと", most: 300)
        let others = words("alternatives", "選ばなかった案", most: 2000, optional: true).split(separator: "\n").map(
            String.init)
        return Loop.Decision(
            sentence: sentence, reason: words("reason", "理由", most: 600),
            alternatives: others.filter { $0 != sentence },
            success: words("success", "うまくいったと言える条件", most: 300), stop: words("stop", "やめる条件", most: 300),
            level: choice("level", "だれの決定か", Loop.Level.self) ?? .section, owner: self["owner"] ?? "",
            reviewOn: reviewOn, assertedBy: decider?.name ?? "", decidedOn: decidedOn,
            recorder: Actor.officer(officer.id).text, recordedAt: moment, meeting: nil)
    }

    mutating func trial(_ measures: [Measure], cards: [Card.ID], by officer: Officer, at moment: Moment) -> Loop.Trial {
        let start = day("start", "始まり") ?? today
        let end = day("end", "終わり") ?? today
        if end < start { fail("end", "「終わり」は、始まりよりあとの日にしてください。") }
        let id = (self["measure"] ?? "").isEmpty ? nil : self.id("measure", "指標", of: measures.map(\.id))
        let measure = id.flatMap { id in measures.first { $0.id == id } }
        let card = (self["trial-card"] ?? "").isEmpty ? nil : self.id("trial-card", "手続き", of: cards)
        if let measure, card != nil, !measure.isPerCard {
            fail("trial-card", "「\(measure.name)」は町全体の指標です。「町全体」を選んでください。")
        }
        if start < today { fail("start", "「始まり」は、きょうか、これからの日にしてください。見込みは、結果が出る前に決めるものです。") }
        let better = measure?.better ?? choice("better", "どちらがよいか", Measure.Better.self) ?? .higher
        let expected = number("expected", "見込みの値") ?? 0
        let stopAt = number("stop-at", "やめる値", optional: true)
        if let stopAt, better.gain(from: stopAt, to: expected) <= 0 {
            fail("stop-at", "「やめる値」は、見込みの値より悪い値にしてください。")
        }
        return Loop.Trial(
            start: start, end: end, scope: words("scope", "どこで試すか", most: 300),
            guardRails: words("guard-rails", "守ること", most: 300),
            expectation: Loop.Expectation(
                measure: id, card: card,
                metric: measure?.name ?? words("metric-words", "測るもの", most: 200),
                unit: measure?.unit.rawValue ?? words("expected-unit", "単位", most: 10, optional: true), better: better,
                before: number("before", "いまの値", optional: true), expected: expected, stopAt: stopAt),
            recorder: Actor.officer(officer.id).text, recordedAt: moment, result: nil)
    }

    mutating func result(by officer: Officer, at moment: Moment) -> Loop.Result {
        let on = day("result-on", "いつの値か") ?? today
        if on > today { fail("result-on", "「いつの値か」は、きょうまでの日にしてください。") }
        return Loop.Result(
            value: number("result", "結果の値") ?? 0, evidence: words("evidence", "数えかた・根拠", most: 300),
            said: words("said", "使った人・職員の声", most: 600, optional: true), on: on,
            recorder: Actor.officer(officer.id).text, recordedAt: moment)
    }

    mutating func ending(by officer: Officer, at moment: Moment) -> Loop.Ending {
        Loop.Ending(
            kind: choice("ending", "終わり方", Loop.Ending.Kind.self) ?? .stop,
            reason: words("ending-reason", "理由", most: 600),
            on: today, recorder: Actor.officer(officer.id).text, recordedAt: moment)
    }
}
