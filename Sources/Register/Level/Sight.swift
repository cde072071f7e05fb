import Core
package import Japanese

/// 様式の見取り. What is to be seen of a published form: evidence that nobody has to type.
package struct FormSight: Sendable, Codable, Equatable {
    /// When its first version was published.
    package let since: Day
    /// Papers that are asked for and cannot be sent with the form.
    package let papersElsewhere: [String]
    /// All papers that are asked for.
    package let papers: [String]
    /// True where a copy of one's identification is among them.
    package let takesIdentification: Bool
    package let fee: Fee
    /// True where answers that were given before are offered again.
    package let reuses: Bool

    package enum Fee: String, Sendable, Codable {
        case none
        /// オンラインで払える.
        case online
        /// Only at the counter.
        case counter
    }

    package init(
        since: Day, papersElsewhere: [String], papers: [String], takesIdentification: Bool, fee: Fee, reuses: Bool
    ) {
        (self.since, self.papersElsewhere, self.papers) = (since, papersElsewhere, papers)
        (self.takesIdentification, self.fee, self.reuses) = (takesIdentification, fee, reuses)
    }
}

/// 見取り. What Origami itself sees of a card on a day, without the numbers. Kept whenever it is another, never changed: so
/// that a level of an earlier day can be computed again.
package struct Sight: Sendable, Codable, Equatable {
    /// True for 内部業務.
    let isInternal: Bool
    /// 年間件数, as the card has it.
    let yearlyCount: Int?
    let form: FormSight?
    /// The papers that the card knows of and that are not gone: unknown ones too.
    let papers: [Paper]
    let steps: Steps?

    package struct Paper: Sendable, Codable, Equatable {
        let name: String
        let isAbolished: Bool?

        package init(name: String, isAbolished: Bool?) { (self.name, self.isAbolished) = (name, isAbolished) }
    }

    /// The sums of a step map; nil where a step has not been counted.
    package struct Steps: Sendable, Codable, Equatable {
        let recordedOn: Day?
        let clausesChecked: Bool?
        let before: Sums
        let after: Sums?

        package init(recordedOn: Day?, clausesChecked: Bool?, before: Sums, after: Sums?) {
            (self.recordedOn, self.clausesChecked) = (recordedOn, clausesChecked)
            (self.before, self.after) = (before, after)
        }
    }

    package struct Sums: Sendable, Codable, Equatable {
        /// Of the staff alone.
        let minutes: Int?
        let visits: Int?
        let papers: Int?
        let stamps: Int?

        package init(minutes: Int?, visits: Int?, papers: Int?, stamps: Int?) {
            (self.minutes, self.visits, self.papers, self.stamps) = (minutes, visits, papers, stamps)
        }
    }

    package init(isInternal: Bool, yearlyCount: Int?, form: FormSight?, papers: [Paper], steps: Steps?) {
        (self.isInternal, self.yearlyCount, self.form) = (isInternal, yearlyCount, form)
        (self.papers, self.steps) = (papers, steps)
    }

    init(_ card: Card, form: FormSight?) {
        self.init(
            isInternal: card.kind == .process, yearlyCount: card.yearlyCount?.count, form: form,
            papers: (card.papers ?? []).map { paper in
                Paper(name: paper.name[.ja], isAbolished: paper.state.map { $0 == .abolished })
            },
            steps: card.steps.map { map in
                Steps(
                    recordedOn: map.recordedOn.flatMap(Day.init(iso:)), clausesChecked: map.clausesChecked,
                    before: Sums(map.before), after: map.after.map(Sums.init))
            })
    }
}

extension Sight.Sums {
    init(_ steps: [ProcessStep]) {
        func sum(_ values: [Int?]) -> Int? {
            values.isEmpty ? nil : values.reduce(0) { sum, value in sum.flatMap { sum in value.map { sum + $0 } } }
        }
        minutes = sum(steps.filter { $0.by == .staff }.map(\.minutes))
        (visits, papers) = (sum(steps.map(\.visits)), sum(steps.map(\.papers)))
        stamps = sum(steps.map(\.stamps))
    }
}

extension Sight {
    /// What an item shows, if anything: yes or no, the day it was so, and in which words.
    typealias Seen = (isSo: Bool, on: Day, words: String)

    /// The items that can be told from it on a day.
    /// - Parameters:
    ///   - cases: what came in through each mouth in the twelve months that were looked at.
    ///   - needsIdentity: what is recorded of 本人確認の要否; nil where nothing is.
    func evidence(on today: Day, cases: [Mouth: Tally], needsIdentity: Bool?) -> [CardFact.Item: Seen] {
        var seen: [CardFact.Item: Seen] = [:]
        if let steps, let after = steps.recordedOn, steps.after != nil, let checked = steps.clausesChecked {
            seen[.e11] = (checked, after, checked ? "見直しの記録（前後の工程と条項の確認）があります" : "条項の確認がまだです")
        }
        let counted = Cases(cases)
        if let isFew = counted.isMostlyData { seen[.e7] = (isFew, today, counted.wordsOfData) }
        if let isFree = counted.isMostlyPaperFree { seen[.e10] = (isFree, today, counted.wordsOfPaper) }
        guard let form else { return seen }
        seen[.e1] = (true, today, "様式を公開しています")
        seen[.e2] =
            form.papersElsewhere.isEmpty
            ? (true, today, "すべて画面から送れます")
            : (false, today, "画面から出せない書類があります: " + form.papersElsewhere.joined(separator: "、"))
        seen[.e3] = papersSeen(form, today)
        if form.takesIdentification {
            seen[.e4] = (true, today, "本人確認書類の写しを画面から出せます")
        } else if needsIdentity != true {
            seen[.e4] = (true, today, "様式は本人確認を求めません（窓口では職員が確かめます）")
        }
        seen[.e5] =
            switch form.fee {
            case .none: (true, today, "様式に手数料はありません")
            case .online: (true, today, "支払いページで払えます")
            case .counter: (false, today, "手数料を払えるのは窓口だけです")
            }
        if counted.decidedOnline > 0 {
            seen[.e6] = (true, today, "オンラインの\(counted.decidedOnline)件の結果を、画面と通知書で知らせました")
        }
        seen[.e8] = form.reuses ? (true, today, "前の答えを、同意を得て使えます") : (false, today, "前の答えを使う項目がありません")
        seen[.e9] = (true, today, "申請の状況のページがあります")
        seen[.e12] = (true, today, "窓口と紙でも同じ様式で受け付けます")
        return seen
    }

    /// E3: what the form asks can be sent with it, and the card knows of no other paper. A paper of which the card does not
    /// know the state, or that the form does not ask for, leaves it open.
    private func papersSeen(_ form: FormSight, _ today: Day) -> Seen? {
        guard form.papersElsewhere.isEmpty else {
            return (false, today, "画面から出せない書類があります: " + form.papersElsewhere.joined(separator: "、"))
        }
        guard papers.allSatisfy({ $0.isAbolished == true || form.papers.contains($0.name) }) else { return nil }
        return (true, today, form.papers.isEmpty ? "求める書類はありません" : "求める書類は、すべて画面から出せます")
    }

    /// The cases of twelve months, as far as they are evidence. Fewer than ten tell only where all are alike.
    private struct Cases {
        let sent: Int
        let onPaper: Int
        let withPapers: Int
        let decidedOnline: Int

        init(_ cases: [Mouth: Tally]) {
            sent = cases.values.reduce(0) { $0 + $1.sent }
            onPaper = cases[.paper]?.sent ?? 0
            withPapers = cases.filter { $0.key != .paper }.values.reduce(0) { $0 + $1.withPapers }
            decidedOnline = cases.filter { $0.key.isOnline }.values.reduce(0) { $0 + $1.decided }
        }

        /// 入力し直した件が20％以下か.
        var isMostlyData: Bool? {
            if sent >= Rubric.few { return onPaper * 5 <= sent }
            return sent > 0 && onPaper == 0 ? true : nil
        }

        /// 紙のない件が80％以上か.
        var isMostlyPaperFree: Bool? {
            let free = sent - onPaper - withPapers
            if sent >= Rubric.few { return free * 5 >= sent * 4 }
            return sent > 0 && free == sent ? true : nil
        }

        var wordsOfData: String { "12か月の\(sent)件のうち、紙から入力したのは\(onPaper)件です" }
        var wordsOfPaper: String { "12か月の\(sent)件のうち、紙も紙の添付もないのは\(sent - onPaper - withPapers)件です" }
    }
}
