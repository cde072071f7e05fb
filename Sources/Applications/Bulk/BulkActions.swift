import Core
import Database
import Register
import Web

extension Applications {
    static let bulk = "bulk.work"

    /// Goes on with what was begun, so many at a time: other work comes between.
    var workingInBulk: JobHandler {
        JobHandler(Self.bulk) { job, moment in
            guard let id = job.payload["run"].flatMap(BulkRun.ID.init) else { return }
            guard try await work(on: id, at: moment) else { return }
            try await database.write { transaction in
                transaction.keepHouse("the next ones")
                try transaction.enqueue(Self.bulk, job.payload, at: moment)
            }
        }
    }

    /// まとめて処理を始める. Keeps what is to be done; the same run again is the same. A few are done at once.
    func begin(_ run: BulkRun, _ items: [BulkRun.Item], words: String) async throws {
        let isFew = items.count <= BulkRun.atOnce
        var sealed: [UInt8]?
        if !words.isEmpty {
            let key =
                if let known = try await vault.key(for: run.keyName) { known } else {
                    try await vault.makeKey(for: run.keyName)
                }
            sealed = try key.seal(words, at: run.place)
        }
        let isNew = try await database.write { [sealed] transaction -> Bool in
            if let known = try BulkRun.find(run.id, in: transaction) {
                guard known.run.officer == run.officer else { throw CaseRefusal.stale }
                transaction.keepHouse("the same press again")
                return false
            }
            try run.insert(items, words: sealed, in: transaction)
            // What is done at once and broken off is gone on with after a while.
            try transaction.enqueue(
                Self.bulk, ["run": run.id.text], at: isFew ? run.at.adding(seconds: 120) : run.at)
            try transaction.record(
                Event(
                    "bulk.begun", subject: run.id.text,
                    detail: ["deed": run.deed.rawValue, "count": String(items.count)]),
                by: .officer(run.officer), at: run.at)
            return true
        }
        if isNew, isFew { _ = try await work(on: run.id, at: run.at) }
    }

    /// Does the next ones of a run. True if others wait.
    private func work(on id: BulkRun.ID, at moment: Moment) async throws -> Bool {
        let found = try await database.read { transaction in
            try BulkRun.find(id, in: transaction).map { found in
                (
                    found.run, found.words, try found.run.waiting(BulkRun.atOnce, in: transaction),
                    try staff.officer(found.run.officer, transaction)
                )
            }
        }
        guard let (run, sealed, items, officer) = found else { return false }
        var words = ""
        if let sealed, let key = try await vault.key(for: run.keyName) { words = try key.text(sealed, at: run.place) }
        for (place, item) in items {
            let refusal = try await refusal(of: run, place, item, words, by: officer, at: moment)
            try await database.write { transaction in
                transaction.keepHouse("what was done is recorded with the application itself")
                try run.keep(refusal, at: place, in: transaction)
            }
        }
        return items.count == BulkRun.atOnce
    }

    /// Does it to one, by the same actions as one by one. Gives why not, or nil once it is done.
    private func refusal(
        of run: BulkRun, _ place: Int, _ item: BulkRun.Item, _ words: String, by officer: Officer?, at moment: Moment
    ) async throws -> String? {
        guard let officer else { return "処理を始めた職員は、もうサインインできません。" }
        let once = "\(run.id) \(place)"
        do {
            switch run.deed {
            case .assign, .handOver:
                try await assign(
                    item.application, to: run.target, seen: item.assignee, note: words, once: once, by: officer,
                    at: moment)
            case .receive: try await act(.receive, once, item, officer, moment)
            case .review: try await act(.review, once, item, officer, moment)
            case .approve:
                if let reason = try await whyOneByOne(item.application) { return reason }
                try await act(.approve(words: words), once, item, officer, moment)
            case .letter:
                try await write(words, as: .letter, to: item.application, once: once, by: officer, at: moment)
            }
            return nil
        } catch CaseRefusal.moved(let from, let to) where from == to {
            return "すでに「\(DeskWords.name(to))」です。"
        } catch let refusal as any Refusal {
            return refusal.words[.ja]
        }
    }

    private func act(
        _ action: DeskAction, _ once: String, _ item: BulkRun.Item, _ officer: Officer, _ moment: Moment
    ) async throws {
        try await act(action, on: item.application, seen: item.status, once: once, by: officer, at: moment)
    }

    /// Why an application is decided alone, or nil if it may be decided among others.
    private func whyOneByOne(_ id: Case.ID) async throws -> String? {
        let approval = try await database.read { transaction in
            try Card.find(try Case.require(id, in: transaction).item.card, in: transaction)?.approval
        }
        guard let approval, approval.fourEyes || !approval.order.isEmpty else { return nil }
        return "この手続きは、決裁の順か複数人での確認が決められています。申請のページで1件ずつ承認してください。"
    }

    /// Forgets the outcomes that nobody looks at any more, and the words that were sent.
    func forgetBulkRuns(at moment: Moment) async throws {
        let old = try await database.write { transaction in
            transaction.keepHouse("outcomes that nobody looks at any more")
            return try BulkRun.clear(
                before: moment.adding(seconds: -BulkRun.daysKept * 24 * 3600), in: transaction)
        }
        for run in old where try await vault.key(for: run.keyName) != nil { try await vault.shred(run.keyName) }
    }
}
