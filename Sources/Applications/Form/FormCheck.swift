import Core

/// What has to hold of a form before it is used.
struct FormCheck {
    let form: Form

    /// Everything that does not hold, each with its mend. Empty for a good form.
    var findings: [String] {
        unique(form.pages.map(\.id), "ページ") + unique(form.fields.map(\.id), "項目") + reserved + applicant
            + form.pages.flatMap(conditions) + form.fields.flatMap(check) + texts
    }

    private func unique(_ ids: [String], _ what: String) -> [String] {
        let wrong = ids.filter { id in
            !id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        }
        let twice = Dictionary(grouping: ids, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
        return wrong.map { "\(what)の id「\($0)」: 英数字と _ - だけで書いてください" }
            + twice.map { "\(what)の id「\($0)」が2回あります。別の id にしてください" }
    }

    /// Addresses below an application that are pages of the program.
    static let reservedIDs: Set<String> = ["check", "submit", "receipt", "code", "leave"]

    private var reserved: [String] {
        form.pages.filter { Self.reservedIDs.contains($0.id) }.map { "ページの id「\($0.id)」は使えません。別の id にしてください" }
    }

    private var applicant: [String] {
        let field = form.fields.first { $0.id == form.applicant }
        if case .name = field?.kind { return [] }
        return ["applicant「\(form.applicant)」は、kind: name の項目ではありません。申請者の氏名の項目の id を書いてください"]
    }

    /// A condition looks back at fields that exist and at values they can have.
    private func conditions(_ page: Form.Page) -> [String] {
        guard let when = page.when else { return [] }
        let earlier = form.pages.prefix { $0.id != page.id }.flatMap(\.fields)
        return when.comparisons.flatMap { comparison -> [String] in
            guard let field = earlier.first(where: { $0.id == comparison.field }) else {
                return ["ページ「\(page.id)」の when: 項目「\(comparison.field)」が、それより前のページにありません"]
            }
            if case .consent = field.kind { return [] }
            let values = Set(field.options.map(\.value))
            guard !values.isEmpty else {
                return ["ページ「\(page.id)」の when: 項目「\(field.id)」は選択肢ではないので、条件に使えません"]
            }
            return comparison.values.filter { !values.contains($0) }.map {
                "ページ「\(page.id)」の when: 値「\($0)」は、項目「\(field.id)」の選択肢にありません"
            }
        }
    }

    private func check(_ field: Field) -> [String] {
        var findings: [String] = []
        for word in ["個人番号", "マイナンバー", "My Number", "Individual Number"]
        where Language.allCases.contains(where: { field.label[$0].contains(word) }) {
            findings.append("項目「\(field.id)」: 「\(word)」を尋ねる項目は作れません。個人番号は保存しません")
        }
        if case .digits(let count) = field.kind {
            if count == 12 { findings.append("項目「\(field.id)」: 12桁の番号の項目は、個人番号を受け取れてしまうため作れません") }
            if !(1...30).contains(count) { findings.append("項目「\(field.id)」: digits は 1 から 30 までにしてください") }
        }
        switch field.kind {
        case .choice(let options) where options.count < 2, .choices(let options) where options.isEmpty:
            findings.append("項目「\(field.id)」: 選択肢を書いてください")
        default:
            findings += unique(field.options.map(\.value), "項目「\(field.id)」の選択肢")
        }
        return findings
    }

    /// Everything a resident reads is there in every language.
    private var texts: [String] {
        var texts: [(String, Text?)] = [("title", form.title), ("declaration", form.declaration), ("send", form.send)]
        for page in form.pages {
            texts += [("ページ「\(page.id)」の question", page.question), ("ページ「\(page.id)」の hint", page.hint)]
            if case .exit(let words) = page.content { texts.append(("ページ「\(page.id)」の exit", words)) }
        }
        for field in form.fields {
            texts += [("項目「\(field.id)」の label", field.label), ("項目「\(field.id)」の hint", field.hint)]
            texts += field.options.flatMap { option in
                [("選択肢「\(option.value)」の label", option.label), ("選択肢「\(option.value)」の hint", option.hint)]
            }
            if case .consent(let words) = field.kind { texts.append(("項目「\(field.id)」の words", words)) }
        }
        return texts.flatMap { place, text in
            (text?.missing ?? []).map { "\(place) に \($0.name)（\($0.rawValue)）がありません" }
        }
    }
}
