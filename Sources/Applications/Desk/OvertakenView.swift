import Core
import HTML
import Japanese
import Web

/// 処理できなかったわけ. What was the matter, what somebody else did meanwhile, and what was typed where its box is not on the
/// page any more.
struct OvertakenView {
    let desk: DeskCase
    let attempt: DeskForm.Attempt
    let eventNames: [String: String]

    var html: HTML {
        let isThere = attempt.refusal.kind.isInvalid
        let kept: HTML? =
            isThere || attempt.typed.isEmpty ? nil : #"<p>入力された内容:</p><p class="kept words">\#(attempt.typed)</p>"#
        let words = attempt.refusal.words[.ja]
        return "\(ProblemSummary("処理できませんでした", [(control, "\(words)")]).html)\(meanwhile)\(kept)"
    }

    /// The control that it is about, where it is on the page.
    private var control: String? {
        switch attempt.refusal {
        case .lawMissing: "\(attempt.verb)-law"
        case .openConsultation: "\(attempt.verb)-despite"
        case .reasonMissing, .unusable: attempt.verb == "answer" ? nil : "\(attempt.verb)-words"
        default: nil
        }
    }

    private var meanwhile: HTML? {
        guard case .overtaken = attempt.refusal else { return nil }
        let mark = attempt.posted["mark"].flatMap { $0.isEmpty ? nil : $0 }
        let since = desk.history.meanwhile(since: mark)
        let all = desk.history.filter { Meanwhile.kinds.contains($0.event.kind) }
        let shown = mark == nil ? Array(all.suffix(1)) : since
        let lines: [HTML] = shown.map { recorded in
            let words = desk.messages.first { $0.at == recorded.at && $0.kind.isForApplicant }?.words
            let said: HTML? = words.map { #"<p class="kept">\#($0)</p>"# }
            return """
                <li><small>\(recorded.at.day.iso) \(recorded.at.timeOfDay)</small> <b>\(eventNames[recorded.event.kind] ?? recorded.event.kind)</b> \
                \(desk.who(recorded.actor))\(said)\(difference(recorded))</li>
                """
        }
        guard !lines.isEmpty else { return nil }
        let before = attempt.posted["seen"].flatMap(Case.Status.init).map(DeskWords.name) ?? ""
        return """
            <div class="words"><p><b>そのあいだにあったこと</b>（状態: \(before) → \(DeskWords.name(desk.item.status))）</p>
            <ol class="history">\(lines)</ol></div>
            """
    }

    /// What a correction changed.
    private func difference(_ recorded: RecordedEvent) -> HTML? {
        guard recorded.event.kind == "case.corrected",
            let index = desk.versions.firstIndex(where: { $0.replacedAt == recorded.at }),
            let journeys = try? desk.journeys
        else { return nil }
        let id = desk.item.id
        let changes = journeys[index + 1].changes(since: journeys[index])
        return DifferenceView.table(changes) { .desk(id).view($0) }
    }
}
