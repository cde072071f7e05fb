import Core

/// What is said about using earlier answers.
enum ReuseTexts {
    static let link = Text(
        "前に申請したときの答えを使う", easy: "{前|まえ}の {申請|しんせい}の {答|こた}えを {使|つか}う", en: "Use answers from an earlier application")
    static let title = Text(
        "前の申請の答えを使う", easy: "{前|まえ}の {答|こた}えを {使|つか}う", en: "Use earlier answers")
    static let how = Text(
        "前の申請の控えに書かれた、確認コードを入力してください。氏名や住所などを、もう一度入力せずにすみます。\n\n答えの再利用に同意した申請だけが使えます。",
        easy: "{前|まえ}の {申請|しんせい}の {確認|かくにん}コードを {書|か}いて ください。{名前|なまえ}や {住所|じゅうしょ}を また {書|か}かなくて いいです。",
        en:
            "Enter the code on the receipt of the earlier application: names and addresses need not be typed again.\n\nIt works for applications whose applicant agreed to it."
    )
    static let open = Text("答えを探す", easy: "さがす", en: "Look it up")
    static let unknownCode = Text(
        "この確認コードの、送信済みの申請は見つかりませんでした。もう一度お確かめください。", easy: "この コードの {申請|しんせい}は ありません。もう{一度|いちど} {見|み}て ください。",
        en: "There is no application sent with this code. Please check it.")
    static let noConsent = Text(
        "この申請では、答えの再利用に同意していません。その申請の「申請の状況」のページで、同意できます。",
        easy: "この {申請|しんせい}の {答|こた}えは {使|つか}えません。「{申請|しんせい}の {様子|ようす}」の ページで {決|き}めて ください。",
        en: "The applicant did not agree to further use. You can agree on the status page of that application.")
    static let nothing = Text(
        "この申請には、ここで使える答えがありません。", easy: "ここで {使|つか}える {答|こた}えは ありません。",
        en: "This application has no answers that could be used here.")
    static let from = Text(
        "「%1」（%2）の答えです。使う方を選んでください。", easy: "「%1」（%2）の {答|こた}えです。だれですか。",
        en: "These are answers from \u{201C}%1\u{201D} (%2). Choose whose to use.")
    static let use = Text("選んだ方の答えを使う", easy: "この {答|こた}えを {使|つか}う", en: "Use these answers")
    static let none = Text("使わない", easy: "{使|つか}わない", en: "None")
    static let skip = Text("使わずに入力する", easy: "{自分|じぶん}で {書|か}く", en: "Type them instead")
    static let unnamed = Text("（氏名なし）", easy: "（{名前|なまえ}なし）", en: "(no name)")
    static let source = Text(
        "「%1」（%2）の%3答えから", easy: "「%1」（%2）の %3{答|こた}えから", en: "From %3answers in \u{201C}%1\u{201D}, %2")
    static let whose = Text("%1さんの", easy: "%1さんの ", en: "%1\u{2019}s ")
    static let mend = Text(
        "ちがうときは、直してください。", easy: "ちがう ときは {直|なお}して ください。", en: "Please change it where it is not right.")

    static let consentTitle = Text(
        "次の手続きで、同じことを聞かれないように", easy: "つぎの {手続|てつづ}きで、また {書|か}かなくて いいように", en: "So that you are not asked twice")
    static let consentHow = Text(
        "同意すると、この確認コードを入力した別の申請で、答えを使えます。いつでもやめられます。同意しなくても、申請できます。",
        easy: "「はい」なら、つぎの {申請|しんせい}で {答|こた}えを {使|つか}えます。いつでも やめられます。",
        en:
            "If you agree, these answers can be used in another application by whoever enters its code. You can stop it at any time. You can apply without agreeing."
    )
    static func consent(to purpose: ReuseConsent.Purpose) -> Text {
        switch purpose {
        case .own:
            Text(
                "申請者本人の答えを、本人の別の手続きに使う", easy: "{自分|じぶん}の {答|こた}えを、ほかの {手続|てつづ}きに {使|つか}う",
                en: "Use the applicant\u{2019}s own answers in further procedures")
        case .household:
            Text(
                "家族の答えを、同じ世帯の手続きに使う", easy: "{家族|かぞく}の {答|こた}えを、{家族|かぞく}の {手続|てつづ}きに {使|つか}う",
                en: "Use the answers about the family in procedures of the household")
        }
    }
    static let keepConsent = Text("この内容で変える", easy: "{変|か}える", en: "Change")
    static let uses = Text(
        "この申請の答えは、次の申請で使われました。", easy: "この {答|こた}えは つぎの {申請|しんせい}で {使|つか}いました。",
        en: "These answers were used in the following applications.")
    static let stays = Text(
        "やめても、もう送った申請の答えは変わりません。", easy: "やめても、{送|おく}った {申請|しんせい}は {変|か}わりません。",
        en: "What was sent already is not changed.")

    static func name(of person: Fact.Person) -> Text {
        switch person {
        case .applicant: Text("申請者", easy: "{申請|しんせい}する {人|ひと}", en: "Applicant")
        case .partner: Text("配偶者", easy: "{夫|おっと}・{妻|つま}", en: "Spouse or partner")
        case .child: Text("お子さん", easy: "{子|こ}ども", en: "Child")
        case .parent: Text("保護者", easy: "{親|おや}など", en: "Parent or guardian")
        case .member: Text("家族", easy: "{家族|かぞく}", en: "Family member")
        }
    }

    static func name(of thing: Fact.Thing) -> Text {
        switch thing {
        case .name: Text("氏名", easy: "{名前|なまえ}", en: "name")
        case .birth: Text("生年月日", easy: "{生|う}まれた {日|ひ}", en: "date of birth")
        case .address: Text("住所", easy: "{住所|じゅうしょ}", en: "address")
        case .telephone: Text("電話番号", easy: "{電話番号|でんわばんごう}", en: "telephone")
        case .mail: Text("メールアドレス", easy: "メールアドレス", en: "e-mail address")
        case .account: Text("口座", easy: "{口座|こうざ}", en: "bank account")
        }
    }
}
