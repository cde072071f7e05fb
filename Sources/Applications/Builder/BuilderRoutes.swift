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
        site.add(MenuItem("様式", "/desk/forms", needs: .editForms))

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
                    tree = EntryReader(list: list, place: place, posted: posted).changed
                }
                return .redirect(Link.editor(form, place).asking([("saved", "yes")]))
            } catch FormRefusal.moved {
                return .page(BuilderPages(officer: visit.who).moved(form, visit.posted))
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

    /// Back to the outline; where something is the matter, the outline with what that is.
    /// - Parameter next: where it goes on instead.
    func atOutline(
        _ visit: Visit<Officer>, then next: Link? = nil, _ work: (String) async throws -> Void
    ) async throws -> Answer {
        let form = visit.parameter("form")
        do {
            try await work(form)
            return .redirect(next ?? .builder(form))
        } catch let refusal as FormRefusal where refusal.isShownInPlace {
            return .page(try await outline(form, visit.who, visit.moment, problem: refusal.words[.ja]))
        }
    }

    private var sectionNames: [(value: String, name: String)] { town.sections.map { ($0.id, $0.name[.ja]) } }

    private func formList(_ officer: Officer, problem: String?) async throws -> Page {
        let lines = try await database.read { transaction in
            let forms = try shelf.newest(in: transaction)
            let drafts = Dictionary(try FormDraft.list(in: transaction).map { ($0.card, $0) }) { first, _ in first }
            return try Card.list(in: transaction).map { card in
                BuilderPages.Line(card: card, form: forms[card.id], draft: drafts[card.id])
            }
        }
        return BuilderPages(officer: officer).list(lines, problem: problem)
    }

    private func outline(_ name: String, _ officer: Officer, _ moment: Moment, problem: String?) async throws -> Page {
        let draft = try await formDraft(name, officer, .editForms)
        let tree = try FormTree(yaml: draft.yaml, file: name)
        let names = try await database.read { try staff.names($0) }
        return OutlinePages(
            officer: officer, draft: draft, tree: tree, form: try? FormFile.decode(draft.yaml, file: name),
            findings: findings(in: draft, on: moment.day), names: names
        ).page(problem: problem)
    }

    private func editor(_ visit: Visit<Officer>, problem: String?) async throws -> Page {
        let (name, place) = (visit.parameter("form"), FormTree.Place(visit.query["at"] ?? ""))
        let draft = try await formDraft(name, visit.who, .editForms)
        var tree = try FormTree(yaml: draft.yaml, file: name)
        guard tree.node(place) != nil, EntryList.sort(of: place) != nil else { throw FormRefusal.notFound }
        // What was typed and not taken is shown again.
        if problem != nil { tree = typed(into: tree, place, visit) }
        let changes = problem == nil ? [] : try FormComparison(before: draft.yaml, after: tree.yaml).differences
        let language = visit.query["language"].flatMap(town.language) ?? .ja
        return EditorPages(
            officer: visit.who, draft: draft,
            list: EntryList(tree: tree, sections: sectionNames, languages: town.languages), place: place,
            language: language, findings: findings(in: draft, on: visit.moment.day),
            preview: try preview(tree, place, language, visit.moment.day), changes: changes,
            isSaved: visit.query["saved"] == "yes"
        ).page(problem: problem)
    }

    private func typed(into tree: FormTree, _ place: FormTree.Place, _ visit: Visit<Officer>) -> FormTree {
        EntryReader(
            list: EntryList(tree: tree, sections: sectionNames, languages: town.languages), place: place,
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
}

extension FormRefusal {
    /// True for what is said on the page where it was tried.
    var isShownInPlace: Bool { if case .notFound = self { false } else { true } }
}

extension Visit where Who == Officer {
    /// The revision of the draft that the page showed.
    var seen: Int? { request.posted["revision"].flatMap { Int($0) } }
}
