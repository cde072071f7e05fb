import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// 文例. Sections keep their own.
    func addTemplateRoutes(to site: inout Site) {
        site.add(MenuItem("文例", "/desk/templates", needs: .editForms))

        site.officer(.get, "/desk/templates", needs: .editForms) { visit in
            .page(try await templatePages(visit.who).list())
        }

        site.officer(.get, "/desk/templates/edit", needs: .editForms) { visit in
            let pages = try await templatePages(visit.who)
            guard let id = visit.query["id"] else {
                return .page(pages.editor(TemplatePages.Typed(), refusal: nil, now: nil))
            }
            guard let template = pages.templates.first(where: { $0.id == id }) else { throw Refused.notHere }
            return .page(pages.editor(TemplatePages.Typed(template), refusal: nil, now: nil))
        }

        site.officer(.post, "/desk/templates/edit", needs: .editForms) { visit in
            let typed = TemplatePages.Typed(visit.posted)
            do {
                _ = try await saveTemplate(typed.entry, by: visit.who, at: visit.moment)
                return .redirect("/desk/templates")
            } catch let refusal as TemplateRefusal {
                let pages = try await templatePages(visit.who)
                let now = pages.templates.first { $0.id == typed.id }
                return .page(pages.editor(typed, refusal: refusal, now: refusal == .changedSince ? now : nil))
            }
        }

        site.officer(.post, "/desk/templates/delete", needs: .editForms) { visit in
            try await deleteTemplate(visit.posted["id"] ?? "", by: visit.who, at: visit.moment)
            return .redirect("/desk/templates")
        }
    }

    private func templatePages(_ officer: Officer) async throws -> TemplatePages {
        let sections = officer.sections(for: .editForms) ?? town.sections.map(\.id)
        let (templates, cards) = try await database.read { transaction in
            (
                try MessageTemplate.list(of: sections, in: transaction),
                try Card.list(in: transaction).filter { sections.contains($0.section) }
            )
        }
        return TemplatePages(
            officer: officer, templates: templates, cards: cards.map { ($0.id, $0.name[.ja], $0.section) },
            sections: sections.map { ($0, town.sectionName($0)[.ja]) })
    }
}
