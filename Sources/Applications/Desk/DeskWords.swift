import Core
import HTML

/// How the staff speak of an application. In Japanese.
enum DeskWords {
    /// The status as the staff call it.
    static func name(_ status: Case.Status) -> String { status == .returned ? "補正依頼中" : status.name[.ja] }

    static func tag(_ status: Case.Status) -> HTML {
        #"<span class="tag \#(CasePages.mood(status))">\#(name(status))</span>"#
    }
}
