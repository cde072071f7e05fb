import Core

/// The service catalogue's names for situations.
///
/// Source: デジタル庁 DS-491-1 コード サービスカタログ (2022-03-31), JDA-DM/GIF, CC0.
enum CatalogueCodes {
    /// ライフイベント and 日常, as the code list writes them.
    static func name(_ event: LifeEvent) -> String {
        event == .register ? "戸籍・住民票・印鑑登録（など）" : event.name[.ja]
    }

    static func event(_ name: String) -> LifeEvent? {
        LifeEvent.allCases.first { self.name($0) == name || $0.name[.ja] == name }
    }

    /// Situations of the code list that the finder has no place for.
    static let others = ["駐輪・駐車", "都市計画", "食品・衛生", "障がい者支援", "消費生活", "防犯", "救急・消防"]

    /// サービス種別.
    static let kinds = ["届出", "手当・助成金", "支援サービス", "教室・講習会", "イベント", "相談", "施設", "情報提供", "お知らせ"]

    /// お困りごと.
    static let troubles = ["住まい", "仕事", "医療福祉", "子育て・教育", "お金", "その他暮らしに関すること"]
}
