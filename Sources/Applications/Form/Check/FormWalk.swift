import Core
import Japanese

/// Walks every branch of a form with answers that stand for all others: what nobody can reach is found.
///
/// Only the answers that something later looks at are told apart, so that the walk stays short: after the last question
/// that looks at an answer, the branches come together again.
struct FormWalk {
    private let form: Form
    private let samples: FormSamples
    /// By the number of a page: the fields that it or something after it looks at.
    private let live: [Set<String>]

    init(_ form: Form) {
        self.form = form
        samples = FormSamples(form)
        live = FormWalk.live(form)
    }

    /// More than any form of people; a form that goes beyond it is too entangled to be proved.
    static let limit = 200_000

    var findings: [FormCheck.Finding] {
        var walk = Walked()
        step(0, [:], &walk)
        if walk.isOver {
            return [.init([.key("pages")], "条件の組み合わせが多すぎて、すべての分岐を確かめられません。様式を分けるか、条件を減らしてください")]
        }
        let deadEnd: [FormCheck.Finding] =
            walk.reachesEnd
            ? []
            : [.init([.key("pages")], "どう答えても「ここで終わり」のページに着くため、だれも申請できません。そのページを出すときの条件を決めてください")]
        return deadEnd + unreached(walk) + never(walk)
    }

    private struct Walked {
        var pages: Set<String> = []
        /// What held at the end of some way: `fee 0`, `routing 1`.
        var held: Set<String> = []
        var seen: Set<Place> = []
        var isOver = false
        /// True once a way leads to the check page.
        var reachesEnd = false
    }

    private func step(_ number: Int, _ answers: Answers, _ walk: inout Walked) {
        if walk.seen.count >= Self.limit { walk.isOver = true }
        guard !walk.isOver, walk.seen.insert(place(number, answers)).inserted else { return }
        let scope = Scope(answers, today: samples.today)
        guard number < form.pages.count else { return end(scope, &walk) }
        let page = form.pages[number]
        guard page.when?.holds(in: scope) ?? true else { return step(number + 1, answers, &walk) }
        walk.pages.insert(page.id)
        if page.isExit { return }
        for branch in branches(page.fields, answers, &walk) { step(number + 1, branch, &walk) }
    }

    /// The answers after a page, one for each thing that can be answered there and matters later.
    private func branches(_ fields: [Field], _ answers: Answers, _ walk: inout Walked) -> [Answers] {
        fields.reduce(into: [answers]) { branches, field in
            // One page that has more branches than any form is not gone into.
            guard branches.count < Self.limit else { return walk.isOver = true }
            branches = branches.flatMap { before -> [Answers] in
                let outcomes: [GivenAnswer?] =
                    switch field.kind {
                    case .computed(let formula, _):
                        [
                            formula.value(in: Scope(before, today: samples.today)).map {
                                GivenAnswer(typed: [:], value: .number($0))
                            }
                        ]
                    case .rows(let group): rows(group, field, before, &walk)
                    default: samples.answers(to: field)
                    }
                return outcomes.map { outcome in
                    var after = before
                    after[field.id] = outcome
                    return after
                }
            }
        }
    }

    /// Groups of every size that matters, of rows that differ where it matters.
    private func rows(_ group: Field.Rows, _ field: Field, _ answers: Answers, _ walk: inout Walked) -> [GivenAnswer?] {
        var walked: [Answers] = []
        walkRow(group, 0, [:], answers, &walk, &walked)
        // Rows that differ only in what nothing outside looks at are alike.
        var seen: Set<Answers> = []
        let matter = live.reduce(into: Set<String>()) { $0.formUnion($1) }
        let variants = walked.map { $0.filter { matter.contains($0.key) } }.filter { seen.insert($0).inserted }
        guard let first = variants.first else { return [nil] }
        return samples.sizes(of: group).flatMap { size -> [GivenAnswer?] in
            if size == 0 { return [nil] }
            let alike = variants.prefix(12).map { variant in Array(repeating: variant, count: size) }
            let mixed =
                size > 1 ? variants.dropFirst().prefix(6).map { [$0] + Array(repeating: first, count: size - 1) } : []
            return (alike + mixed).map { rows in
                GivenAnswer(
                    typed: [:],
                    value: .rows(rows.enumerated().map { FormRow(id: String($0.offset), answers: $0.element) }))
            }
        }
    }

    private func walkRow(
        _ group: Field.Rows, _ number: Int, _ row: Answers, _ outer: Answers, _ walk: inout Walked,
        _ variants: inout [Answers]
    ) {
        guard variants.count < 200 else { return }
        guard number < group.pages.count else { return variants.append(row) }
        let page = group.pages[number]
        let scope = Scope(row, outer: outer, today: samples.today)
        guard page.when?.holds(in: scope) ?? true else {
            return walkRow(group, number + 1, row, outer, &walk, &variants)
        }
        walk.pages.insert(page.id)
        var branches = [row]
        for field in page.fields {
            guard branches.count < Self.limit else { return walk.isOver = true }
            branches = branches.flatMap { before in
                samples.answers(to: field).map { outcome in
                    var after = before
                    after[field.id] = outcome
                    return after
                }
            }
        }
        for branch in branches { walkRow(group, number + 1, branch, outer, &walk, &variants) }
    }

    private func end(_ scope: Scope, _ walk: inout Walked) {
        walk.reachesEnd = true
        for (name, conditions) in ends {
            for (index, condition) in conditions.enumerated() where condition?.holds(in: scope) ?? true {
                walk.held.insert("\(name) \(index)")
            }
        }
    }

    /// The conditions that are looked at when everything is answered.
    private var ends: [(String, [Condition?])] {
        [
            ("fee", form.fee?.lines.map(\.when) ?? []), ("routing", form.routing?.map(\.when) ?? []),
            ("deadlines", form.deadlines?.map(\.when) ?? []),
        ]
    }

    /// A page and the answers that still matter there: from equal places on, everything goes the same way.
    private struct Place: Hashable {
        let number: Int
        let answers: [String: FieldValue]
    }

    private func place(_ number: Int, _ answers: Answers) -> Place {
        let matter = live[number]
        return Place(number: number, answers: answers.filter { matter.contains($0.key) }.mapValues(\.value))
    }

    private static func live(_ form: Form) -> [Set<String>] {
        var computed: [String: [String]] = [:]
        for field in form.fields {
            if case .computed(let formula, _) = field.kind { computed[field.id] = formula.fields }
        }
        func closed(_ ids: [String]) -> Set<String> {
            ids.reduce(into: []) { all, id in all.formUnion([id] + closed(computed[id] ?? [])) }
        }
        let end =
            (form.fee?.lines ?? []).flatMap { ($0.when?.fields ?? []) + ($0.count?.fields ?? []) }
            + (form.routing ?? []).flatMap(\.when.fields) + (form.deadlines ?? []).flatMap(\.when.fields)
        var live = [closed(end)]
        for page in form.pages.reversed() {
            let groups = page.fields.compactMap(\.rows)
            let own = Set(groups.flatMap(\.fields).map(\.id))
            let inside = groups.flatMap(\.pages).flatMap { $0.when?.fields ?? [] }.filter { !own.contains($0) }
            let formulas = page.fields.flatMap { computed[$0.id] ?? [] }
            live.insert(live[0].union(closed((page.when?.fields ?? []) + inside + formulas)), at: 0)
        }
        return live
    }

    private func unreached(_ walk: Walked) -> [FormCheck.Finding] {
        FormCheck(form: form).spots.filter { !walk.pages.contains($0.page.id) }.map { spot in
            let place = spot.page.when == nil ? spot.path : spot.path + [.key("when")]
            return .init(place, "ページ「\(spot.page.id)」には、どう答えても進めません。条件（when）か、前のページの出口を見直してください")
        }
    }

    private func never(_ walk: Walked) -> [FormCheck.Finding] {
        ends.flatMap { name, conditions in
            conditions.indices.filter { conditions[$0] != nil && !walk.held.contains("\(name) \($0)") }.map { index in
                let head: FormCheck.Path = name == "fee" ? [.key("fee"), .key("lines")] : [.key(name)]
                return .init(head + [.index(index), .key("when")], "この条件は、どう答えても成り立ちません。条件を見直すか、消してください")
            }
        }
    }
}
