package import Core
package import Database
package import Register
package import Web

/// 行政手続のオンライン化. Forms, applications and the desk where they are decided.
package struct Applications: RoutedFeature {
    let database: Database
    let vault: Vault
    let town: Town
    let staff: StaffDirectory
    let shelf: FormShelf
    let files: FileStore
    /// Where fees are paid besides the counter.
    let payments: [PaymentService]
    /// How mail is sent; nil where none is.
    let mail: MailWay?
    let limits = Limits()
    let listings = Listings()
    let measured = MeasuredShelf()
    let counted = CountedShelf()
    let paperShelf = PaperShelf()

    package static let migrations =
        Form.migrations + Case.migrations + Message.migrations + DeskDeed.migrations
        + AttachedFile.migrations + Case.growth

    /// Tables that came later than those of other rooms.
    package static let laterMigrations =
        Case.later + ReuseConsent.migrations + Case.mailMigrations + FormDraft.migrations
        + FeeLedger.migrations + FormDraft.laterMigrations + Case.countMigrations

    package let eventNames = [
        "case.begun": "入力開始", "case.brought": "入力する場所の変更", "answers.shown": "ほかの申請での答えの表示",
        "case.moved-to-version": "新しい版への移行", "case.submitted": "送信（到達）",
        "case.corrected": "補正の提出", "case.received": "受付",
        "case.reviewed": "審査開始", "case.returned": "補正依頼", "case.approved": "承認", "case.rejected": "不承認",
        "case.written": "お知らせ送付", "case.noted": "内部メモ", "case.replied": "申請者からの連絡",
        "case.withdrawn": "取下げ", "case.recoded": "確認コードの再発行", "mandate.revoked": "委任の取消し", "fee.charged": "手数料の決定",
        "fee.adjusted": "手数料の変更",
        "fee.paid": "手数料の受領", "fee.waived": "手数料の免除",
        "fee.refunded": "手数料の返金", "case.viewed": "閲覧", "file.viewed": "添付ファイルの閲覧",
        "case.acknowledged": "受付のお知らせ", "reuse.agreed": "答えの再利用の同意", "reuse.revoked": "答えの再利用の同意の取消し",
        "mail.wanted": "メールでのお知らせの希望", "mail.stopped": "メールでのお知らせの停止", "mail.sent": "お知らせメールの送信",
        "mail.refused": "お知らせメールが届かない（宛先が受け取らない）",
        "answers.reused": "ほかの申請での答えの再利用",
        "case.reopened": "確認コードで再開", "case.expired": "下書きの期限切れ", "inbox.viewed": "申請一覧の閲覧",
        "form.published": "様式の公開", "form.drafted": "様式の下書きの作成", "form.edited": "様式の編集",
        "form.proposed": "様式の公開の申し出", "form.given-back": "様式の差戻し", "form.discarded": "様式の下書きの取消し",
    ]

    package init(database: Database, vault: Vault, town: Town, staff: StaffDirectory, files: FileStore, mail: MailWay?)
    {
        (self.database, self.vault, self.town, self.staff) = (database, vault, town, staff)
        (shelf, self.files, self.mail) = (FormShelf(), files, mail)
        payments = [PaymentService.link(town)].compactMap { $0 }
    }

    package var jobs: [JobHandler] { [acknowledging, telling, sweeping, shredding] }

    /// What the register's pages offer of it.
    package var onlineWay: OnlineWay {
        let (shelf, measured, counted) = (shelf, measured, counted)
        return OnlineWay(
            minutes: { try FormShelf.minutes(in: $0) }, minutesOf: { try FormShelf.minutes(of: $0, in: $1) },
            measured: { try measured.days(of: $0, at: $1, in: $2) },
            papers: { card, transaction in
                try (shelf.newest(of: card, through: .online, in: transaction)?.requirements ?? []).map {
                    Paper(name: $0.name, reason: $0.reason, isAsked: $0.state != .abolished)
                }
            },
            counted: { try counted.count(of: $0, in: $1, at: $2, $3) },
            cardOf: { try $1.row("SELECT card FROM application WHERE id = \($0)")?["card"] }, start: { .start($0) },
            paperForm: { .paperForm($0) })
    }

    package func addRoutes(to site: inout Site) {
        addStartRoutes(to: &site)
        addPostcodeRoutes(to: &site)
        addDraftRoutes(to: &site)
        addAttachmentRoutes(to: &site)
        addPaperRoutes(to: &site)
        addGroupRoutes(to: &site)
        addReuseRoutes(to: &site)
        addNewerRoutes(to: &site)
        addQuestionRoutes(to: &site)
        addCaseRoutes(to: &site)
        addDeskRoutes(to: &site)
        addBuilderRoutes(to: &site)
        addCounterRoutes(to: &site)
        addDecisionRoutes(to: &site)
    }

    /// What is slowed down where somebody tries too often. Generous for reading and answering: a town hall shares one
    /// address.
    struct Limits: Sendable {
        /// New applications from one address.
        let starts = RateLimit(60, perSeconds: 600)
        /// Forms with files from one address.
        let uploads = RateLimit(300, perSeconds: 600)
        /// Papers that are set for one address.
        let papers = RateLimit(30, perSeconds: 600)
        /// Wrong codes from one address. A code has 49 bits: many addresses do not help.
        let codes = RateLimit(10, perSeconds: 600)
    }
}
