import Core
import HTML

/// 次に伺うこと. All forms of a conversation as one row of questions: what was heard already is passed over.
struct TalkWay {
    /// The working copies, in the order their procedures were chosen.
    let drafts: [(id: Case.ID, journey: Journey)]

    /// Where it goes on for somebody who comes back; nil where everything was asked.
    var resume: Link? { next(in: drafts[...]) }

    /// Where it goes on after a question.
    /// - Parameter fromCheck: true for somebody who came from the confirmation and goes back there.
    func after(_ spot: Spot, of id: Case.ID, fromCheck: Bool) -> Link {
        guard let index = drafts.firstIndex(where: { $0.id == id }) else { return .talkCheck }
        let journey = drafts[index].journey
        if let row = spot.row {
            if let next = inRow(row, after: spot.page, journey, id, fromCheck: fromCheck) { return next }
            if !fromCheck { return .question(id, row.page.id) }
        }
        if fromCheck {
            return journey.firstOpen.map { place($0, journey, id).fromCheck(!$0.isExit) } ?? .talkCheck
        }
        let rest = journey.pages.drop { $0.id != spot.page.id }.dropFirst()
        if let page = rest.first(where: { !$0.isHeard(journey.counted) }) { return place(page, journey, id) }
        return next(in: drafts[(index + 1)...]) ?? .talkCheck
    }

    /// The last question before a form's first one; nil where there is none.
    func before(_ id: Case.ID) -> Link? {
        drafts.prefix { $0.id != id }.last.flatMap { draft in
            draft.journey.pages.last { !$0.isHeard(draft.journey.counted) }.map { .question(draft.id, $0.id) }
        }
    }

    private func next(in rest: ArraySlice<(id: Case.ID, journey: Journey)>) -> Link? {
        for (id, journey) in rest {
            if let page = journey.resumeInTalk { return place(page, journey, id) }
        }
        return nil
    }

    /// The next question about a row, or about the next row that has one.
    private func inRow(
        _ row: Spot.Row, after page: Form.Page, _ journey: Journey, _ id: Case.ID, fromCheck: Bool
    ) -> Link? {
        let rows = journey.answers.rows(of: row.field.id)
        guard let current = rows.first(where: { $0.id == row.row.id }) else { return nil }
        let way = journey.way(in: current, of: row.group)
        let rest = way.pages.drop { $0.id != page.id }.dropFirst()
        let next = fromCheck ? way.firstOpen : rest.first { !$0.isHeard(way.counted) }
        let group = Link.question(id, row.page.id)
        if let next { return group.below(current.id).below(next.id).fromCheck(fromCheck) }
        return rows.lazy.compactMap { other in
            journey.way(in: other, of: row.group).firstOpen.map { group.below(other.id).below($0.id) }
        }.first?.fromCheck(fromCheck)
    }

    /// A page; of a group, the first question that is open about somebody who is there.
    private func place(_ page: Form.Page, _ journey: Journey, _ id: Case.ID) -> Link {
        let link = Link.question(id, page.id)
        guard let (field, group) = page.group else { return link }
        return journey.answers.rows(of: field.id).lazy.compactMap { row in
            journey.way(in: row, of: group).firstOpen.map { link.below(row.id).below($0.id) }
        }.first ?? link
    }
}

extension Journey {
    /// Where a form goes on in a conversation: after the last page that was asked, or an earlier one that is open; nil if
    /// everything was asked.
    var resumeInTalk: Form.Page? {
        let own = pages.lastIndex { page in
            page.fields.contains { field in
                field.rows == nil && answers[field.id].map { !$0.isHeard } ?? false
                    || answers.rows(of: field.id).contains { $0.answers.values.contains { !$0.isHeard } }
            }
        }
        let open = pages.firstIndex { !isDone($0) } ?? pages.count
        return pages[min(own.map { $0 + 1 } ?? 0, open)...].first { !$0.isHeard(counted) }
    }

    /// How many questions are asked: pages of the form itself, in rows too, that were not heard already.
    var asked: Int {
        spots.count { spot in
            !Preface.owns(spot.page.id) && spot.page.fields.contains(where: \.isAsked)
                && !spot.page.isHeard(spot.answers(self))
        }
    }
}
