import Core
import Japanese
import Register

/// OODAループ. One question from what was seen to what came of it: observation, hypotheses, decision, trial, result, ending.
///
/// Legal moves: observed → oriented → decided → trying → finished; an oriented or decided one may also be finished without
/// a trial. A finished loop never changes; what follows is another loop.
struct Loop: Document, Equatable {
    static var kind: String { "loop" }

    var title: String
    /// 重点取組事項, and the action it belongs to, as far as there is one.
    var item: Int?
    var action: String?
    /// 担当課.
    var section: String
    var observation: Observation
    var hypotheses: [Hypothesis]
    /// Who is asked to decide; nil while nobody was asked.
    var asked: Level?
    /// What they are asked; nil where nobody was asked to decide.
    var proposal: Proposal?
    var decision: Decision?
    var trial: Trial?
    var ending: Ending?
    /// The loop that it came out of.
    var follows: String?
    /// Why it is not made public; nil where it is.
    var hidden: String?

    enum Stage: String, Sendable, Codable, CaseIterable {
        case observed, oriented, decided, trying, finished

        var name: String {
            switch self {
            case .observed: "観察"
            case .oriented: "方向づけ"
            case .decided: "決定"
            case .trying: "試行中"
            case .finished: "終わり"
            }
        }
    }

    var stage: Stage {
        if ending != nil { return .finished }
        if trial != nil { return .trying }
        if decision != nil { return .decided }
        return hypotheses.isEmpty ? .observed : .oriented
    }

    /// 観察. A fact with its day, its source and who saw it; what it means comes later.
    struct Observation: Sendable, Codable, Equatable {
        let fact: String
        let value: Double?
        let unit: String
        let source: String
        let on: Day
        /// Who saw it, in their own or the recorder's words.
        let seenBy: String
        let origin: Origin
        /// The measure, voice or loop that it came from.
        let reference: String?
        let card: Card.ID?
        /// Who wrote it down, as ``Actor/text``: the proposer, who is told what becomes of it.
        let recorder: String
        let recordedAt: Moment
    }

    enum Origin: String, Sendable, Codable, CaseIterable {
        case measure, voice, incident, law, hand

        var name: String {
            switch self {
            case .measure: "数字の動き"
            case .voice: "町民の声"
            case .incident: "事故・障害"
            case .law: "法令・国の動き"
            case .hand: "職員の気づき"
            }
        }
    }

    /// 仮説. 「もし〜すれば、〜になる」, in a way that can turn out wrong.
    struct Hypothesis: Sendable, Codable, Equatable {
        let ifWords: String
        let thenWords: String
        /// 測るもの.
        let metric: String
        /// 見込みの大きさ.
        let size: String
        /// これが出たら誤り.
        let wrongIf: String
        /// だれに影響するか, people without devices too.
        let affected: String
        let recorder: String
        let recordedAt: Moment

        var words: String { "もし\(ifWords)、\(thenWords)" }
    }

    /// 案. What the section puts before who decides: the options, and what goes with whichever is chosen.
    struct Proposal: Sendable, Codable, Equatable {
        /// Two or more, each in one sentence, the section's own first.
        let options: [String]
        let success: String
        let stop: String
        /// The officer who would answer for it, by id.
        var owner: String
        let reviewOn: Day
    }

    /// 決定. What is done, chosen among options, by whom, and when it is looked at again.
    struct Decision: Sendable, Codable, Equatable {
        /// What is done: one sentence.
        let sentence: String
        let reason: String
        /// The options that were not chosen, one a line.
        let alternatives: [String]
        /// うまくいったと言える条件.
        let success: String
        /// やめる条件.
        let stop: String
        let level: Level
        /// The officer who answers for it, by id.
        var owner: String
        let reviewOn: Day
        /// 決めた人 or body, as it was told.
        let assertedBy: String
        let decidedOn: Day
        /// 記録した人, as ``Actor/text``.
        let recorder: String
        let recordedAt: Moment
        /// The meeting where the committee decided.
        let meeting: String?
    }

    /// 決める人.
    enum Level: String, Sendable, Codable, CaseIterable {
        case section, cio, committee

        var name: String {
            switch self {
            case .section: "課"
            case .cio: "CIO"
            case .committee: "委員会"
            }
        }

        /// Higher for who decides above others.
        var rank: Int { Level.allCases.firstIndex(of: self) ?? 0 }
    }

    /// 試行. The expectation is fixed when it starts, before there is any result.
    struct Trial: Sendable, Codable, Equatable {
        let start: Day
        let end: Day
        let scope: String
        /// 守ること.
        let guardRails: String
        let expectation: Expectation
        let recorder: String
        let recordedAt: Moment
        var result: Result?
    }

    /// 見込み. Cannot be changed after the start.
    struct Expectation: Sendable, Codable, Equatable {
        /// The measure it is read from; nil for a number that is counted by hand.
        let measure: String?
        let card: Card.ID?
        let metric: String
        let unit: String
        let better: Measure.Better
        let before: Double?
        let expected: Double
        /// At this or worse it is stopped.
        let stopAt: Double?
    }

    struct Result: Sendable, Codable, Equatable {
        let value: Double
        /// How it was counted.
        let evidence: String
        /// What people said.
        let said: String
        let on: Day
        let recorder: String
        let recordedAt: Moment
    }

    /// 終わり方. To stop is as good an end as any.
    struct Ending: Sendable, Codable, Equatable {
        let kind: Kind
        let reason: String
        let on: Day
        let recorder: String
        let recordedAt: Moment

        enum Kind: String, Sendable, Codable, CaseIterable {
            case adopt, adapt, stop

            var name: String {
                switch self {
                case .adopt: "取り入れる"
                case .adapt: "直して続ける"
                case .stop: "やめる"
                }
            }
        }
    }

    /// How the result is to what was expected.
    var outcome: Outcome? {
        guard let trial, let result = trial.result else { return nil }
        let expectation = trial.expectation
        if expectation.better.gain(from: expectation.expected, to: result.value) >= 0 { return .reached }
        if let stop = expectation.stopAt, expectation.better.gain(from: stop, to: result.value) <= 0 { return .stop }
        return .between
    }

    enum Outcome: String, Sendable, Codable {
        case reached, between, stop

        var name: String {
            switch self {
            case .reached: "見込みに届いた"
            case .between: "見込みに届かなかった"
            case .stop: "やめる条件に当たった"
            }
        }
    }
}

/// What may be done with a loop, and when.
extension Loop {
    /// 方向づけ: another hypothesis, as long as no trial has begun.
    mutating func orient(_ hypothesis: Hypothesis) throws(Refused) {
        guard stage == .observed || stage == .oriented else {
            throw .notNow("仮説を加えられるのは、決定の前までです。試してから分かったことは、新しい観察として始めてください。")
        }
        guard hypotheses.count < 8 else { throw .notNow("仮説は8つまでです。") }
        hypotheses.append(hypothesis)
    }

    mutating func decide(_ decision: Decision) throws(Refused) {
        guard stage == .oriented || stage == .decided else {
            throw .notNow(
                stage == .observed ? "決める前に、仮説を一つは書いてください。事実からすぐに手段へ進まないためです。" : "試行が始まったあとは、決定を変えられません。")
        }
        guard decision.decidedOn >= observation.on else {
            throw .unusable("決めた日が、観察の日（\(observation.on.wareki)）より前です。")
        }
        if let asked, decision.level.rank < asked.rank {
            throw .notNow("このループは\(asked.name)の決定を求めています。\(decision.level.name)では決められません。求める先は「決定を求める」で変えられます。")
        }
        guard decision.reviewOn > decision.decidedOn else { throw .unusable("見直しの日は、決定の日よりあとにしてください。") }
        self.decision = decision
    }

    mutating func start(_ trial: Trial) throws(Refused) {
        guard stage == .decided else {
            throw .notNow(stage == .trying || stage == .finished ? "試行はもう始まっています。見込みは変えられません。" : "試行の前に、決定が要ります。")
        }
        guard trial.start >= trial.recordedAt.day else {
            throw .unusable("始まりの日は、きょうか、これからの日にしてください。見込みは、結果が出る前に決めるものです。")
        }
        guard trial.start <= trial.end else { throw .unusable("終わりの日は、始まりの日よりあとにしてください。") }
        guard trial.result == nil else { throw .notNow("結果は、試行が始まってから記録します。") }
        self.trial = trial
    }

    /// 結果. Compared with what was expected; a later one takes the place of an earlier one as long as it is not ended.
    mutating func record(_ result: Result) throws(Refused) {
        guard stage == .trying, var trial else {
            throw .notNow(stage == .finished ? "終わったループの結果は変えられません。" : "結果を記録する前に、試行を始めてください。")
        }
        guard result.on >= trial.start else { throw .unusable("結果の日は、試行の始まり（\(trial.start.iso)）より前にはできません。") }
        trial.result = result
        self.trial = trial
    }

    /// 担当を替える: to another section, and once it is decided to another officer.
    mutating func hand(to section: String, owner: String?) throws(Refused) {
        guard stage != .finished else { throw .notNow("終わったループの担当は変えられません。") }
        self.section = section
        if let owner {
            decision?.owner = owner
            proposal?.owner = owner
        }
    }

    /// Who answers for it, by id: whose decision it is to be, until it is decided; nil while nobody was asked.
    var owner: String? { decision?.owner ?? proposal?.owner }

    /// The options that were not chosen: all of them where something else was decided.
    func alternatives(toOption option: Int?) -> [String] {
        (proposal?.options ?? []).enumerated().filter { $0.offset != option }.map(\.element)
    }

    /// 公開しない・公開する: with why, and again without.
    mutating func hide(_ reason: String?) { hidden = reason }

    mutating func end(_ ending: Ending) throws(Refused) {
        guard stage != .finished else { throw .notNow("このループは終わっています。") }
        if ending.kind != .stop, trial?.result == nil {
            throw .notNow("「\(ending.kind.name)」で終えるには、試行の結果が要ります。結果なしで終えるときは「やめる」を選んでください。")
        }
        self.ending = ending
    }

    /// Who has to decide now; nil where nothing waits for a decision.
    var waitsFor: Level? { stage == .oriented ? asked ?? .section : nil }

    /// How many days it was written down and nobody has a hypothesis; nil once there is one.
    func daysUnoriented(on today: Day) -> Int? {
        stage == .observed ? today.daysSince1970 - observation.recordedAt.day.daysSince1970 : nil
    }

    /// 見直しの日 is here, and nobody has told a result or ended it.
    func isReviewDue(on today: Day) -> Bool {
        guard let decision, ending == nil, trial?.result == nil else { return false }
        return decision.reviewOn <= today
    }
}

/// ループの速さ. How long it takes from one thing to the next, and how loops end.
struct LoopTimes: Sendable {
    /// From each step to the next, and from the first to the last: its name, and the median of days; nil of none.
    let steps: [(name: String, days: Int?)]
    /// Of the decisions whose review date has passed: how many had their result or end by then, or within a week of it.
    let reviewsKept: (kept: Int, due: Int)
    /// Of the loops that ended: how many by a result.
    let byEvidence: (count: Int, ended: Int)

    init(_ loops: [Loop], today: Day) {
        func median(_ from: (Loop) -> Day?, _ to: (Loop) -> Day?) -> Int? {
            Self.median(
                loops.compactMap { loop in
                    guard let from = from(loop), let to = to(loop) else { return nil }
                    // What was told of a day before it was written down took no time.
                    return max(0, to.daysSince1970 - from.daysSince1970)
                })
        }
        func observed(_ loop: Loop) -> Day? { loop.observation.recordedAt.day }
        func oriented(_ loop: Loop) -> Day? { loop.hypotheses.first?.recordedAt.day }
        steps = [
            ("観察から仮説まで", median(observed, oriented)), ("仮説から決定まで", median(oriented) { $0.decision?.decidedOn }),
            ("決定から試行まで", median({ $0.decision?.decidedOn }, { $0.trial?.start })),
            ("試行の始まりから結果まで", median({ $0.trial?.start }, { $0.trial?.result?.on })),
            ("観察から終わりまで", median(observed) { $0.ending?.on }),
        ]
        let due = loops.filter { ($0.decision?.reviewOn).map { $0 <= today } ?? false }
        let kept = due.filter { loop in
            guard let review = loop.decision?.reviewOn else { return false }
            return [loop.trial?.result?.on, loop.ending?.on].compactMap(\.self).contains {
                $0 <= review.adding(days: 7)
            }
        }
        reviewsKept = (kept.count, due.count)
        let ended = loops.filter { $0.ending != nil }
        byEvidence = (ended.count { $0.trial?.result != nil }, ended.count)
    }

    static func median(_ numbers: [Int]) -> Int? {
        guard !numbers.isEmpty else { return nil }
        return numbers.sorted()[(numbers.count - 1) / 2]
    }
}
