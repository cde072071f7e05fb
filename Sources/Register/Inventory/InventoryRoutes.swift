import Core
import Database
import HTML
import Web

extension Register {
    /// 国の棚卸調査.
    func addInventoryRoutes(to site: inout Site) {
        site.officer(.get, "/desk/inventory", needs: nil) { visit in
            let survey = try survey(visit.query)
            let found = try await inventory(survey, at: visit.moment)
            let page = max(1, min(1000, visit.query["page"].flatMap { Int($0) } ?? 1))
            return .page(InventoryPages(officer: visit.who, town: town, survey: survey).list(found, page: page))
        }

        site.officer(.get, "/desk/inventory/questions", needs: nil) { visit in
            let survey = try survey(visit.query)
            let found = try await inventory(survey, at: visit.moment)
            return .page(InventoryPages(officer: visit.who, town: town, survey: survey).questions(found))
        }

        site.officer(.get, "/desk/inventory.csv", needs: nil) { visit in
            let survey = try survey(visit.query)
            let rows = try await inventory(survey, at: visit.moment).rows
            return .file(Download(table: rows, name: "棚卸調査-\(survey.year).csv", visit.query))
        }

        site.officer(.get, "/desk/inventory/cards/{card}", needs: nil) { visit in
            .page(
                try await inventoryCard(visit).page(
                    typed: nil, faults: [], isOvertaken: false, saved: visit.query["saved"] == "yes"))
        }

        site.officer(.post, "/desk/inventory/cards/{card}", needs: .editCards) { visit in try await answer(visit) }

        site.officer(.post, "/desk/inventory/close", needs: .editCards) { visit in
            let survey = try survey(visit.posted)
            guard Cell.plain(visit.posted["typed"] ?? "") == String(survey.year) else {
                throw Refused(.invalid, Text(verbatim: "締め切るときは、確認のために \(survey.year) と入力してください。"))
            }
            guard visit.who.sections(for: .editCards) == nil else { throw Refused.notYours }
            try await close(survey, by: visit.who, at: visit.moment)
            return .redirect(.inventory(survey.year))
        }

        addInventoryImportRoutes(to: &site)
    }

    private func addInventoryImportRoutes(to site: inout Site) {
        site.officer(.get, "/desk/inventory/import", needs: .editCards) { visit in
            .page(importPages(try survey(visit.query), visit.who).form(importing, problem: nil))
        }

        site.officer(.post, "/desk/inventory/import", needs: .editCards, takesFiles: true) { visit in
            let survey = try survey(visit.query)
            return try await receive(visit, kind: "inventory", importPages(survey, visit.who), importing) { id in
                Link("/desk/inventory/import").below(id).asking([("year", String(survey.year))])
            }
        }

        site.officer(.get, "/desk/inventory/import/{upload}", needs: .editCards) { visit in
            let (survey, upload) = (try survey(visit.query), try await waiting(visit, kind: "inventory"))
            let pages = importPages(survey, visit.who)
            if let result = upload.result { return .page(pages.done(result)) }
            let report = try await database.read {
                try takeInventory(
                    upload.content, survey, isTaken: false, by: .officer(visit.who), at: visit.moment, in: $0)
            }
            let place = Link("/desk/inventory/import").below(upload.id.text).asking([("year", String(survey.year))])
            return .page(pages.report(report, apply: place))
        }

        site.officer(.post, "/desk/inventory/import/{upload}", needs: .editCards) { visit in
            let (survey, id) = (try survey(visit.query), visit.parameter("upload"))
            let report = try await database.write { transaction -> SheetReport? in
                guard let upload = try SheetUpload.find(id, by: visit.who, in: transaction), upload.kind == "inventory"
                else { throw Refused.notHere }
                transaction.keepHouse("each answer is recorded by itself")
                guard upload.result == nil else { return nil }
                let report = try takeInventory(
                    upload.content, survey, isTaken: true, by: .officer(visit.who), at: visit.moment, in: transaction)
                if report.findings.isEmpty {
                    try upload.finish("\(report.changes.count)件の手続きの回答を取り込みました。", in: transaction)
                }
                return report
            }
            let place = Link("/desk/inventory/import").below(id).asking([("year", String(survey.year))])
            guard let report, !report.findings.isEmpty else { return .redirect(place) }
            return .page(importPages(survey, visit.who).report(report, apply: place))
        }
    }

    private func survey(_ asked: Posted) throws -> Survey {
        let year = asked["year"].map { Int($0) ?? 0 } ?? Survey.all.first { !$0.isPreliminary }?.year ?? 0
        guard let survey = Survey.find(year) else { throw Refused.notHere }
        return survey
    }

    private func inventory(_ survey: Survey, at moment: Moment) async throws -> Inventory {
        try await database.read { try inventory(survey, CardFilter(), at: moment, in: $0) }
    }

    private func inventoryCard(_ visit: Visit<Officer>) async throws -> InventoryCardPages {
        let (survey, id) = (try survey(visit.query), visit.parameter("card"))
        let found = try await database.read { transaction -> InventoryCardPages? in
            let now = try inventory(survey, CardFilter(), card: id, at: visit.moment, in: transaction)
            guard let line = now.lines.first else { return nil }
            let last = try survey.before.map {
                try inventory($0, CardFilter(), card: id, at: visit.moment, in: transaction)
            }
            return InventoryCardPages(
                officer: visit.who, survey: survey, line: line, isClosed: now.isClosed, before: last?.lines.first,
                names: try staff.names(transaction), seen: line.newest)
        }
        guard let found else { throw Refused.notHere }
        return found
    }

    private func answer(_ visit: Visit<Officer>) async throws -> Answer {
        let (survey, id) = (try survey(visit.query), visit.parameter("card"))
        _ = try await editable(id, by: visit.who)
        let pages = try await inventoryCard(visit)
        guard !pages.isClosed else { throw Refused(.conflict, Text(verbatim: "\(survey.name)の調査は締め切りました。")) }
        guard let seen = visit.posted["seen"] else {
            return .page(
                pages.page(
                    typed: nil, faults: [CardFault(nil, "ページを開き直して、もう一度保存してください")], isOvertaken: false, saved: false))
        }
        var (faults, answers): ([CardFault], [(question: String, answer: String?)]) = ([], [])
        for (index, question) in survey.questions.enumerated() {
            let typed = visit.posted.all("q\(index)").joined(separator: Cell.separator)
            do throws(CellFault) {
                let answer = try question.answer(typed)
                if answer != pages.line.cells[question.name]?.written?.answer {
                    answers.append((question.name, answer))
                }
            } catch {
                faults.append(CardFault("q\(index)", "\(question.name): \(error.words)"))
            }
        }
        guard faults.isEmpty else {
            return .page(pages.page(typed: visit.posted, faults: faults, isOvertaken: false, saved: false))
        }
        let taken = answers
        let isOvertaken = try await database.write { transaction in
            let now = try InventoryAnswer.newest(survey.year, card: id, in: transaction)[id] ?? [:]
            let newest = now.values.map(\.id.text).max() ?? ""
            guard taken.isEmpty || newest == seen else {
                transaction.keepHouse("nothing changed")
                return true
            }
            try self.answer(taken, survey, id, by: .officer(visit.who), at: visit.moment, in: transaction)
            return false
        }
        if isOvertaken {
            return .page(pages.page(typed: visit.posted, faults: [], isOvertaken: true, saved: false))
        }
        let place = Link("/desk/inventory/cards").below(id).asking([("year", String(survey.year)), ("saved", "yes")])
        return .redirect(place)
    }

    private func importPages(_ survey: Survey, _ officer: Officer) -> SheetPages {
        SheetPages(
            officer: officer, home: (.inventory(survey.year), "国の棚卸調査 \(survey.name)"), title: "棚卸調査のCSVの取込み",
            target: ("/desk/inventory/import" as Link).asking([("year", String(survey.year))]))
    }

    private var importing: HTML {
        """
        <p>国の様式のCSVを送ると、この町の台帳にある手続きの回答だけを取り込みます。行は手続IDで、手続IDがなければ名前で結びつけます。</p>
        <ul><li>空欄は「不明」です。0件は「0」と書きます。</li><li>国の符号にない値があれば、行と列を示し、何も取り込みません。</li></ul>
        """
    }
}

extension Inventory.Line {
    /// The id of the newest answer that a person gave.
    fileprivate var newest: String { cells.values.compactMap { $0.written?.id.text }.max() ?? "" }
}
