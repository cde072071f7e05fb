import Core
import Database
import HTML
import Japanese
import Register
import Web
import Yams

extension Applications {
    /// 公開. A draft is proposed, looked at by somebody else, and published or given back; forms are handed on.
    func addPublishingRoutes(to site: inout Site) {
        site.officer(.post, "/desk/forms/{form}/discard", needs: .editForms) { visit in
            try await atOutline(visit, then: "/desk/forms") { form in
                try await discardForm(
                    form, typed: visit.posted["confirm"] ?? "", seen: visit.seen, by: visit.who, at: visit.moment)
            }
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
}
