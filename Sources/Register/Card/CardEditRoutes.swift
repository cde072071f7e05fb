import Core
import Database
import HTML
import Web

extension Register {
    /// カードの登録・編集・廃止.
    func addCardEditRoutes(to site: inout Site) {
        site.officer(.get, "/desk/cards/new", needs: .editCards) { visit in
            .page(CardEditPages(officer: visit.who, town: town).new(nil))
        }

        site.officer(.post, "/desk/cards/new", needs: .editCards) { visit in
            let pages = CardEditPages(officer: visit.who, town: town)
            let columns = CardColumns(town).all.filter { CardEditPages.beginning.contains($0.key) }
            let blank = Text(ja: "", easy: nil, en: nil)
            var card = Card(
                id: Cell.plain(visit.posted["id"] ?? ""), name: blank, section: "", kind: .application, summary: blank)
            var faults = CardEditPages.take(visit.posted, columns, into: &card)
            for (key, name) in [("section", "所管課"), ("kind", "手続類型")] where (visit.posted[key] ?? "").isEmpty {
                faults.append(CardFault(key, "\(name)を選んでください"))
            }
            do {
                // Everything that is wrong is told at once.
                guard faults.isEmpty else {
                    if let fault = Card.faultOfName(card.id) { faults.insert(CardFault("id", fault.words), at: 0) }
                    throw CardRefusal.faults(
                        faults + CardColumns(town).settle(&card).map { CardFault($0.key, $0.fault.words) })
                }
                try await create(card, by: .officer(visit.who), at: visit.moment)
                return .redirect(.card(card.id, after: .new))
            } catch CardRefusal.faults(let faults) {
                return .page(
                    pages.new(
                        .init(
                            posted: visit.posted, sent: CardEditPages.beginning, faults: unique(faults), others: nil,
                            mine: [])))
            }
        }

        site.officer(.get, "/desk/cards/{card}/edit", needs: .editCards) { visit in
            let (card, version) = try await editable(visit.parameter("card"), by: visit.who)
            if let part = CardColumn.Part(rawValue: visit.query["part"] ?? "base") {
                let pages = CardEditPages(officer: visit.who, town: town)
                return .page(pages.part(part, of: card, version: version, tried: nil))
            }
            guard let table = CardTable.find(visit.query["part"] ?? "", town) else { throw Refused.notHere }
            let pages = CardTablePages(officer: visit.who, town: town, table: table, card: card, version: version)
            return .page(pages.page(.init(rows: table.rows(of: card))))
        }

        site.officer(.post, "/desk/cards/{card}/edit", needs: .editCards) { visit in
            if let part = CardColumn.Part(rawValue: visit.query["part"] ?? "base") {
                return try await save(part, visit)
            }
            guard let table = CardTable.find(visit.query["part"] ?? "", town) else { throw Refused.notHere }
            return try await save(table, visit)
        }

        site.officer(.post, "/desk/cards/{card}/retire", needs: .editCards) { visit in
            let id = visit.parameter("card")
            let isUndone = visit.posted["undo"] == "yes"
            let posted = isUndone ? Posted.empty : visit.posted
            let columns = CardColumns(town).all.filter { $0.key.hasPrefix("retired_") }
            do {
                try await change(
                    id, seen: visit.seenVersion, places: Set(columns.map(\.key)), note: isUndone ? "廃止の取消し" : "廃止",
                    by: .officer(visit.who), at: visit.moment
                ) { card in
                    let faults = CardEditPages.take(posted, columns, into: &card)
                    let isMissing = !isUndone && card.retirement == nil && faults.isEmpty
                    return faults + (isMissing ? [CardFault("retired_on", "廃止日と理由を書いてください")] : [])
                }
                return .redirect(.card(id, after: isUndone ? .restored : .retired))
            } catch CardRefusal.faults(let faults) {
                return try await again(.office, columns, visit, faults)
            } catch CardRefusal.overtaken {
                return try await again(.office, columns, visit, [])
            }
        }
    }

    private func save(_ part: CardColumn.Part, _ visit: Visit<Officer>) async throws -> Answer {
        let (id, columns, posted) = (visit.parameter("card"), CardColumns(town).of(part), visit.posted)
        // A form that was not sent whole would take everything away.
        guard posted["version"] != nil else {
            return try await again(part, [], visit, [CardFault(nil, "ページを開き直して、もう一度保存してください")])
        }
        do {
            try await change(
                id, seen: visit.seenVersion, places: Set(columns.map(\.key)), note: try Cell.note(posted),
                by: .officer(visit.who), at: visit.moment
            ) { CardEditPages.take(posted, columns, into: &$0) }
            return .redirect(.card(id, after: .card))
        } catch CardRefusal.faults(let faults) {
            return try await again(part, columns, visit, faults)
        } catch CardRefusal.overtaken {
            return try await again(part, columns, visit, [])
        }
    }

    /// The page with what was typed: with what is wrong or, where nothing is, with what others changed meanwhile.
    /// - Parameter sent: the columns that the form had.
    private func again(
        _ part: CardColumn.Part, _ sent: [CardColumn], _ visit: Visit<Officer>, _ faults: [CardFault]
    ) async throws -> Answer {
        let (card, version) = try await editable(visit.parameter("card"), by: visit.who)
        var mine = card
        _ = CardEditPages.take(visit.posted, sent, into: &mine)
        let tried = CardEditPages.Tried(
            posted: visit.posted, sent: Set(sent.map(\.key)), faults: unique(faults),
            others: faults.isEmpty ? try await others(card, since: visit.seenVersion) : nil,
            mine: card.differences(to: mine, town))
        return .page(CardEditPages(officer: visit.who, town: town).part(part, of: card, version: version, tried: tried))
    }

    /// What others changed of a card since a version.
    private func others(_ card: Card, since seen: Int?) async throws -> [CardDifference] {
        guard let seen, let old = try await database.read({ try CardVersion.find(card.id, seen, in: $0) }) else {
            return []
        }
        return try old.content.differences(to: card, town)
    }

    private func save(_ table: CardTable, _ visit: Visit<Officer>) async throws -> Answer {
        let id = visit.parameter("card")
        let (card, version) = try await editable(id, by: visit.who)
        let (posted, typed) = (visit.posted, CardTablePages.rows(visit.posted, table))
        let deed = posted["do"] ?? "save"
        var state = CardTablePages.State(rows: typed, note: posted["note"] ?? "")
        let pages = CardTablePages(
            officer: visit.who, town: town, table: table, card: card, version: visit.seenVersion ?? version)
        if deed != "save" {
            guard let rows = CardTablePages.apply(deed, to: typed, table) else { throw Refused.notHere }
            (state.rows, state.isChanged) = (rows, true)
            return .page(pages.page(state))
        }
        guard posted["version"] != nil else {
            (state.rows, state.problem) = (table.rows(of: card), "ページを開き直して、もう一度保存してください")
            return .page(pages.page(state))
        }
        let rows = typed.map { $0.filter { !table.isBlank($0) } }
        var mine = card
        state.faults = table.put(rows, into: &mine)
        if !state.faults.isEmpty {
            // The page shows the rows that the faults count.
            state.rows = rows
            return .page(pages.page(state))
        }
        do {
            try await change(
                id, seen: visit.seenVersion, places: [table.id], note: try Cell.note(posted),
                by: .officer(visit.who), at: visit.moment
            ) { card in table.put(rows, into: &card).map { CardFault(nil, $0.fault.words) } }
            return .redirect(.card(id, after: .card))
        } catch CardRefusal.overtaken {
            state.others = try await others(card, since: visit.seenVersion)
            state.mine = card.differences(to: mine, town)
            let now = CardTablePages(officer: visit.who, town: town, table: table, card: card, version: version)
            return .page(now.page(state))
        } catch CardRefusal.faults(let faults) {
            state.problem = faults.map(\.words).joined(separator: " ")
            return .page(pages.page(state))
        }
    }
}

extension Visit where Who == Officer {
    /// The version of the card that the page showed.
    var seenVersion: Int? { request.posted["version"].flatMap { Int($0) } }
}

extension Cell {
    /// The words with which somebody explains a change.
    static func note(_ posted: Posted) throws -> String {
        do throws(CellFault) {
            return try line(posted["note"] ?? "") ?? ""
        } catch {
            throw CardRefusal.faults([CardFault("note", "メモ: \(error.words)")])
        }
    }
}

/// The first fault of each place.
private func unique(_ faults: [CardFault]) -> [CardFault] {
    var seen: Set<String> = []
    return faults.filter { fault in fault.key.map { seen.insert($0).inserted } ?? true }
}
