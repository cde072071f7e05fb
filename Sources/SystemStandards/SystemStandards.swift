package import Core
package import Database
package import Web

/// 情報システムの標準化・共通化. Extracts and their checks, characters, the register of systems, the board of the twenty tasks,
/// who gives what to whom, and the gateway for the town's own systems.
package struct SystemStandards: RoutedFeature {
    let database: Database
    let vault: Vault
    let town: Town
    let staff: StaffDirectory
    let files: FileStore
    /// Looks for viruses in what is sent in; nil where the town has none.
    let scanner: FileScanner?
    /// How other servers are asked.
    let post: OutsidePost
    /// The folder of the installation, where loaded tables lie.
    let data: String
    /// The address of the site, without a slash at its end.
    let origin: String
    let limits = Limits()
    let variants = VariantShelf()

    package static let migrations =
        Extract.migrations + KeptSchema.migrations + Mend.migrations + Worksheet.migrations
        + CharacterDecision.migrations + LedgerEntry.migrations + BusinessState.migrations
        + GatewaySet.migrations + RunReconciliation.migrations + PullSource.migrations

    package let eventNames = [
        "extract.made": "抽出の登録", "extract.sent": "抽出ファイルの受け取り", "extract.checked": "抽出ファイルの検査",
        "extract.failed": "抽出ファイルの検査ができない", "extract.viewed": "検査で見つかった値の閲覧", "extract.taken": "検査の結果の書き出し",
        "extract.mended": "抽出の値の直し", "extract.withdrawn": "抽出の回の取消し", "extract.cleared": "抽出ファイルの消去",
        "extract.reconciled": "抽出の回の突合",
        "source.saved": "取りに行く先の保存", "source.asked": "抽出を取りに行くことの指示", "source.pulled": "抽出を取りに行った結果",
        "source.removed": "取りに行く先の取りやめ",
        "schema.saved": "抽出の定義の保存", "worksheet.handed": "直しの依頼", "worksheet.returned": "直しの依頼への回答",
        "worksheet.closed": "直しの依頼の終了", "character.decided": "文字の決定", "character.reversed": "文字の決定の取消し",
        "character.exported": "文字の決定の書き出し",
        "ledger.saved": "情報システムの帳簿の記入", "ledger.removed": "情報システムの帳簿からの削除", "board.steps": "標準化の手順の記入",
        "board.assigned": "標準化の業務の担当の決定", "board.taken": "標準化の手順の取り込み",
        "gateway.made": "データの窓口の表の登録", "gateway.published": "データの窓口の表の公開", "gateway.client": "受け取るシステムの登録",
        "gateway.agreed": "データの窓口への同意", "gateway.disagreed": "データの窓口への同意の取消し",
        "gateway.revoked": "受け取るシステムの取消し", "gateway.token": "データの窓口のトークン", "gateway.pulled": "データの窓口からの受け取り",
    ]

    package init(
        database: Database, vault: Vault, town: Town, staff: StaffDirectory, files: FileStore, scanner: FileScanner?,
        post: OutsidePost, data: String, origin: String
    ) {
        self.post = post
        (self.database, self.vault, self.town, self.staff) = (database, vault, town, staff)
        (self.files, self.scanner, self.data, self.origin) = (files, scanner, data, origin)
    }

    package var jobs: [JobHandler] { [checking, clearing, reconciling, pulling] }

    /// The names of everything in the store that rows of this room name.
    package static func contents(in transaction: Transaction) throws -> Set<String> {
        try ExtractRun.contents(in: transaction).union(CharacterDecision.contents(in: transaction))
            .union(GatewaySet.contents(in: transaction)).union(RunReconciliation.contents(in: transaction))
    }

    /// The names of the systems that pull tables, by the ids that the trail has.
    package static func clientNames(in transaction: Transaction) throws -> [String: String] {
        try GatewayClient.names(in: transaction)
    }

    package func addRoutes(to site: inout Site) {
        addExtractRoutes(to: &site)
        addRunRoutes(to: &site)
        addFindingRoutes(to: &site)
        addReconcileRoutes(to: &site)
        addSourceRoutes(to: &site)
        addWorksheetRoutes(to: &site)
        addSchemaRoutes(to: &site)
        addCharacterRoutes(to: &site)
        addSystemRoutes(to: &site)
        addLedgerRoutes(to: &site)
        addBoardRoutes(to: &site)
        addGatewayRoutes(to: &site)
        addPullRoutes(to: &site)
    }

    /// What is slowed down where somebody tries too often.
    struct Limits: Sendable {
        /// Files that one officer sends in.
        let uploads = RateLimit(60, perSeconds: 600)
        /// Credentials that are wrong, from one address.
        let secrets = RateLimit(30, perSeconds: 600)
        /// Tables that one system pulls.
        let pulls = RateLimit(120, perSeconds: 60)
    }
}
