import Core

/// One piece of what was answered, in the order it was asked: the same on a page, at the desk and on paper.
enum AnswerItem {
    /// Whom or what the following answers are about.
    case heading(Text)
    /// A group, and how many rows it has.
    case group(Spot, Field, Text)
    case answer(Spot, Field, GivenAnswer?)
}

extension Journey {
    /// Every question on the way; those about a row follow the page of its group.
    var spots: [Spot] {
        pages.flatMap { page -> [Spot] in
            [Spot(page)]
                + (page.group.map { field, group in
                    answers.rows(of: field.id).enumerated().flatMap { index, row in
                        way(in: row, of: group).pages.map {
                            Spot($0, in: Spot.Row(page: page, field: field, group: group, row: row, number: index + 1))
                        }
                    }
                } ?? [])
        }
    }

    /// What was answered. What was only shown is left out.
    var items: [AnswerItem] {
        var items: [AnswerItem] = []
        var row: Spot.Row?
        for spot in spots {
            if spot.row?.row.id != row?.row.id {
                items.append(.heading(spot.row.map { $0.row.title($0.number, in: $0.group) } ?? DraftTexts.more))
            }
            row = spot.row
            let given = spot.answers(self)
            items += spot.page.fields.compactMap { field in
                if case .information = field.kind { return nil }
                guard let group = field.rows else { return .answer(spot, field, given[field.id]) }
                return .group(spot, field, group.counted(answers.rows(of: field.id).count))
            }
        }
        return items
    }
}
