/// 行政手続等の棚卸調査（令和7年度）: its questions in the order of the national file, with their codes.
///
/// Source: デジタル庁 行政手続等の棚卸調査結果（令和7年度）, 調査時点 2025-11-01, 公表 2026-08-26,
/// https://www.digital.go.jp/resources/procedures-survey-results; names and codes as in
/// digital-go-jp/administrative-procedures-mcp, `datasets/procedures-survey-r7/dataset.yaml` (MIT). Counts are those of the fiscal year before.
extension Survey {
    static let r7Questions = identity + online + attachments

    private static let bodies = [
        "1 国",
        "2 独立行政法人等",
        "3 地方等",
        "4-1 国又は独立行政法人等",
        "4-2 独立行政法人等又は地方等",
        "4-3 国又は地方等",
        "4-4 国、独立行政法人等又は地方等",
        "5 国民等",
        "6 民間事業者等",
        "7 国民等、民間事業者等",
    ]

    /// What it is, whose it is, and by which law.
    private static let identity: [Question] = [
        Question("手続ID", .words),
        Question("所管府省庁", .words),
        Question("手続名", .words),
        Question("法令名", .words),
        Question("根拠条項号", .words),
        Question("関連条項号", .words),
        Question("関連する根拠法令", .words),
        Question(
            "手続類型",
            .one([
                "1 申請等",
                "2-1 申請等に基づく処分通知等",
                "2-2 申請等に基づかない処分通知等",
                "2-3 交付等（民間手続）",
                "3 縦覧等",
                "4 作成・保存等",
            ])),
        Question("手続主体", .one(bodies)),
        Question("手続の受け手", .one(bodies)),
        Question("手続(類型、主体、受け手等)に関する補足", .words),
        Question("経由機関", .one(bodies)),
        Question("独立行政法人等の名称", .words),
        Question(
            "事務区分",
            .one([
                "1 自治事務",
                "2 第1号法定受託事務",
                "3 第2号法定受託事務",
                "4 地方の事務でない",
            ])),
        Question("府省共通手続", .words),
        Question("実施府省庁", .words),
        Question("実施府省庁(府省共通手続)", .words),
    ]

    /// Whether it is online, how it is paid, how long it takes, and how often it is done.
    private static let online: [Question] = [
        Question(
            "オンライン化の実施状況",
            .one([
                "1 実施済",
                "2 未実施",
                "3 適用除外",
                "4 その他",
            ])),
        Question(
            "オンライン化の実施予定及び検討時の懸念点",
            .one([
                "0 オンライン化実施予定",
                "1 制度改正が必要であり、制度改正のための時間確保が困難",
                "2 制度改正が必要であり、制度改正の業務上の優先順位が高くない",
                "3 電子化に必要なシステムが省庁内に備わっていない",
                "4 一部の必要書類の原本が紙であり、電子化してもオンライン処理が完結しない",
                "5 性質上、電子化すべきでない",
                "6 オンライン化の費用対効果が小さい又は不明",
                "7 上記に該当しない（理由を記載）",
            ])),
        Question("オンライン化の実施状況に関する補足", .words),
        Question(
            "オンライン化実施時期",
            .one([
                "1 2024年度",
                "2 2025年度",
                "3 2026年度",
                "4 2027年度",
                "5 2028年度",
                "6 2029年度",
                "7 2030年度以降",
            ])),
        Question(
            "申請等における本人確認手法",
            .one([
                "1 押印＋印鑑証明",
                "2 押印",
                "3 署名",
                "4 本人確認書類の提示・提出",
                "5 その他",
                "6 本人確認不要",
            ])),
        Question(
            "手数料等の納付有無",
            .one([
                "1 手数料等無し",
                "2 手数料等有り",
            ])),
        Question(
            "手数料等の納付方法",
            .several([
                "1-1 行政機関の窓口",
                "1-2 銀行の窓口",
                "1-3 ペイジー(ATM)",
                "1-4 コンビニ等代理施設",
                "1-5 その他オフライン",
                "2-1 ペイジー(ネットバンキング)",
                "2-2 ペイジー(ダイレクト方式)",
                "2-3 クレジットカード払い",
                "2-4 二次元コード決済",
                "2-5 インターネットバンキング",
                "2-6 その他オンライン",
            ])),
        Question("手数料等に関する補足", .words),
        Question(
            "手数料等のオンライン納付時の優遇措置",
            .one([
                "1 減免措置有り",
                "2 減免措置無し",
            ])),
        Question("処理期間(オンライン)", .words),
        Question("処理期間(非オンライン)", .words),
        Question("情報システム(申請)", .words),
        Question("情報システム（申請）複数ある場合", .words),
        Question("情報システム(事務処理)", .words),
        Question("総手続件数", .count),
        Question("オンライン手続件数", .count),
        Question("非オンライン手続件数", .count),
    ]

    /// What has to be written and attached, when it is done, and by whose help.
    private static let attachments: [Question] = [
        Question(
            "申請書等に記載させる情報",
            .several([
                "マイナンバー",
                "法人番号",
                "健康保険適用事業所番号",
                "労働保険適用事業所番号",
                "雇用保険適用事業所番号",
                "本店又は主たる事務所の所在地",
                "商号又は名称",
                "役員氏名（代表者含む）",
                "代表者住所",
                "資本金",
                "その他の情報",
            ])),
        Question(
            "申請時に添付させる書類",
            .several([
                "住民票",
                "戸籍",
                "登記事項証明書（商業）",
                "登記事項証明書（不動産）",
                "印鑑登録証明書（個人）",
                "印鑑登録証明書（法人）",
                "所得証明書・納税証明書",
                "健康保険及び厚生年金保険の納入証明書",
                "定款",
                "決算書",
                "社員名簿",
                "営業許可証（食品衛生法、建設業等）",
                "資格証明書（くるみん認定等）",
                "その他の添付書類",
                "添付書類なし",
            ])),
        Question(
            "添付書類等提出の撤廃/省略状況",
            .several([
                "1 撤廃・省略済",
                "2 撤廃・省略予定",
                "3 撤廃・省略不可",
                "4 その他",
            ])),
        Question(
            "添付書類等の提出方法",
            .several([
                "0 電子・原紙を選択可能",
                "1 電子での提出のみ",
                "2 原紙での提出のみ",
                "3 一部電子、一部原紙での提出",
                "4 その他",
            ])),
        Question(
            "添付書類等への電子署名",
            .several([
                "1 電子署名は必要ない",
                "2 一部の書類で電子署名が必要",
                "3 全ての書類で電子署名が必要",
            ])),
        Question(
            "添付形式等が定められた規定",
            .one([
                "0 規定はない",
                "1 法令の規定",
                "2 告示等の規定",
                "3 システムの仕様",
                "4 その他",
            ])),
        Question("添付書類等に関する補足", .words),
        Question(
            "手続が行われるイベント(個人)",
            .several([
                "妊娠",
                "出生・こども",
                "引越し",
                "就職・転職",
                "結婚・離婚",
                "自動車の購入・保有",
                "住宅の購入・保有",
                "介護",
                "医療・健康",
                "税金",
                "年金の受給",
                "死亡・相続",
                "その他イベント(個人)",
                "その他(個人も法人にもあてはまらない)",
            ])),
        Question(
            "手続が行われるイベント(法人)",
            .several([
                "法人の設立",
                "法人の情報変更・役員変更",
                "職員の採用・退職",
                "入札・契約",
                "事務所の新設・移転",
                "新しい事業の開始",
                "法人の合併・分割",
                "法人の承継・廃業",
                "定期的な報告等",
                "作業ごとの報告等",
                "その他イベント(法人)",
                "その他(個人も法人にもあてはまらない)",
            ])),
        Question(
            "申請に関連する士業",
            .several([
                "士業が介在しない",
                "弁護士",
                "行政書士",
                "税理士",
                "社会保険労務士",
                "弁理士",
                "海事代理士",
                "司法書士",
                "医療系職種",
                "公認会計士",
                "土地家屋調査士",
                "中小企業診断士",
                "その他",
            ])),
        Question("申請を提出する機関", .words),
        Question("士業、機関に関する補足", .words),
    ]
}
