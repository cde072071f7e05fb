import Core

/// 経過. Everything that happened to an application in one list: events, messages, notes, questions to other sections and
/// decisions.
struct Timeline {
    /// One line of it.
    struct Entry {
        let id: String
        let at: Moment
        let title: String
        let who: String
        /// 日・場所・相手 and so on, with what each is called.
        var facts: [(name: String, value: String)] = []
        var words: String?
        let isInternal: Bool
    }

    /// What is shown of it.
    enum Filter: String, CaseIterable {
        case all
        /// 申請者とのやりとり.
        case outside = "with"
        /// 庁内だけ.
        case inside = "internal"

        var name: String {
            switch self {
            case .all: "すべて"
            case .outside: "申請者とのやりとり"
            case .inside: "庁内の記録"
            }
        }
    }

    /// The newest first.
    let entries: [Entry]
    /// Who looked at it, the newest first.
    let looks: [RecordedEvent]

    private static let looking: Set<String> = ["case.viewed", "file.viewed"]
    /// What stands in the messages already.
    private static let told: Set<String> = ["case.written", "case.noted", "case.replied", "case.acknowledged"]

    init(_ desk: DeskCase, eventNames: [String: String], section: Text, sectionName: (String) -> String) {
        looks = desk.history.filter { Self.looking.contains($0.event.kind) }.reversed()
        var messages = desk.messages
        var entries: [Entry] = desk.history.compactMap { recorded in
            let kind = recorded.event.kind
            guard !Self.looking.contains(kind), !Self.told.contains(kind) else { return nil }
            var entry = Entry(
                id: recorded.id, at: recorded.at, title: eventNames[kind] ?? kind, who: desk.who(recorded.actor),
                isInternal: Self.isInternal(kind))
            entry.add(recorded.event, desk, sectionName)
            // What was said with it is said here, not once more.
            if let wanted = Self.messages[kind],
                let index = messages.firstIndex(where: { wanted.contains($0.kind) && $0.at == recorded.at })
            {
                entry.words = messages.remove(at: index).words
            }
            return entry
        }
        entries += messages.map { message in
            let isApplicants = message.kind == .reply || message.kind == .withdrawal
            let who = message.officer.map { desk.names[$0.text] ?? "職員" } ?? (isApplicants ? "申請者" : "自動")
            let title = message.note?.type.name ?? CaseTexts.kinds[message.kind]?[.ja] ?? ""
            return Entry(
                id: message.id.text, at: message.at, title: title, who: who, facts: message.note?.facts ?? [],
                words: message.text(section: section)[.ja], isInternal: message.kind == .note)
        }
        self.entries = entries.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
    }

    func shown(_ filter: Filter) -> [Entry] {
        switch filter {
        case .all: entries
        case .outside: entries.filter { !$0.isInternal }
        case .inside: entries.filter(\.isInternal)
        }
    }

    private static func isInternal(_ kind: String) -> Bool {
        ["consultation.", "decision.", "duplicate.", "mandate.", "inbox."].contains { kind.hasPrefix($0) }
            || kind == "case.recoded" || kind.hasPrefix("case.assign")
    }

    /// The messages that belong to an event of the same moment.
    private static let messages: [String: Set<Message.Kind>] = [
        "case.returned": [.correction], "case.approved": [.decision], "case.rejected": [.decision],
        "case.refused": [.decision], "case.withdrawn": [.withdrawal], "case.issued": [.letter],
        "case.reconsidered": [.letter],
    ]
}

extension Timeline.Entry {
    /// What an event says besides, and what was said in what it names.
    fileprivate mutating func add(_ event: Event, _ desk: DeskCase, _ sectionName: (String) -> String) {
        let detail = event.detail
        if let way = detail["way"].flatMap(Applications.IssueWay.init) { facts.append(("渡し方", way.name)) }
        if let yen = detail["yen"].flatMap({ Int($0) }) { facts.append(("額", Yen.text(yen))) }
        if let id = detail["consultation"], let found = desk.consultations.first(where: { $0.id.text == id }) {
            facts.append(("照会先", sectionName(found.section)))
            words = event.kind == "consultation.answered" ? found.answer : found.question
        }
        guard let id = detail["proposal"], let route = desk.proposals.first(where: { $0.proposal.id.text == id }) else {
            return
        }
        if let section = detail["section"] { facts.append(("課", sectionName(section))) }
        if let id = detail["agreement"] {
            words = route.agreements.first { $0.id == id }?.words
        } else if event.kind == "decision.proposed" {
            facts.append(("案", DeskWords.name(route.proposal.outcome)))
            words = route.content.message(.rejected)
        }
    }
}

extension NoteDetail {
    /// Its particulars, with what each is called.
    var facts: [(name: String, value: String)] {
        [
            day.flatMap { day in type.dayLabel.map { ($0, day) } },
            particular.flatMap { p in type.particularLabel.map { ($0, p) } },
        ]
        .compactMap { $0 }
    }
}
