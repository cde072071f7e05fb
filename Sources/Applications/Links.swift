import Core
package import HTML

extension Link {
    /// Where a post begins an application.
    package static func start(_ card: String) -> Link { "/procedures/\(card)/apply" }

    /// 紙の申請書, blank.
    package static func paperForm(_ card: String) -> Link { "/procedures/\(card)/form.pdf" }

    /// 申請の状況.
    static func application(_ id: Case.ID) -> Link { "/applications/\(id.text)" }

    /// A question of an application.
    static func question(_ id: Case.ID, _ page: String) -> Link { application(id).below(page) }

    static func check(_ id: Case.ID) -> Link { application(id).below("check") }
    static func submit(_ id: Case.ID) -> Link { application(id).below("submit") }
    static func receipt(_ id: Case.ID) -> Link { application(id).below("receipt") }
    static func receiptPaper(_ id: Case.ID) -> Link { application(id).below("receipt.pdf") }
    /// 紙の申請書, with what a draft has so far.
    static func draftPaper(_ id: Case.ID) -> Link { application(id).below("form.pdf") }
    static func noticePaper(_ id: Case.ID) -> Link { application(id).below("notice.pdf") }
    static func code(_ id: Case.ID) -> Link { application(id).below("code") }
    static func leave(_ id: Case.ID) -> Link { application(id).below("leave") }

    static func reuse(_ id: Case.ID) -> Link { application(id).below("reuse") }
    static func newer(_ id: Case.ID) -> Link { application(id).below("newer") }
    static func news(_ id: Case.ID) -> Link { application(id).below("mail") }
    static func consent(_ id: Case.ID) -> Link { application(id).below("consent") }
    static func reply(_ id: Case.ID) -> Link { application(id).below("reply") }
    static func withdraw(_ id: Case.ID) -> Link { application(id).below("withdraw") }

    /// Comes back to the check page afterwards.
    func fromCheck(_ isFromCheck: Bool) -> Link { isFromCheck ? asking([("from", "check")]) : self }

    static func file(_ id: Case.ID, _ file: String) -> Link { application(id).below("files").below(file) }

    /// The draft of a form.
    static func builder(_ form: String) -> Link { "/desk/forms/\(form)" }
    /// One place of it.
    static func editor(_ form: String, _ place: FormTree.Place) -> Link {
        builder(form).below("edit").asking([("at", place.text)])
    }

    /// An application on the desk.
    static func desk(_ id: Case.ID) -> Link { "/desk/cases/\(id.text)" }
    static func deskFile(_ id: Case.ID, _ file: String) -> Link { desk(id).below("files").below(file) }

    /// What came of a bulk run.
    static func bulk(_ id: BulkRun.ID) -> Link { "/desk/bulk/\(id.text)" }
    /// A saved view among the others.
    static func view(_ id: SavedView.ID) -> Link { "/desk/views/\(id.text)" }
    /// Where a file of an application on the desk is looked at, safely. Of the application's place.
    func view(_ file: AttachedFile) -> Link { below("view").below(file.id) }
}
