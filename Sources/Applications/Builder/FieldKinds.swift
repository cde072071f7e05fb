import Yams

/// 項目の種類, as a clerk chooses one, and what a new one of each begins with.
enum FieldKinds {
    static let all: [(value: String, name: String)] = [
        ("text", "1行の文字"), ("passage", "長い文"), ("name", "氏名とフリガナ"), ("date", "日付"), ("address", "住所"),
        ("telephone", "電話番号"), ("mail", "メールアドレス"), ("choice", "1つ選ぶ"), ("choices", "あてはまるものを全部選ぶ"),
        ("yes_no", "はい・いいえ"), ("number", "数"), ("decimal", "小数のある数"), ("money", "金額"), ("digits", "桁数の決まった番号"),
        ("account", "口座"),
        ("place", "場所（地図の点）"), ("attachment", "書類や写真の添付"), ("rows", "繰り返し（世帯員など）"), ("consent", "同意"),
        ("information", "読むだけの説明"), ("computed", "計算した値"),
    ]

    static func name(_ kind: String) -> String { all.first { $0.value == kind }?.name ?? kind }

    /// A new field of a kind.
    static func field(_ kind: String, id: String, requirement: String?) -> Node {
        .map(
            [("id", .plain(id)), ("kind", .plain(kind)), ("label", words("新しい項目"))] + beginning(kind, id, requirement))
    }

    /// Another kind for a field: its name and hint stay, what the old kind alone had goes.
    static func change(_ field: Node, to kind: String, requirement: String?) -> Node {
        let kept = ["id", "label", "hint", "required"].compactMap { key in field[key].map { (key, $0) } }
        let options: [(String, Node)] =
            ["choice", "choices"].contains(kind) ? field["options"].map { [("options", $0)] } ?? [] : []
        let id = field["id"]?.text ?? "field"
        let own = beginning(kind, id, requirement).filter { own in !options.contains { $0.0 == own.0 } }
        return .map([("id", field["id"] ?? .plain(id)), ("kind", .plain(kind))] + kept.dropFirst() + options + own)
    }

    private static func beginning(_ kind: String, _ id: String, _ requirement: String?) -> [(String, Node)] {
        switch kind {
        case "date": [("days", .map([("days_ahead", .plain("0"))]))]
        case "choice", "choices":
            [
                (
                    "options",
                    .list([
                        .map([("value", .words("a")), ("label", words("選択肢1"))]),
                        .map([("value", .words("b")), ("label", words("選択肢2"))]),
                    ])
                )
            ]
        case "number", "decimal", "money": [("minimum", .plain("0")), ("maximum", .plain("100"))]
        case "digits": [("digits", .plain("8"))]
        case "consent", "information": [("words", words("文を書いてください。"))]
        case "attachment": [("requirement", .words(requirement ?? ""))]
        case "computed": [("value", .plain("0"))]
        case "rows": [("rows", rows(id))]
        default: []
        }
    }

    private static func rows(_ id: String) -> Node {
        let name = Node.map([("id", .plain("\(id)_name")), ("kind", .plain("name")), ("label", words("氏名"))])
        let page = Node.map([
            ("id", .plain("\(id)-name")), ("question", words("お名前を教えてください")), ("fields", .list([name])),
        ])
        return .map([
            ("noun", words("家族")), ("minimum", .plain("1")), ("maximum", .plain("10")), ("title", .plain("\(id)_name")),
            ("pages", .list([page])),
        ])
    }

    /// New words: the other languages are found missing until they are written.
    static func words(_ text: String) -> Node { .map([("ja", .words(text))]) }
}
