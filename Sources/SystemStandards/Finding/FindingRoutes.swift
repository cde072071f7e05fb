import Core
import Database
import HTML
import Tabular
import Web

extension SystemStandards {
    /// 見つかったこと of a run, and their mends.
    func addFindingRoutes(to site: inout Site) {
        site.officer(.get, "/desk/runs/{run}/groups/{group}", needs: .writeSystems) { visit in
            let (pages, content, _) = try await findingPage(visit)
            return .page(pages.page(content))
        }

        site.officer(.post, "/desk/runs/{run}/groups/{group}", needs: .handleExtracts) { visit in
            let (pages, content, key) = try await findingPage(visit)
            guard content.isOpen else { throw StandardsRefusal.notYours }
            return try await keepTyped(visit, pages, content, key)
        }
    }

    /// Keeps what was typed on a page of findings, and shows the page again.
    func keepTyped(
        _ visit: Visit<Officer>, _ pages: FindingPages, _ content: FindingPages.Content, _ key: SealingKey
    ) async throws -> Answer {
        var typed: [TypedMend] = []
        var again = content
        for (index, finding) in content.findings.enumerated() where finding.isMendable(in: pages.group) {
            guard finding.canBeTyped, let value = visit.posted["v\(index)"] else { continue }
            again.typed[index] = value
            typed.append(
                TypedMend(
                    file: pages.group.file, row: finding.row, item: pages.group.item,
                    content: .init(key: finding.key, old: finding.value, new: value)))
        }
        do {
            try await keepMends(typed, of: pages.run, key: key, by: visit.who, at: visit.moment)
        } catch let refusal as StandardsRefusal where refusal.kind.isInvalid {
            again.problem = refusal.words[.ja]
            return .page(pages.page(again))
        }
        return .redirect(pages.place.asking([("page", String(content.page + 1)), ("saved", "yes")]))
    }

    private func findingPage(
        _ visit: Visit<Officer>
    ) async throws -> (FindingPages, FindingPages.Content, SealingKey) {
        let (found, groups) = try await database.read { transaction in
            let found = try requireRun(visit.parameter("run"), visit.who, in: transaction)
            return (found, try FindingGroup.list(of: found.run.id, in: transaction))
        }
        guard let group = groups.first(where: { String($0.number) == visit.parameter("group") }) else {
            throw StandardsRefusal.notFound
        }
        let isOwn = visit.who.may(.handleExtracts, in: found.extract.section)
        let pages = FindingPages(
            officer: visit.who, run: found.run, group: group,
            place: "/desk/runs/\(found.run.id.text)/groups/\(String(group.number))",
            home: (.run(found.run.id), "\(found.extract.name) 第\(found.run.number)回"))
        let (content, key) = try await content(of: group, in: found.run, isOwn: isOwn, visit)
        return (pages, content, key)
    }

    /// A page of a group as this officer may see it. Seeing values is recorded.
    func content(
        of group: FindingGroup, in run: ExtractRun, isOwn: Bool, _ visit: Visit<Officer>
    ) async throws -> (FindingPages.Content, SealingKey) {
        let key = try await openKey(of: run)
        var content = FindingPages.Content()
        let asked = (visit.posted["page"] ?? visit.query["page"]).flatMap { Int($0) } ?? 1
        content.page = max(0, min(asked, group.pageCount) - 1)
        content.findings = try await findings(content.page, of: group, in: run, key: key)
        content.isSaved = visit.query["saved"] == "yes"
        guard isOwn else {
            let schema = try await database.read { try ExtractRun.schema(of: run.id, in: $0) }
            content.mask = schema.mask(of: group)
            // The number of a person is theirs as well.
            content.findings = content.findings.map(\.withoutKey)
            return (content, key)
        }
        try await note("extract.viewed", run, visit, ["group": String(group.number), "page": String(content.page + 1)])
        content.isOpen = run.state == .done
        content.mends = try await database.read { transaction in
            try Mend.list(of: run.id, key: key, in: transaction).reduce(into: [:]) { mends, mend in
                if mend.file == group.file, mend.item == group.item { mends[mend.row] = mend.content }
            }
        }
        return (content, key)
    }
}

extension KeptFinding {
    var withoutKey: KeptFinding {
        KeptFinding(row: row, line: line, other: other, value: value, key: "＊", isNew: isNew)
    }
}
