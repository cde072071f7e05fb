import Core

/// The words of the finder and of the procedures' pages.
enum RegisterTexts {
    static let title = Text("オンライン手続", easy: "インターネットの {手続|てつづ}き", en: "Online procedures")
    static let lead = Text(
        "役場の手続きを、スマートフォンやパソコンからどうぞ。アカウントは要りません。",
        easy: "{役場|やくば}の {手続|てつづ}きが できます。{登録|とうろく}は いりません。",
        en: "Do town hall business from your phone or computer. No account needed.")
    static let search = Text("手続きをさがす", easy: "{手続|てつづ}きを さがす", en: "Find a procedure")
    static let searchHint = Text(
        "例: 犬、引っ越し、すいどう", easy: "たとえば：{犬|いぬ}、{引|ひ}っこし、{水道|すいどう}", en: "For example: dog, moving, water")
    static let searchButton = Text("さがす", easy: "さがす", en: "Search")
    static let byEvent = Text("くらしの場面からさがす", easy: "こんな とき", en: "By situation")
    static let all = Text("すべての手続き", easy: "ぜんぶの {手続|てつづ}き", en: "All procedures")
    static let resume = Text(
        "続きから入力する・状況を確かめる", easy: "{続|つづ}きを する・どうなったか {見|み}る", en: "Continue, or check the status of your application")
    static let resumeHow = Text(
        "申請の確認コードをお手元にご用意ください。", easy: "{確認|かくにん}コードを {使|つか}います。",
        en: "Have the code of your application at hand.")
    static let found = Text("「%1」の手続き", easy: "「%1」の {手続|てつづ}き", en: "Procedures for “%1”")
    static let nothing = Text(
        "見つかりませんでした。短い言葉や、ひらがなでもさがせます。お電話でもお答えします。",
        easy: "ありませんでした。{短|みじか}い ことばで さがしてください。{電話|でんわ}で {聞|き}くことも できます。",
        en: "Nothing was found. Try a shorter word, or give us a call.")
    static let canOnline = Text("オンライン申請できます", easy: "インターネットで できます", en: "Can be done online")
    static let startForAnother = Text(
        "ほかの人の代わりに申請する", easy: "ほかの {人|ひと}の {代|か}わりに {申請|しんせい}する", en: "Apply for somebody else")
    static let paperForm = Text(
        "紙の申請書を印刷する（PDF）", easy: "{紙|かみ}の {申請書|しんせいしょ}（PDF）", en: "Print the paper form (PDF, in Japanese)")
    static let start = Text("オンラインで申請する", easy: "インターネットで {申請|しんせい}する", en: "Apply online")
    static let minutes = Text(
        "入力の目安: 約%1分。途中で保存できます。", easy: "%1{分|ぷん}くらい かかります。とちゅうで やめても、{残|のこ}ります。",
        en: "Takes about %1 minutes. You can save and come back.")
    static let noOnline = Text(
        "このサイトでは、まだ受け付けていません。", easy: "この ページでは、まだ できません。",
        en: "This procedure is not available on this site yet.")
    static let audience = Text("対象になる方", easy: "だれの {手続|てつづ}き？", en: "Who it is for")
    static let deadline = Text("いつまでに", easy: "いつまで？", en: "Deadline")
    static let bring = Text("用意するもの", easy: "いるもの", en: "What you need")
    static let fee = Text("手数料", easy: "お{金|かね}", en: "Fee")
    static let result = Text("申請したあと", easy: "{申請|しんせい}の あと", en: "What happens next")
    static let processing = Text("標準処理期間", easy: "かかる {日|ひ}", en: "Usual time")
    static let processingDays = Text(
        "受け付けてから%1開庁日以内（土日・祝日・年末年始を除きます）",
        easy: "{受|う}け{取|と}ってから %1{日|にち}（{土日|どにち}・{休|やす}みの {日|ひ}は {数|かぞ}えません）",
        en: "Within %1 working days after we take it in")
    static let withoutDevice = Text(
        "オンラインを使わない場合", easy: "インターネットを {使|つか}わない {人|ひと}", en: "Without the internet")
    static let section = Text("担当", easy: "{聞|き}くところ", en: "In charge")
    static let basis = Text("根拠となる法令", easy: "{法律|ほうりつ}", en: "Legal basis")
    static let channels = Text("受付方法", easy: "どこで できる？", en: "Where you can do it")
    static let unknown = Text("担当へお問い合わせください", easy: "{役場|やくば}に {聞|き}いてください", en: "Please ask the section in charge")
    static let sample = Text("サンプル", easy: "サンプル（{見本|みほん}）", en: "Sample")
    static let back = Text("手続きの一覧", easy: "{手続|てつづ}きの {一覧|いちらん}", en: "All procedures")
    static let measured = Text(
        "最近の申請では、半分の方に%1日以内、10人のうち9人に%2日以内でお答えしています（直近180日に決定した%3件）。",
        easy: "{半分|はんぶん}の {人|ひと}は %1{日|にち}、10{人|にん}の うち 9{人|にん}は %2{日|にち}で {答|こた}えが {来|き}ました。",
        en:
            "Recently, half of the applicants had our answer within %1 days, nine of ten within %2 days (%3 decisions in 180 days)."
    )
    static let really = Text("実際にかかった日数", easy: "ほんとうに かかった {日|ひ}", en: "Time it really took")
    static let papers = Text("添付する書類", easy: "いる {書類|しょるい}", en: "Papers we ask for")
    static let papersGone = Text("いらなくなった書類", easy: "もう いらない {書類|しょるい}", en: "Papers we no longer ask for")
    static let papersTitle = Text("添付書類の見直し", easy: "{書類|しょるい}を へらして います", en: "Fewer papers")
    static let papersCount = Text(
        "オンラインの手続きで、これまでに%1種類の書類がいらなくなりました。", easy: "%1つの {書類|しょるい}が いらなく なりました。",
        en: "So far, %1 papers are no longer asked for in online procedures.")
    static let procedure = Text("手続き", easy: "{手続|てつづ}き", en: "Procedure")
}
