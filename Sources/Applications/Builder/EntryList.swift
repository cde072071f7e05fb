import Core
import Yams

/// What can be set at each place.
struct EntryList {
    let tree: FormTree
    let sections: [(value: String, name: String)]
    /// The languages of the town.
    let languages: [Language]

    /// What a place is, by its address.
    enum Sort {
        case head, page, field, requirement, feeLine, fee, route, deadline
    }

    static func sort(of place: FormTree.Place) -> Sort? {
        guard let last = place.list.path.last ?? place.path.last else { return .head }
        if place.path == [.key("fee")] { return .fee }
        guard place.index != nil, case .key(let list) = last else { return nil }
        switch list {
        case "pages": return .page
        case "fields": return .field
        case "requirements": return .requirement
        case "lines": return .feeLine
        case "routing": return .route
        case "deadlines": return .deadline
        default: return nil
        }
    }

    func entries(at place: FormTree.Place) -> [Entry] {
        switch EntryList.sort(of: place) {
        case .head: head
        case .page: page(place)
        case .field: field(place)
        case .requirement: requirement
        case .fee: [Entry("due", "いつ支払うか", .choice([("submission", "申請するとき"), ("approval", "承認されたあと")]))]
        case .feeLine:
            [
                Entry("label", "何の手数料か", .words(isLong: false, isNeeded: true)),
                Entry("price", "1つあたりの金額（円）", .number(usual: nil)), Entry("count", "数", .formula),
                Entry("unit", "単位", .words(isLong: false, isNeeded: false), hint: "例: 通"),
                Entry("when", "かかるとき", .condition(isNeeded: false)),
            ]
        case .route:
            [Entry("section", "担当", .choice(sections)), Entry("when", "この課が担当するとき", .condition(isNeeded: true))]
        case .deadline:
            [
                Entry("business_days", "開庁日で何日か", .number(usual: nil)),
                Entry("when", "この日数になるとき", .condition(isNeeded: true)),
            ]
        case nil: []
        }
    }

    private var head: [Entry] {
        let names = fields(before: nil).filter { $0.kind == "name" }.map { ($0.id, $0.label) }
        return [
            Entry("title", "様式の名前", .words(isLong: false, isNeeded: true)),
            Entry("minutes", "入力にかかる分数", .number(usual: nil)),
            Entry("applicant", "申請者の氏名の質問", .choice([("", "氏名を聞かない")] + names)),
            Entry("declaration", "送信の前に確かめていただくこと", .words(isLong: true, isNeeded: true)),
            Entry(
                "send", "送信ボタンの言葉", .words(isLong: false, isNeeded: false), hint: "空欄なら「この内容で申請する」です。"),
        ]
            + languages.filter { $0 != .ja }.map {
                Entry("waived.\($0.id)", "\($0.name)の訳を、いつまで待つか", .day, hint: "例: 2031-03-31。空欄なら、訳がないと公開できません。")
            }
    }

    private func page(_ place: FormTree.Place) -> [Entry] {
        let isExit = tree.node(place)?["exit"] != nil
        return [
            Entry(
                "question", isExit ? "見出し" : "質問", .words(isLong: false, isNeeded: true),
                hint: "ページのいちばん上に大きく出ます。"),
            Entry("hint", "補足", .words(isLong: true, isNeeded: false)),
            Entry(
                "script", "窓口で読み上げる言葉", .words(isLong: false, isNeeded: false),
                hint: "窓口で職員が質問の前に読み上げます。空欄なら、質問を「…いただけますか」のように読みます。"),
        ] + (isExit ? [Entry("exit", "案内", .words(isLong: true, isNeeded: true))] : [])
            + [Entry("when", "このページを出すとき", .condition(isNeeded: false))]
    }

    private var requirement: [Entry] {
        [
            Entry("name", "書類の名前", .words(isLong: false, isNeeded: true)),
            Entry("clause", "求める根拠（条項）", .line), Entry("reason", "必要な理由", .words(isLong: true, isNeeded: true)),
            Entry(
                "state", "撤廃・省略の状況",
                .choice([
                    ("other", "求めている"), ("planned", "撤廃・省略の予定"), ("impossible", "撤廃・省略できない"), ("abolished", "撤廃・省略済"),
                ])),
            Entry(
                "substitutes", "代わりの方法",
                .several(Requirement.Substitute.allCases.map { ($0.rawValue, AttachmentTexts.name(of: $0)[.ja]) })),
        ]
    }

    private func field(_ place: FormTree.Place) -> [Entry] {
        let kind = tree.node(place)?["kind"]?.text ?? ""
        var entries = [
            Entry("label", "項目の名前", .words(isLong: false, isNeeded: true), hint: "確認画面や、課の画面に出ます。"),
            Entry("hint", "補足", .words(isLong: false, isNeeded: false)),
        ]
        if !["information", "computed", "rows", "consent"].contains(kind) {
            entries.append(Entry("required", "空欄のまま進める（任意）", .flag(on: false)))
        }
        entries += own(kind, place)
        let things = Fact.Thing.allCases.filter { $0.rawValue == kind || ($0 == .birth && kind == "date") }
        if !things.isEmpty {
            let facts = Fact.Person.allCases.flatMap { person in
                things.map { thing in
                    (
                        "\(person.rawValue).\(thing.rawValue)",
                        "\(ReuseTexts.name(of: person)[.ja])の\(ReuseTexts.name(of: thing)[.ja])"
                    )
                }
            }
            entries.append(
                Entry("fact", "ほかの手続きと同じ質問", .choice([("", "使い回さない")] + facts), hint: "同じことを二度聞かないために使います。"))
        }
        return entries
    }

    /// What only this kind of field has.
    private func own(_ kind: String, _ place: FormTree.Place) -> [Entry] {
        switch kind {
        case "text": [Entry("maximum", "文字数の上限", .number(usual: 100))]
        case "passage": [Entry("maximum", "文字数の上限", .number(usual: 1000))]
        case "digits": [Entry("digits", "桁数", .number(usual: nil))]
        case "number":
            [
                Entry("minimum", "いちばん小さい数", .number(usual: nil)), Entry("maximum", "いちばん大きい数", .number(usual: nil)),
                Entry("unit", "単位", .words(isLong: false, isNeeded: false), hint: "例: 人"),
            ]
        case "decimal":
            [
                Entry("minimum", "いちばん小さい数（整数）", .number(usual: nil)),
                Entry("maximum", "いちばん大きい数（整数）", .number(usual: nil)),
                Entry("places", "小数点より下の桁数", .number(usual: 1)),
                Entry("unit", "単位", .words(isLong: false, isNeeded: false), hint: "例: ㎡"),
            ]
        case "money":
            [
                Entry("minimum", "いちばん小さい金額", .number(usual: nil)),
                Entry("maximum", "いちばん大きい金額", .number(usual: nil)),
            ]
        case "date":
            [
                Entry("days.days_back", "何日前までの日付か", .number(usual: nil), hint: "空欄なら、いつでも。"),
                Entry("days.days_ahead", "何日先までの日付か", .number(usual: nil), hint: "今日までなら 0。空欄なら、いつでも。"),
                Entry("days.business_days_ahead", "開庁日で何日後からか", .number(usual: nil), hint: "空欄なら、きまりはありません。"),
                Entry("days.partial", "年だけ、年と月だけでもよい", .flag(on: true)),
            ]
        case "yes_no": [Entry("unsure", "「分からない」も選べる", .flag(on: true))]
        case "choice", "choices": [Entry("options", "選択肢", .options)]
        case "consent", "information": [Entry("words", "文", .words(isLong: true, isNeeded: true))]
        case "attachment":
            [
                Entry("requirement", "求める書類", .choice(requirements)),
                Entry("files", "ファイルの数の上限", .number(usual: 5)),
            ]
        case "rows":
            [
                Entry("rows.title", "一覧で名前として見せる質問", .choice(titles(place))),
                Entry("rows.noun", "1つの呼び名", .words(isLong: false, isNeeded: true), hint: "例: お子さん"),
                Entry("rows.unit", "数え方", .words(isLong: false, isNeeded: false), hint: "例: 人。空欄なら 件。"),
                Entry("rows.minimum", "いちばん少ない数", .number(usual: nil)),
                Entry("rows.maximum", "いちばん多い数", .number(usual: nil)),
            ]
        case "computed":
            [Entry("value", "計算", .formula), Entry("unit", "単位", .words(isLong: false, isNeeded: false))]
        default: []
        }
    }

    /// The questions of a group's rows.
    private func titles(_ place: FormTree.Place) -> [(value: String, name: String)] {
        (tree.node(place)?["rows"]?["pages"]?.sequence.map(Array.init) ?? []).flatMap(fields).map { ($0.id, $0.label) }
    }

    private var requirements: [(value: String, name: String)] {
        (tree.root["requirements"]?.sequence.map(Array.init) ?? []).map {
            ($0["id"]?.text ?? "", $0["name"]?["ja"]?.text ?? $0["id"]?.text ?? "")
        }
    }

    /// A field as the tree has it.
    struct KnownField {
        let id: String
        let label: String
        let kind: String
        let options: [(value: String, name: String)]
    }

    /// The fields that are answered before a place: all for nil; in a row, its own earlier ones too.
    func fields(before place: FormTree.Place?) -> [KnownField] {
        var known: [KnownField] = []
        for (number, page) in (tree.root["pages"]?.sequence.map(Array.init) ?? []).enumerated() {
            if let (top, inner) = place?.page {
                if number > top { break }
                if number == top {
                    // Inside a group: the pages before this one in the row.
                    if let inner {
                        let rows = page["fields"]?[.index(0)]?["rows"]?["pages"]?.sequence.map(Array.init) ?? []
                        known += rows.prefix(inner).flatMap(fields)
                    }
                    break
                }
            }
            known += fields(of: page)
        }
        return known
    }

    private func fields(of page: Node) -> [KnownField] {
        (page["fields"]?.sequence.map(Array.init) ?? []).map { field in
            let kind = field["kind"]?.text ?? ""
            var options = (field["options"]?.sequence.map(Array.init) ?? []).map {
                ($0["value"]?.text ?? "", $0["label"]?["ja"]?.text ?? $0["value"]?.text ?? "")
            }
            if kind == "yes_no" {
                options = FieldTexts.yesNo.map { ($0.value, $0.label[.ja]) }
                if field["unsure"]?.text != "true" { options.removeLast() }
            }
            if kind == "consent" { options = [("yes", "同意した")] }
            return KnownField(
                id: field["id"]?.text ?? "", label: field["label"]?["ja"]?.text ?? field["id"]?.text ?? "", kind: kind,
                options: options)
        }
    }
}
