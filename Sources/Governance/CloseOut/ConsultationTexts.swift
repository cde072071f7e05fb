import Core

/// The words about opinions on a draft.
enum ConsultationTexts {
    static let title = Text("計画の案へのご意見", easy: "{計画|けいかく}への {意見|いけん}", en: "Your opinion on the draft plan")
    static let lead = Text(
        "次の計画の案です。どなたでも意見を出せます。お名前はいりません。いただいた意見には、町の考え方を公表します。",
        easy: "{次|つぎ}の {計画|けいかく}の {案|あん}です。だれでも {意見|いけん}を {言|い}えます。{名前|なまえ}は いりません。",
        en:
            "This is the draft of the next plan. Anybody may give an opinion, without a name. The town publishes its answer to each."
    )
    static let until = Text("募集は%1までです。", easy: "%1まで {聞|き}きます。", en: "Until %1.")
    static let draft = Text("案を読む", easy: "{案|あん}を {読|よ}む", en: "Read the draft")
    static let changes = Text("いまの計画との違い", easy: "{今|いま}の {計画|けいかく}と ちがう ところ", en: "What differs from the present plan")
    static let clause = Text("計画のどこについてですか", easy: "どこの ことですか", en: "Which part is it about?")
    static let whole = Text("計画の全体", easy: "{全部|ぜんぶ}", en: "The plan as a whole")
    static let words = Text("ご意見", easy: "{意見|いけん}", en: "Your opinion")
    static let hint = Text(
        "2000文字まで。お名前や連絡先など、個人の情報は書かないでください。",
        easy: "あなたの {名前|なまえ}は {書|か}かないで ください。", en: "At most 2000 characters. Please write no personal information.")
    static let send = Text("意見を送る", easy: "{送|おく}る", en: "Send")
    static let sent = Text("ご意見が届きました", easy: "{意見|いけん}が とどきました", en: "We have received your opinion")
    static let sentHow = Text(
        "このページのアドレスを控えておくと、町の考え方が決まったときに、ここで読めます。",
        easy: "この ページで、あとから {町|まち}の {答|こた}えが {読|よ}めます。",
        en: "Keep the address of this page: the town's answer will be shown here.")
    static let waiting = Text("町の考え方は、まだ決まっていません。", easy: "まだ {答|こた}えが ありません。", en: "There is no answer yet.")
    static let result = Text("ご意見と町の考え方", easy: "{意見|いけん}と {町|まち}の {答|こた}え", en: "Opinions and the town's answers")
    static let gist = Text("ご意見の要旨", easy: "{意見|いけん}", en: "Opinion in short")
    static let answer = Text("町の考え方", easy: "{町|まち}の {答|こた}え", en: "The town's answer")
    static let outcome = Text("扱い", easy: "どう したか", en: "Outcome")
    static let count = Text("%1件のご意見をいただきました。", easy: "%1の {意見|いけん}が ありました。", en: "We received %1 opinions.")
    static let soon = Text("意見の募集は、%1から始まります。", easy: "%1から {聞|き}きます。", en: "Opinions can be given from %1.")
    static let over = Text(
        "意見の募集は終わりました。ありがとうございました。", easy: "{意見|いけん}を {聞|き}く {時間|じかん}は おわりました。",
        en: "The time for opinions is over. Thank you.")
    static let empty = Text("ご意見を入力してください。", easy: "{意見|いけん}を {書|か}いて ください。", en: "Please write your opinion.")
    static let tooLong = Text(
        "2000文字までで、制御文字を使わずに入力してください。", easy: "2000{文字|もじ}までに して ください。",
        en: "Please use at most 2000 characters, without control characters.")
    static let number = Text(
        "マイナンバー（個人番号）のような数字が含まれています。消してから送ってください。", easy: "マイナンバーは {書|か}かないで ください。",
        en: "This looks like an Individual Number (My Number). Please remove it.")
}
