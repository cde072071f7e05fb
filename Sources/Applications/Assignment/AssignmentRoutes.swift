import Core
import HTML
import Register
import Web
import Database

extension Applications {
    /// 担当者 and 引継ぎ.
    func addAssignmentRoutes(to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/assign", needs: .handleCases) { visit in
            let id = try caseID(visit)
            do {
                guard let once = visit.posted["once"].flatMap(ID<Case>.init), let to = visit.posted["to"] else {
                    throw CaseRefusal.stale
                }
                try await assign(
                    id, to: ID(to), seen: visit.posted["seen"].flatMap(ID.init), note: "", once: once.text,
                    by: visit.who, at: visit.moment)
                return .redirect(.desk(id))
            } catch let refusal as AssignmentRefusal {
                let view = try await assignment(of: id, for: visit.who)
                return .page(HandoverPages(officer: visit.who).notAssigned(view, because: refusal))
            }
        }

        site.officer(.get, "/desk/handover", needs: .handleCases) { visit in
            .page(try await handoverPage(visit.who, tried: nil))
        }

        site.officer(.post, "/desk/handover", needs: .handleCases) { visit in
            let (section, officer) = (visit.posted["section"] ?? "", visit.who)
            let note = visit.posted["note"] ?? ""
            do {
                guard let run = visit.posted["once"].flatMap(BulkRun.ID.init) else { throw CaseRefusal.stale }
                guard let to = visit.posted["to"].flatMap(ID<Officer>.init) else {
                    throw AssignmentRefusal.nobodyNamed
                }
                guard officer.may(.handleCases, in: section) else { throw AssignmentRefusal.notColleague }
                let words = try Self.usable(note, required: false)
                let items = try await database.read { transaction in
                    guard try staff.colleagues(section, transaction).contains(where: { $0.id == to }), to != officer.id
                    else { throw AssignmentRefusal.notColleague }
                    var mine = InboxFilter()
                    (mine.section, mine.keeper) = (section, .mine)
                    return try inbox(InboxAsked(Posted(mine.pairs)), officer, at: visit.moment)
                        .all(upTo: BulkRun.handedOver, in: transaction).items
                }
                try await begin(
                    BulkRun(id: run, deed: .handOver, target: to, by: officer, at: visit.moment),
                    items.map(BulkRun.Item.init),
                    words: words)
                return .redirect(.bulk(run))
            } catch let refusal as any Refusal where refusal.kind.isInvalid {
                let tried = HandoverPages.Tried(
                    section: section, to: visit.posted["to"] ?? "", note: note, words: refusal.words[.ja])
                return .page(try await handoverPage(officer, tried: tried))
            }
        }
    }

    /// Who has an application, and who could.
    func assignment(of id: Case.ID, for officer: Officer) async throws -> AssignmentView {
        _ = try await deskKey(id, officer, .readCases)
        return try await database.read { transaction in
            try assignment(of: try Case.require(id, in: transaction).item, for: officer, in: transaction)
        }
    }

    func assignment(of item: Case, for officer: Officer, in transaction: Transaction) throws -> AssignmentView {
        AssignmentView(
            item: item, officer: officer, holder: try Assignment.holder(of: item.id, in: transaction),
            colleagues: try staff.colleagues(item.section, transaction), names: try staff.names(transaction),
            onces: (ID<Case>().text, ID<Case>().text))
    }

    private func handoverPage(_ officer: Officer, tried: HandoverPages.Tried?) async throws -> Page {
        let sections = officer.sections(for: .handleCases) ?? town.sections.map(\.id)
        let shares = try await database.read { transaction in
            try sections.map { section in
                HandoverPages.Share(
                    section: section, name: town.sectionName(section)[.ja],
                    count: try Assignment.count(
                        of: officer.id, in: section, upTo: BulkRun.handedOver + 1, transaction),
                    colleagues: try staff.colleagues(section, transaction).filter { $0.id != officer.id })
            }
        }
        return HandoverPages(officer: officer).page(shares, tried: tried)
    }
}
