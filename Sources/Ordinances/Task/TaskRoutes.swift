import Core
import Database
import HTML
import OrdinanceText
import Web

extension Ordinances {
    /// 改正の作業.
    func addTaskRoutes(to site: inout Site) {
        site.officer(.get, "/desk/ordinances/tasks", needs: nil) { visit in
            let (tasks, titles) = try await database.read { transaction in
                let titles = try KeptOrdinance.all(in: transaction).reduce(into: [String: String]()) {
                    $0[$1.id.text] = $1.title
                }
                return (try AmendmentTask.all(in: transaction), titles)
            }
            return .page(TaskPages(officer: visit.who, today: visit.moment.day).list(tasks, titles: titles))
        }

        site.officer(.get, "/desk/ordinances/tasks/{task}", needs: nil) { visit in .page(try await taskPage(visit)) }

        site.officer(.get, "/desk/ordinances/tasks/{task}/comparison.html", needs: nil) { visit in
            let (task, kept) = try await task(visit)
            let page = ComparisonPage.html(ComparisonTable(from: kept.ordinance, to: Ordinance(plain: task.text))).bytes
            return .file(
                Download(type: "text/html", name: "\(kept.title) 新旧対照表.html", isShown: false) { $0 == 0 ? page : nil })
        }

        site.officer(.post, "/desk/ordinances/tasks/{task}", needs: .reviewOrdinances) { visit in
            try await attempt {
                guard let next = AmendmentTask.State(rawValue: visit.posted["do"] ?? "") else {
                    throw OrdinanceRefusal.unusable("次の段階を選んでください。")
                }
                try await move(
                    visit.parameter("task"), to: next, assembly: visit.posted["assembly"] ?? "",
                    effectiveOn: visit.posted["effective"] ?? "",
                    by: visit.who, at: visit.moment)
                return .redirect(("/desk/ordinances/tasks" as Link).below(visit.parameter("task")))
            } orShow: {
                try await taskPage(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/ordinances/{ordinance}/amend", needs: .reviewOrdinances) { visit in
            .page(try await draftPage(visit))
        }

        site.officer(.post, "/desk/ordinances/{ordinance}/amend", needs: .reviewOrdinances) { visit in
            try await attempt {
                let id = try await draft(
                    visit.parameter("ordinance"), named: visit.posted["name"] ?? "", text: visit.posted["text"] ?? "",
                    by: visit.who,
                    at: visit.moment)
                return .redirect(.amendment(id))
            } orShow: {
                try await draftPage(visit, problem: $0)
            }
        }
    }

    private func task(_ visit: Visit<Officer>) async throws -> (AmendmentTask, KeptOrdinance) {
        try await database.read { transaction in
            guard let task = try AmendmentTask.find(visit.parameter("task"), in: transaction),
                let kept = try KeptOrdinance.find(task.ordinance, in: transaction)
            else { throw OrdinanceRefusal.notFound }
            return (task, kept)
        }
    }

    private func taskPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let (task, kept) = try await task(visit)
        let (before, after) = (kept.ordinance, Ordinance(plain: task.text))
        let others = try await shelf.collection(database)
        let check = AmendmentCheck(
            from: before, to: after, others: others.documents.filter { $0.id != kept.id.text },
            supplement: AmendmentSupplement.lines(task.amendment))
        let mayWrite = try await database.read { (try? requireOwn(task.ordinance, visit.who, in: $0)) != nil }
        return TaskPages(officer: visit.who, today: visit.moment.day).task(
            .init(
                task: task, kept: kept, remarks: check.remarks,
                table: task.state == .enforced ? nil : ComparisonTable(from: before, to: after),
                mayWrite: mayWrite), problem: problem)
    }

    /// The text to be changed, with a usual mend put in where one was chosen.
    private func draftPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let id = visit.parameter("ordinance")
        let kept = try await database.read { try requireOwn(id, visit.who, in: $0) }
        var (ordinance, name) = (kept.ordinance, "")
        let clauses = ordinance.clauses
        if let number = visit.query["clause"].flatMap({ Int($0) }), clauses.indices.contains(number),
            let mend = try MendPattern.shipped().first(where: { $0.id == visit.query["mend"] }),
            let changed = ordinance.changing(clauses[number].address, { mend.mended($0) })
        {
            (ordinance, name) = (changed, mend.title)
        }
        return TaskPages(officer: visit.who, today: visit.moment.day).form(
            kept, name: visit.posted["name"] ?? name, text: visit.posted["text"] ?? ordinance.plain, problem: problem)
    }
}

/// 附則 in the text of an amendment.
private enum AmendmentSupplement {
    static func lines(_ text: String) -> [String] { (try? Amendment(text).supplement) ?? [] }
}
