import Core

/// What the pages before a form say.
enum PrefaceTexts {
    static let agent = Text(
        "代わりに申請する方（代理人）は、どなたですか", easy: "{代|か}わりに {書|か}く {人|ひと}は だれですか", en: "Who applies on behalf of the person?")
    static let agentHint = Text(
        "ここでは代理人のことを答えます。このあとの質問では、本人（頼んだ方）のことを答えてください。",
        easy: "ここには {代|か}わりの {人|ひと}の ことを {書|か}きます。あとの {質問|しつもん}は {本人|ほんにん}の ことです。",
        en: "This page is about you, the agent. The questions after it are about the person you act for.")
    static let agentName = Text("代理人の氏名", easy: "{代|か}わりの {人|ひと}の {名前|なまえ}", en: "Name of the agent")
    static let agentAddress = Text("代理人の住所", easy: "{代|か}わりの {人|ひと}の {住所|じゅうしょ}", en: "Address of the agent")
    static let agentTelephone = Text(
        "代理人の電話番号", easy: "{代|か}わりの {人|ひと}の {電話番号|でんわばんごう}", en: "Telephone of the agent")
    static let aboutPrincipal = Text(
        "代理での申請です。本人（頼んだ方）のことを答えてください。", easy: "{本人|ほんにん}の ことを {書|か}いて ください。",
        en: "You act for somebody: please answer for that person.")

    static let mandate = Text(
        "どのように頼まれていますか", easy: "どのように {頼|たの}まれて いますか", en: "What were you asked to do?")
    static let relation = Text("本人との関係", easy: "{本人|ほんにん}との {関係|かんけい}", en: "Relation to the person")
    static let relations = [
        Field.Option(
            value: "parent", label: Text("親権者", easy: "{親|おや}", en: "Parent of a minor"), hint: nil),
        Field.Option(
            value: "guardian",
            label: Text("成年後見人など", easy: "{後見人|こうけんにん}", en: "Guardian appointed by a court"), hint: nil),
        Field.Option(
            value: "household",
            label: Text("同じ世帯の家族", easy: "いっしょに {住|す}む {家族|かぞく}", en: "Family in the same household"), hint: nil),
        Field.Option(
            value: "family", label: Text("別に住む家族", easy: "{別|べつ}に {住|す}む {家族|かぞく}", en: "Family living elsewhere"),
            hint: nil),
        Field.Option(
            value: "helper",
            label: Text("施設・支援者", easy: "{施設|しせつ}の {人|ひと}・{手伝|てつだ}う {人|ひと}", en: "Care home or supporter"), hint: nil),
        Field.Option(value: "other", label: Text("そのほか", easy: "ほか", en: "Other"), hint: nil),
    ]
    static let scope = Text(
        "申請のほかに、頼まれていること", easy: "{申請|しんせい}の ほかに {頼|たの}まれた こと", en: "What you were asked to do besides applying")
    static let scopes = [
        Field.Option(
            value: "correct",
            label: Text("補正や町との連絡をする", easy: "{直|なお}す・{役場|やくば}と {連絡|れんらく}する", en: "Correct it and talk with the town"),
            hint: nil),
        Field.Option(
            value: "receive",
            label: Text("結果を受け取る", easy: "{結果|けっか}を もらう", en: "Receive the result"), hint: nil),
    ]
    static let from = Text("頼まれた日", easy: "{頼|たの}まれた {日|ひ}", en: "Since")
    static let until = Text("いつまで頼まれていますか", easy: "いつまで {頼|たの}まれて いますか", en: "Until")
    static let untilHint = Text(
        "期限がなければ、空欄のまま進めます。", easy: "{決|き}まって いない ときは {書|か}きません。", en: "Leave it empty if there is no end.")
    static let consent = Text("委任の確認", easy: "{頼|たの}まれた ことの {確認|かくにん}", en: "Confirmation of the mandate")
    static let consentWords = Text(
        "本人から頼まれて、または法律の定めにより、本人に代わって申請します。町が本人に確かめることがあります。頼まれて申請するときは、本人はいつでも役場に申し出て、委任を取り消せます。",
        easy: "{本人|ほんにん}の {代|か}わりに {申請|しんせい}します。{町|まち}が {本人|ほんにん}に {聞|き}く ことが あります。{本人|ほんにん}は いつでも やめられます。",
        en:
            "I apply for the person, at their request or by law. The town may ask the person, who can end a mandate at the town office at any time."
    )
    static let evidence = Text(
        "頼まれていることが分かる書類はありますか", easy: "{頼|たの}まれた ことが わかる {紙|かみ}は ありますか", en: "What shows that you were asked?")

    static let mandateRequirement = Requirement(
        "by-mandate",
        Text(
            "委任状など、代理権が分かる書類", easy: "{委任状|いにんじょう}など", en: "Power of attorney or another proof"),
        clause: "民法 第99条（代理行為の要件及び効果）",
        reason: Text(
            "本人から頼まれていること、または法定代理人であることを確かめるためです。",
            easy: "{本人|ほんにん}に {頼|たの}まれた ことを {見|み}る ためです。",
            en: "So that the town can see that you were asked, or act by law."),
        substitutes: [.later, .counter, .town])

    static let counter = Text("窓口に来た方を確かめてください", easy: "{窓口|まどぐち}に {来|き}た {人|ひと}は だれですか", en: "Who is at the counter?")
    /// Read out by officers alone.
    static let counterScript = Text(
        verbatim: "今日は、ご本人の手続きでしょうか。代わりにお越しでしょうか。ご本人を確かめられる書類をお持ちでしたら、お見せいただけますか。")
    static let present = Text("申請する方", easy: "{申請|しんせい}する {人|ひと}", en: "Who applies")
    static let presents = [
        Field.Option(value: "principal", label: Text("本人", easy: "{本人|ほんにん}", en: "The person"), hint: nil),
        Field.Option(value: "agent", label: Text("代理人", easy: "{代|か}わりの {人|ひと}", en: "An agent"), hint: nil),
    ]
    static let identity = Text("本人確認", easy: "{本人|ほんにん}の {確認|かくにん}", en: "How identity was seen")
    static let identities = [
        Field.Option(
            value: "photo",
            label: Text(
                "写真つきの証明書を見た", easy: "{写真|しゃしん}の ある {証明書|しょうめいしょ}を {見|み}た", en: "A document with a photograph"),
            hint: nil),
        Field.Option(
            value: "two",
            label: Text(
                "写真のない証明書を2点見た", easy: "{写真|しゃしん}の ない {証明書|しょうめいしょ}を 2つ {見|み}た", en: "Two documents without one"),
            hint: nil),
        Field.Option(
            value: "questions", label: Text("聞き取りで確かめた", easy: "{聞|き}いて {確|たし}かめた", en: "By asking"), hint: nil),
        Field.Option(
            value: "none",
            label: Text("この手続きでは必要ない", easy: "いりません", en: "Not needed for this procedure"), hint: nil),
    ]
    static let paper = Text(
        "紙の申請書について", easy: "{紙|かみ}の {申請書|しんせいしょ}について", en: "About the paper form")
    static let arrived = Text("役場に届いた日", easy: "{役場|やくば}に {届|とど}いた {日|ひ}", en: "Day it arrived")
    static let scan = Text(
        "申請書の原本を読み取った画像を添えてください", easy: "{申請書|しんせいしょ}の {写真|しゃしん}を つけて ください", en: "Attach a scan of the paper")
    static let scanRequirement = Requirement(
        "by-scan", Text("申請書の原本の画像", easy: "{申請書|しんせいしょ}の {写真|しゃしん}", en: "Scan of the paper"),
        clause: "上の入力が紙と同じであることを、あとで確かめるため",
        reason: Text(
            "入力した内容を、あとで紙と見比べるためです。", easy: "{紙|かみ}と {比|くら}べる ためです。",
            en: "So that what was typed can be compared with the paper."),
        substitutes: [])
}
