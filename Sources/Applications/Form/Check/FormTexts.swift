import Core
import Japanese

/// Everything a resident reads is there in every language.
struct FormTexts {
    let form: Form
    let spots: [FormCheck.PageSpot]

    /// What is missing in any of the languages, but for those that are waived, and waivers that cannot be.
    func findings(in languages: [Language], on day: Day) -> [FormCheck.Finding] {
        waiverFaults
            + missing(in: languages.filter { form.waiver(of: $0).map { day > $0 } ?? true }).map { path, language in
                let over = form.waiver(of: language).map {
                    "。訳の猶予（waived）は \($0.iso) まででした。訳を書くか、waived の日付を延ばしてください"
                }
                return .init(path, "\(language.name)（\(language.id)）がありません\(over ?? "")")
            }
    }

    /// What is missing in any of the languages, waived or not.
    func missing(in languages: [Language]) -> [(path: FormCheck.Path, language: Language)] {
        texts.flatMap { path, text in (text?.missing(in: languages) ?? []).map { (path, $0) } }
    }

    private var waiverFaults: [FormCheck.Finding] {
        (form.waived ?? [:]).sorted { $0.key < $1.key }.flatMap { id, date -> [FormCheck.Finding] in
            let path: FormCheck.Path = [.key("waived"), .key(id)]
            if id == Language.ja.id { return [.init(path, "日本語（ja）の文は猶予できません。日本語を書いてください")] }
            if id != Language.easy.id, !Language.isTag(id) {
                return [.init(path, "「\(id)」という言語はありません。easy、en か、町が足した言語の id を書いてください")]
            }
            if Day(iso: date) == nil { return [.init(path, "猶予の日付「\(date)」は、2027-03-31 のように書いてください")] }
            return []
        }
    }

    private var texts: [(FormCheck.Path, Text?)] {
        let head: [(FormCheck.Path, Text?)] = [
            ([.key("title")], form.title), ([.key("declaration")], form.declaration), ([.key("send")], form.send),
        ]
        let requirements = (form.requirements ?? []).enumerated().flatMap { index, requirement in
            let path: FormCheck.Path = [.key("requirements"), .index(index)]
            return [(path + [.key("name")], requirement.name), (path + [.key("reason")], requirement.reason)]
                as [(FormCheck.Path, Text?)]
        }
        let fee = (form.fee?.lines ?? []).enumerated().flatMap { index, line in
            let path: FormCheck.Path = [.key("fee"), .key("lines"), .index(index)]
            return [(path + [.key("label")], line.label), (path + [.key("unit")], line.unit)]
                as [(FormCheck.Path, Text?)]
        }
        return head + requirements + fee + spots.flatMap(texts)
    }

    private func texts(_ spot: FormCheck.PageSpot) -> [(FormCheck.Path, Text?)] {
        var texts: [(FormCheck.Path, Text?)] = [
            (spot.path + [.key("question")], spot.page.question), (spot.path + [.key("hint")], spot.page.hint),
        ]
        if case .exit(let words) = spot.page.content { texts.append((spot.path + [.key("exit")], words)) }
        for (number, field) in spot.page.fields.enumerated() {
            let path = spot.path + [.key("fields"), .index(number)]
            texts += [(path + [.key("label")], field.label), (path + [.key("hint")], field.hint)]
            switch field.kind {
            case .consent(let words), .information(let words): texts.append((path + [.key("words")], words))
            case .number(_, let unit), .computed(_, let unit), .decimal(_, _, let unit):
                texts.append((path + [.key("unit")], unit))
            case .rows(let group):
                let place = path + [.key("rows")]
                texts += [(place + [.key("noun")], group.noun), (place + [.key("unit")], group.unit)]
            default: break
            }
            for (index, option) in field.options.enumerated() {
                let place = path + [.key("options"), .index(index)]
                texts += [(place + [.key("label")], option.label), (place + [.key("hint")], option.hint)]
            }
        }
        return texts
    }
}

extension Form {
    /// 訳の猶予. The last day on which words of a language may be missing, or nil where they may not.
    func waiver(of language: Language) -> Day? {
        language == .ja ? nil : waived?[language.id].flatMap(Day.init(iso:))
    }
}
