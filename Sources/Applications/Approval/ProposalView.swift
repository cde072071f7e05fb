import Core
import HTML
import Japanese
import Web

/// 決裁の経過: what is proposed, who agreed and who is next; with the buttons of whoever's turn it is.
struct ProposalView {
    let desk: DeskCase
    let officer: Officer
    let form: DeskForm
    let sectionName: (String) -> String

    var html: HTML {
        guard let shown = desk.proposal ?? desk.proposals.last(where: { $0.proposal.state == .sentBack }) else {
            return .empty
        }
        // What was sent back is shown until something else happened.
        if desk.proposal == nil, desk.item.status.isDecided || shown.proposal.id != desk.proposals.last?.proposal.id {
            return .empty
        }
        let proposal = shown.proposal
        let law: HTML? = shown.content.law.isEmpty ? nil : "<p>根拠: \(shown.content.law)</p>"
        let words: HTML? = shown.content.words.isEmpty ? nil : #"<p class="kept">\#(shown.content.words)</p>"#
        let head: HTML =
            proposal.state == .sentBack
            ? "<p class=\"notice\">差し戻されました。内容を直して、もう一度起案してください。</p>" : .empty
        return """
            <h2 id="approval">決裁</h2>\(head)
            <div class="state"><p><b>案: \(DeskWords.name(proposal.outcome))</b></p>\(words)\(law)</div>
            <ol class="history">\(start(proposal))\(shown.agreements.map(line))\(rest(proposal))</ol>
            \(proposal.state == .open ? deciding(proposal) : .empty)
            """
    }

    private func start(_ proposal: Proposal) -> HTML {
        """
        <li><b>起案</b> \(name(proposal.officer)) <small>\(proposal.at.day.iso) \(proposal.at.timeOfDay)</small></li>
        """
    }

    private func line(_ agreement: Agreement) -> HTML {
        let words: HTML? = agreement.words.map { #"<p class="kept">\#($0)</p>"# }
        return """
            <li><b>\(agreement.isAgreed ? "決裁" : "差戻し")</b> \(sectionName(agreement.section)) \(name(agreement.officer))
            <small>\(agreement.at.day.iso) \(agreement.at.timeOfDay)</small>\(words)</li>
            """
    }

    /// The sections that have not agreed yet.
    private func rest(_ proposal: Proposal) -> [HTML] {
        guard proposal.state == .open else { return [] }
        return proposal.route.enumerated().dropFirst(proposal.step).map { index, section in
            let isLast = index == proposal.route.count - 1
            let eyes = proposal.fourEyes && isLast ? "（起案した人以外）" : ""
            let mark: HTML = index == proposal.step ? #" <span class="tag attention">いまここ</span>"# : .empty
            return "<li>\(sectionName(section))の決裁者\(eyes)\(mark)</li>"
        }
    }

    private func deciding(_ proposal: Proposal) -> HTML {
        let seen: HTML = #"<input type="hidden" name="proposal" value="\#(proposal.mark)">"#
        var forms: [HTML] = []
        let isTurn = proposal.waiting.map { officer.may(.decideCases, in: $0) } ?? false
        if proposal.mayAgree(officer) {
            let label = proposal.isLastStep ? "決裁する（\(DeskWords.name(proposal.outcome))に決定）" : "決裁する"
            forms.append(form.button("agree", label, look: .primary, more: seen))
        } else if isTurn {
            forms.append("<p class=\"notice\">起案した人は、最後の決裁ができません。別の決裁者が行います。</p>")
        }
        if isTurn {
            forms.append(form.worded("send-back", "差し戻す", "差し戻す理由（申請者には見えません）", required: true, before: seen))
        }
        if proposal.officer == officer.id {
            forms.append(form.button("take-back", "起案を引き上げる", look: .quiet, more: seen))
        }
        return "\(forms)"
    }

    private func name(_ officer: Core.ID<Officer>) -> String { desk.names[officer.text] ?? "職員" }
}
