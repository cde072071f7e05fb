/// The books of this room.
extension Book {
    static let all = [systems, contracts, linkages, fitGaps, costs, rehearsals, acceptances]

    static func find(_ id: String) -> Book? { all.first { $0.id == id } }

    /// 情報システム.
    static let systems = Book(
        id: "systems", title: "情報システム", parent: nil,
        fields: [
            Field("name", "名前", .words(80), required: true),
            Field(
                "kind", "種類",
                .choice([
                    .init(id: "standard", name: "標準準拠システム"), .init(id: "local", name: "独自施策システム"),
                    .init(id: "other", name: "そのほか"),
                ]), required: true),
            Field("business", "標準化対象事務", .business, hint: "20業務のシステムなら選びます。"),
            Field("section", "担当課", .section, required: true),
            Field("vendor", "事業者", .words(80)),
            Field(
                "place", "動いている場所",
                .choice([
                    .init(id: "government-cloud", name: "ガバメントクラウド"), .init(id: "cloud", name: "ほかのクラウド"),
                    .init(id: "centre", name: "共同のデータセンター"), .init(id: "hall", name: "庁内"),
                ])),
            Field("version", "標準仕様書の版", .words(40), hint: "例: 住民記録システム標準仕様書 第6.1版"),
            Field("code", "業務システムID", .words(40), hint: "連携のスコープに使う番号。分かる場合だけ。"),
            Field("since", "使い始め", .day),
            Field("until", "使い終わり", .day),
            Field("cards", "手続・業務カード", .cards),
            Field("note", "備考", .words(400)),
        ])

    /// 契約.
    static let contracts = Book(
        id: "contracts", title: "契約", parent: "systems",
        fields: [
            Field("name", "契約の名前", .words(80), required: true),
            Field("partner", "相手方", .words(80), required: true),
            Field("from", "始まり", .day, required: true),
            Field("until", "終わり", .day, required: true),
            Field("notice", "更新を決める日", .day, hint: "この日までに、続けるかやめるかを決めます。"),
            Field("yen", "年額（税込み）", .yen),
            Field("note", "備考", .words(400)),
        ])

    /// 庁内データ連携. Two ways only, as 共通機能標準仕様書 2.7 has them; what goes by hand is told as what it is.
    static let linkages = Book(
        id: "linkages", title: "データ連携", parent: nil,
        fields: [
            Field("name", "渡すデータ", .words(80), required: true),
            Field("from", "渡すシステム", .system, required: true),
            Field("to", "受け取るシステム", .system, required: true),
            Field(
                "way", "方式",
                .choice([
                    .init(id: "rest", name: "REST（受け手が取りに行く、OAuth 2.0 クライアントクレデンシャル）"),
                    .init(id: "file", name: "ファイル（オブジェクトストレージのCSV）"),
                    .init(id: "hand", name: "手作業（媒体や入力し直し）"),
                ]), required: true),
            Field("scope", "スコープ", .words(120), hint: "業務システムID:リソース名:操作名"),
            Field("address", "アドレス", .address, hint: "RESTのリソースか、ファイルの置き場。"),
            Field("items", "項目", .words(400), hint: "基本データリストの項目名など。"),
            Field(
                "frequency", "頻度",
                .choice([
                    .init(id: "each", name: "そのつど"), .init(id: "daily", name: "毎日"),
                    .init(id: "weekly", name: "毎週"), .init(id: "monthly", name: "毎月"),
                    .init(id: "yearly", name: "毎年"),
                ])),
            Field("basis", "根拠", .words(200), hint: "番号法別表、条例、要綱など。"),
            Field(
                "state", "状態",
                .choice([
                    .init(id: "planned", name: "準備中"), .init(id: "running", name: "動いている"),
                    .init(id: "stopped", name: "止めた"),
                ]), required: true),
            Field("cards", "手続・業務カード", .cards),
            Field("note", "備考", .words(400)),
        ])

    /// Fit & Gap. The three sorts of requirement are those of the standard's specifications.
    static let fitGaps = Book(
        id: "fit-gaps", title: "Fit & Gap", parent: "business",
        fields: [
            Field("name", "要件", .words(200), required: true),
            Field("number", "機能ID", .words(40)),
            Field(
                "kind", "要件の種類",
                .choice([
                    .init(id: "must", name: "実装必須機能"), .init(id: "never", name: "実装不可機能"),
                    .init(id: "option", name: "標準オプション機能"),
                ])),
            Field(
                "verdict", "判定",
                .choice([
                    .init(id: "fit", name: "合う"), .init(id: "gap", name: "合わない"), .init(id: "unneeded", name: "使わない"),
                    .init(id: "open", name: "まだ分からない"),
                ]), required: true),
            Field(
                "measure", "対応",
                .choice([
                    .init(id: "work", name: "業務のやり方を変える"), .init(id: "option", name: "標準オプションを使う"),
                    .init(id: "side", name: "独自施策システムで行う"), .init(id: "ask", name: "国に意見を出す"),
                    .init(id: "none", name: "対応しない"),
                ])),
            Field("section", "担当課", .section),
            Field("due", "期限", .day),
            Field("done", "終わった日", .day),
            Field("note", "備考", .words(400)),
        ])

    /// 運用経費, before and after the move.
    static let costs = Book(
        id: "costs", title: "運用経費", parent: "business",
        fields: [
            Field("name", "費目", .words(80), required: true),
            Field(
                "phase", "移行の前と後",
                .choice([.init(id: "before", name: "移行前"), .init(id: "after", name: "移行後")]), required: true),
            Field("yen", "年額（税込み）", .yen, required: true),
            Field("year", "年度", .count, hint: "西暦。例: 2026"),
            Field("source", "資料", .words(200), hint: "契約書、見積書、決算書など。"),
        ])

    /// 移行リハーサル.
    static let rehearsals = Book(
        id: "rehearsals", title: "移行リハーサル", parent: "business",
        fields: [
            Field("name", "何回目か", .words(40), required: true),
            Field("on", "行った日", .day, required: true),
            Field("old", "移行前の件数", .count),
            Field("new", "移行後の件数", .count),
            Field("differences", "説明のつかない差", .count),
            Field(
                "result", "結果",
                .choice([
                    .init(id: "passed", name: "合格"), .init(id: "conditional", name: "条件付き"),
                    .init(id: "failed", name: "やり直し"),
                ]), required: true),
            Field("note", "分かったこと", .words(400)),
        ])

    /// 検収.
    static let acceptances = Book(
        id: "acceptances", title: "検収", parent: "business",
        fields: [
            Field("name", "検収したもの", .words(80), required: true),
            Field("on", "検収した日", .day, required: true),
            Field("section", "検収した課", .section, required: true),
            Field(
                "result", "判定",
                .choice([
                    .init(id: "passed", name: "合格"), .init(id: "conditional", name: "条件付き"),
                    .init(id: "failed", name: "不合格"),
                ]), required: true),
            Field("evidence", "確かめた資料", .words(200), hint: "突合の検収票、検査の回など。"),
            Field("note", "残った課題", .words(400)),
        ])
}
