import Core
import Japanese

extension CardColumns {
    /// What the town hall has to know of a card: who else, by which names, how it is decided and kept, and its end.
    static func office(_ sections: [Cell.Option]) -> [CardColumn] {
        [
            CardColumn(
                "co_sections", "共管課", .office, .several(sections), hint: "共管課の担当者も、このカードを直せます。",
                read: { $0.coSections.map { Cell.names($0, sections) } },
                write: { $0.coSections = try Cell.several($1, sections) })
        ] + Card.Reference.Scheme.allCases.map(reference) + [
            CardColumn(
                "four_eyes", "複数人による確認", .office, .choice(Cell.yesNo), hint: "審査した人とは別の人が決定するとき「はい」。",
                read: { $0.approval.map { $0.fourEyes ? "はい" : "いいえ" } },
                write: { card, typed in
                    let answer = try Cell.choice(typed, Cell.yesNo)
                    let order = card.approval?.order ?? []
                    card.approval =
                        answer == nil && order.isEmpty ? nil : Approval(fourEyes: answer == "yes", order: order)
                }),
            CardColumn(
                "approval_order", "決裁順", .office, .line, hint: "決定の前に順に同意する課。; で区切ります。",
                read: { $0.approval.map { Cell.names($0.order, sections) } },
                write: { card, typed in
                    let order = try Cell.several(typed, sections) ?? []
                    if card.approval != nil || !order.isEmpty {
                        card.approval = Approval(fourEyes: card.approval?.fourEyes ?? false, order: order)
                    }
                }),
            CardColumn(
                "retention_years", "文書保存年限", .office, .number(unit: "年"),
                hint: "決定した年度の翌年度から数えます。", read: { $0.retentionYears.map(String.init) },
                write: { $0.retentionYears = try Cell.number($1, 0...100, unit: "年") }),
            CardColumn(
                "steps_recorded_on", "業務の見直しを記録した日", .office, .day, read: { $0.steps?.recordedOn },
                write: { card, typed in
                    let day = try Cell.day(typed)
                    card.flow {
                        StepMap(
                            before: $0.before, after: $0.after, recordedOn: day?.iso, clausesChecked: $0.clausesChecked)
                    }
                }),
            CardColumn(
                "clauses_checked", "見直しでの根拠条項の確認", .office, .choice(Cell.yesNo),
                read: { $0.steps?.clausesChecked.map { $0 ? "はい" : "いいえ" } },
                write: { card, typed in
                    let answer = try Cell.choice(typed, Cell.yesNo).map { $0 == "yes" }
                    card.flow {
                        StepMap(before: $0.before, after: $0.after, recordedOn: $0.recordedOn, clausesChecked: answer)
                    }
                }),
            CardColumn(
                "retired_on", "廃止日", .office, .day, read: { $0.retirement?.on },
                write: { card, typed in card.end(on: try Cell.day(typed)?.iso, card.retirement?.reason) }),
            CardColumn(
                "retired_reason", "廃止の理由", .office, .line, read: { $0.retirement?.reason },
                write: { card, typed in card.end(on: card.retirement?.on, try Cell.line(typed, limit: 500)) }),
        ]
    }

    private static func reference(_ scheme: Card.Reference.Scheme) -> CardColumn {
        CardColumn(
            "reference.\(scheme.rawValue)", CardWords.name(scheme), .office, .line,
            read: { card in
                card.references?.filter { $0.scheme == scheme }.map(\.id).joined(separator: Cell.separator)
            },
            write: { card, typed in
                let ids = Cell.parts(try Cell.line(typed, limit: 500) ?? "")
                let others = card.references?.filter { $0.scheme != scheme } ?? []
                let all = others + ids.map { Card.Reference(scheme: scheme, id: $0) }
                card.references = all.isEmpty ? nil : all
            })
    }
}

extension Card {
    /// Changes the map of steps; one that says nothing at all is unknown.
    mutating func flow(_ change: (StepMap) -> StepMap) {
        let blank = StepMap(before: [], after: nil, recordedOn: nil, clausesChecked: nil)
        let map = change(steps ?? blank)
        steps = map == blank ? nil : map
    }

    fileprivate mutating func end(on day: String?, _ reason: String?) {
        let isBlank = day?.isEmpty != false && reason?.isEmpty != false
        retirement = isBlank ? nil : Retirement(on: day ?? "", reason: reason ?? "")
    }
}
