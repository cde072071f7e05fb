package import Core
package import Database
package import HTML
package import Japanese
package import Register
package import Web

/// 推進体制・OODA・計画. The plan is run here: its versions, actions and measures, loops from what was seen to what came of it,
/// bodies and their meetings, what everybody may see of it, and its end.
package struct Governance: RoutedFeature {
    let database: Database
    let vault: Vault
    let town: Town
    let staff: StaffDirectory
    let shelf: MeasureShelf
    let progressShelf = ProgressShelf()
    let caseNumbers: CaseNumbers
    /// What everybody may know of a fiscal year's applications.
    let publicNumbers: @Sendable (FiscalYear, Day, Transaction) throws -> PublicNumbers?
    let voices: VoiceSource
    /// Nil where no mail is sent.
    let mailer: Mailer?
    /// Where the town's pages are, such as `https://www.example.lg.jp`.
    let origin: String
    /// Opinions from one address.
    let opinions = RateLimit(60, perSeconds: 600)
    /// Calendars that one address fetches: all of a town hall may stand behind it.
    let calendars = RateLimit(3000, perSeconds: 600)
    /// Papers set for one address: setting one takes seconds.
    let printing = RateLimit(20, perSeconds: 600)

    package static let migrations =
        DocumentTables.migrations + MeasureValue.migrations + Notice.migrations + HomeVisit.migrations
        + Opinion.migrations + DocumentTables.laterMigrations + Opinion.laterMigrations

    package var jobs: [JobHandler] { [recordingMeasures, watching, mailing] }

    package let eventNames = [
        "plan.installed": "計画の取り込み", "plan.corrected": "計画の正誤", "plan.drafted": "次の計画の案", "plan.revised": "計画の案の修正",
        "plan.opened": "計画の案の公開", "plan.commented": "計画の案への意見の結果", "plan.adopted": "計画の策定",
        "plan.withdrawn": "計画の案の取下げ",
        "plan.replaced": "次の計画への引き継ぎ",
        "national.installed": "国の計画の取り込み", "action.installed": "取組の取り込み", "action.added": "取組の追加",
        "action.saved": "取組の修正",
        "action.kpi": "KPIの設定", "action.measured": "KPIの実績の記録", "action.graded": "取組の評価",
        "action.imported": "取組の表の取り込み",
        "action.moved": "取組の状態の変更", "action.carried": "取組の引き継ぎ", "action.fated": "取組の終期の扱い",
        "measure.recorded": "指標の記録（自動）",
        "measure.entered": "指標の値の記録", "indicator.taken": "国の指標の取り込み", "loop.observed": "観察", "loop.oriented": "仮説",
        "loop.asked": "決定の求め",
        "loop.decided": "決定", "loop.started": "試行の開始", "loop.measured": "試行の結果", "loop.ended": "ループの終わり",
        "loop.hidden": "ループの公開のしかた", "loop.handed": "ループの担当の変更",
        "body.installed": "会議体の取り込み",
        "body.founded": "会議体の登録", "body.changed": "会議体の修正", "body.appointed": "任命", "body.dismissed": "退任",
        "body.candidate": "立候補・推薦",
        "body.output": "ワーキンググループの成果", "meeting.opened": "会議の予定", "meeting.agenda": "議題の変更",
        "meeting.attended": "出欠の記録", "packet.kept": "会議資料の保存",
        "meeting.minuted": "議事の記録", "meeting.decided": "委員会の決定", "meeting.closed": "議事録の案",
        "meeting.rescheduled": "会議の日時の変更", "meeting.cancelled": "会議の取りやめ", "meeting.reopened": "議事録の差し戻し",
        "meeting.approved": "議事録の承認",
        "meeting.published": "議事録の公開", "errand.given": "やることの割り当て", "errand.accepted": "やることの引き受け",
        "errand.finished": "やることの完了", "errand.handed": "やることの担当課の変更",
        "update.reported": "月の報告", "update.confirmed": "月の報告の確認", "survey.installed": "調査の取り込み",
        "survey.answered": "調査への記入", "survey.due": "調査の締切",
        "survey.closed": "調査の回答済み", "consultation.opened": "意見募集の開始", "consultation.published": "意見募集の結果の公表",
        "opinion.given": "計画の案への意見", "opinion.read": "計画の案への意見を読む", "answer.answered": "意見への考え方",
        "opinion.answered": "意見への考え方",
        "mailbox.set": "お知らせの受け取り方",
    ]

    /// - Parameters:
    ///   - measures: what the other areas count.
    ///   - numbers: what the room of applications counted.
    ///   - publicNumbers: what of it everybody may know.
    ///   - mailer: how mail is sent; nil where none is.
    package init(
        database: Database, vault: Vault, town: Town, staff: StaffDirectory, measures: [Measure], numbers: CaseNumbers,
        publicNumbers: @escaping @Sendable (FiscalYear, Day, Transaction) throws -> PublicNumbers?, voices: VoiceSource,
        mailer: Mailer?, origin: String
    ) {
        (self.database, self.vault, self.town, self.staff, self.origin) = (database, vault, town, staff, origin)
        (caseNumbers, self.publicNumbers, self.voices, self.mailer) = (numbers, publicNumbers, voices, mailer)
        shelf = MeasureShelf(measures)
    }

    package func addRoutes(to site: inout Site) {
        addHomeRoutes(to: &site)
        addLoopRoutes(to: &site)
        addActionRoutes(to: &site)
        addMeasureRoutes(to: &site)
        addBodyRoutes(to: &site)
        addMeetingRoutes(to: &site)
        addUpdateRoutes(to: &site)
        addPlanRoutes(to: &site)
        addSurveyRoutes(to: &site)
        addClosingRoutes(to: &site)
        addConsultationRoutes(to: &site)
        addNoticeRoutes(to: &site)
        addProgressRoutes(to: &site)
    }

    func frame(_ visit: Visit<Officer>) -> Frame { Frame(officer: visit.who, town: town) }

    /// What governance has to do with a procedure: actions it belongs to, loops about it.
    package static func links(of card: Card.ID, in transaction: Transaction) throws -> [(name: String, link: Link)] {
        let actions = try Kept<PlanAction>.list(in: transaction).filter { $0.cards.contains(card) }.map {
            (name: "取組 \($0.number) \($0.title)（\($0.content.state.name)）", link: Link.action($0.id))
        }
        let loops = try Kept<Loop>.list(in: transaction).filter { $0.observation.card == card }.map { loop in
            (name: "OODA \(loop.title)（\(loop.ending?.kind.name ?? loop.content.stage.name)）", link: Link.loop(loop.id))
        }
        return actions + loops
    }

    /// What becomes of voices.
    package static let voiceStories = VoiceStories(
        observe: { ("/desk/loops/new" as Link).asking([("voice", $0)]) },
        became: { voice, transaction in
            try Kept<Loop>.list(in: transaction).filter { $0.observation.reference == "voice:\(voice)" }.map { loop in
                if let ending = loop.ending { return ProgressTexts.voiceEnded.with(ending.kind.name, ending.reason) }
                return loop.trial == nil
                    ? ProgressTexts.voiceWaiting : ProgressTexts.voiceTrying.with(loop.decision?.sentence ?? loop.title)
            }
        })
}
