package import Core

extension Case.Status {
    /// 送信済 …
    package var name: Text {
        switch self {
        case .draft: Text("入力中", easy: "{書|か}いて います", en: "Not sent yet")
        case .submitted: Text("送信済", easy: "{送|おく}りました", en: "Sent")
        case .received: Text("受付済", easy: "{受|う}け{付|つ}けました", en: "Accepted")
        case .reviewing: Text("審査中", easy: "{見|み}て います", en: "Being reviewed")
        case .returned: Text("補正のお願い", easy: "なおして ください", en: "Please correct")
        case .approved: Text("承認", easy: "OKです", en: "Approved")
        case .rejected: Text("不承認", easy: "できませんでした", en: "Not approved")
        case .withdrawn: Text("取下げ", easy: "やめました", en: "Withdrawn")
        case .inadmissible: Text("受付不可", easy: "{受|う}け{付|つ}けられません", en: "Could not be accepted")
        case .issued: Text("交付済", easy: "わたしました", en: "Handed over")
        case .completed: Text("完了", easy: "おわりました", en: "Completed")
        }
    }

    /// What it means for the applicant, and what happens next.
    var explanation: Text {
        switch self {
        case .draft:
            Text("まだ送信されていません。", easy: "まだ {送|おく}って いません。", en: "It has not been sent yet.")
        case .submitted:
            Text(
                "申請は役場に届いています。担当の職員が内容を確かめます。", easy: "{役場|やくば}に とどきました。{職員|しょくいん}が {見|み}ます。",
                en: "Your application has arrived. Our staff will look at it.")
        case .received:
            Text(
                "申請を受け付けました。これから審査します。", easy: "{申請|しんせい}を {受|う}け{取|と}りました。これから {見|み}ます。",
                en: "Your application has been accepted and will be reviewed.")
        case .reviewing:
            Text("申請の内容を審査しています。", easy: "{申請|しんせい}を {見|み}て います。", en: "Your application is being reviewed.")
        case .returned:
            Text(
                "直していただきたいところがあります。下のお知らせをお読みいただき、内容を直して、もう一度お送りください。",
                easy: "なおす ところが あります。{下|した}の お{知|し}らせを {読|よ}んで ください。",
                en: "Something needs to be corrected. Please read the message below, correct it and send it again.")
        case .approved:
            Text("申請は承認されました。", easy: "{申請|しんせい}は OKです。", en: "Your application was approved.")
        case .rejected:
            Text(
                "申請は承認されませんでした。理由は下のお知らせをご覧ください。",
                easy: "{申請|しんせい}は できませんでした。{下|した}の お{知|し}らせを {読|よ}んで ください。",
                en: "Your application was not approved. The reason is in the message below.")
        case .withdrawn:
            Text("申請は取り下げられました。", easy: "{申請|しんせい}を やめました。", en: "The application was withdrawn.")
        case .inadmissible:
            Text(
                "申請を受け付けられませんでした。理由は下のお知らせをご覧ください。",
                easy: "{申請|しんせい}を {受|う}け{付|つ}けられません。{下|した}の お{知|し}らせを {読|よ}んで ください。",
                en: "Your application could not be accepted. The reason is in the message below.")
        case .issued:
            Text(
                "申請は承認され、証書などをお渡ししました。", easy: "{申請|しんせい}は OKです。{紙|かみ}などを わたしました。",
                en: "Your application was approved, and what you applied for was handed over.")
        case .completed:
            Text("手続きはすべて終わりました。", easy: "{手続|てつづ}きは ぜんぶ おわりました。", en: "Everything about this application is done.")
        }
    }
}

/// The words about applications.
enum CaseTexts {
    static let moved = Text(
        "いまの状態（%1）からは、「%2」にできません。", easy: "いまは できません。", en: "From “%1” it cannot become “%2”.")
    static let alreadySubmitted = Text(
        "この申請は、すでに送信されています。入力し直した内容は反映されていません。受付番号は、申請の状況のページで確かめられます。",
        easy: "この {申請|しんせい}は、もう {送|おく}りました。いま {書|か}いた ことは {変|か}わって いません。",
        en:
            "This application was sent already. What you typed now was not added. You find its number on the status page."
    )
    static let changedSinceChecked = Text(
        "確認のページを開いたあとに、回答が変わっています。もう一度、内容をお確かめのうえ送信してください。",
        easy: "{答|こた}えが {変|か}わりました。もう{一度|いちど} {見|み}てから {送|おく}って ください。",
        en: "The answers changed after you opened the check page. Please check them again and send.")
    static let incomplete = Text(
        "まだ回答していない質問があります。確認のページから続きを入力してください。",
        easy: "まだ {書|か}いて いない {質問|しつもん}が あります。",
        en: "Some questions are not answered yet. Please go on from the check page.")
    static let submissionTaken = Text(
        "この送信は、別の申請のものです。確認のページを開き直して、もう一度送信してください。",
        easy: "もう{一度|いちど} ページを {開|ひら}いて、{送|おく}って ください。",
        en: "This submission belongs to another application. Please reopen the check page and send again.")
    static let overtaken = Text(
        "ほかの職員が先に処理しました。いまの状態は「%1」です。内容を確かめてから操作してください。",
        easy: "ほかの {職員|しょくいん}が {先|さき}に しました。", en: "Somebody else was faster. It is now “%1”.")
    static let needsApproval = Text(
        "この手続きは、決裁を経て決定します。直接は決定できません。「起案する」から、決定の案を決裁に回してください。",
        easy: "{決|き}める {前|まえ}に、ほかの {人|ひと}の OKが いります。", en: "This procedure is decided by approval of several officers.")
    static let underApproval = Text(
        "決裁の途中です。起案を引き上げるか、差し戻してから操作してください。", easy: "ほかの {人|ひと}が {見|み}て います。いまは できません。",
        en: "It is being approved. Take the proposal back first.")
    static let sameEyes = Text(
        "起案した人は、最後の決裁ができません。別の決裁者が行います。", easy: "{自分|じぶん}では できません。",
        en: "Somebody other than the proposer has to agree last.")
    static let openConsultation = Text(
        "庁内照会の回答を待っています。回答を待たずに決めるときは、「回答を待たずに決定する」に印を付けてください。",
        easy: "ほかの {課|か}の {答|こた}えを {待|ま}って います。", en: "Another section has not answered yet.")
    static let lawMissing = Text(
        "根拠となる法令・条項を入力してください。", easy: "{法律|ほうりつ}の {名前|なまえ}を {書|か}いて ください。", en: "Please name the law and clause.")
    static let notOnDesk = Text(
        "この申請は見つかりませんでした。アドレスをお確かめください。担当外の申請は表示されません。", easy: "この {申請|しんせい}は ありません。",
        en: "We could not find this application. Applications of other sections are not shown.")
    static let stale = Text(
        "ページが古くなっています。いまの内容を確かめて、もう一度操作してください。", easy: "もう{一度|いちど} ページを {開|ひら}いて ください。",
        en: "The page is out of date. Please check what is there now and try again.")
    static let fixed = Text(
        "いま直せるのは、補正をお願いした回答だけです。ほかに直したいところは、申請の状況のページの「担当への連絡」でお知らせください。",
        easy: "いまは、お{願|ねが}いした ところだけ なおす ことが できます。",
        en: "Only the answers we asked about can be changed now. Please write to us about anything else.")
    static let noLongerAsked = Text(
        "別の画面で回答が変わったため、この質問はもうありません。いま入力された内容は保存していません。",
        easy: "ほかの {画面|がめん}で {変|か}わりました。この {質問|しつもん}は もう ありません。",
        en:
            "Your answers were changed elsewhere, and this question is not asked any more. What you typed now was not kept."
    )
    static let toCorrect = Text("直していただくところ", easy: "なおす ところ", en: "What to correct")
    static let correctThis = Text("この回答を直す", easy: "ここを なおす", en: "Correct this")
    static let write = Text("担当への連絡", easy: "{役場|やくば}に {書|か}く", en: "Write to us")
    static let writeLabel = Text("お伝えになりたいこと", easy: "{言|い}いたい こと", en: "Your message")
    static let writeHow = Text(
        "申請についてのご質問や、変わったことをお書きください。返事はこのページに届きます。", easy: "{聞|き}きたい ことを {書|か}いて ください。{返事|へんじ}は ここに {来|き}ます。",
        en: "Questions about your application, or anything that has changed. Our answer appears on this page.")
    static let writeButton = Text("連絡を送る", easy: "{送|おく}る", en: "Send the message")
    static let withdraw = Text("申請を取り下げる", easy: "{申請|しんせい}を やめる", en: "Withdraw the application")
    static let withdrawTitle = Text("申請を取り下げますか", easy: "{申請|しんせい}を やめますか", en: "Withdraw the application?")
    static let withdrawHow = Text(
        "取り下げると、この申請の審査は終わります。元には戻せません。必要になったときは、もう一度お申し込みください。",
        easy: "やめると、もとに {戻|もど}りません。いる ときは、もう{一度|いちど} {申請|しんせい}して ください。",
        en: "We stop working on it. This cannot be undone; you can apply again at any time.")
    static let withdrawReason = Text("取り下げる理由（任意）", easy: "わけ（{書|か}かなくても いい）", en: "Reason (optional)")
    static let withdrawYes = Text("取り下げる", easy: "やめる", en: "Withdraw it")
    static let withdrawNo = Text("取り下げない", easy: "やめない", en: "Keep it")
    static let receiptPaper = Text("控えをPDFで保存する", easy: "{控|ひか}え（PDF）", en: "Save the receipt as PDF")
    static let noticePaper = Text("決定通知書（PDF）を開く", easy: "{決定通知書|けっていつうちしょ}（PDF）", en: "Open the notice (PDF)")
    static let resultForPerson = Text(
        "結果は、本人にお知らせします。", easy: "{結果|けっか}は {本人|ほんにん}に {知|し}らせます。", en: "The result is sent to the person themselves.")
    static let mandateOver = Text(
        "委任の期限が過ぎたか、頼まれていないことのため、代理人はこれをできません。本人が役場にご連絡ください。",
        easy: "{代|か}わりの {人|ひと}は これを できません。{本人|ほんにん}が {役場|やくば}に {話|はな}して ください。",
        en:
            "The mandate has ended or does not cover this. Please ask the person to contact the town office."
    )
    static let reasonMissing = Text(
        "相手に伝える内容（理由）を入力してください。", easy: "{理由|りゆう}を {書|か}いて ください。", en: "Please give the reason.")
    static let messageTooLong = Text(
        "文章は2,000文字までで入力してください。", easy: "{文|ぶん}が {長|なが}すぎます。", en: "Please use at most 2,000 characters.")
    static let messageControls = Text(
        "使えない文字（制御文字）が含まれています。入力し直してください。", easy: "{使|つか}えない {文字|もじ}が あります。",
        en: "The text contains control characters. Please type it again.")
    static let shredded = Text(
        "この申請の内容は、保存期間が過ぎたため消去されました。", easy: "この {申請|しんせい}は {消|け}しました。",
        en: "The content of this application was deleted when its time was over.")

    static let acknowledged = Text(
        "申請が届きました。%1が内容を確かめて、結果をこのページでお知らせします。%2", easy: "{申請|しんせい}が とどきました。%1が {見|み}ます。この ページで {答|こた}えます。%2",
        en: "Your application has arrived. %1 will look at it and tell you the result on this page. %2")
    static let acknowledgedDue = Text(
        "%1までにお知らせする予定です。", easy: "%1までに お{知|し}らせします。", en: "We expect to answer by %1.")

    static let receiptTitle = Text("申請が届きました", easy: "{申請|しんせい}が とどきました", en: "We have received your application")
    static let refusedTitle = Text("いまは受け付けられません", easy: "いまは できません", en: "Not possible now")
    static let toCheck = Text("内容の確認へ", easy: "{内容|ないよう}を {見|み}る", en: "Check your answers")
    static let toStatusNow = Text("申請の状況のページへ", easy: "どうなったか {見|み}る", en: "To the status page")
    static let number = Text("受付番号", easy: "{受付番号|うけつけばんごう}", en: "Application number")
    static let code = Text("確認コード", easy: "{確認|かくにん}コード", en: "Your code")
    static let codeHow = Text(
        "申請の状況を見るときや、別の端末で続けるときに使います。ほかの人に知らせないでください。",
        easy: "{後|あと}で {見|み}る とき {使|つか}います。ほかの {人|ひと}に {見|み}せないで ください。",
        en: "You need it to come back to this application. Please keep it to yourself.")
    static let sentAt = Text("届いた日時", easy: "とどいた {日|ひ}", en: "Received")
    static let digest = Text("控えの照合番号", easy: "{照合番号|しょうごうばんごう}", en: "Verification number")
    static let digestHow = Text(
        "役場の記録とこの控えが同じであることを、窓口で確かめられます。", easy: "{役場|やくば}の {記録|きろく}と {同|おな}じか、{窓口|まどぐち}で {見|み}る ことが できます。",
        en: "We can use this at the counter to check that your receipt matches our records.")
    static let keep = Text(
        "このページを印刷するか、受付番号と確認コードを書き留めてください。", easy: "{番号|ばんごう}と コードを {書|か}いて、{持|も}って いて ください。",
        en: "Print this page, or write down the number and the code.")
    static let toStatus = Text("申請の状況を見る", easy: "どうなったか {見|み}る", en: "Check the status")
    static let toReceipt = Text("控えを見る・印刷する", easy: "{控|ひか}えを {見|み}る", en: "See or print the receipt")
    static let yourAnswers = Text("申請の内容", easy: "{書|か}いた こと", en: "What you answered")
    static let statusTitle = Text("申請の状況", easy: "{申請|しんせい}は いま どう？", en: "Application status")
    static let due = Text("お知らせの予定", easy: "いつ わかる？", en: "Expected by")
    static let news = Text("お知らせ", easy: "お{知|し}らせ", en: "Messages")
    static let noNews = Text("まだお知らせはありません。", easy: "まだ ありません。", en: "No messages yet.")
    static let correct = Text("直して送り直す", easy: "なおす", en: "Correct and send again")
    static let goOn = Text("続きから入力する", easy: "{続|つづ}きを {書|か}く", en: "Continue")
    static let leave = Text("この端末での表示を終える", easy: "おわる", en: "Leave this application on this device")
    static let kinds: [Message.Kind: Text] = [
        .acknowledgement: Text("受付のお知らせ", easy: "お{知|し}らせ", en: "Received"),
        .letter: Text("担当からのお知らせ", easy: "{役場|やくば}から", en: "From the town"),
        .correction: Text("補正のお願い", easy: "なおす ところ", en: "Please correct"),
        .decision: Text("結果のお知らせ", easy: "{結果|けっか}", en: "Decision"),
        .reply: Text("申請者からの連絡", easy: "あなたから", en: "From you"),
        .withdrawal: Text("取下げの理由", easy: "やめた わけ", en: "Why it was withdrawn"),
        .note: Text("内部メモ", easy: "メモ", en: "Note"),
    ]
}
