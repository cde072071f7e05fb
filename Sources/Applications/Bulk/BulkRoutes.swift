import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// まとめて処理. Chosen in the list, confirmed, done, and looked at again.
    func addBulkRoutes(to site: inout Site) {
        site.officer(.get, "/desk/bulk", needs: .handleCases) { visit in
            let runs = try await database.read { try BulkRun.list(of: visit.who.id, in: $0) }
            return .page(BulkPages(officer: visit.who).list(runs))
        }

        site.officer(.post, "/desk/bulk/check", needs: .handleCases) { visit in
            let pages = BulkPages(officer: visit.who)
            guard let deed = visit.posted["deed"].flatMap(BulkRun.Deed.init), BulkRun.Deed.chosen.contains(deed) else {
                return .page(pages.nothingChosen("何をするかを選んでください。"))
            }
            let (items, hasMore) = try await chosen(visit)
            guard !items.isEmpty else {
                return .page(pages.nothingChosen("申請が選ばれていません。一覧の左の四角に印を付けてください。"))
            }
            var choice = try await choice(deed, items, hasMore: hasMore, visit.who)
            choice.list = InboxAsked(visit.posted).link
            return .page(pages.check(choice))
        }

        site.officer(.post, "/desk/bulk", needs: .handleCases) { visit in
            guard let deed = visit.posted["deed"].flatMap(BulkRun.Deed.init), BulkRun.Deed.chosen.contains(deed),
                let id = visit.posted["run"].flatMap(BulkRun.ID.init)
            else { throw CaseRefusal.stale }
            let items = visit.posted.all("item").prefix(BulkRun.maximum).compactMap(BulkRun.Item.init)
            let pages = BulkPages(officer: visit.who)
            guard !items.isEmpty else { return .page(pages.nothingChosen("申請が選ばれていません。")) }
            let (target, typed) = (visit.posted["target"] ?? "", visit.posted["words"] ?? "")
            var tried = try await choice(deed, items, hasMore: false, visit.who)
            (tried.target, tried.words) = (target, typed)
            if deed == .assign, target.isEmpty {
                tried.problem = ("target", AssignmentRefusal.nobodyNamed.words[.ja])
                return .page(pages.check(tried))
            }
            do {
                let words = try Self.usable(typed, required: deed.needsWords)
                let run = BulkRun(
                    id: id, deed: deed, target: deed == .assign ? ID(target) : nil, by: visit.who, at: visit.moment)
                try await begin(run, items, words: words)
                return .redirect(.bulk(id))
            } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
                tried.problem = ("words", refusal.words[.ja])
                return .page(pages.check(tried))
            }
        }

        site.officer(.get, "/desk/bulk/{id}", needs: .handleCases) { visit in
            let officer = visit.who
            let found = try await database.read { transaction in
                try BulkRun.ID(visit.parameter("id")).flatMap { try BulkRun.find($0, in: transaction)?.run }.map {
                    run in
                    (
                        run, try run.outcomes(in: transaction),
                        try run.target.flatMap { try staff.names(transaction)[$0.text] }
                    )
                }
            }
            guard let (run, outcomes, target) = found, run.officer == officer.id else { throw Refused.notHere }
            return .page(BulkPages(officer: officer).result(run, outcomes, target: target))
        }
    }

    /// The applications that were ticked, or all of the list that the page showed.
    private func chosen(_ visit: Visit<Officer>) async throws -> (items: [BulkRun.Item], hasMore: Bool) {
        let asked = InboxAsked(visit.posted)
        let list = inbox(asked, visit.who, at: visit.moment)
        let isAll = visit.posted["choose"] == "all"
        let numbers = Array(visit.posted.all("n").prefix(BulkRun.maximum))
        let found = try await database.read { transaction -> (items: [Inbox.Item], hasMore: Bool) in
            isAll
                ? try list.all(upTo: BulkRun.maximum, in: transaction)
                : (try list.items(numbered: numbers, in: transaction), false)
        }
        return (found.items.map(BulkRun.Item.init), found.hasMore)
    }

    private func choice(
        _ deed: BulkRun.Deed, _ items: [BulkRun.Item], hasMore: Bool, _ officer: Officer
    ) async throws -> BulkPages.Choice {
        try await database.read { transaction in
            let sections = officer.sections(for: .handleCases) ?? town.sections.map(\.id)
            var colleagues: [StaffDirectory.Colleague] = []
            for colleague in try sections.flatMap({ try staff.colleagues($0, transaction) })
            where !colleagues.contains(colleague) {
                colleagues.append(colleague)
            }
            var oneByOne = 0
            if deed == .approve {
                for item in items {
                    let card: String? = try transaction.row(
                        "SELECT card FROM application WHERE id = \(item.application)")?["card"]
                    let approval = try card.flatMap { try Card.find($0, in: transaction)?.approval }
                    if let approval, approval.fourEyes || !approval.order.isEmpty { oneByOne += 1 }
                }
            }
            return BulkPages.Choice(
                deed: deed, items: items, hasMore: hasMore, oneByOne: oneByOne, colleagues: colleagues)
        }
    }
}

extension Inbox {
    /// The applications of these numbers that the officer may see, in the order they were named.
    fileprivate func items(numbered numbers: [String], in transaction: Transaction) throws -> [Item] {
        try numbers.compactMap { number in
            try transaction.row(
                """
                SELECT \(Item.columns) FROM application
                WHERE number = \(number) AND section IN (\(anyOf: sections)) AND submitted_at IS NOT NULL
                """
            ).map(Item.init)
        }
    }
}
