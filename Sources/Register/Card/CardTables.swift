import Core

extension CardTable {
    /// The tables of a card, in the languages of the town.
    static func all(_ town: Town) -> [CardTable] { [steps, papers(town.languages), links] }

    /// The table of this id.
    static func find(_ id: String, _ town: Town) -> CardTable? { all(town).first { $0.id == id } }

    private static func texts(_ key: String, _ name: String, _ languages: [Language]) -> [Column] {
        languages.map { language in
            Column(key: "\(key).\(language.id)", name: language.column(name), entry: .line)
        }
    }

    /// 添付書類.
    private static func papers(_ languages: [Language]) -> CardTable {
        let columns =
            texts("name", "書類", languages)
            + [
                Column(key: "clause", name: "求める根拠（条項）", entry: .line),
                Column(key: "state", name: "撤廃・省略", entry: .choice(CardWords.states)),
            ] + texts("reason", "理由", languages)
        @Sendable func row(_ paper: DemandedPaper) -> Row {
            var row: Row = ["clause": paper.clause ?? "", "state": paper.state.map(CardWords.name) ?? ""]
            for language in languages {
                row["name.\(language.id)"] = paper.name.written(in: language.id) ?? ""
                row["reason.\(language.id)"] = paper.reason?.written(in: language.id) ?? ""
            }
            return row
        }
        return CardTable("papers", "添付書類", none: "添付書類はありません", columns, read: { $0.papers?.map(row) }) { card, rows in
            var faults: [RowFault] = []
            let before = (card.papers ?? []).map { (row: row($0), value: $0) }
            card.papers = rows.map { rows in
                values(rows, &faults, keeping: before) { row, cells in
                    let old = before.first { $0.row["name.ja"] == Cell.plain(row["name.ja"] ?? "") }?.value
                    let name = cells.text("name", languages, before: old?.name)
                    if name == nil, Cell.plain(row["name.ja"] ?? "").isEmpty { cells.fail("name.ja", "書類の名前を書いてください") }
                    let clause = cells.line("clause", limit: 500)
                    let reason = cells.text("reason", languages, before: old?.reason)
                    let state = cells.choice("state", CardWords.states).flatMap(DemandedPaper.State.init(rawValue:))
                    return name.map { DemandedPaper(name: $0, clause: clause, reason: reason, state: state) }
                }
            }
            return faults
        }
    }

    static let phases = [Cell.Option("before", "見直し前"), Cell.Option("after", "見直し後")]

    /// 業務の流れ.
    private static let steps = CardTable(
        "steps", "業務の流れ", none: "不明",
        [
            Column(key: "phase", name: "前・後", entry: .choice(phases)), Column(key: "name", name: "工程", entry: .line),
            Column(key: "by", name: "行う人", entry: .choice(CardWords.actors)),
            Column(key: "minutes", name: "作業", entry: .number(unit: "分")),
            Column(key: "visits", name: "来庁", entry: .number(unit: "回")),
            Column(key: "papers", name: "紙", entry: .number(unit: "枚")),
            Column(key: "stamps", name: "押印", entry: .number(unit: "個")),
        ],
        read: { card in
            // A process without any step is one that nobody has described.
            guard let steps = card.steps, !(steps.before.isEmpty && (steps.after ?? []).isEmpty) else { return nil }
            return steps.before.map { row($0, "見直し前") } + (steps.after ?? []).map { row($0, "見直し後") }
        },
        write: { card, rows in
            var faults: [RowFault] = []
            func read(_ name: String, _ before: [ProcessStep]) -> [ProcessStep] {
                values((rows ?? []), &faults, keeping: before.map { (row: row($0, name), value: $0) }) { row, cells in
                    let phase = cells.choice("phase", phases)
                    guard Cell.name(phase ?? "", phases) == name else {
                        if phase == nil, name == "見直し前" { cells.fail("phase", "見直し前か見直し後かを選んでください") }
                        return nil
                    }
                    return step(&cells)
                }
            }
            let (before, after) = (read("見直し前", card.steps?.before ?? []), read("見直し後", card.steps?.after ?? []))
            card.flow {
                StepMap(
                    before: before, after: after.isEmpty ? nil : after, recordedOn: $0.recordedOn,
                    clausesChecked: $0.clausesChecked)
            }
            return faults
        })

    private static func step(_ cells: inout RowReader) -> ProcessStep? {
        let name = cells.line("name")
        if name == nil { cells.fail("name", "工程の名前を書いてください") }
        let actor = cells.choice("by", CardWords.actors).flatMap(ProcessStep.Actor.init(rawValue:))
        if actor == nil { cells.fail("by", "行う人を選んでください") }
        let (minutes, visits) = (cells.number("minutes", 100_000, unit: "分"), cells.number("visits", 100, unit: "回"))
        let (papers, stamps) = (cells.number("papers", 1000, unit: "枚"), cells.number("stamps", 100, unit: "個"))
        guard let name, let actor else { return nil }
        return ProcessStep(name: name, by: actor, minutes: minutes, visits: visits, papers: papers, stamps: stamps)
    }

    private static func row(_ step: ProcessStep, _ phase: String) -> Row {
        func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
        return [
            "phase": phase, "name": step.name, "by": CardWords.name(step.by), "minutes": text(step.minutes),
            "visits": text(step.visits), "papers": text(step.papers), "stamps": text(step.stamps),
        ]
    }

    /// つながり.
    private static let links = CardTable(
        "links", "ほかの分野とのつながり", none: "つながりはありません",
        [
            Column(key: "kind", name: "種類", entry: .choice(CardWords.links)),
            Column(key: "name", name: "名前", entry: .line),
            Column(key: "reference", name: "番号・アドレス", entry: .line),
        ],
        read: { $0.links?.map(row) },
        write: { card, rows in
            var faults: [RowFault] = []
            let before = (card.links ?? []).map { (row: row($0), value: $0) }
            card.links = rows.map { rows in
                values(rows, &faults, keeping: before) { _, cells in
                    let kind = cells.choice("kind", CardWords.links).flatMap(CardLink.Kind.init(rawValue:))
                    if kind == nil { cells.fail("kind", "種類を選んでください") }
                    let name = cells.line("name")
                    if name == nil { cells.fail("name", "名前を書いてください") }
                    let reference = cells.line("reference", limit: 500)
                    guard let kind, let name else { return nil }
                    return CardLink(kind: kind, name: name, reference: reference)
                }
            }
            return faults
        })

    private static func row(_ link: CardLink) -> Row {
        ["kind": CardWords.name(link.kind), "name": link.name, "reference": link.reference ?? ""]
    }
}
