import Core
import Japanese

extension Placeholders {
    /// The names that an application fills in a letter, with what each is.
    static let inLetters: [(name: String, meaning: String)] = [
        ("受付番号", "申請の受付番号"), ("手続き", "手続きの名前"), ("氏名", "申請した方の氏名"), ("申請日", "申請が届いた日（和暦）"),
        ("期限", "処理期限（和暦）"), ("担当課", "担当課の名前"), ("電話", "担当課の電話番号"), ("手数料", "手数料の額"), ("町", "町の名前"),
        ("役場の住所", "役場の住所"), ("今日", "今日の日付（和暦）"),
    ]

    /// Those of a notice besides.
    static let inNotices: [(name: String, meaning: String)] =
        inLetters + [
            ("フリガナ", "申請した方のフリガナ"), ("決定", "承認します・承認しません・受け付けません"), ("決定日", "決定した日（和暦）"),
            ("理由", "決定の理由、またはお伝えすること"), ("根拠", "根拠となる法令・条項"), ("長", "町長など、決定する者"),
        ]

    /// What an application fills in.
    init(_ open: OpenCase, town: Town, today: Day) throws {
        let item = open.item
        let journey = try open.submitted
        let section = town.sections.first { $0.id == item.section }
        values = [
            "受付番号": item.number ?? "", "手続き": open.form.title[.ja], "氏名": journey.applicantName?.text ?? "申請者",
            "申請日": (item.submittedAt ?? item.savedAt).day.wareki, "期限": item.dueOn?.wareki ?? "（期限なし）",
            "担当課": section?.name[.ja] ?? item.section, "電話": section?.telephone ?? town.contact.telephone,
            "手数料": journey.fee.map { Yen.text($0.total) } ?? "0円", "町": town.name[.ja],
            "役場の住所": town.contact.address, "今日": today.wareki,
        ]
    }

    /// Filled with a decision and its answers as well.
    func deciding(
        _ outcome: Case.Status, _ content: Decision.Content, on day: Day, fee: FeeLedger, journey: Journey, town: Town
    ) -> Placeholders {
        var values = values
        values["フリガナ"] = journey.applicantName?.kana ?? ""
        values["決定"] = outcome.sentence
        values["決定日"] = day.wareki
        values["理由"] = content.words
        values["根拠"] = content.law
        values["手数料"] = fee.charged.map { "\(Yen.text($0))（\(FeeTexts.name(fee.state)[.ja])）" } ?? ""
        values["長"] = "\(town.name[.ja])長"
        let answers = journey.answered.reduce(into: [String: String]()) { answers, line in
            let label = line.field.label[.ja]
            if answers[label] == nil { answers[label] = line.value.map { line.field.spoken($0)[.ja] } ?? "" }
        }
        return Placeholders(values: values, answers: answers)
    }
}

extension Case.Status {
    /// The decision as a notice says it.
    var sentence: String {
        switch self {
        case .rejected: "承認しません"
        case .inadmissible: "受け付けません"
        default: "承認します"
        }
    }
}
