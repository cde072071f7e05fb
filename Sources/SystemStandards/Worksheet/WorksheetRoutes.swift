import Core
import Database
import HTML
import Japanese
import Register
import Tabular
import Web

extension SystemStandards {
    /// 直しの依頼: what sections have to mend.
    func addWorksheetRoutes(to site: inout Site) {
        site.officer(.get, "/desk/worksheets", needs: .handleExtracts) { visit in
            let sections = visit.who.sections(for: .handleExtracts) ?? []
            let sheets = try await database.read { try Worksheet.list(for: sections, in: $0) }
            return .page(WorksheetPages(officer: visit.who, town: town).list(sheets, today: visit.moment.day.iso))
        }

        site.officer(.get, "/desk/worksheets/{sheet}", needs: .handleExtracts) { visit in
            .page(try await sheetPage(visit))
        }

        site.officer(.get, "/desk/worksheets/{sheet}/sheet.csv", needs: .handleExtracts) { visit in
            let (content, key) = try await worksheet(visit)
            try await note("extract.viewed", content.run, visit, ["worksheet": content.sheet.id.text])
            let rows = try await table(content, key).rows
            return .file(Download(table: rows, name: "直しの表 \(content.extract.name).csv", visit.query))
        }

        site.officer(.post, "/desk/worksheets/{sheet}/sheet", needs: .handleExtracts, takesFiles: true) { visit in
            try await takeSheet(visit)
        }

        site.officer(.post, "/desk/worksheets/{sheet}/return", needs: .handleExtracts) { visit in
            try await attempt {
                try await giveBack(
                    visit.parameter("sheet"), visit.posted["words"] ?? "", by: visit.who, at: visit.moment)
                return .redirect("/desk/worksheets")
            } orShow: {
                try await sheetPage(visit, problems: [$0])
            }
        }

        site.officer(.post, "/desk/worksheets/{sheet}/close", needs: .handleExtracts) { visit in
            try await closeWorksheet(
                visit.parameter("sheet"), isDone: visit.posted["do"] != "again", by: visit.who, at: visit.moment)
            return .redirect(("/desk/worksheets" as Link).below(visit.parameter("sheet")))
        }

        site.officer(.get, "/desk/worksheets/{sheet}/{group}", needs: .handleExtracts) { visit in
            let (pages, content, _) = try await sheetGroup(visit)
            return .page(pages.page(content))
        }

        site.officer(.post, "/desk/worksheets/{sheet}/{group}", needs: .handleExtracts) { visit in
            let (pages, content, key) = try await sheetGroup(visit)
            guard content.isOpen else { throw StandardsRefusal.notNow("この依頼は、もう終わっています。") }
            return try await keepTyped(visit, pages, content, key)
        }
    }

    private func worksheet(_ visit: Visit<Officer>) async throws -> (WorksheetPages.Content, SealingKey) {
        let (found, groups, names) = try await database.read { transaction in
            let found = try requireWorksheet(visit.parameter("sheet"), visit.who, in: transaction)
            return (
                found,
                try FindingGroup.list(of: found.run.id, in: transaction).filter { $0.section == found.sheet.source },
                try staff.names(transaction)
            )
        }
        let key = try await openKey(of: found.run)
        let mends = try await database.read { try Mend.list(of: found.run.id, key: key, in: $0) }
        let counts = Dictionary(
            uniqueKeysWithValues: groups.map { group in
                (group.number, mends.count { $0.file == group.file && $0.item == group.item })
            })
        return (
            .init(
                sheet: found.sheet, run: found.run, extract: found.extract, groups: groups, mended: counts, names: names
            ),
            key
        )
    }

    private func sheetPage(_ visit: Visit<Officer>, problems: [String] = [], told: String? = nil) async throws -> Page {
        WorksheetPages(officer: visit.who, town: town).sheet(
            try await worksheet(visit).0, problems: problems, told: told)
    }

    private func table(_ content: WorksheetPages.Content, _ key: SealingKey) async throws -> WorksheetSheet {
        var found: [(FindingGroup, KeptFinding)] = []
        for group in content.groups {
            let pages = try await database.read { try group.pages(of: content.run.id, in: $0) }
            for page in 0..<group.pageCount {
                let findings = try await findings(page, pages, in: content.run, key: key)
                found += findings.filter { $0.isMendable(in: group) && $0.canBeTyped }.map { (group, $0) }
                guard found.count <= WorksheetSheet.most else {
                    throw StandardsRefusal.notNow("表にするには多すぎます（\(WorksheetSheet.most)件まで）。変換でまとめて直してから、もう一度調べてください。")
                }
            }
        }
        let mends = try await database.read { try Mend.list(of: content.run.id, key: key, in: $0) }
        return WorksheetSheet(findings: found, mends: mends)
    }

    private func takeSheet(_ visit: Visit<Officer>) async throws -> Answer {
        let (content, key) = try await worksheet(visit)
        guard visit.who.may(.handleExtracts, in: content.sheet.section) else { throw StandardsRefusal.notYours }
        let bytes = try await ArrivingFile.bytes(of: "file", visit.upload, upTo: 20 * 1024 * 1024).content
        return try await attempt {
            guard content.sheet.state == .open else { throw StandardsRefusal.notNow("この依頼は、もう終わっています。") }
            guard let bytes, !bytes.isEmpty else { throw StandardsRefusal.noFile }
            let (mends, problems) = try await table(content, key).read(bytes)
            guard problems.isEmpty else { return .page(try await sheetPage(visit, problems: problems)) }
            let changed = try await keepMends(mends, of: content.run, key: key, by: visit.who, at: visit.moment)
            return .page(try await sheetPage(visit, told: "\(changed)か所を取り込みました。"))
        } orShow: {
            try await sheetPage(visit, problems: [$0])
        }
    }

    private func sheetGroup(
        _ visit: Visit<Officer>
    ) async throws -> (FindingPages, FindingPages.Content, SealingKey) {
        let (sheet, _) = try await worksheet(visit)
        guard let group = sheet.groups.first(where: { String($0.number) == visit.parameter("group") }) else {
            throw StandardsRefusal.notFound
        }
        var (content, key) = try await content(of: group, in: sheet.run, isOwn: true, visit)
        content.isOpen =
            content.isOpen && sheet.sheet.state == .open && visit.who.may(.handleExtracts, in: sheet.sheet.section)
        let base = Link.worksheet(sheet.sheet.id)
        return (
            FindingPages(
                officer: visit.who, run: sheet.run, group: group, place: base.below(String(group.number)),
                home: (base, "直しの依頼 \(sheet.extract.name)")), content, key
        )
    }
}
