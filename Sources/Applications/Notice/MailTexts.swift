import Core

/// What mail says, and what is said about it.
enum MailTexts {
    static let subject = Text(
        "【%1】申請についてのお知らせ（%2）", easy: "【%1】お{知|し}らせ（%2）", en: "[%1] News about your application %2")
    static let body = Text(
        """
        %1 オンライン手続

        受付番号 %2 の申請について、お知らせがあります。
        次のページで確認コードを入力して、ご覧ください。

        %3

        ・確認コードは、申請の控えに書かれています。
        ・このメールに返信しても、届きません。お問い合わせは %4 へどうぞ。
        ・心当たりのない方は、お手数ですがこのメールを消してください。
        """,
        easy: """
            %1

            {番号|ばんごう} %2 の お{知|し}らせが あります。
            この ページで {確認|かくにん}コードを {書|か}いて ください。

            %3

            この メールに {返事|へんじ}は できません。{電話|でんわ}：%4
            """,
        en: """
            %1, online procedures

            There is news about your application %2.
            Please enter its code on this page:

            %3

            The code is on your receipt. Please do not answer this mail; call %4 instead.
            If this is not for you, please delete it.
            """)
    static let heading = Text("メールでのお知らせ", easy: "メールで お{知|し}らせ", en: "News by e-mail")
    static let label = Text(
        "お知らせがあるときに知らせるメールアドレス", easy: "お{知|し}らせを {送|おく}る メールアドレス", en: "E-mail address to tell when there is news")
    static let hint = Text(
        "メールには、受付番号だけが書かれます。空欄にすると、送りません。", easy: "メールには {番号|ばんごう}だけ {書|か}きます。いらない ときは {書|か}きません。",
        en: "Mail has only your application number in it. Leave it empty for none.")
    static let keep = Text("変える", easy: "{変|か}える", en: "Change")
}
