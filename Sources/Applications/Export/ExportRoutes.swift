import Core
import Japanese
import Database
import HTML
import Register
import Tabular
import Web

extension Applications {
    /// 書き出し: tables and files of a section's own applications.
    func addExportRoutes(to site: inout Site) {
        site.add(MenuItem("書き出し", "/desk/exports", needs: .readCases))
        site.officer(.get, "/desk/exports", needs: .readCases) { visit in
            let sections = visit.who.sections(for: .readCases) ?? town.sections.map(\.id)
            let (who, today) = (visit.who, visit.moment.day)
            let (sources, kept, runs, asked) = try await database.read { transaction in
                (
                    try exportSources(sections, in: transaction), try ExportChoice.list(of: sections, in: transaction),
                    try ExportRun.list(of: visit.who.id, in: transaction),
                    who.may(.decideCases) ? try MachineToken.waiting(for: who, on: today, in: transaction) : nil
                )
            }
            return .page(
                ExportPages(officer: visit.who, town: town).list(sources, kept: kept, runs: runs, asked: asked))
        }

        site.officer(.get, "/desk/exports/{section}/{card}", needs: .readCases) { visit in
            let (section, card) = (visit.parameter("section"), visit.parameter("card"))
            var choice = ExportChoice(section: section, card: card)
            try requireExport(choice, visit.who)
            choice.columns = ExportColumn.Fixed.usual.map(\.rawValue)
            var kept: ExportChoice.Kept?
            if let id = visit.query["choice"].flatMap(ExportChoice.ID.init) {
                kept = try await database.read { try ExportChoice.find(id, in: $0) }
                guard kept?.choice.section == section, kept?.choice.card == card else { throw ExportRefusal.notFound }
            }
            let pages = try await exportForm(
                visit.who, kept?.choice ?? choice, .init(kept?.choice ?? choice, name: kept?.name ?? ""), kept)
            return .page(pages.page(problems: [], count: nil, isSaved: visit.query["saved"] == "yes"))
        }

        site.officer(.post, "/desk/exports/{section}/{card}", needs: .readCases) { try await answerExport($0) }

        site.officer(.post, "/desk/export-choices/{choice}/remove", needs: .readCases) { visit in
            guard let id = ExportChoice.ID(visit.parameter("choice")) else { throw ExportRefusal.notFound }
            try await removeChoice(id, by: visit.who, at: visit.moment)
            return .redirect("/desk/exports")
        }

        site.officer(.get, "/desk/export-runs/{run}", needs: .readCases) { visit in
            let run = try await exportRun(visit.parameter("run"), visit.who)
            let headings = try await exportTable(run.choice, run.format).heading.map(\.title)
            return .page(
                ExportPages(officer: visit.who, town: town).run(
                    run, unmappable: try await unmappable(in: run), headings: headings))
        }

        site.officer(.get, "/desk/export-runs/{run}/file", needs: .readCases) { visit in
            let run = try await exportRun(visit.parameter("run"), visit.who)
            guard run.state == .done, let key = try await vault.key(for: run.id.text) else {
                return .redirect(.exportRun(run.id))
            }
            try await database.write { transaction in
                try transaction.record(
                    Event("export.taken", subject: run.id.text), by: .officer(visit.who.id), at: visit.moment)
            }
            let parts = ExportParts(run, files, key)
            let name = try await exportName(run.choice, at: run.at) + "." + run.format.ending
            return .file(
                Download(type: run.format.mediaType, name: name, isShown: false) { _ in try await parts.next() })
        }

        site.officer(.get, "/desk/cases/{id}/files.zip", needs: .readCases) { visit in
            let id = try caseID(visit)
            let bundle = try await bundle(of: id, by: visit.who, at: visit.moment)
            let number = try await database.read { try Case.require(id, in: $0).item.number }
            return .file(try download(bundle, named: number ?? id.text))
        }
    }

    private func answerExport(_ visit: Visit<Officer>) async throws -> Answer {
        let (section, card) = (visit.parameter("section"), visit.parameter("card"))
        let (choice, typed, problems) = ExportChoice.read(visit.posted, section: section, card: card)
        try requireExport(choice, visit.who)
        let id = visit.posted["choice"].flatMap(ExportChoice.ID.init)
        let kept = try await database.read { transaction in
            try id.flatMap { try ExportChoice.find($0, in: transaction) }
        }
        let pages = try await exportForm(visit.who, choice, typed, kept)
        guard problems.isEmpty else { return .page(pages.page(problems: problems, count: nil, isSaved: false)) }
        do {
            return try await deal(with: visit, choice, typed, kept, pages)
        } catch let refusal as ExportRefusal where !refusal.isNotFound {
            return .page(pages.page(problems: [refusal], count: nil, isSaved: false))
        }
    }

    private func deal(
        with visit: Visit<Officer>, _ choice: ExportChoice, _ typed: ExportChoice.Typed, _ kept: ExportChoice.Kept?,
        _ pages: ExportFormPages
    ) async throws -> Answer {
        switch visit.posted["do"] ?? "count" {
        case "save", "save-as":
            let isNew = visit.posted["do"] == "save-as"
            let seen = kept.flatMap { kept in
                visit.posted["revision"].flatMap { Int($0) }.map { (id: kept.id, revision: $0) }
            }
            let id = try await keep(
                choice, named: typed.name, over: isNew ? nil : seen, by: visit.who, at: visit.moment)
            let place = Link.export(choice.section, choice.card)
            return .redirect(place.asking([("choice", id.text), ("saved", "yes")]))
        case "zip":
            let bundle = try await bundle(choice, by: visit.who, at: visit.moment)
            return .file(
                try download(bundle, named: try await exportName(choice, at: visit.moment) + " 添付ファイル"))
        case "csv", "xlsx", "cp932", "cp932-replaced":
            let isReplaced = visit.posted["do"] == "cp932-replaced"
            let format = visit.posted["do"].flatMap(ExportFormat.init) ?? .cp932
            switch try await export(choice, as: format, by: visit.who, at: visit.moment) {
            case .begun(let run): return .redirect(.exportRun(run))
            case .made(let made, _):
                if made.unmappableCount > 0, !isReplaced {
                    let headings = try await exportTable(choice, format).heading.map(\.title)
                    return .page(
                        ExportPages(officer: visit.who, town: town).unmappable(
                            made, headings: headings, choice: choice, typed: typed))
                }
                let name = try await exportName(choice, at: visit.moment) + "." + format.ending
                return .file(Download(made.file, type: format.mediaType, name: name))
            }
        default:
            let count = try await countExported(choice, upTo: Self.exportedAtOnce)
            return .page(pages.page(problems: [], count: count, isSaved: false))
        }
    }

    private func exportForm(
        _ officer: Officer, _ choice: ExportChoice, _ typed: ExportChoice.Typed, _ kept: ExportChoice.Kept?
    ) async throws -> ExportFormPages {
        let (fields, name) = try await database.read { transaction in
            (
                try ExportFields(of: choice.card, shelf: shelf, in: transaction),
                try Card.find(choice.card, in: transaction)?.name[.ja]
            )
        }
        guard let name else { throw ExportRefusal.notFound }
        return ExportFormPages(
            officer: officer, town: town, title: name, fields: fields, choice: choice, typed: typed, kept: kept)
    }

    /// 手続き of which a section has an application.
    private func exportSources(_ sections: [String], in transaction: Transaction) throws -> [ExportPages.Source] {
        try Card.list(in: transaction).flatMap { card in
            try sections.filter { section in
                try transaction.exists(
                    """
                    SELECT 1 FROM application WHERE card = \(card.id) AND section = \(section) AND status <> 'draft' LIMIT 1
                    """)
            }.map { ExportPages.Source(card: card, section: $0) }
        }
    }

    /// What a file is called: the procedure and the day.
    private func exportName(_ choice: ExportChoice, at moment: Moment) async throws -> String {
        let name = try await database.read { try Card.find(choice.card, in: $0)?.name[.ja] } ?? choice.card
        return "\(name) \(moment.day.iso)"
    }
}
