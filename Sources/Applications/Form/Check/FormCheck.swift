import Core
import Japanese

/// What has to hold of a form before it is used.
struct FormCheck {
    let form: Form

    /// A place in a document, from the outside in.
    typealias Path = [Step]

    enum Step: Sendable, Equatable {
        case key(String)
        case index(Int)
    }

    /// What does not hold, with its place and its mend.
    struct Finding {
        let path: Path
        let words: String

        init(_ path: Path, _ words: String) { (self.path, self.words) = (path, words) }
    }

    /// Everything that does not hold. Empty for a good form. The branches are walked, and their
    /// pages made and looked at, only in a form that holds otherwise.
    /// - Parameters:
    ///   - languages: those that everything has to be in.
    ///   - day: the day on which that is asked.
    func findings(in languages: [Language], on day: Day) -> [Finding] {
        let found =
            identity + factFindings + spots.flatMap(check)
            + FormTexts(form: form, spots: spots).findings(in: languages, on: day)
            + FormReferences(form: form, spots: spots).findings
        guard found.isEmpty else { return found }
        return FormWalk(form).findings + FormPages(form: form, spots: spots).findings(in: languages, on: day)
    }

    /// A page with its place, and the group it is asked in.
    struct PageSpot {
        let path: Path
        let page: Form.Page
        /// The number of the top page it is, or that its group is on.
        let top: Int
        let group: Field.Rows?
    }

    /// All pages; those of groups after the page of their group.
    var spots: [PageSpot] {
        form.pages.enumerated().flatMap { top, page -> [PageSpot] in
            let path: Path = [.key("pages"), .index(top)]
            let inside = page.fields.enumerated().flatMap { number, field -> [PageSpot] in
                guard let group = field.rows else { return [] }
                let head = path + [.key("fields"), .index(number), .key("rows"), .key("pages")]
                return group.pages.enumerated().map {
                    PageSpot(path: head + [.index($0.offset)], page: $0.element, top: top, group: group)
                }
            }
            return [PageSpot(path: path, page: page, top: top, group: nil)] + inside
        }
    }

    /// Addresses below an application that are pages of the program.
    static let reservedIDs: Set<String> = [
        "check", "submit", "receipt", "code", "leave", "add", "remove", "files", "reply", "withdraw", "reuse",
        "consent", "newer", "mail", "form.pdf",
        "receipt.pdf", "notice.pdf",
    ]

    private var identity: [Finding] {
        var findings: [Finding] = []
        if form.version < 1 { findings.append(.init([.key("version")], "version は 1 から数えてください")) }
        if !(1...120).contains(form.minutes) {
            findings.append(.init([.key("minutes")], "minutes は 1 から 120 までにしてください"))
        }
        for (index, line) in (form.fee?.lines ?? []).enumerated() where !(0...100_000_000).contains(line.price) {
            let path: Path = [.key("fee"), .key("lines"), .index(index), .key("price")]
            findings.append(.init(path, "price は 0 から 100000000 までにしてください"))
        }
        for (index, deadline) in (form.deadlines ?? []).enumerated() where !(1...1000).contains(deadline.businessDays) {
            let path: Path = [.key("deadlines"), .index(index), .key("business_days")]
            findings.append(.init(path, "business_days は 1 から 1000 までにしてください"))
        }
        let asked = Set(form.fields.compactMap(\.attachment?.requirement))
        for (index, requirement) in (form.requirements ?? []).enumerated()
        where requirement.state != .abolished && !asked.contains(requirement.id) {
            let words = "求める書類「\(requirement.name[.ja])」を添える質問がありません。添付の項目を足すか、撤廃・省略済にしてください"
            findings.append(.init([.key("requirements"), .index(index)], words))
        }
        if form.pages.isEmpty { findings.append(.init([.key("pages")], "ページを1つ以上書いてください")) }
        let pages = spots.map { ($0.path + [.key("id")], $0.page.id) }
        let fields = spots.flatMap { spot in
            spot.page.fields.enumerated().map { (spot.path + [.key("fields"), .index($0), .key("id")], $1.id) }
        }
        findings += unique(pages, "ページ") + unique(fields, "項目")
        findings += (pages + fields).filter { Preface.owns($0.1) }.map {
            Finding($0.0, "id「\($0.1)」は使えません。「by-」「by_」で始まる id は、代理や窓口の質問のものです。別の id にしてください")
        }
        findings += pages.filter { Self.reservedIDs.contains($0.1) }.map {
            Finding($0.0, "ページの id「\($0.1)」は使えません。別の id にしてください")
        }
        if let applicant = form.applicant {
            let field = form.pages.flatMap(\.fields).first { $0.id == applicant }
            if case .name = field?.kind {
            } else {
                findings.append(
                    .init([.key("applicant")], "applicant「\(applicant)」は、kind: name の項目ではありません。申請者の氏名の項目の id を書いてください"))
            }
        }
        return findings
    }

    /// A thing about a person is asked once; the rows of a group are about one kind of person.
    private var factFindings: [Finding] {
        var seen: Set<String> = []
        return spots.flatMap { spot in
            spot.page.fields.enumerated().compactMap { number, field -> Finding? in
                guard let fact = field.fact else { return nil }
                let path = spot.path + [.key("fields"), .index(number), .key("fact")]
                if let group = spot.group,
                    group.fields.contains(where: { $0.fact.map { $0.person != fact.person } ?? false })
                {
                    return Finding(path, "繰り返しの中の fact は、同じ人（\(fact.person.rawValue)）のものにそろえてください")
                }
                let place = spot.group == nil ? "" : "\(spot.top)"
                let isNew = seen.insert("\(place) \(fact.person.rawValue).\(fact.thing.rawValue)").inserted
                return isNew ? nil : Finding(path, "同じ人の同じ事柄（fact）が2回あります。1つにしてください")
            }
        }
    }

    private func unique(_ ids: [(path: Path, id: String)], _ what: String) -> [Finding] {
        var seen: Set<String> = []
        return ids.flatMap { path, id -> [Finding] in
            let isWritten =
                !id.isEmpty
                && id.utf8.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 || $0 == 45
                }
            let isNew = seen.insert(id).inserted
            return (isWritten ? [] : [Finding(path, "\(what)の id「\(id)」: 英数字と _ - だけで書いてください")])
                + (isNew ? [] : [Finding(path, "\(what)の id「\(id)」が2回あります。別の id にしてください")])
        }
    }

    private func check(_ spot: PageSpot) -> [Finding] {
        var findings: [Finding] = []
        if spot.group != nil, spot.page.isExit {
            findings.append(.init(spot.path + [.key("exit")], "繰り返しの中のページは、出口にできません"))
        }
        if !spot.page.isExit, spot.page.fields.isEmpty {
            findings.append(.init(spot.path + [.key("fields")], "ページ「\(spot.page.id)」に項目がありません"))
        }
        let hasGroup = spot.page.fields.contains { $0.rows != nil }
        if hasGroup, spot.page.fields.count > 1 {
            findings.append(.init(spot.path + [.key("fields")], "繰り返し（rows）の項目は、1ページに1つだけ置いてください"))
        }
        if hasGroup, spot.group != nil {
            findings.append(.init(spot.path + [.key("fields")], "繰り返しの中に、繰り返しは置けません"))
        }
        if spot.page.fields.count > 1, spot.page.fields.contains(where: { $0.attachment != nil }) {
            findings.append(.init(spot.path + [.key("fields")], "添付（attachment）の項目は、1ページに1つだけ置いてください"))
        }
        for (number, field) in spot.page.fields.enumerated() {
            let path = spot.path + [.key("fields"), .index(number)]
            findings += check(field).map { Finding(path + $0.path, "項目「\(field.id)」: \($0.words)") }
        }
        return findings
    }

    /// What has to hold of a field by itself.
    private func check(_ field: Field) -> [Finding] {
        var findings: [Finding] = []
        for word in ["個人番号", "マイナンバー", "My Number", "Individual Number"]
        where field.label.wordings.contains(where: { $0.contains(word) }) {
            findings.append(.init([.key("label")], "「\(word)」を尋ねる項目は作れません。個人番号は保存しません"))
        }
        switch field.kind {
        case .digits(let count):
            if count == 12 {
                findings.append(.init([.key("digits")], "12桁の番号の項目は、個人番号を受け取れてしまうため作れません"))
            }
            if !(1...30).contains(count) { findings.append(.init([.key("digits")], "digits は 1 から 30 までにしてください")) }
        case .date(let rule):
            let days = [rule.daysBack, rule.daysAhead].compactMap { $0 }
            if days.contains(where: { !(-54_787...54_787).contains($0) }) {
                findings.append(.init([.key("days")], "日数は -54787 から 54787 まで（150年）にしてください"))
            }
            if let ahead = rule.businessDaysAhead, !(0...1000).contains(ahead) {
                findings.append(.init([.key("days")], "business_days_ahead は 0 から 1000 までにしてください"))
            }
        case .decimal(let range, let places, _):
            if !(1...4).contains(places) { findings.append(.init([.key("places")], "places は 1 から 4 までにしてください")) }
            if range.upperBound >= 10_000_000 || range.lowerBound <= -10_000_000 {
                findings.append(.init([.key("maximum")], "minimum と maximum は、-10000000 と 10000000 のあいだにしてください"))
            }
        case .number(let range, _), .money(let range):
            if range.lowerBound <= -100_000_000_000 {
                findings.append(.init([.key("minimum")], "minimum は -100000000000 より大きくしてください"))
            }
            if range.upperBound >= 100_000_000_000 {
                findings.append(.init([.key("maximum")], "12桁になる数の項目は、個人番号を受け取れてしまうため作れません"))
            }
        case .text(let maximum), .passage(let maximum):
            if !(1...10_000).contains(maximum) {
                findings.append(.init([.key("maximum")], "maximum は 1 から 10000 までにしてください"))
            }
        case .choice(let options) where options.count < 2, .choices(let options) where options.isEmpty:
            findings.append(.init([.key("options")], "選択肢を書いてください"))
        case .rows(let group):
            if group.minimum < 0 || group.maximum < max(1, group.minimum) || group.maximum > 50 {
                findings.append(.init([.key("rows")], "minimum は 0 以上、maximum は minimum 以上 50 以下にしてください"))
            }
            if !group.fields.contains(where: { $0.id == group.title }) {
                findings.append(.init([.key("rows"), .key("title")], "title「\(group.title)」という項目が、繰り返しの中にありません"))
            }
        case .attachment(let attachment):
            let requirement = form.requirements?.first { $0.id == attachment.requirement }
            if requirement == nil {
                findings.append(
                    .init([.key("requirement")], "requirements に「\(attachment.requirement)」がありません。求める根拠と理由を書いてください"))
            }
            if requirement?.state == .abolished {
                findings.append(.init([.key("requirement")], "撤廃した書類「\(attachment.requirement)」は、もう求められません"))
            }
            if !(1...20).contains(attachment.maximum) {
                findings.append(.init([.key("files")], "files は 1 から 20 までにしてください"))
            }
        default: break
        }
        if let fact = field.fact, !fact.thing.fits(field.kind) {
            findings.append(
                .init([.key("fact")], "fact「\(fact.person.rawValue).\(fact.thing.rawValue)」は、この種類の項目には付けられません"))
        }
        return findings
            + unique(
                field.options.enumerated().map { ([.key("options"), .index($0), .key("value")], $1.value) }, "選択肢")
    }
}
