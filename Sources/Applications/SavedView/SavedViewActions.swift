import Core
import Database
import Japanese

extension Applications {
    /// 条件の保存. Keeps a filter under a name; pressed twice, it is kept once.
    func keep(
        _ filter: InboxFilter, as typed: String, sharedWith section: String?, id: SavedView.ID, isFirst: Bool,
        by officer: Officer, at moment: Moment
    ) async throws {
        let name = try Self.viewName(typed)
        if let section, !officer.may(.handleCases, in: section) { throw SavedViewRefusal.notFound }
        let view = SavedView(id: id, officer: officer.id, section: section, name: name, filter: filter)
        try await database.write { transaction in
            let others = try views(of: officer, in: transaction)
            guard !others.contains(where: { $0.id == id }) else {
                return transaction.keepHouse("the same press again")
            }
            let siblings = others.filter { $0.section == section }
            guard !siblings.contains(where: { $0.name == name }) else { throw SavedViewRefusal.taken }
            guard siblings.count < SavedView.maximum else { throw SavedViewRefusal.tooMany }
            guard try view.insert(in: transaction) else { throw SavedViewRefusal.notFound }
            if isFirst { try SavedView.keepFirst(id, of: officer.id, in: transaction) }
            try transaction.record(
                Event("view.saved", subject: id.text, detail: section.map { ["section": $0] } ?? [:]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 条件の名前の変更.
    func rename(_ id: SavedView.ID, to typed: String, by officer: Officer, at moment: Moment) async throws {
        let name = try Self.viewName(typed)
        try await database.write { transaction in
            let views = try views(of: officer, in: transaction)
            let view = try Self.require(id, among: views, by: officer)
            guard !views.contains(where: { $0.section == view.section && $0.name == name && $0.id != id }) else {
                throw SavedViewRefusal.taken
            }
            try SavedView.rename(id, name, in: transaction)
            try transaction.record(Event("view.renamed", subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 条件の削除. The applications stay as they are.
    func delete(_ id: SavedView.ID, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            _ = try Self.require(id, among: views(of: officer, in: transaction), by: officer)
            try SavedView.delete(id, in: transaction)
            try transaction.record(Event("view.deleted", subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 最初に開く条件. What the inbox shows where nothing else is asked for; nil for everything that is open.
    func openFirst(_ id: SavedView.ID?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            if let id, try !views(of: officer, in: transaction).contains(where: { $0.id == id }) {
                throw SavedViewRefusal.notFound
            }
            try SavedView.keepFirst(id, of: officer.id, in: transaction)
            try transaction.record(
                Event("view.opened-first", subject: officer.id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// The views that an officer has: their own, and those of their sections.
    func views(of officer: Officer, in transaction: Transaction) throws -> [SavedView] {
        try SavedView.list(
            for: officer, sections: officer.sections(for: .readCases) ?? town.sections.map(\.id), in: transaction)
    }

    private static func require(_ id: SavedView.ID, among views: [SavedView], by officer: Officer) throws -> SavedView {
        guard let view = views.first(where: { $0.id == id }), view.mayBeChanged(by: officer) else {
            throw SavedViewRefusal.notFound
        }
        return view
    }

    private static func viewName(_ typed: String) throws -> String {
        let name = Spaces.trim(typed)
        if Spaces.isBlank(name) { throw SavedViewRefusal.nameless }
        guard name.count <= SavedView.longestName, !Unwanted.hasControls(name), !name.contains(where: \.isNewline)
        else {
            throw SavedViewRefusal.tooLong
        }
        return name
    }
}
