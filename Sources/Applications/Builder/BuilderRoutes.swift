import Core
import Database
import HTML
import Japanese
import Register
import Web
import Yams

extension Applications {
    /// 様式の作成. Forms are made and changed here by those who never saw their document.
    func addBuilderRoutes(to site: inout Site) {
        site.officer(.get, "/desk/forms", needs: .editForms) { visit in
            .page(try await formList(visit.who, problem: nil))
        }

        site.officer(.post, "/desk/forms", needs: .editForms) { visit in
            let card = visit.posted["card"] ?? ""
            do {
                return .redirect(.builder(try await beginFormDraft(of: card, by: visit.who, at: visit.moment)))
            } catch FormRefusal.exists {
                return .page(try await formList(visit.who, problem: FormRefusal.exists.words[.ja]))
            }
        }

        site.officer(.post, "/desk/forms/import", needs: .editForms, takesFiles: true) { visit in
            guard let upload = visit.upload else { throw Refused.notHere }
            let arriving = try TextFile()
            let posted = try await upload.read { $0.control == "file" ? arriving : nil }
            do {
                let yaml = try arriving.text()
                let card = posted["card"] ?? ""
                return .redirect(.builder(try await importForm(yaml, for: card, by: visit.who, at: visit.moment)))
            } catch let refusal as FormRefusal where refusal.isShownInPlace {
                return .page(try await formList(visit.who, problem: refusal.words[.ja]))
            }
        }

        site.officer(.get, "/desk/forms/{form}", needs: .editForms) { visit in
            .page(try await outline(visit.parameter("form"), visit.who, visit.moment, problem: nil))
        }

        site.officer(.get, "/desk/forms/{form}/edit", needs: .editForms) { visit in
            .page(try await editor(visit, problem: nil))
        }

        site.officer(.post, "/desk/forms/{form}/edit", needs: .editForms) { visit in
            let (form, place) = (visit.parameter("form"), FormTree.Place(visit.query["at"] ?? ""))
            guard EntryList.sort(of: place) != nil else { throw FormRefusal.notFound }
            if visit.query["preview"] == "yes" { return .fragment(try await livePreview(visit)) }
            do {
                let (sections, languages, posted) = (sectionNames, town.languages, visit.posted)
                try await changeForm(form, seen: visit.seen, by: visit.who, at: visit.moment) { tree in
                    // Somebody else may have moved or removed it since.
                    guard let node = tree.node(place), node["id"]?.text ?? "" == posted["id"] ?? "" else {
                        throw FormRefusal.moved
                    }
                    let list = EntryList(tree: tree, sections: sections, languages: languages)
                    tree = EntryReader(list: list, place: place, languages: languages, posted: posted).changed
                }
                return .redirect(.editor(form, place))
            } catch FormRefusal.moved {
                let pages = BuilderPages(officer: visit.who, names: [:])
                return .page(pages.moved(form, visit.posted))
            } catch let refusal as FormRefusal where refusal.isShownInPlace {
                return .page(try await editor(visit, problem: refusal.words[.ja]))
            }
        }

        site.officer(.post, "/desk/forms/{form}/change", needs: .editForms) { visit in
            let place = FormTree.Place(visit.posted["place"] ?? "")
            guard let step = FormTree.Step(visit.posted["do"] ?? "", sort: visit.posted["sort"]) else {
                throw Refused.notHere
            }
            return try await atOutline(visit) { form in
                try await changeForm(form, seen: visit.seen, by: visit.who, at: visit.moment) { tree in
                    // What is added goes into a list of something that is there.
                    guard tree.node(place) != nil || tree.node(place.list) != nil else {
                        throw FormRefusal.changedSince
                    }
                    tree.take(step, at: place)
                }
            }
        }

        site.officer(.post, "/desk/forms/{form}/undo", needs: .editForms) { visit in
            try await atOutline(visit) { form in
                try await undoForm(form, seen: visit.seen, by: visit.who, at: visit.moment)
            }
        }

        addPublishingRoutes(to: &site)
    }

    private func addPublishingRoutes(to site: inout Site) {
        site.officer(.post, "/desk/forms/{form}/discard", needs: .editForms) { visit in
            let answer = try await atOutline(visit) { form in
                try await discardForm(
                    form, typed: visit.posted["confirm"] ?? "", seen: visit.seen, by: visit.who, at: visit.moment)
            }
            return answer.isPage ? answer : .redirect("/desk/forms")
        }

        site.officer(.post, "/desk/forms/{form}/propose", needs: .editForms) { visit in
            try await atOutline(visit) { form in
                try await proposeForm(form, seen: visit.seen, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.get, "/desk/forms/{form}/review", needs: .editForms) { visit in
            .page(try await review(visit, problem: nil))
        }

        site.officer(.post, "/desk/forms/{form}/return", needs: .editForms) { visit in
            let form = visit.parameter("form")
            do {
                try await giveBackForm(
                    form, seen: visit.seen, reason: visit.posted["words"] ?? "", by: visit.who, at: visit.moment)
                return .redirect(.builder(form))
            } catch let refusal as FormRefusal where refusal.isShownInPlace {
                return .page(try await review(visit, problem: refusal.words[.ja]))
            } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
                return .page(try await review(visit, problem: refusal.words[.ja]))
            }
        }

        site.officer(.post, "/desk/forms/{form}/publish", needs: .publishForms) { visit in
            do {
                try await publishForm(visit.parameter("form"), seen: visit.seen, by: visit.who, at: visit.moment)
                return .redirect("/desk/forms")
            } catch FormRefusal.notFound {
                // Pressed twice: it is published already.
                return .redirect("/desk/forms")
            } catch let refusal as FormRefusal where refusal.isShownInPlace {
                return .page(try await review(visit, problem: refusal.words[.ja]))
            }
        }

        site.officer(.get, "/desk/forms/{form}/export.yaml", needs: .editForms) { visit in
            let form = visit.parameter("form")
            let isDraft = visit.query["draft"] == "yes"
            if isDraft { _ = try await formDraft(form, visit.who, .editForms) }
            let found = try await database.read { transaction in
                isDraft
                    ? try FormDraft.find(form, in: transaction).map { ($0.yaml, nil as Int?) }
                    : try Form.newestDocument(named: form, in: transaction).map { ($0.document, $0.version) }
            }
            guard let (yaml, version) = found else { throw FormRefusal.notFound }
            let bytes = Array(try exported(yaml, form: form, version: version, on: visit.moment.day).utf8)
            let name = version.map { "\(form)-\($0).yaml" } ?? "\(form)-draft.yaml"
            return .file(
                Download(type: "application/yaml; charset=utf-8", name: name, isShown: false) { $0 == 0 ? bytes : nil })
        }
    }

    /// Back to the outline; where something is the matter, the outline with what that is.
    private func atOutline(
        _ visit: Visit<Officer>, _ work: (String) async throws -> Void
    ) async throws -> Answer {
        let form = visit.parameter("form")
        do {
            try await work(form)
            return .redirect(.builder(form))
        } catch let refusal as FormRefusal where refusal.isShownInPlace {
            return .page(try await outline(form, visit.who, visit.moment, problem: refusal.words[.ja]))
        }
    }

    private var sectionNames: [(value: String, name: String)] { town.sections.map { ($0.id, $0.name[.ja]) } }

    private func formList(_ officer: Officer, problem: String?) async throws -> Page {
        let (lines, names) = try await database.read { transaction in
            let drafts = try FormDraft.list(in: transaction)
            let lines = try Card.list(.everything, in: transaction).map { card in
                let newest = try Form.newestDocument(of: card.id, in: transaction)
                let root = newest.flatMap { try? FormTree(yaml: $0.document, file: $0.form).root }
                return BuilderPages.Line(
                    card: card, form: newest?.form, version: newest?.version,
                    draft: drafts.first { $0.card == card.id }, lineage: root.map(Self.lineage) ?? [])
            }
            return (lines, try staff.names(transaction))
        }
        return BuilderPages(officer: officer, names: names).list(lines, problem: problem)
    }

    private func outline(_ name: String, _ officer: Officer, _ moment: Moment, problem: String?) async throws -> Page {
        let draft = try await formDraft(name, officer, .editForms)
        let tree = try FormTree(yaml: draft.yaml, file: name)
        let names = try await database.read { try staff.names($0) }
        return OutlinePages(
            officer: officer, draft: draft, tree: tree, form: try? FormFile.decode(draft.yaml, file: name),
            findings: findings(in: draft, on: moment.day), lineage: Self.lineage(tree.root), names: names
        ).page(problem: problem)
    }

    private func editor(_ visit: Visit<Officer>, problem: String?) async throws -> Page {
        let (name, place) = (visit.parameter("form"), FormTree.Place(visit.query["at"] ?? ""))
        let draft = try await formDraft(name, visit.who, .editForms)
        var tree = try FormTree(yaml: draft.yaml, file: name)
        guard tree.node(place) != nil, EntryList.sort(of: place) != nil else { throw FormRefusal.notFound }
        // What was typed and not taken is shown again.
        if problem != nil { tree = typed(into: tree, place, visit) }
        let language = visit.query["language"].flatMap(town.language) ?? .ja
        return EditorPages(
            officer: visit.who, draft: draft,
            list: EntryList(tree: tree, sections: sectionNames, languages: town.languages), place: place,
            languages: town.languages, language: language, findings: findings(in: draft, on: visit.moment.day),
            preview: try preview(tree, place, language, visit.moment.day)
        ).page(problem: problem)
    }

    private func typed(into tree: FormTree, _ place: FormTree.Place, _ visit: Visit<Officer>) -> FormTree {
        EntryReader(
            list: EntryList(tree: tree, sections: sectionNames, languages: town.languages), place: place,
            languages: town.languages,
            posted: visit.posted
        ).changed
    }

    /// How a place looks with what is typed at this moment; nothing is kept.
    private func livePreview(_ visit: Visit<Officer>) async throws -> HTML {
        let (name, place) = (visit.parameter("form"), FormTree.Place(visit.query["at"] ?? ""))
        let draft = try await formDraft(name, visit.who, .editForms)
        let tree = typed(into: try FormTree(yaml: draft.yaml, file: name), place, visit)
        let language = visit.query["language"].flatMap(town.language) ?? .ja
        return try preview(tree, place, language, visit.moment.day)
    }

    private func preview(_ tree: FormTree, _ place: FormTree.Place, _ language: Language, _ today: Day) throws -> HTML {
        guard let form = try? FormFile.decode(try tree.yaml, file: "preview") else {
            return "<p class=\"notice\">指摘を直すと、ここにページが出ます。</p>"
        }
        return PagePreview(form: form, language: language, today: today).html(place)
    }

    private func review(_ visit: Visit<Officer>, problem: String?) async throws -> Page {
        let name = visit.parameter("form")
        let draft = try await formDraft(name, visit.who, .editForms)
        let (published, card, names) = try await database.read { transaction in
            (
                try Form.newestDocument(of: draft.card, in: transaction), try Card.find(draft.card, in: transaction),
                try staff.names(transaction)
            )
        }
        let form = try? FormFile.decode(draft.yaml, file: name)
        let language = visit.query["language"].flatMap(town.language) ?? .ja
        let preview = form.map { PagePreview(form: $0, language: language, today: visit.moment.day).all }
        return ReviewPages(
            officer: visit.who, draft: draft, form: form, section: card?.section ?? "", published: published?.version,
            differences: try published.map {
                try FormComparison(before: $0.document, after: draft.yaml).differences
            },
            findings: findings(in: draft, on: visit.moment.day), languages: town.languages, language: language,
            preview: preview ?? "<p class=\"notice\">指摘を直すと、ここにページが出ます。</p>",
            rules: form.map { RuleList(form: $0, town: town).html } ?? .empty, names: names
        ).page(problem: problem, typed: visit.posted["words"] ?? "")
    }

    /// The document as another town takes it over: it says where it comes from.
    private func exported(_ yaml: String, form: String, version: Int?, on day: Day) throws -> String {
        var tree = try FormTree(yaml: yaml, file: form)
        tree.change(FormTree.Place("exported_from")) { _ in
            .map([
                ("town", .words(town.name[.ja])), ("code", .words(town.code)), ("form", .words(form)),
                ("version", .plain(String(version ?? 0))), ("on", .words(day.iso)),
            ])
        }
        return try tree.yaml
    }

    /// Where a form came from, in words, the nearest last.
    private static func lineage(_ root: Node) -> [String] {
        (root["lineage"]?.sequence.map(Array.init) ?? []).map { origin in
            let (town, form) = (origin["town"]?.text ?? "", origin["form"]?.text ?? "")
            return "\(town)の様式「\(form)」第\(origin["version"]?.text ?? "")版（\(origin["on"]?.text ?? "")）をもとにしています"
        }
    }
}

extension FormRefusal {
    /// True for what is said on the page where it was tried.
    var isShownInPlace: Bool { if case .notFound = self { false } else { true } }
}

extension Visit where Who == Officer {
    /// The revision of the draft that the page showed.
    fileprivate var seen: Int? { request.posted["revision"].flatMap { Int($0) } }
}

/// A small file that is read as text.
private final class TextFile: UploadSink {
    private let spool: Spool

    init() throws { spool = try Spool() }

    func take(_ bytes: [UInt8]) async throws {
        // More than any form has; the rest is dropped and the file refused.
        guard spool.count <= 1_000_000 else { return }
        try spool.append(bytes)
    }

    func finish() async throws {}

    /// Throws a ``FormRefusal`` for a file that is none, too large or no text.
    func text() throws -> String {
        if spool.count == 0 { throw FormRefusal.unreadable("ファイルを選んでください。") }
        guard spool.count <= 1_000_000,
            let text = String(validating: spool.bytes(from: 0, count: spool.count), as: UTF8.self)
        else { throw FormRefusal.unreadable("様式の文書（UTF-8 のテキスト、1MBまで）ではありません。") }
        return text
    }
}

extension Form {
    /// The newest published document of a form, or nil.
    fileprivate static func newestDocument(
        named form: String, in transaction: Transaction
    ) throws -> (version: Int, document: String)? {
        try transaction.row(
            "SELECT version, document FROM form_version WHERE form = \(form) ORDER BY version DESC LIMIT 1"
        ).map { (try $0["version"], try $0["document"]) }
    }
}
