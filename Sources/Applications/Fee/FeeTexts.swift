import Core

/// What is said about fees.
enum FeeTexts {
    static let heading = Text("手数料", easy: "お{金|かね}", en: "Fee")

    static func name(_ state: FeeLedger.State) -> Text {
        switch state {
        case .none: Text("まだ決まっていません", easy: "まだ わかりません", en: "Not decided yet")
        case .due: Text("お支払いをお待ちしています", easy: "まだ {払|はら}って いません", en: "To be paid")
        case .paid: Text("お支払い済み", easy: "{払|はら}いました", en: "Paid")
        case .waived: Text("免除", easy: "{払|はら}わなくて いいです", en: "Waived")
        case .refunded: Text("返金済み", easy: "お{金|かね}を {返|かえ}しました", en: "Refunded")
        }
    }

    static let how = Text(
        "役場の窓口で、受付番号を伝えてお支払いください。", easy: "{役場|やくば}の {窓口|まどぐち}で、{番号|ばんごう}を {言|い}って {払|はら}って ください。",
        en: "Please pay at the counter of the town office, with your application number.")
}
