import Core
import HTML
import Japanese

/// How the staff speak of an application. In Japanese.
enum DeskWords {
    /// The status as the staff call it.
    static func name(_ status: Case.Status) -> String { status == .returned ? "補正依頼中" : status.name[.ja] }

    static func tag(_ status: Case.Status) -> HTML {
        #"<span class="tag \#(CasePages.mood(status))">\#(name(status))</span>"#
    }

    /// 期限, while it counts.
    static func due(_ status: Case.Status, _ due: Day?, today: Day) -> HTML {
        guard !status.isDecided, let due else { return "" }
        if status == .returned { return "補正待ち" }
        return due < today ? #"<b class="late">\#(due.iso) 超過</b>"# : "\(due.iso)"
    }
}
