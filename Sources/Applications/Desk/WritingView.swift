import Core
import HTML
import Japanese
import Web

/// 連絡とメモ: a letter to the applicant, a note among the staff, and the applicant's code.
struct WritingView {
    let desk: DeskCase
    let form: DeskForm
    /// The type of the note that is written.
    let note: NoteDetail.Kind
    let today: Day
    let hasAgent: Bool

    var html: HTML {
        """
        <h2 id="writing">連絡とメモ</h2>\(letter)\(noting)
        <details class="act" id="codes"\(Attributes().with("open", when: form.isTried("code") || form.isTried("revoke")))>\
        <summary>確認コード</summary><div class="inside">\(recoding)</div></details>
        """
    }

    private var letter: HTML {
        form.worded("letter", "申請者にお知らせを送る", "お知らせの内容", required: true, uses: [.letter], button: "送る")
    }

    /// The type is chosen by a link, so that its own questions are there without a script.
    private var noting: HTML {
        let place = Link.desk(desk.item.id)
        let types: [HTML] = NoteDetail.Kind.allCases.map { type in
            let mark = Attributes().with("aria-current", ifPresent: type == note ? "true" : nil)
            return #"<li><a href="\#(place.asking([("note", type.rawValue)]))#note"\#(mark)>\#(type.name)</a></li>"#
        }
        let isWrong = form.isTried("note") && form.attempt?.refusal.isAboutWords == true
        return """
            <details class="act" id="note"\(Attributes().with("open", when: form.isOpen("note") || note != .memo))>\
            <summary>内部メモを残す（申請者には見えません）</summary>
            <nav aria-label="メモの種類"><ul class="tabs">\(types)</ul></nav>
            <form method="post" action="\(place.below("note"))">\(form.seen())<input type="hidden" name="type" value="\(note.rawValue)">
            \(day)\(particular)
            <div class="field"><label for="note-words">\(note == .memo ? "メモ" : "内容")</label>
            <textarea id="note-words" name="words" rows="4" required=""\(Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil))>
            \(form.words("note"))</textarea></div>
            <button>残す</button></form></details>
            """
    }

    private var day: HTML? {
        note.dayLabel.map { label in
            """
            <div class="field"><label for="note-day">\(label)</label>
            <input type="date" id="note-day" name="day" value="\(form.value("note", "day", today.iso))" required=""></div>
            """
        }
    }

    private var particular: HTML? {
        note.particularLabel.map { label in
            """
            <div class="field"><label for="note-particular">\(label)</label>
            <input id="note-particular" name="particular" class="wide" autocomplete="off" value="\(form.value("note", "particular"))"></div>
            """
        }
    }

    private var recoding: HTML {
        let again = form.worded("code", "確認コードを作り直す", "理由（本人確認の方法など。メモに残ります）", required: true)
        guard hasAgent, desk.item.mandateEndedAt == nil else { return again }
        return again + form.worded("revoke", "委任の取消しを記録する", "本人からの申し出の内容（メモに残ります）", required: true)
    }
}
