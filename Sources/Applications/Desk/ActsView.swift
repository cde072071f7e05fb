import Core
import HTML
import Register
import Web

/// 処理: what an officer may do with an application now. What is done most often comes first; the rest is folded.
struct ActsView {
    let desk: DeskCase
    let officer: Officer
    let form: DeskForm

    private var item: Case { desk.item }

    func html() throws -> HTML {
        guard desk.proposal == nil else { return .empty }
        let forms = try handling + deciding + returning + (try after)
        let waiting: HTML? = item.status == .returned ? "<p class=\"notice\">申請者の補正を待っています。</p>" : nil
        guard !forms.isEmpty || waiting != nil else { return .empty }
        return "<h2 id=\"acts\">処理</h2>\(waiting)\(forms)"
    }

    private var steps: [Case.Status] { item.status.next }

    private var mayHandle: Bool { officer.may(.handleCases, in: item.section) }
    private var mayDecide: Bool { officer.may(.decideCases, in: item.section) }

    private var handling: [HTML] {
        guard mayHandle else { return [] }
        if steps.contains(.received) { return [form.button("receive", "受け付ける", look: .primary)] }
        if steps.contains(.reviewing), !item.status.isDecided, item.status != .returned {
            return [form.button("review", "審査を始める", look: .primary)]
        }
        return []
    }

    private var deciding: [HTML] {
        let outcomes = [Case.Status.approved, .rejected, .inadmissible].filter(steps.contains)
        guard !outcomes.isEmpty else { return [] }
        if desk.needsApproval { return mayHandle ? [proposing(outcomes)] : [] }
        guard mayDecide else { return [] }
        var forms: [HTML] = []
        if outcomes.contains(.approved) {
            forms.append(
                form.worded(
                    "approve", "承認する", "申請者に伝えること（任意）", required: false, after: despite("approve"),
                    uses: [.approve], isFirst: item.status == .reviewing))
        }
        if outcomes.contains(.rejected) {
            forms.append(
                form.worded(
                    "reject", "不承認にする", "不承認の理由（申請者に伝わります）", required: true,
                    after: law("reject") + despite("reject"), uses: [.reject]))
        }
        if outcomes.contains(.inadmissible) {
            forms.append(
                form.worded(
                    "refuse", "受け付けない（受付不可）", "受け付けられない理由（形式の不備。申請者に伝わります）", required: true,
                    after: law("refuse") + despite("refuse"), uses: [.refuse]))
        }
        return forms
    }

    /// 起案.
    private func proposing(_ outcomes: [Case.Status]) -> HTML {
        let chosen = form.value("propose", "outcome", outcome(of: form.filled?.template.use)?.rawValue ?? "approved")
        let options: [HTML] = outcomes.map { outcome in
            let mark = Attributes().with("selected", when: outcome.rawValue == chosen)
            return #"<option value="\#(outcome.rawValue)"\#(mark)>\#(DeskWords.name(outcome))</option>"#
        }
        return form.worded(
            "propose", "起案する（決裁に回す）", "理由、または申請者に伝えること（不承認・受付不可では必須。申請者に伝わります）", required: false,
            before: """
                <p class="hint">この手続きは、決裁を経て決定します。最後の決裁が終わると、申請者に知らせます。</p>
                <div class="field"><label for="propose-outcome">決定の案</label>
                <select id="propose-outcome" name="outcome">\(options)</select></div>
                """,
            after: law("propose") + despite("propose"), uses: [.approve, .reject, .refuse],
            isFirst: item.status == .reviewing, button: "起案する")
    }

    private func outcome(of use: MessageTemplate.Use?) -> Case.Status? {
        switch use {
        case .reject: .rejected
        case .refuse: .inadmissible
        default: nil
        }
    }

    private func law(_ verb: String) -> HTML {
        let isWrong = form.isTried(verb) && form.attempt?.refusal == .lawMissing
        let error: HTML? =
            isWrong ? #"<p class="error" id="\#(verb)-law-error">\#(CaseTexts.lawMissing[.ja])</p>"# : nil
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", ifPresent: isWrong ? "\(verb)-law-error" : nil)
        return """
            <div class="field"><label for="\(verb)-law">根拠となる法令・条項</label>\(error)
            <input id="\(verb)-law" name="law" class="wide" autocomplete="off" value="\(form.value(verb, "law", desk.card?.legalBasis ?? ""))"\(attributes)></div>
            """
    }

    private func despite(_ verb: String) -> HTML {
        guard desk.hasOpenConsultation else { return .empty }
        return """
            <div class="option"><input type="checkbox" id="\(verb)-despite" name="despite" value="yes">
            <label for="\(verb)-despite">庁内照会の回答を待たずに決定する（照会は取り消されます）</label></div>
            """
    }

    private var returning: [HTML] {
        get throws {
            guard steps.contains(.returned), mayHandle else { return [] }
            let chosen = form.attempt?.verb == "return" ? form.attempt?.pins ?? [] : []
            return [
                form.worded(
                    "return", "補正を求める", "全体についての説明（申請者に伝わります）", required: false,
                    before: PinView(journey: try desk.open.submitted, chosen: chosen).html, uses: [.correction])
            ]
        }
    }

    /// 交付, 完了 and 再審査.
    private var after: [HTML] {
        get throws {
            var forms: [HTML] = []
            if steps.contains(.issued), mayHandle {
                forms.append(
                    form.worded(
                        "issue", "交付を記録する", "申請者に伝えること（任意）", required: false, before: ways, isFirst: true))
            }
            if steps.contains(.completed), mayHandle {
                forms.append(
                    form.button(
                        "complete", item.status == .issued ? "完了にする" : "渡すものがないので完了にする",
                        look: item.status == .issued ? .primary : .plain))
            }
            if item.status.isDecided, steps.contains(.reviewing), mayDecide {
                forms.append(
                    form.worded(
                        "reopen", "再審査を始める", "再審査の理由（申請者に伝わります。前の決定は記録に残ります）", required: true))
            }
            return forms
        }
    }

    private var ways: HTML {
        let options: [HTML] = Applications.IssueWay.allCases.map { way in
            let mark = Attributes().with("selected", when: form.value("issue", "way") == way.rawValue)
            return #"<option value="\#(way.rawValue)"\#(mark)>\#(way.name)</option>"#
        }
        return """
            <div class="field"><label for="issue-way">渡し方</label><select id="issue-way" name="way">\(options)</select></div>
            """
    }
}
