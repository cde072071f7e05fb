import Core

/// The words around questions.
enum DraftTexts {
    static let next = Text("次へ進む", easy: "つぎへ", en: "Continue")
    static let back = Text("前へ戻る", easy: "もどる", en: "Back")
    static let progress = Text("質問 %1／%2", easy: "{質問|しつもん} %1／%2", en: "Question %1 of %2")
    static let error = Text("エラー", easy: "まちがい", en: "Error")
    static let problems = Text(
        "入力内容をお確かめください（%1か所）", easy: "もう{一度|いちど} {見|み}て ください（%1つ）", en: "Please check your input (%1)")
    static let saveForLater = Text(
        "ここまでを保存して、あとで続ける", easy: "とちゅうで やめる・{後|あと}で {続|つづ}ける", en: "Stop here and continue later")
    static let codeTitle = Text("ここまでの入力は保存されています", easy: "ここまで {残|のこ}って います", en: "Your answers so far are kept")
    static let codeHow = Text(
        "続けるときは、このコードを入力してください。別のスマートフォンやパソコンからも続けられます。\n\n%1まで保存されます。",
        easy: "{続|つづ}ける とき、この コードを {書|か}いて ください。\n\n%1まで {残|のこ}ります。",
        en: "To continue, enter this code, on this or another device.\n\nYour answers are kept until %1.")
    static let codePrivate = Text(
        "コードを知っている人は、入力した内容を見ることができます。ほかの人に知らせないでください。",
        easy: "ほかの {人|ひと}に コードを {見|み}せないで ください。",
        en: "Anyone who has the code can see your answers. Please keep it to yourself.")
    static let goOn = Text("入力を続ける", easy: "{続|つづ}ける", en: "Go on")
    static let checkTitle = Text("内容をお確かめください", easy: "{書|か}いた ことを {見|み}て ください", en: "Check your answers")
    static let change = Text("変更", easy: "{直|なお}す", en: "Change")
    static let changeWhat = Text("（%1）", easy: "（%1）", en: " (%1)")
    static let empty = Text("（入力なし）", easy: "（{書|か}いて いません）", en: "(left empty)")
    static let open = Text(
        "まだ回答していないか、日付が過ぎたなどで、回答し直していただく質問があります。", easy: "{書|か}いて いないか、{直|なお}す {質問|しつもん}が あります。",
        en: "Some questions are not answered yet, or need a new answer.")
    static let answerOpen = Text("続きに回答する", easy: "{続|つづ}きを {書|か}く", en: "Answer them")
    static let sendHeading = Text("送信", easy: "{送|おく}る", en: "Send")
    static let send = Text("この内容で申請する", easy: "この {内容|ないよう}で {送|おく}る", en: "Send this application")
    static let sendAgain = Text("この内容で送り直す", easy: "この {内容|ないよう}で もう{一度|いちど} {送|おく}る", en: "Send it again")
    static let exit = Text("手続きの案内へ", easy: "{手続|てつづ}きの {説明|せつめい}へ", en: "To the procedure")
    static let choiceTitle = Text("書きかけの申請があります", easy: "とちゅうの {申請|しんせい}が あります", en: "You have begun an application")
    static let choiceHow = Text(
        "この端末に、同じ手続きの書きかけの申請があります。", easy: "この {手続|てつづ}きを {前|まえ}に {始|はじ}めました。",
        en: "There are unfinished applications for this procedure on this device.")
    static let choiceSaved = Text("最後の保存: %1", easy: "さいごに {書|か}いた {日|ひ}：%1", en: "Last saved %1")
    static let choiceUntil = Text("%1まで保存されます。", easy: "%1まで {残|のこ}ります。", en: "Kept until %1.")
    static let replayTitle = Text("入力の続きです", easy: "{続|つづ}きです", en: "Where you left off")
    static let replayHow = Text(
        "前のページで入力した内容は残っています。下のボタンで、もう一度送ってください。",
        easy: "{書|か}いた ことは {残|のこ}って います。ボタンを おして ください。",
        en: "What you had typed is kept. Press the button to send it again.")
    static let replayButton = Text("入力した内容を送る", easy: "{送|おく}る", en: "Send what I typed")
    static let saved = Text("保存しました", easy: "{残|のこ}しました", en: "Saved")
    static let notSaved = Text(
        "保存できませんでした。通信が戻ると、自動で保存します。", easy: "{残|のこ}せませんでした。もう{一度|いちど} します。",
        en: "Not saved yet. We try again as soon as you are connected.")
    static let mailCode = Text("このコードを自分にメールで送る", easy: "コードを メールで {送|おく}る", en: "Mail this code to myself")
    static let printDraft = Text(
        "紙に印刷して窓口に出す（PDF）", easy: "{紙|かみ}に {印刷|いんさつ}して {窓口|まどぐち}に {出|だ}す（PDF）",
        en: "Print it and bring it to the counter (PDF, in Japanese)")
    static let newer = Text(
        "この申請の説明が新しくなりました。入力した内容はそのままで、新しい版に移れます。",
        easy: "{説明|せつめい}が {新|あたら}しく なりました。{書|か}いた ことは {残|のこ}ります。",
        en: "The wording of this form was improved. You can go on with it; your answers stay.")
    static let newerButton = Text("新しい版で続ける", easy: "{新|あたら}しい {説明|せつめい}で {続|つづ}ける", en: "Go on with the new version")
    static let choiceProxy = Text("代理の申請", easy: "{代|か}わりの {申請|しんせい}", en: "For somebody else")
    static let choiceGoOn = Text("続きから入力する", easy: "{続|つづ}きを {書|か}く", en: "Continue it")
    static let choiceAnew = Text("新しく申請する", easy: "{新|あたら}しく {始|はじ}める", en: "Begin a new one")
    static let resumeTitle = Text(
        "確認コードを入力してください", easy: "{確認|かくにん}コードを {書|か}いて ください", en: "Enter your code")
    static let resumeLabel = Text("確認コード", easy: "{確認|かくにん}コード", en: "Code")
    static let resumeHint = Text(
        "12文字のコードです。大文字・小文字・ハイフンは気にせず入力できます。例: 3AC4-79DX-RTWH",
        easy: "12{文字|もじ}です。{大|おお}きい {字|じ}でも {小|ちい}さい {字|じ}でも いいです。",
        en: "It has twelve characters. Capitals and hyphens do not matter. For example 3AC4-79DX-RTWH")
    static let resumeButton = Text("申請を開く", easy: "{開|ひら}く", en: "Open the application")
    static let resumeNeeded = Text(
        "しばらく操作がなかったか、ほかの端末で始めた申請のため、表示できません。確認コードを入力すると、続きができます。前のページまでの入力は残っています。",
        easy: "{確認|かくにん}コードを {書|か}くと、{続|つづ}きが できます。{書|か}いた ことは {残|のこ}って います。",
        en: "This application is not open on this device. Open it with your code. What you entered is kept.")
    static let resumeUnknown = Text(
        "このコードの申請は見つかりませんでした。文字をお確かめください。数字の0・1・2・5・8と、文字のB・I・O・Q・S・U・V・Zは使われていません。",
        easy: "この コードは ありません。もう{一度|いちど} {見|み}て ください。",
        en:
            "No application has this code. Please check the characters: 0, 1, 2, 5, 8 and B, I, O, Q, S, U, V, Z are not used."
    )
    static let resumeNumber = Text(
        "入力されたのは、受付番号のようです。「確認コード」（例: 3AC4-79DX-RTWH）を入力してください。",
        easy: "それは {受付番号|うけつけばんごう}です。{確認|かくにん}コードを {書|か}いて ください。",
        en: "That looks like an application number. Please enter the code, for example 3AC4-79DX-RTWH.")
    static let resumeLost = Text(
        "コードが分からないときは、もう一度お申し込みください。送信済みの申請については、受付番号でお答えします。", easy: "コードが わからない ときは、もう{一度|いちど} {申請|しんせい}して ください。",
        en: "If you have lost the code, please apply again. For an application you have sent, call us with its number.")
    static let onTheMap = Text("地図で見る", easy: "{地図|ちず}を {見|み}る", en: "See on a map")
    static let more = Text("そのほか", easy: "ほかの こと", en: "Further answers")
    static let fee = Text("手数料", easy: "お{金|かね}", en: "Fee")
    static let feeTotal = Text("合計", easy: "ぜんぶで", en: "Total")
    static let feeNow = Text(
        "お支払いの方法を、申請のあとにご案内します。", easy: "お{金|かね}の {払|はら}いかたは、{後|あと}で お{知|し}らせします。",
        en: "We tell you how to pay after you have applied.")
    static let feeLater = Text(
        "お支払いは、承認のあとです。方法は、結果といっしょにお知らせします。", easy: "お{金|かね}は {後|あと}で {払|はら}います。",
        en: "You pay after the approval. We tell you how together with the result.")
    static let add = Text("%1を追加する", easy: "%1を ふやす", en: "Add: %1")
    static let remove = Text("削除", easy: "{消|け}す", en: "Remove")
    static let removeTitle = Text("%1を削除しますか", easy: "%1を {消|け}しますか", en: "Remove %1?")
    static let removeHow = Text(
        "入力した内容も消えます。元には戻せません。", easy: "{書|か}いた ことも {消|き}えます。", en: "What you entered about it is lost.")
    static let removeYes = Text("削除する", easy: "{消|け}す", en: "Remove it")
    static let removeNo = Text("削除しない", easy: "{消|け}さない", en: "Keep it")
    static let tooFewRows = Text(
        "%1を%2以上追加してください。", easy: "%1を %2か もっと {書|か}いて ください。", en: "%1: please add at least %2")
    static let openRow = Text(
        "%1に、まだ回答していない質問があります。「変更」から続きを入力してください。", easy: "%1に {書|か}いて いない {質問|しつもん}が あります。",
        en: "%1: some questions are not answered yet. Please go on with “Change”.")
    static let rowUnit = Text("件", easy: "こ", en: "in all")
    static let noRows = Text("まだ追加されていません。", easy: "まだ ありません。", en: "None added yet.")
}
