package import Core

/// The words of the procedures' pages.
package enum RegisterTexts {
    static let title = Text("オンライン手続", easy: "インターネットの {手続|てつづ}き", en: "Online procedures")
    static let lead = Text(
        "役場の手続きを、スマートフォンやパソコンからどうぞ。アカウントは要りません。",
        easy: "{役場|やくば}の {手続|てつづ}きが できます。{登録|とうろく}は いりません。",
        en: "Do town hall business from your phone or computer. No account needed.")
    package static let home = Text("手続きの入口", easy: "{最初|さいしょ}の ページ", en: "Start page")

    // いますぐ・印刷・窓口
    static let now = Text("いますぐ申請する", easy: "いま すぐ {申請|しんせい}する", en: "Apply now")
    static let start = Text("オンラインで申請する", easy: "インターネットで {申請|しんせい}する", en: "Apply online")
    static let startForAnother = Text(
        "ほかの人の代わりに申請する", easy: "ほかの {人|ひと}の {代|か}わりに {申請|しんせい}する", en: "Apply for somebody else")
    static let minutes = Text(
        "入力の目安: 約%1分。途中で保存できます。", easy: "%1{分|ぷん}くらい かかります。とちゅうで やめても、{残|のこ}ります。",
        en: "Takes about %1 minutes. You can save and come back.")
    static let portal = Text("%1で申請する", easy: "%1で {申請|しんせい}する", en: "Apply in %1")
    static let portalHow = Text(
        "このサイトの外のページが開きます。", easy: "ほかの ページが ひらきます。", en: "Opens a page outside of this site.")
    static let noOnline = Text(
        "このサイトでは、まだ受け付けていません。", easy: "この ページでは、まだ できません。",
        en: "This procedure is not available on this site yet.")
    static let onlineSomewhere = Text(
        "オンラインの入口は、このサイトの外にあります。担当にお問い合わせください。",
        easy: "インターネットで できます。やりかたは {役場|やくば}に {聞|き}いて ください。",
        en: "It is done online, but not on this site. Please ask the section in charge where.")
    static let printing = Text("紙に印刷して出す", easy: "{紙|かみ}に {印刷|いんさつ}する", en: "Print it on paper")
    static let paperForm = Text(
        "紙の申請書を印刷する（PDF）", easy: "{紙|かみ}の {申請書|しんせいしょ}（PDF）", en: "Print the paper form (PDF, in Japanese)")
    static let paperFormHow = Text(
        "手で書いて、窓口へお持ちください。", easy: "{手|て}で {書|か}いて、{窓口|まどぐち}に {出|だ}して ください。",
        en: "Fill it in by hand and bring it to the counter.")
    static let visiting = Text("窓口で申請する", easy: "{窓口|まどぐち}で {申請|しんせい}する", en: "Come to the counter")
    static let asking = Text("電話で聞く", easy: "{電話|でんわ}で {聞|き}く", en: "Ask by telephone")
    static let counter = Text(
        "職員が入力をお手伝いします。スマートフォンやパソコンは要りません。",
        easy: "{職員|しょくいん}が {手伝|てつだ}います。スマートフォンは いりません。",
        en: "Our staff will help you. You need no device.")

    // 分かっていること
    static let facts = Text("この手続きのこと", easy: "この {手続|てつづ}きの こと", en: "About this procedure")
    static let really = Text("実際にかかった日数", easy: "ほんとうに かかった {日|ひ}", en: "Time it really took")
    static let measured = Text(
        "最近の申請では、半分の方に%1日以内、10人のうち9人に%2日以内でお答えしています（直近180日に決定した%3件）。",
        easy: "{半分|はんぶん}の {人|ひと}は %1{日|にち}、10{人|にん}の うち 9{人|にん}は %2{日|にち}で {答|こた}えが {来|き}ました。",
        en:
            "Recently, half of the applicants had our answer within %1 days, nine of ten within %2 days (%3 decisions in 180 days)."
    )
    static let processing = Text("標準処理期間", easy: "かかる {日|ひ}", en: "Usual time")
    static let processingDays = Text(
        "受け付けてから%1開庁日以内（土日・祝日・年末年始を除きます）",
        easy: "{受|う}け{取|と}ってから %1{日|にち}（{土日|どにち}・{休|やす}みの {日|ひ}は {数|かぞ}えません）",
        en: "Within %1 working days after we take it in")
    static let visits = Text("来庁の回数", easy: "{役場|やくば}に {来|く}る {回数|かいすう}", en: "Visits to the town hall")
    static let noVisit = Text(
        "役場に来ていただく必要はありません。", easy: "{役場|やくば}に {来|こ}なくて いいです。", en: "You do not need to come to the town hall.")
    static let visitCount = Text("%1回", easy: "%1{回|かい}", en: "%1")
    static let source = Text("出典: %1", easy: "（%1）", en: "Source: %1")
    static let fee = Text("手数料", easy: "お{金|かね}", en: "Fee")
    static let bring = Text("用意するもの", easy: "いるもの", en: "What you need")
    static let papers = Text("添付する書類", easy: "いる {書類|しょるい}", en: "Papers we ask for")
    static let audience = Text("対象になる方", easy: "だれの {手続|てつづ}き？", en: "Who it is for")
    static let deadline = Text("いつまでに", easy: "いつまで？", en: "Deadline")
    static let result = Text("申請したあと", easy: "{申請|しんせい}の あと", en: "What happens next")
    static let places = Text("できる場所", easy: "どこで できる？", en: "Where you can do it")
    static let basis = Text("根拠となる法令", easy: "{法律|ほうりつ}", en: "Legal basis")
    static let notYetKnown = Text(
        "%1は、まだここに載せていません。担当にお電話ください。",
        easy: "%1は、まだ わかりません。{役場|やくば}に {電話|でんわ}して ください。",
        en: "Not stated here yet: %1. Please call the section in charge.")
    static let data = Text("このページの内容をデータで使う（JSON-LD）", easy: "データ（JSON-LD）", en: "This page as data (JSON-LD)")
}
