import Core
import Database
import HTML
import OrdinanceText
import Tabular
import Web

extension Ordinances {
    /// 改正の作業.
    func addTaskRoutes(to site: inout Site) {
        site.officer(.get, "/desk/ordinances/tasks", needs: nil) { visit in
            let (tasks, titles) = try await database.read { transaction in
                (try AmendmentTask.all(in: transaction), try KeptOrdinance.titles(in: transaction))
            }
            return .page(TaskPages(officer: visit.who, today: visit.moment.day).list(tasks, titles: titles))
        }

        site.officer(.get, "/desk/ordinances/tasks/{task}", needs: nil) { visit in .page(try await taskPage(visit)) }

        site.officer(.get, "/desk/ordinances/tasks/{task}/comparison.html", needs: nil) { visit in
            let (task, kept, before) = try await task(visit)
            let page = ComparisonPage.html(ComparisonTable(from: before, to: Ordinance(plain: task.text))).bytes
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

        site.officer(.get, "/desk/ordinances/{ordinance}/text.txt", needs: nil) { visit in
            guard let kept = try await database.read({ try KeptOrdinance.find(visit.parameter("ordinance"), in: $0) })
            else {
                throw OrdinanceRefusal.notFound
            }
            let text = Array(kept.ordinance.plain.utf8)
            return .file(
                Download(type: "text/plain; charset=utf-8", name: "\(kept.title).txt", isShown: false) {
                    $0 == 0 ? text : nil
                })
        }

        site.officer(.post, "/desk/ordinances/{ordinance}/amend", needs: .reviewOrdinances, takesFiles: true) { visit in
            let arrived = try await arrive(visit.upload)
            let typed = (try? arrived.get().typed) ?? .empty
            return try await attempt {
                let documents = try arrived.get()
                if let left = documents.leftOut.first {
                    throw OrdinanceRefusal.unusable("\(left.name): \(left.reason)。")
                }
                let text = try documents.files.first.map { try source(of: $0) } ?? typed["text"] ?? ""
                let id = try await draft(
                    visit.parameter("ordinance"), named: typed["name"] ?? "", text: text, by: visit.who,
                    at: visit.moment)
                return .redirect(.amendment(id))
            } orShow: {
                try await draftPage(visit, typed: typed, problem: $0)
            }
        }
    }

    /// The text of a file, whatever form it has.
    private func source(of file: ArrivingDocuments.File) throws(OrdinanceRefusal) -> String {
        guard let source = KeptOrdinance.text(of: file.bytes) else {
            throw .unusable("\(file.name) は文字のファイルとして読めません。UTF-8 か Shift_JIS にしてください。")
        }
        return KeptOrdinance.ordinance(OrdinanceFormat(of: source), source).ordinance.plain
    }

    /// A task, its ordinance as it is now, and as it was when the draft was made.
    private func task(_ visit: Visit<Officer>) async throws -> (AmendmentTask, KeptOrdinance, before: Ordinance) {
        try await database.read { transaction in
            guard let task = try AmendmentTask.find(visit.parameter("task"), in: transaction),
                let kept = try KeptOrdinance.find(task.ordinance, in: transaction)
            else { throw OrdinanceRefusal.notFound }
            let before = try EarlierText.find(task.revision, of: task.ordinance, in: transaction)?.ordinance
            return (task, kept, before ?? kept.ordinance)
        }
    }

    private func taskPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let (task, kept, before) = try await task(visit)
        let after = Ordinance(plain: task.text)
        let others = try await shelf.collection(database)
        let check = AmendmentCheck(
            from: before, to: after, others: others.documents.filter { $0.id != kept.id.text },
            supplement: AmendmentSupplement.lines(task.amendment))
        let mayWrite = try await database.read { (try? requireOwn(task.ordinance, visit.who, in: $0)) != nil }
        return TaskPages(officer: visit.who, today: visit.moment.day).task(
            .init(
                task: task, kept: kept, obstacle: obstacle(task, kept), remarks: check.remarks,
                table: ComparisonTable(from: before, to: after), mayWrite: mayWrite), problem: problem)
    }

    /// Why an amendment cannot be applied to the text as it is now; nil where it can be, or was.
    private func obstacle(_ task: AmendmentTask, _ kept: KeptOrdinance) -> String? {
        guard kept.revision != task.revision, task.state != .enforced, task.state != .dropped else { return nil }
        do throws(Amendment.Trouble) {
            _ = try Amendment(task.amendment).applied(to: kept.ordinance)
            return nil
        } catch { return error.description }
    }

    /// The text to be changed, with a usual mend put in where one was chosen.
    private func draftPage(_ visit: Visit<Officer>, typed: Posted = .empty, problem: String? = nil) async throws -> Page
    {
        let id = visit.parameter("ordinance")
        let kept = try await database.read { try requireOwn(id, visit.who, in: $0) }
        var (ordinance, name) = (kept.ordinance, "")
        let clauses = ordinance.clauses
        if let number = visit.query["clause"].flatMap({ Int($0) }), clauses.indices.contains(number),
            let mend = try MendPattern.shipped().first(where: { $0.id == visit.query["mend"] }),
            let changed = ordinance.changing(clauses[number].place, { mend.mended($0) })
        {
            (ordinance, name) = (changed, mend.title)
        }
        return TaskPages(officer: visit.who, today: visit.moment.day).form(
            kept, name: typed["name"] ?? name, text: typed["text"] ?? ordinance.plain, problem: problem)
    }
}

/// 附則 in the text of an amendment.
private enum AmendmentSupplement {
    static func lines(_ text: String) -> [String] { (try? Amendment(text).supplement) ?? [] }
}
