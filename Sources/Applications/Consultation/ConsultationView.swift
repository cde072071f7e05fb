import Core
import HTML
import Japanese
import Web

/// 庁内照会, on the page of the section that asks.
struct ConsultationView {
    let desk: DeskCase
    let officer: Officer
    let form: DeskForm
    let sections: [(id: String, name: String)]
    /// The day that is proposed for an answer.
    let proposedDay: Day
    let today: Day

    var html: HTML {
        let mayAsk = officer.may(.handleCases, in: desk.item.section) && !desk.item.status.isDecided
        guard mayAsk || !desk.consultations.isEmpty else { return .empty }
        let lines: [HTML] = desk.consultations.reversed().map(line)
        let list: HTML? = lines.isEmpty ? nil : #"<ol class="messages">\#(lines)</ol>"#
        return "<h2 id=\"consultations\">庁内照会</h2>\(list)\(mayAsk ? asking : .empty)"
    }

    private func line(_ consultation: Consultation) -> HTML {
        let section = sections.first { $0.id == consultation.section }?.name ?? consultation.section
        let isLate = consultation.state == .open && consultation.dueOn < today
        let state: HTML =
            switch consultation.state {
            case .open: isLate ? #"<b class="late">期限超過</b>"# : #"<span class="tag attention">回答待ち</span>"#
            case .answered: #"<span class="tag good">回答あり</span>"#
            case .cancelled: #"<span class="tag">取消し</span>"#
            }
        let answer: HTML? = consultation.answer.map { words in
            let who = consultation.answeredBy.flatMap { desk.names[$0.text] } ?? "職員"
            let at = consultation.answeredAt.map { "\($0.day.iso) \($0.timeOfDay)" } ?? ""
            return #"<p><b>回答</b> <small>\#(at) \#(section) \#(who)</small></p><p class="kept">\#(words)</p>"#
        }
        let cancel: HTML =
            consultation.state == .open && officer.may(.handleCases, in: desk.item.section)
            ? form.button(
                "cancel-ask", "照会を取り消す", look: .quiet,
                more: #"<input type="hidden" name="consultation" value="\#(consultation.id.text)">"#) : .empty
        return """
            <li><p><b>\(section)へ</b> \(state) <small>回答期限 \(consultation.dueOn.iso)</small></p>
            <p class="kept">\(consultation.question)</p>\(answer)\(cancel)</li>
            """
    }

    private var asking: HTML {
        let chosen = form.value("ask", "section")
        let others = sections.filter { $0.id != desk.item.section }
        let options: [HTML] = others.map { section in
            let mark = Attributes().with("selected", when: section.id == chosen)
            return #"<option value="\#(section.id)"\#(mark)>\#(section.name)</option>"#
        }
        return form.worded(
            "ask", "ほかの課に照会する", "照会する内容（申請者には見えません）", required: true,
            before: """
                <div class="field"><label for="ask-section">照会先</label>
                <select id="ask-section" name="section">\(options)</select></div>
                <div class="field"><label for="ask-due">回答期限</label>
                <p class="hint" id="ask-due-hint">3開庁日後を入れてあります。</p>
                <input type="date" id="ask-due" name="due" value="\(form.value("ask", "due", proposedDay.iso))" aria-describedby="ask-due-hint" required=""></div>
                <p class="hint">照会先の課は、回答するまで、この申請の内容を見られます。</p>
                """, button: "照会する")
    }
}
