import Yams

/// 版の違い. What changed from one version of a form to another, page by page and field by field.
package struct FormComparison: Sendable {
    /// One difference, and whether it leaves every answer that was given as it is: only words changed.
    package struct Difference: Sendable, Equatable {
        package let words: String
        package let isSafe: Bool
    }

    package let differences: [Difference]

    /// True if an application that began with the one version could go on with the other.
    package var isSafe: Bool { differences.allSatisfy(\.isSafe) }

    /// Compares two documents that were proved.
    package init(_ before: FormFile.Proved, _ after: FormFile.Proved) throws {
        try self.init(before: before.document, after: after.document)
    }

    /// Compares two documents, as far as they can be read.
    init(before: String, after: String) throws {
        let (old, new) = (try Yams.compose(yaml: before), try Yams.compose(yaml: after))
        differences =
            Self.head(old, new) + Self.things("ページ", Self.pages(old), Self.pages(new))
            + Self.things("項目", Self.fields(old), Self.fields(new))
    }

    /// What only words are in: a change of them changes no answer.
    private static let wordKeys: Set = [
        "title", "send", "question", "hint", "script", "label", "words", "noun", "minutes", "waived", "exit",
        "declaration",
        "lineage", "exported_from",
    ]

    /// What the parts of a form are called.
    private static let names = [
        "title": "様式の名前", "minutes": "入力にかかる分数", "applicant": "申請者の氏名の質問", "declaration": "送信の前に確かめていただくこと",
        "send": "送信ボタンの言葉", "requirements": "求める書類", "fee": "手数料", "routing": "担当の振り分け", "deadlines": "処理期限",
        "waived": "訳の猶予", "lineage": "もとにした様式", "question": "質問", "hint": "補足", "script": "窓口で読み上げる言葉",
        "when": "出すときの条件", "exit": "案内",
        "label": "項目の名前", "required": "任意かどうか", "kind": "答え方", "options": "選択肢", "maximum": "上限", "minimum": "下限",
        "unit": "単位", "words": "文", "days": "日付の範囲", "digits": "桁数", "places": "小数点より下の桁数", "value": "計算",
        "requirement": "求める書類", "files": "ファイルの数", "fact": "ほかの手続きと同じ質問", "noun": "呼び名",
    ]

    private static func head(_ old: Node?, _ new: Node?) -> [Difference] {
        changes(old, new, without: ["pages", "version"]).map { difference("様式", $0, old, new) }
    }

    private static func things(_ what: String, _ old: [(String, Node)], _ new: [(String, Node)]) -> [Difference] {
        let before = Dictionary(old) { first, _ in first }
        let after = Dictionary(new) { first, _ in first }
        let gone = old.filter { after[$0.0] == nil }.map {
            Difference(words: "\(name(what, $0.1, $0.0))がなくなりました", isSafe: false)
        }
        let added = new.filter { before[$0.0] == nil }.map {
            Difference(words: "\(name(what, $0.1, $0.0))が増えました", isSafe: false)
        }
        let changed = new.flatMap { id, node -> [Difference] in
            guard let earlier = before[id] else { return [] }
            let title = name(what, node, id)
            let rows = changes(earlier.mapping?["rows"], node.mapping?["rows"], without: ["pages"]).map {
                difference(title, $0, earlier.mapping?["rows"], node.mapping?["rows"])
            }
            return changes(earlier, node, without: ["fields", "rows"]).map { difference(title, $0, earlier, node) }
                + rows
        }
        let kept = old.map(\.0).filter { after[$0] != nil }
        let isMoved = kept != new.map(\.0).filter { before[$0] != nil }
        return gone + added + changed + (isMoved ? [Difference(words: "\(what)の順番が変わりました", isSafe: false)] : [])
    }

    /// ページ「飼い主はどなたですか」.
    private static func name(_ what: String, _ node: Node, _ id: String) -> String {
        "\(what)「\(words(node.mapping?["question"]) ?? words(node.mapping?["label"]) ?? id)」"
    }

    /// What of something changed, with the words before and after where it is words.
    private static func difference(_ title: String, _ key: String, _ old: Node?, _ new: Node?) -> Difference {
        let (before, after) = (old?.mapping?[key], new?.mapping?[key])
        let isSafe = wordKeys.contains(key) || key == "options" && values(old) == values(new)
        var text = "\(title)の\(names[key] ?? key)が変わりました"
        if let before = words(before), let after = words(after), before != after { text += ": 「\(before)」→「\(after)」" }
        return Difference(words: text, isSafe: isSafe)
    }

    /// Japanese words, or a single value.
    private static func words(_ node: Node?) -> String? { node?.scalar?.string ?? node?.mapping?["ja"]?.scalar?.string }

    /// The values of a field's options, whatever they are called.
    private static func values(_ field: Node?) -> [String?] {
        (field?.mapping?["options"]?.sequence.map(Array.init) ?? []).map { $0.mapping?["value"]?.scalar?.string }
    }

    /// The keys of a mapping that have another value in another one.
    private static func changes(_ old: Node?, _ new: Node?, without: Set<String>) -> [String] {
        func values(_ node: Node?) -> [String: Node] {
            Dictionary((node?.mapping ?? [:]).compactMap { key, value in key.scalar.map { ($0.string, value) } }) { $1 }
        }
        let (before, after) = (values(old), values(new))
        return Set(before.keys).union(after.keys).subtracting(without).filter { before[$0] != after[$0] }.sorted()
    }

    private static func pages(_ node: Node?) -> [(String, Node)] {
        (node?.mapping?["pages"]?.sequence.map(Array.init) ?? []).flatMap { page -> [(String, Node)] in
            let inside = (page.mapping?["fields"]?.sequence.map(Array.init) ?? []).flatMap {
                pages($0.mapping?["rows"])
            }
            return (page.mapping?["id"]?.scalar.map { [($0.string, page)] } ?? []) + inside
        }
    }

    private static func fields(_ node: Node?) -> [(String, Node)] {
        pages(node).flatMap { _, page in page.mapping?["fields"]?.sequence.map(Array.init) ?? [] }.compactMap { field in
            field.mapping?["id"]?.scalar.map { ($0.string, field) }
        }
    }
}
