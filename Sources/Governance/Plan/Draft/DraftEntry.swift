import Core
import Japanese

/// What people type about a part of a draft.
extension Entry {
    /// Puts what was typed into the draft.
    /// - Parameters:
    ///   - number: what a new 重点取組事項 is called by for ever: no item of any version has it.
    ///   - measures: the ids of the measures there are.
    mutating func take(
        _ part: DraftPart, into plan: inout PlanVersion, number: Int, national: [NationalPlan.Item], measures: [String]
    ) {
        switch part.sort {
        case .frame: frame(&plan)
        case .contact:
            plan.contact = .init(
                section: words("section", "担当", most: 60), address: words("address", "住所", most: 120),
                telephone: words("telephone", "電話", most: 30), mail: words("mail", "メール", most: 100, optional: true))
        case .chapter:
            guard let place = part.place else { return }
            plan.chapters[place] = .init(
                no: plan.chapters[place].no, title: words("name", "題", most: 80),
                gist: three("gist", "中身", plan.chapters[place].gist))
        case .policy:
            let no = part.place.map { plan.policies[$0].no } ?? (plan.policies.map(\.no).max() ?? 0) + 1
            let now = part.place.map { plan.policies[$0].gist }
            put(
                .init(no: no, name: words("name", "名前", most: 80), gist: three("gist", "説明", now)), part, &plan.policies
            )
        case .item: item(part, &plan, number: number, national: national, measures: measures)
        case .organ:
            let lead = words("lead", "率いる人", most: 60, optional: true)
            let decides = lines("decides", "決めること", optional: true)
            put(
                .init(
                    name: words("name", "名前", most: 60), lead: lead.isEmpty ? nil : lead, does: lines("does", "役割"),
                    decides: decides.isEmpty ? nil : decides), part, &plan.organs)
        case .step:
            let no = part.place.map { plan.steps[$0].no } ?? (plan.steps.map(\.no).max() ?? 0) + 1
            put(
                .init(
                    no: no, name: words("name", "名前", most: 60), change: words("change", "何が変わるか", most: 200),
                    gist: three("gist", "説明", part.place.map { plan.steps[$0].gist })), part, &plan.steps)
        case .term:
            let official = words("official", "計画の用語集の説明", most: 600, optional: true)
            put(
                .init(
                    term: words("name", "用語", most: 60), reading: words("reading", "よみ", most: 100),
                    official: official.isEmpty ? nil : official,
                    working: three("gist", "この計画での使い方", part.place.map { plan.glossary[$0].working })), part,
                &plan.glossary)
        case .related: related(part, &plan)
        }
    }

    private mutating func frame(_ plan: inout PlanVersion) {
        plan.title = words("title", "題", most: 80)
        plan.from = day("from", "計画期間の始まり") ?? plan.from
        plan.until = day("until", "計画期間の終わり") ?? plan.until
        plan.periodReason = words("period-reason", "この期間にする理由", most: 300, optional: true)
        plan.reason = words("reason", "見直しの理由", most: 600)
        plan.openPoints = words("open-points", "決めていないこと", most: 2000, optional: true).split(separator: "\n").map {
            line in
            // What was not touched keeps its other languages.
            plan.openPoints.first { $0[.ja] == line } ?? Text(verbatim: String(line))
        }
    }

    private mutating func item(
        _ part: DraftPart, _ plan: inout PlanVersion, number: Int, national: [NationalPlan.Item], measures: [String]
    ) {
        let policy = id("policy", "方針", of: plan.policies.map { String($0.no) }).flatMap { Int($0) } ?? 0
        let known = part.place.map { plan.items[$0] }
        let counted = Set(all("measures"))
        let answers = national.map(\.name).filter(Set(all("answers")).contains)
        let isSame = known.map { item in national.filter(item.isAnswer).map(\.name) == answers } ?? false
        let item = PlanVersion.Item(
            no: part.place.map { plan.items[$0].no } ?? number, policy: policy,
            name: words("name", "事項の名前", most: 60),
            gist: three("gist", "説明", known?.gist),
            measures: counted == Set(known?.measures ?? []) ? known?.measures : measures.filter(counted.contains),
            answers: isSame ? known?.answers : answers)
        put(item, part, &plan.items)
    }

    private mutating func related(_ part: DraftPart, _ plan: inout PlanVersion) {
        func some(_ words: String) -> String? { words.isEmpty ? nil : words }
        put(
            .init(
                name: words("name", "名前", most: 120), by: words("by", "つくった人", most: 60),
                date: some(words("date", "日付", most: 20, optional: true)),
                version: some(words("version", "版", most: 20, optional: true)),
                note: some(words("note", "ひとこと", most: 300, optional: true))), part, &plan.related)
    }

    /// The same in three languages, readings marked. What was not touched stays as it is, with the town's own languages.
    private mutating func three(_ control: String, _ name: String, _ now: Text?) -> Text {
        let (ja, easy, en) = (
            words("\(control)-ja", "\(name)（日本語）", most: 800),
            words("\(control)-easy", "\(name)（やさしい日本語）", most: 800),
            words("\(control)-en", "\(name)（英語）", most: 1600)
        )
        if let now, (ja, easy, en) == (now.marked(.ja), now.marked(.easy), now.marked(.en)) { return now }
        return Text(ja: ja, easy: easy, en: en)
    }

    private mutating func lines(_ control: String, _ name: String, optional: Bool = false) -> [String] {
        words(control, name, most: 1000, optional: optional).split(separator: "\n").map { Spaces.trim(String($0)) }
            .filter { !$0.isEmpty }
    }

    private func put<T>(_ value: T, _ part: DraftPart, _ list: inout [T]) {
        if let place = part.place { list[place] = value } else { list.append(value) }
    }
}
