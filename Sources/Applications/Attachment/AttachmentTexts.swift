import Core

/// What is said about attaching files.
enum AttachmentTexts {
    static let choose = Text(
        "ファイルを選ぶ（写真かPDF）", easy: "{写真|しゃしん}か PDFを {選|えら}ぶ", en: "Choose files (photographs or PDF)")
    static let limits = Text(
        "1つ15MBまで、%1個まで選べます。撮影した場所などの記録は、自動で取り除きます。", easy: "1つ 15MBまで。%1こまで。",
        en: "Up to %1 files of 15 MB each. We remove the place where a photograph was taken.")
    static let upload = Text("選んだファイルを追加する", easy: "ファイルを {足|た}す", en: "Add the chosen files")
    static let attached = Text("追加したファイル", easy: "{足|た}した ファイル", en: "Files you added")
    static let none = Text("まだありません。", easy: "まだ ありません。", en: "None yet.")
    static let see = Text("見る", easy: "{見|み}る", en: "See")
    static let why = Text("なぜ必要か", easy: "なぜ いるか", en: "Why we ask")
    static let clause = Text("根拠", easy: "{決|き}まり", en: "Legal basis")
    static let instead = Text("いま追加できない場合", easy: "いま {出|だ}せない とき", en: "If you cannot add it now")
    static let now = Text("ここで追加する", easy: "ここで {出|だ}す", en: "I add it here")
    static let uploading = Text("送っています", easy: "{送|おく}って います", en: "Sending")
    static let failed = Text("送れませんでした", easy: "{送|おく}れませんでした", en: "Could not be sent")
    static let again = Text("もう一度送る", easy: "もう{一度|いちど}", en: "Try again")

    static func name(of substitute: Requirement.Substitute) -> Text {
        switch substitute {
        case .later: Text("あとで提出する", easy: "{後|あと}で {出|だ}す", en: "I hand it in later")
        case .counter: Text("窓口で見せる", easy: "{窓口|まどぐち}で {見|み}せる", en: "I show it at the counter")
        case .town:
            Text(
                "町が、持っている情報で確認することに同意する", easy: "{町|まち}が {調|しら}べて いいです",
                en: "I agree that the town checks this in its own records")
        }
    }

    static let tooLarge = Text(
        "「%1」は15MBを超えています。写真の大きさを小さくして、もう一度お試しください。", easy: "「%1」は {大|おお}きすぎます。",
        en: "“%1” is larger than 15 MB. Please make it smaller and try again.")
    static let empty = Text("「%1」は空のファイルです。", easy: "「%1」は {空|から}です。", en: "“%1” is empty.")
    static let wrongKind = Text(
        "「%1」は使えない種類のファイルです。写真（JPEG、PNG、HEIC、WebP）かPDFを選んでください。",
        easy: "「%1」は {使|つか}えません。{写真|しゃしん}か PDFを {選|えら}んで ください。",
        en: "“%1” is not a kind we can take. Choose a photograph (JPEG, PNG, HEIC, WebP) or a PDF.")
    static let unreadable = Text(
        "「%1」は写真として開けませんでした。撮り直すか、別のファイルを選んでください。", easy: "「%1」は {開|ひら}けません。ほかの {写真|しゃしん}を {選|えら}んで ください。",
        en: "“%1” could not be opened as a picture. Please choose another file.")
    static let infected = Text(
        "「%1」は、ウイルスの疑いがあるため受け取りませんでした。お使いの機器を確かめ、別のファイルを選んでください。",
        easy: "「%1」は ウイルスかもしれません。ほかの ファイルを {選|えら}んで ください。",
        en: "“%1” may carry a virus and was not taken. Please check your device and choose another file.")
    static let notScanned = Text(
        "「%1」を検査できなかったため、まだ受け取っていません。しばらくしてから、もう一度お試しください。",
        easy: "「%1」は まだ {受|う}け{取|と}って いません。あとで もう{一度|いちど} ためして ください。",
        en: "“%1” could not be checked and was not taken yet. Please try again later.")
    static let tooMany = Text(
        "ファイルは%1つまでです。「%2」は追加しませんでした。", easy: "ファイルは %1つまでです。", en: "At most %1 files. “%2” was not added.")
    static let tooManyNow = Text(
        "ファイルは%1つまでです。別の画面で追加されたものと合わせて多すぎるため、今回の分は追加しませんでした。", easy: "ファイルは %1つまでです。",
        en: "At most %1 files. Together with what was added elsewhere these are too many; they were not added.")
    static let missing = Text(
        "%1を追加するか、いま追加できない場合の方法を選んでください。", easy: "%1を {出|だ}すか、ほかの {方法|ほうほう}を {選|えら}んで ください。",
        en: "%1: add a file, or choose another way.")
    static let missingFile = Text("%1を追加してください。", easy: "%1を {出|だ}して ください。", en: "%1: please add a file.")
    static let substituted = Text("（ファイルなし）", easy: "（ファイルは ありません）", en: "(no file)")
}
