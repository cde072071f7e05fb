import Core

/// The words of the finder.
enum FinderTexts {
    static let title = Text("手続きをさがす", easy: "{手続|てつづ}きを さがす", en: "Find a procedure")
    static let hint = Text(
        "例: 犬、引っ越し、すいどう", easy: "たとえば：{犬|いぬ}、{引|ひ}っこし、{水道|すいどう}", en: "For example: dog, moving, water")
    static let button = Text("さがす", easy: "さがす", en: "Search")
    static let byEvent = Text("くらしの場面からさがす", easy: "こんな とき", en: "By situation")
    static let all = Text("すべての手続き", easy: "ぜんぶの {手続|てつづ}き", en: "All procedures")
    static let other = Text("そのほかの手続き", easy: "ほかの {手続|てつづ}き", en: "Other")
    static let readyNow = Text(
        "いますぐ申請できる手続き", easy: "いま すぐ できる {手続|てつづ}き", en: "What you can do right now")
    static let allOnline = Text(
        "オンラインでできる手続きをすべて見る（%1）", easy: "インターネットで できる {手続|てつづ}きを ぜんぶ {見|み}る（%1）",
        en: "Everything that can be done online (%1)")
    static let everything = Text(
        "すべての手続きを見る（%1）", easy: "ぜんぶの {手続|てつづ}きを {見|み}る（%1）", en: "All procedures (%1)")
    static let resume = Text(
        "続きから入力する・状況を確かめる", easy: "{続|つづ}きを する・どうなったか {見|み}る", en: "Continue, or check the status of your application")
    static let resumeHow = Text(
        "申請の確認コードをお手元にご用意ください。", easy: "{確認|かくにん}コードを {使|つか}います。",
        en: "Have the code of your application at hand.")
    static let found = Text("「%1」の手続き", easy: "「%1」の {手続|てつづ}き", en: "Procedures for “%1”")
    static let count = Text("%1件", easy: "%1つ あります", en: "%1 found")
    static let unit = Text("件の手続き", easy: "の {手続|てつづ}き", en: "procedures")
    static let event = Text("場面", easy: "どんな とき", en: "Situation")
    static let section = Text("担当", easy: "{役場|やくば}の {課|か}", en: "Section")
    static let place = Text("場所", easy: "どこで できる？", en: "Where")
    static let any = Text("すべて", easy: "ぜんぶ", en: "Any")
    static let option = Text("%1（%2）", easy: "%1（%2）", en: "%1 (%2)")
    static let without = Text("%1をはずす", easy: "%1を やめる", en: "Remove %1")
    static let narrowed = Text("しぼりこみ", easy: "えらんだ もの", en: "Narrowed by")
    static let meant = Text("もしかして:", easy: "もしかして：", en: "Did you mean")
    static let near = Text(
        "「%1」は見つかりませんでした。近い言葉の手続きです。", easy: "「%1」は ありませんでした。{近|ちか}い ことばの {手続|てつづ}きです。",
        en: "Nothing was found for “%1”. These have similar words.")
    static let related = Text(
        "そのままの言葉では見つかりませんでした。関係のありそうな手続きです。", easy: "その ことばは ありませんでした。{似|に}て いる {手続|てつづ}きです。",
        en: "Nothing was found for these very words. These may be related.")
    static let nothing = Text(
        "見つかりませんでした。短い言葉や、ひらがなでもさがせます。お電話でもお答えします。",
        easy: "ありませんでした。{短|みじか}い ことばで さがしてください。{電話|でんわ}で {聞|き}くことも できます。",
        en: "Nothing was found. Try a shorter word, or give us a call.")
    static let nothingLeft = Text(
        "この条件に合う手続きはありません。しぼりこみをはずすと、見つかることがあります。",
        easy: "この {中|なか}には ありません。えらんだ ものを やめて みてください。",
        en: "Nothing is left. Try to remove one of the filters.")
    static let tooLong = Text(
        "さがす言葉が長すぎます。100文字までにしてください。", easy: "ことばが {長|なが}いです。{短|みじか}く してください。",
        en: "The words are too long. Please use at most 100 characters.")
    static let here = Text("オンライン申請できます", easy: "インターネットで できます", en: "Can be done online")
    static let elsewhere = Text("%1でできます", easy: "%1で できます", en: "Can be done in %1")
    static let sample = Text("サンプル", easy: "サンプル（{見本|みほん}）", en: "Sample")
}
