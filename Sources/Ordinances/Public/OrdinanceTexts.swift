import Core

/// The words of the public page.
enum OrdinanceTexts {
    static let title = Text("町の決まりの見直し", easy: "{町|まち}の きまりの {見直|みなお}し", en: "Bringing the town's rules up to date")
    static let lead = Text(
        "町の条例や規則に、来庁や紙でなければならない決まりがないかを一つずつ確かめ、直しています。",
        easy: "「{役場|やくば}に {来|き}て ください」「{紙|かみ}で {出|だ}して ください」という きまりを、なおして います。",
        en: "We go through the town's ordinances for rules that demand a visit or paper, and mend them.")
    static let counted = Text(
        "%1の条例・規則などを調べ、職員が%2の決まりを見直しの対象と確かめました。",
        easy: "まちの きまりを %1 しらべました。なおす ところは %2です。",
        en: "We have read %1 ordinances and rules, and confirmed %2 provisions that need mending.")
    static let mended = Text("直した決まり", easy: "なおした きまり", en: "What has been mended")
    static let coming = Text("これから変わる決まり", easy: "これから かわる きまり", en: "What will change")
    static let from = Text("%1から", easy: "%1から", en: "from %1")
    static let none = Text("まだありません。", easy: "まだ ありません。", en: "Nothing yet.")
}
