package import Core
package import Database
import Japanese
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
    /// Looks for viruses in what is sent in; nil where the town has none.
    let scanner: FileScanner?
    /// Where fees are paid besides the counter.
    let payments: [PaymentService]
    /// How mail is sent; nil where none is.
    let mail: MailWay?
    /// How other systems are told of events.
    let post: OutsidePost
    /// What other rooms have in the store, by name.
    let keptElsewhere: @Sendable (Transaction) throws -> Set<String>
    let limits = Limits()
    let listings = Listings()
    let procedures = ProcedureShelf()
    /// 開庁日.
    let calendar: BusinessDays
    let measured = MeasuredShelf()
    let finders = FinderShelf()
    let counted = CountedShelf()
    let paperShelf = PaperShelf()

    package static let migrations =
        Form.migrations + Case.migrations + Message.migrations + DeskDeed.migrations
        + AttachedFile.migrations + Case.growth

    /// Tables that came later than those of other rooms.
    package static let laterMigrations =
        Case.later + ReuseConsent.migrations + Case.mailMigrations + FormDraft.migrations
        + FeeLedger.migrations + FormDraft.laterMigrations + Disposal.migrations + ExportChoice.migrations
        + MachineToken.migrations + Webhook.migrations
        + Measure.migrations
        + Assignment.migrations + NameIndex.migrations + SavedView.migrations + BulkRun.migrations
        + Decision.migrations + Proposal.migrations
        + Consultation.migrations + NoteDetail.migrations + SentVersion.migrations + MessageTemplate.migrations
        + Fingerprint.migrations + NoticeTemplate.migrations
        + Conversation.migrations + CounterScreen.migrations + QueueLog.migrations
        + Case.countMigrations

    /// Tables that came last.
    /// After all others: the index of names is made again.
    package static let foldMigrations = NameIndex.foldMigrations
    package static let newestMigrations = AttachedFile.contentMigrations + ExportChoice.partMigrations

    package let eventNames = [
        "case.begun": "入力開始", "case.brought": "入力する場所の変更", "answers.shown": "ほかの申請での答えの表示",
        "case.moved-to-version": "新しい版への移行", "case.submitted": "送信（到達）",
        "case.corrected": "補正の提出", "case.received": "受付",
        "case.reviewed": "審査開始", "case.returned": "補正依頼", "case.approved": "承認", "case.rejected": "不承認",
        "case.refused": "受付不可", "case.issued": "交付", "case.completed": "完了", "case.reconsidered": "再審査",
        "decision.proposed": "起案", "decision.agreed": "決裁", "decision.sent-back": "差戻し",
        "decision.taken-back": "起案の引上げ", "consultation.asked": "庁内照会", "consultation.answered": "照会への回答",
        "consultation.cancelled": "照会の取消し", "duplicate.dismissed": "重複ではないことの確認",
        "template.saved": "文例の保存", "template.deleted": "文例の削除", "notice.edited": "通知書のひな形の編集",
        "notice.proposed": "通知書のひな形の公開の申し出", "notice.given-back": "通知書のひな形の差戻し",
        "notice.published": "通知書のひな形の公開", "notice.discarded": "通知書のひな形の下書きの取消し",
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
        "case.assigned": "担当者の変更", "bulk.begun": "まとめて処理", "view.saved": "条件の保存", "view.renamed": "条件の名前の変更",
        "view.deleted": "条件の削除", "view.opened-first": "最初に開く条件の変更",
        "cases.exported": "申請の書き出し", "files.exported": "添付ファイルの取り出し", "export.begun": "書き出しの開始",
        "export.saved": "書き出しの選び方の保存", "export.removed": "書き出しの選び方の削除", "export.taken": "書き出したファイルの受け取り",
        "api.listed": "外部連携による一覧の閲覧", "api.read": "外部連携による閲覧",
        "token.made": "トークンの発行", "token.revoked": "トークンの取消し", "token.agreed": "トークンへの同意",
        "token.disagreed": "トークンへの同意の取消し",
        "webhook.made": "知らせ（Webhook）の登録", "webhook.started": "知らせの再開", "webhook.ended": "知らせの終了",
        "webhook.stopped": "知らせの停止（届かないため）", "webhook.replayed": "知らせの再送",
        "conversation.begun": "窓口の会話の開始", "conversation.chosen": "窓口の会話の手続き",
        "conversation.dropped": "窓口の会話から外した手続き", "conversation.interrupted": "窓口の会話の中断",
        "conversation.resumed": "窓口の会話の再開", "conversation.agreed": "窓口での内容の確認と同意",
        "conversation.ended": "窓口の会話の終了", "case.discarded": "下書きの取消し（送らずに終了）",
        "queue.imported": "発券機の記録の取り込み",
        "screen.paired": "窓口の2つめの画面の接続", "screen.forgotten": "窓口の2つめの画面の切断",
        "form.proposed": "様式の公開の申し出", "form.given-back": "様式の差戻し", "form.discarded": "様式の下書きの取消し",
        "disposal.proposed": "廃棄の一覧の作成", "disposal.agreed": "廃棄の決定", "disposal.given-back": "廃棄の取りやめ",
        "case.shredded": "廃棄（鍵の消去）", "retention.held": "廃棄の保留", "retention.released": "廃棄の保留の解除",
    ]

    package init(
        database: Database, vault: Vault, town: Town, staff: StaffDirectory, files: FileStore,
        scanner: FileScanner?, mail: MailWay?, post: OutsidePost,
        keptElsewhere: @escaping @Sendable (Transaction) throws -> Set<String>
    ) {
        (self.scanner, self.keptElsewhere) = (scanner, keptElsewhere)
        self.post = post
        (self.database, self.vault, self.town, self.staff) = (database, vault, town, staff)
        (shelf, self.files, self.mail) = (FormShelf(), files, mail)
        calendar = town.businessDays
        payments = [PaymentService.link(town)].compactMap { $0 }
    }

    package var jobs: [JobHandler] {
        [
            acknowledging, telling, sweeping, shredding, measuring, indexingNames, workingInBulk, fingerprinting,
            exporting, clearingExports, fanning, delivering,
        ]
    }

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
        addTalkRoutes(to: &site)
        addScreenRoutes(to: &site)
        addTimesRoutes(to: &site)
        addDecisionRoutes(to: &site)
        addRetentionRoutes(to: &site)
        addAssignmentRoutes(to: &site)
        addSavedViewRoutes(to: &site)
        addBulkRoutes(to: &site)
        addTemplateRoutes(to: &site)
        addNoticeRoutes(to: &site)
        addExportRoutes(to: &site)
        addMachineRoutes(to: &site)
        addInterfaceRoutes(to: &site)
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
