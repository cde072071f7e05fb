import Core

/// What a resident reads at the counter: on the confirmation, on paper and on the screen beside.
enum CounterTexts {
    static let heard = Text(
        "すでに伺いました（「%1」の質問で）", easy: "もう {聞|き}きました（「%1」で）", en: "You told us already (for “%1”)")
    static let sheet = Text(
        "ご確認ください", easy: "{見|み}て ください", en: "Please check")
    static let sheetHow = Text(
        "伺った内容です。ちがうところがあれば、お知らせください。", easy: "ちがう ところが あれば、{言|い}って ください。",
        en: "This is what you told us. Please tell us if anything is wrong.")
    static let guided = Text("ご案内した手続き", easy: "{話|はな}した {手続|てつづ}き", en: "Procedures we explained")
    static let welcome = Text(
        "窓口でお話を伺います。", easy: "{窓口|まどぐち}で {話|はなし}を {聞|き}きます。", en: "Please tell us what you need.")
    static let screenTitle = Text("窓口の画面", easy: "{窓口|まどぐち}の {画面|がめん}", en: "Screen at the counter")
    static let sent = Text("届きました", easy: "{届|とど}きました", en: "We have received it")
    static let receipts = Text("受付の控え", easy: "{受付|うけつけ}の {紙|かみ}", en: "Receipt")
    static let receiptsHow = Text(
        "確認コードで、申請の状況を確かめられます。ほかの人に知らせないでください。",
        easy: "{確認|かくにん}コードで {申請|しんせい}を {見|み}る ことが できます。ほかの {人|ひと}に {見|み}せないで ください。",
        en: "With the code you can see how your application stands. Please keep it to yourself.")
    static let openQuestion = Text("まだ伺っていません", easy: "まだ {聞|き}いて いません", en: "Not asked yet")
    static let yes = Text("この内容でよろしいですか", easy: "これで いいですか", en: "Is everything correct?")
}
