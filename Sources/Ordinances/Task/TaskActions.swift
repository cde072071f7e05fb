import Core
package import Database
package import HTML
import Japanese
import OrdinanceText

extension Ordinances {
    static let enforce = "ordinance.enforce"

    /// 案. Writes the amendment from the text as it shall be, and proves it.
    func draft(
        _ id: String, named typedName: String, text: String, by officer: Officer, at moment: Moment
    ) async throws -> AmendmentTask.ID {
        let name = Spaces.trim(typedName)
        guard (1...100).contains(name.count), !Unwanted.hasControls(name) else {
            throw OrdinanceRefusal.unusable("改正の名前を、1文字から100文字までで入力してください。")
        }
        let kept = try await database.read { try requireOwn(id, officer, in: $0) }
        let written: AmendmentDraft
        let after = Ordinance(plain: text)
        guard
            after.clauses.contains(where: { $0.kind == .paragraph })
                || !kept.ordinance.clauses.contains(where: { $0.kind == .paragraph })
        else { throw OrdinanceRefusal.unusable("改正後の文章に、条が一つもありません。題名から附則まで、全部を書いてください。") }
        do throws(AmendmentDraft.Trouble) {
            written = try AmendmentDraft(from: kept.ordinance, to: after)
        } catch {
            throw OrdinanceRefusal.unusable("\(error.description)。")
        }
        let task = AmendmentTask.ID()
        try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO ordinance_task (id, ordinance, name, revision, text, amendment, state, assembly, effective_on, officer, at)
                VALUES (\(task), \(id), \(name), \(kept.revision), \(text), \(written.text), 'draft', '', NULL, \(officer.id), \(moment))
                """)
            try transaction.record(
                Event("ordinance.amending", subject: id, detail: ["task": task.text]), by: .officer(officer.id),
                at: moment)
        }
        return task
    }

    /// 進み具合. The day it comes into force is asked for when it is promulgated; on that day the text changes.
    func move(
        _ id: String, to next: AmendmentTask.State, assembly typed: String, effectiveOn: String, by officer: Officer,
        at moment: Moment
    ) async throws {
        let assembly = Spaces.trim(typed)
        guard assembly.count <= 60, !Unwanted.hasControls(assembly) else {
            throw OrdinanceRefusal.unusable("議会は、60文字までで入力してください。")
        }
        try await database.write { transaction in
            guard let task = try AmendmentTask.find(id, in: transaction) else { throw OrdinanceRefusal.notFound }
            _ = try requireOwn(task.ordinance, officer, in: transaction)
            guard task.state != next else { return transaction.keepHouse("the same press again") }
            guard task.state.next.contains(next) else {
                throw OrdinanceRefusal.notNow("いまは「\(task.state.japanese)」なので、「\(next.japanese)」にはできません。")
            }
            if next == .submitted, assembly.isEmpty {
                throw OrdinanceRefusal.unusable("どの議会に出すかを入力してください（例: 令和9年3月定例会）。")
            }
            var day = task.effectiveOn
            if next == .promulgated {
                guard let typed = try? WrittenDate.day(effectiveOn), typed >= moment.day.adding(days: -366) else {
                    throw OrdinanceRefusal.unusable("施行の日を、R9.4.1 か 2027-04-01 のように入力してください。")
                }
                day = typed
                let due = Moment(startOf: typed)
                try transaction.enqueue(Self.enforce, ["task": id], at: max(due, moment))
            }
            try transaction.run(
                """
                UPDATE ordinance_task SET state = \(next.rawValue), assembly = \(assembly.isEmpty ? task.assembly : assembly), effective_on = \(day)
                WHERE id = \(id)
                """)
            try transaction.record(
                Event("ordinance.moved", subject: task.ordinance, detail: ["task": id, "state": next.rawValue]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 施行. On its day the ordinance says what the amendment makes of it.
    var enforcing: JobHandler {
        JobHandler(Self.enforce) { job, now in
            guard let id = job.payload["task"] else { return }
            try await database.write { transaction in
                guard let task = try AmendmentTask.find(id, in: transaction), task.state == .promulgated,
                    let kept = try KeptOrdinance.find(task.ordinance, in: transaction)
                else { return transaction.keepHouse("nothing to bring into force") }
                // Where the text was taken in anew meanwhile, the amendment is applied to that; where it cannot be, somebody has to look.
                let text =
                    kept.revision == task.revision
                    ? task.text : (try? Amendment(task.amendment).applied(to: kept.ordinance).plain)
                if let text {
                    try kept.change(to: text, .plain, title: Ordinance(plain: text).title, at: now, in: transaction)
                }
                let state: AmendmentTask.State = text == nil ? .unmerged : .enforced
                try transaction.run("UPDATE ordinance_task SET state = \(state.rawValue) WHERE id = \(id)")
                try transaction.record(
                    Event(
                        "ordinance.enforced", subject: task.ordinance,
                        detail: ["task": id, "changed": text == nil ? "no" : "yes"]),
                    by: .system, at: now)
            }
        }
    }

    /// The ordinances that stand in the way of a procedure, and how far their amendment is.
    package static func ordinances(of card: String, in transaction: Transaction) throws -> [(name: String, link: Link)]
    {
        let rows = try transaction.rows(
            """
            SELECT ordinance.id, ordinance.title FROM ordinance_card JOIN ordinance ON ordinance.id = ordinance_card.ordinance
            WHERE ordinance_card.card = \(card) ORDER BY ordinance.title
            """)
        return try rows.map { row in
            let (id, title): (String, String) = (try row["id"], try row["title"])
            let tasks = try AmendmentTask.list(of: id, in: transaction).filter { $0.state != .dropped }
            let done = tasks.last { $0.state.isInForce }.map { "改正済み\($0.effectiveOn.map { "、\($0.iso)施行" } ?? "")" }
            let open = tasks.last { !$0.state.isInForce }.map { "改正: \($0.state.japanese)" }
            let words = [done, open].compactMap(\.self).joined(separator: "。")
            return (title + "（\(words.isEmpty ? "改正はまだ" : words)）", .ordinance(id))
        }
    }
}
