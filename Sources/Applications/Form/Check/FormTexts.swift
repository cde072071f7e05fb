import Core

/// Everything a resident reads is there in every language.
struct FormTexts {
    let form: Form
    let spots: [FormCheck.PageSpot]

    var findings: [FormCheck.Finding] {
        texts.flatMap { path, text in
            (text?.missing ?? []).map { .init(path, "\($0.name)（\($0.rawValue)）がありません") }
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
            case .number(_, let unit), .computed(_, let unit): texts.append((path + [.key("unit")], unit))
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
