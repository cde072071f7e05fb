import Core

/// The words about the plan, for everybody.
enum PlanTexts {
    static let title = Text("DX推進計画", easy: "デジタルの {計画|けいかく}", en: "The town's DX plan")
    static let lead = Text(
        "町がデジタルで何をよくするかを決めた計画です。言葉は分かりやすく書き直しています。",
        easy: "{町|まち}が デジタルで よく することを {決|き}めた {計画|けいかく}です。",
        en: "What the town wants to improve with digital technology, retold in plain words.")
    static let version = Text("第%1版（%2）", easy: "%1{番目|ばんめ}の {計画|けいかく}（%2）", en: "Version %1 (%2)")
    static let adopted = Text("策定", easy: "{決|き}めた {日|ひ}", en: "Adopted")
    static let by = Text("策定した者", easy: "{決|き}めた {人|ひと}", en: "By")
    static let period = Text("計画期間", easy: "いつから いつまで", en: "Period")
    static let periodOf = Text("%1から%2まで", easy: "%1から %2まで", en: "%1 to %2")
    static let official = Text("計画書の説明", easy: "{計画|けいかく}の {本|ほん}の {説明|せつめい}", en: "In the plan's own glossary")
    static let notTaken = Text(
        "計画書の用語集をご覧ください", easy: "{計画|けいかく}の {本|ほん}を {見|み}て ください", en: "See the plan's glossary")
    static let corrections = Text("正誤", easy: "まちがいの なおし", en: "Corrections")
    static let place = Text("ところ", easy: "ところ", en: "Place")
    static let printed = Text("印刷された文字", easy: "まちがい", en: "As printed")
    static let meant = Text("正しい文字", easy: "{正|ただ}しい {字|じ}", en: "As meant")
    static let recorded = Text("記録した日", easy: "{書|か}いた {日|ひ}", en: "Recorded")
    static let dated = Text("策定のあとに変わったこと", easy: "あとから {変|か}わった こと", en: "What has changed since")
    static let since = Text("いま", easy: "{今|いま}", en: "Now")
    static let related = Text("関連する計画・国の文書", easy: "{関係|かんけい}する {計画|けいかく}", en: "Related plans and national documents")
    static let newer = Text("いまは第%1版（%2）", easy: "{今|いま}は %1（%2）", en: "Now version %1 (%2)")
    static let open = Text("計画にないこと", easy: "まだ {書|か}いて いない こと", en: "What the plan leaves open")
    static let mapping = Text("国の計画との対応", easy: "{国|くに}の {計画|けいかく}と くらべる", en: "Beside the national plan")
    static let mappingLead = Text(
        "国の自治体DX推進計画の項目に、町のどの項目が当たるかの一覧です。",
        easy: "{国|くに}の {計画|けいかく}と {町|まち}の {計画|けいかく}を くらべました。",
        en: "Which of the town's items answers to which of the nation's.")
    static let nation = Text("国の項目", easy: "{国|くに}の こと", en: "Of the nation")
    static let town = Text("町の項目", easy: "{町|まち}の こと", en: "Of the town")
    static let missingHere = Text("町の計画にないもの", easy: "{町|まち}に ない もの", en: "Missing in the town's plan")
    static let missingThere = Text("国の計画にないもの", easy: "{国|くに}に ない もの", en: "Missing in the national plan")
    static let unknown = Text(
        "中身をまだ確かめていない版です。", easy: "まだ {調|しら}べて いません。", en: "Nobody has looked into this version yet.")
    static let none = Text("ありません", easy: "ありません", en: "None")
    static let beside = Text("あわせて取り組む", easy: "いっしょに する", en: "besides")
    static let versions = Text("版の一覧", easy: "{計画|けいかく}の {一覧|いちらん}", en: "All versions")
    static let compare = Text("版の違い", easy: "どこが {変|か}わったか", en: "What changed")
    static let compareOf = Text("第%1版から第%2版への違い", easy: "%1から %2で {変|か}わった こと", en: "From version %1 to version %2")
    static let reason = Text("見直した理由", easy: "{変|か}えた {理由|りゆう}", en: "Why it was revised")
    static let pdf = Text("PDFで保存する", easy: "PDFで とって おく", en: "Keep as PDF")
    static let data = Text("データで保存する（JSON）", easy: "データで とって おく（JSON）", en: "Keep as data (JSON)")
    static let progress = Text("進み具合を見る", easy: "どこまで できたか {見|み}る", en: "See how far it has come")
    static let goingOn = Text("この案で続ける取組", easy: "つづける こと", en: "Actions that go on")
    static let contact = Text("問い合わせ", easy: "{聞|き}く ところ", en: "Contact")
    static let added = Text("加わった", easy: "{新|あたら}しい", en: "Added")
    static let removed = Text("なくなった", easy: "なくなった", en: "Removed")
    static let changed = Text("変わった", easy: "{変|か}わった", en: "Changed")
    static let moved = Text("場所が変わった", easy: "{場所|ばしょ}が {変|か}わった", en: "Moved")
    static let same = Text("違いはありません。", easy: "{同|おな}じです。", en: "There is no difference.")
    static let nothing = Text("公開した計画は、まだありません。", easy: "{計画|けいかく}は まだ ありません。", en: "No plan is published yet.")
    static let draftMark = Text("案", easy: "まだ {決|き}まって いません", en: "Draft")
    static let consultation = Text("意見を募集しています", easy: "{意見|いけん}を {聞|き}いて います", en: "Your opinion is wanted")
}
