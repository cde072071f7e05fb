import Core

/// The words of the public numbers.
enum NumbersTexts {
    static let procedure = Text("手続き", easy: "{手続|てつづ}き", en: "Procedure")
    static let title = Text("手続の実績", easy: "{手続|てつづ}きの {数|かず}", en: "Our numbers")
    static let lead = Text(
        "町に届いた申請の数と、かかった日数です。オンラインがどれだけ使われているかも分かります。",
        easy: "{町|まち}に {来|き}た {申請|しんせい}の {数|かず}です。かかった {日|ひ}も {書|か}いて あります。",
        en: "How many applications the town received, how many of them online, and how long they took.")
    static let through = Text(
        "%1の実績です。%2までの分を数えています。", easy: "%1の {数|かず}です。%2までを {数|かぞ}えました。",
        en: "These are the numbers of %1, counted up to %2.")
    static let hidden = Text(
        "「非公表」は、10件に満たない数と、引き算でその数が分かってしまう数です。一人ひとりのことが分からないように、載せていません。",
        easy: "10より {少|すく}ない {数|かず}は {書|か}きません。だれの ことか わからない ように する ためです。",
        en:
            "“Not shown” stands for counts below ten, and for counts that would tell those by subtraction, so that nobody can be recognised."
    )
    static let notShown = Text("非公表", easy: "{書|か}きません", en: "Not shown")
    static let sent = Text("申請の件数", easy: "{申請|しんせい}の {数|かず}", en: "Applications")
    static let online = Text("オンラインの件数", easy: "インターネットの {数|かず}", en: "Of those online")
    static let share = Text("オンライン率", easy: "インターネットの わりあい", en: "Online share")
    static let days = Text("日数（開庁日。半分の方・10人のうち9人）", easy: "かかった {日|ひ}", en: "Working days (half / nine of ten)")
    static let daysOf = Text(
        "%1日以内・%2日以内", easy: "{半分|はんぶん}の {人|ひと}は %1{日|にち}、ほとんどの {人|ひと}は %2{日|にち}", en: "%1 / %2 days")
    static let useful = Text("ページが役に立った", easy: "ページが わかりやすかった", en: "Found the page useful")
    static let usefulOf = Text("%1（%2人の声）", easy: "%1（%2{人|にん}）", en: "%1 (of %2 voices)")
    static let town = Text("町全体", easy: "{町|まち} ぜんぶ", en: "The whole town")
    static let byMonth = Text("月ごとの件数", easy: "{月|つき}ごとの {数|かず}", en: "By month")
    static let month = Text("月", easy: "{月|つき}", en: "Month")
    static let byProcedure = Text("手続きごとの件数", easy: "{手続|てつづ}きごとの {数|かず}", en: "By procedure")
    static let file = Text("表をCSVで保存する", easy: "{表|ひょう}を とっておく（CSV）", en: "Download the table (CSV)")
    static let none = Text(
        "この年度の実績は、まだありません。", easy: "この {年|とし}の {数|かず}は、まだ ありません。", en: "There are no numbers of this year yet.")
    static let years = Text("年度", easy: "{年度|ねんど}", en: "Fiscal year")
    static let more = Text("ほかの手続きの実績", easy: "ほかの {手続|てつづ}きの {数|かず}", en: "Numbers of all procedures")
    static let ofProcedure = Text(
        "%1（%2まで）に%3件の申請がありました。", easy: "%1（%2まで）は、%3の {申請|しんせい}が ありました。",
        en: "There were %3 applications in %1 (up to %2).")
    static let ofWhichOnline = Text(
        "そのうち%1がオンラインでした。", easy: "%1は インターネットです。", en: "Of these, %1 came online.")
}
