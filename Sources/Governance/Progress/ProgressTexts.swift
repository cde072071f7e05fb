import Core

/// The words of the public progress page.
enum ProgressTexts {
    static let title = Text("DXの進み具合", easy: "デジタルの {進|すす}みぐあい", en: "How the town's DX is coming along")
    static let lead = Text(
        "町のDX推進計画が、どこまで進んだかのページです。「ある」ことより先に、「使われている」ことを見せます。",
        easy: "{町|まち}の デジタルの {計画|けいかく}が、どこまで {進|すす}んだかを {見|み}せます。",
        en: "How far the town's DX plan has come. What is used comes first, before what merely exists.")
    static let use = Text("使われているか", easy: "{使|つか}われて いるか", en: "Is it used?")
    static let useLead = Text(
        "%1に町に届いた申請のうち、オンラインで届いた割合です。",
        easy: "%1に {来|き}た {申請|しんせい}の うち、インターネットで {来|き}た わりあいです。",
        en: "The share of applications in %1 that came online.")
    static let published = Text(
        "国が公表した、この町のオンライン申請率（%1の実績）", easy: "{国|くに}が {発表|はっぴょう}した {数|かず}（%1）",
        en: "Online shares of the town as published by the nation (%1)")
    static let nation = Text("全国の真ん中", easy: "{日本|にほん}の {真|ま}ん{中|なか}", en: "National median")
    static let through = Text("%1末までを数えています。", easy: "%1までを {数|かぞ}えました。", en: "Counted up to the end of %1.")
    static let procedure = Text("手続き", easy: "{手続|てつづ}き", en: "Procedure")
    static let share = Text("オンライン率", easy: "インターネットの わりあい", en: "Online share")
    static let sent = Text("申請の件数", easy: "{申請|しんせい}の {数|かず}", en: "Applications")
    static let hidden = Text("少ないため非公表", easy: "{少|すく}ないので {書|か}きません", en: "Too few to show")
    static let nothingYet = Text("まだ数字がありません。", easy: "まだ {数|かず}が ありません。", en: "There are no numbers yet.")
    static let items = Text("8つの重点取組", easy: "8つの {大切|たいせつ}な こと", en: "The eight priority items")
    static let itemsCount = Text("重点取組", easy: "{大切|たいせつ}な こと", en: "The priority items")
    static let unknown = Text("まだ数えられません", easy: "まだ わかりません", en: "Not counted yet")
    static let tried = Text("試したこと、やめたこと", easy: "やって みた こと", en: "What was tried, and what was stopped")
    static let triedLead = Text(
        "うまくいかずにやめたことも、同じように載せます。", easy: "やめた ことも {書|か}きます。",
        en: "What was stopped stands here as well.")
    static let adopted = Text("取り入れました", easy: "これからも します", en: "Adopted")
    static let adapted = Text("直して続けます", easy: "{直|なお}して つづけます", en: "Adapted")
    static let stopped = Text("やめました", easy: "やめました", en: "Stopped")
    static let trying = Text("いま試しています", easy: "{今|いま} やって います", en: "Being tried now")
    static let expected = Text("見込み", easy: "めあて", en: "Expected")
    static let found = Text("結果", easy: "けっか", en: "Result")
    static let voices = Text("声から始まったこと", easy: "{町|まち}の {人|ひと}の {声|こえ}から はじまった こと", en: "What voices set off")
    static let voicesLead = Text(
        "ページの下の「役に立ちましたか」に寄せられた声が、どうなったかです。",
        easy: "みなさんの {声|こえ}が どう なったかを {書|か}きます。",
        en: "What became of the voices left at the foot of our pages.")
    static let received = Text(
        "%1件の声をいただき、%2件から取り組みを始めました。", easy: "%1の {声|こえ}から、%2の ことを はじめました。",
        en: "We received %1 voices and began something from %2 of them.")
    static let levels = Text("手続きの段階", easy: "{手続|てつづ}きの {段階|だんかい}", en: "The level of every procedure")
    static let levelsLead = Text(
        "L0（来て、書いて、押印する）からL5（町のほうから届ける）まで。段階は事実から計算され、手では決められません。",
        easy: "L0から L5まで あります。{数字|すうじ}が {大|おお}きいほど {便利|べんり}です。",
        en: "From L0 (come, write, stamp) to L5 (the town comes to you), computed from evidence and never typed in.")
    static let allLevels = Text(
        "%1の手続きの全部を見る", easy: "%1の {手続|てつづ}きを ぜんぶ {見|み}る", en: "See all %1 procedures")
    static let level = Text("段階", easy: "{段階|だんかい}", en: "Level")
    static let next = Text("次の段階に要ること", easy: "つぎに いること", en: "What the next level needs")
    static let notComputed = Text("未計算", easy: "まだ", en: "Not computed")
    static let meetings = Text("委員会の記録", easy: "{会議|かいぎ}の {記録|きろく}", en: "What the committee decided")
    static let data = Text("データで保存する", easy: "データで とって おく", en: "Take it as data")
    static let json = Text("全部をJSONで", easy: "ぜんぶ（JSON）", en: "All as JSON")
    static let csvUse = Text("オンラインの利用をCSVで", easy: "インターネットで {出|だ}した {数|かず}（CSV）", en: "Online use as CSV")
    static let csvActions = Text("取組とKPIをCSVで", easy: "{町|まち}が する こと（CSV）", en: "Actions and KPIs as CSV")
    static let csvPublished = Text(
        "国が公表した値をCSVで", easy: "{国|くに}の {数|かず}（CSV）", en: "What the nation published as CSV")
    static let csvLevels = Text("手続きの段階をCSVで", easy: "{段階|だんかい}（CSV）", en: "Levels as CSV")
    static let csvTried = Text("試したことをCSVで", easy: "やって みた こと（CSV）", en: "Trials as CSV")
    static let csvMeasures = Text("指標をCSVで", easy: "{数|かず}（CSV）", en: "Measures as CSV")
    static let pdf = Text("このページをPDFで", easy: "PDFで とって おく", en: "This page as PDF")
    static let plan = Text("計画を読む", easy: "{計画|けいかく}を {読|よ}む", en: "Read the plan")
    static let screen = Text("庁舎のモニターに映す", easy: "{大|おお}きな {画面|がめん}に {出|だ}す", en: "Show on a screen in the hall")
    static let asOf = Text("%1現在", easy: "%1", en: "As of %1")
    static let hiddenItem = Text("この議題は公開しません: %1", easy: "この ことは {書|か}きません：%1", en: "This item is not published: %1")
    static let decision = Text("決定", easy: "{決|き}まった こと", en: "Decision")
    static let attended = Text("出席 %1人", easy: "%1{人|にん}が {来|き}ました", en: "%1 were present")
    static let none = Text("まだありません。", easy: "まだ ありません。", en: "None yet.")
    static let count = Text("%1の手続き", easy: "%1の {手続|てつづ}き", en: "%1 procedures")
    static let voiceWaiting = Text(
        "この声から、町の職員が調べはじめました。", easy: "{町|まち}の {人|ひと}が {調|しら}べはじめました。", en: "Staff have begun to look into this.")
    static let voiceTrying = Text("この声から、試しはじめました: %1", easy: "やって みて います：%1", en: "Something is being tried: %1")
    static let voiceEnded = Text(
        "この声から始めたことが終わりました（%1）: %2", easy: "おわりました（%1）：%2", en: "What began with this voice has ended (%1): %2")
}
