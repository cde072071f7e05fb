import Core
import HTML
import Web

extension Applications {
    /// What officers do with an application: take it in, return it, decide it, write about it.
    func addDecisionRoutes(to site: inout Site) {
        add("receive", to: &site, needs: .handleCases) { _ in .receive }
        add("review", to: &site, needs: .handleCases) { _ in .review }
        add("return", to: &site, needs: .handleCases) { .returnForCorrection(reason: $0) }
        add("approve", to: &site, needs: .decideCases) { .approve(words: $0) }
        add("reject", to: &site, needs: .decideCases) { .reject(reason: $0) }
        addWriting("letter", .letter, to: &site)
        addWriting("note", .note, to: &site)
    }

    private func add(
        _ verb: String, to site: inout Site, needs permission: Permission,
        _ action: @escaping @Sendable (_ words: String) -> DeskAction
    ) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: permission) { visit in
            let id = try caseID(visit)
            guard let seen = visit.posted["seen"].flatMap(Case.Status.init), let once = once(visit) else {
                throw Refused.stale
            }
            try await act(
                action(visit.posted["words"] ?? ""), on: id, seen: seen, once: once, by: visit.who, at: visit.moment)
            return .redirect(.desk(id))
        }
    }

    private func addWriting(_ verb: String, _ kind: Message.Kind, to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: .handleCases) { visit in
            let id = try caseID(visit)
            guard let once = once(visit) else { throw Refused.stale }
            try await write(
                visit.posted["words"] ?? "", as: kind, to: id, once: once, by: visit.who, at: visit.moment)
            return .redirect(.desk(id))
        }
    }

    /// The form's own name for what it does, so that pressing twice does it once.
    private func once(_ visit: Visit<Officer>) -> String? { visit.posted["once"].flatMap(ID<Case>.init)?.text }
}

extension Refused {
    fileprivate static let stale = Refused(
        .invalid,
        Text(
            "ページが古くなっています。申請を開き直して、もう一度操作してください。", easy: "もう{一度|いちど} ページを {開|ひら}いて ください。",
            en: "The page is out of date. Please open the application again."))
}
