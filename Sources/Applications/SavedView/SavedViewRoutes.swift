import Core
import Database
import HTML
import Web

extension Applications {
    /// 保存した条件.
    func addSavedViewRoutes(to site: inout Site) {
        site.officer(.get, "/desk/views", needs: .readCases) { visit in
            .page(try await viewsPage(visit.who, tried: nil))
        }

        site.officer(.post, "/desk/views", needs: .readCases) { visit in
            let asked = InboxAsked(visit.posted)
            let name = visit.posted["name"] ?? ""
            do {
                guard let id = visit.posted["once"].flatMap(SavedView.ID.init) else { throw CaseRefusal.stale }
                let share = visit.posted["share"].flatMap { $0.isEmpty ? nil : $0 }
                try await keep(
                    asked.filter, as: name, sharedWith: share, id: id, isFirst: visit.posted["first"] == "yes",
                    by: visit.who, at: visit.moment)
                return .redirect(("/desk" as Link).asking([("view", id.text)] + asked.filter.pairs))
            } catch let refusal as SavedViewRefusal where refusal.kind.isInvalid {
                let tried = SavedViewPages.Tried(view: nil, name: name, words: refusal.words[.ja])
                return .page(try await inboxPage(asked, visit.who, view: nil, at: visit.moment, saving: tried))
            }
        }

        site.officer(.post, "/desk/views/first", needs: .readCases) { visit in
            let id = visit.posted["view"].flatMap(SavedView.ID.init)
            try await openFirst(id, by: visit.who, at: visit.moment)
            return .redirect("/desk/views")
        }

        site.officer(.post, "/desk/views/{id}/rename", needs: .readCases) { visit in
            let (id, name) = (try viewID(visit), visit.posted["name"] ?? "")
            do {
                try await rename(id, to: name, by: visit.who, at: visit.moment)
                return .redirect("/desk/views")
            } catch let refusal as SavedViewRefusal where refusal.kind.isInvalid {
                let tried = SavedViewPages.Tried(view: id, name: name, words: refusal.words[.ja])
                return .page(try await viewsPage(visit.who, tried: tried))
            }
        }

        site.officer(.post, "/desk/views/{id}/delete", needs: .readCases) { visit in
            try await delete(try viewID(visit), by: visit.who, at: visit.moment)
            return .redirect("/desk/views")
        }
    }

    private func viewID(_ visit: Visit<Officer>) throws -> SavedView.ID {
        guard let id = SavedView.ID(visit.parameter("id")) else { throw SavedViewRefusal.notFound }
        return id
    }

    private func viewsPage(_ officer: Officer, tried: SavedViewPages.Tried?) async throws -> Page {
        let (views, first) = try await database.read { transaction in
            (try self.views(of: officer, in: transaction), try SavedView.first(of: officer.id, in: transaction))
        }
        return SavedViewPages(officer: officer, sectionName: { [town] in town.sectionName($0)[.ja] }).list(
            views, first: first, tried: tried)
    }
}
