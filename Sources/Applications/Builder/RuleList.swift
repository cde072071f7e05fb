import Core
import HTML
import Web

/// 決まりの一覧: what a form decides besides its questions, in words, for whoever publishes it.
struct RuleList {
    let form: Form
    let town: Town

    var html: HTML {
        let words = FormWords(form: form)
        let fee = (form.fee?.lines ?? []).map { line in
            let count = line.count.map { " × \(words.words($0))" } ?? ""
            return "\(line.label[.ja])：\(Yen.text(line.price))\(count)" + occasion(line.when)
        }
        let papers = (form.requirements ?? []).map { requirement in
            "\(requirement.name[.ja])（\(Self.name(requirement.state))）根拠：\(requirement.clause)　理由：\(requirement.reason[.ja])"
        }
        let routes = (form.routing ?? []).map { town.sectionName($0.section)[.ja] + occasion($0.when) }
        let deadlines = (form.deadlines ?? []).map { "\($0.businessDays)開庁日" + occasion($0.when) }
        let due = form.fee.map { $0.due == .submission ? "（申請のとき）" : "（承認のあと）" } ?? ""
        return list("手数料\(due)", fee) + list("求める書類", papers) + list("担当の振り分け", routes) + list("処理期限", deadlines)
            + list("送信の前に確かめていただくこと", [form.declaration[.ja]])
    }

    private func occasion(_ condition: Condition?) -> String {
        condition.map { "（\(FormWords(form: form).occasion($0))）" } ?? ""
    }

    private func list(_ title: String, _ items: [String]) -> HTML {
        let lines: [HTML] = items.map { "<li>\($0)</li>" }
        return "<h3>\(title)</h3>\(lines.isEmpty ? "<p>ありません。</p>" : "<ul>\(lines)</ul>")"
    }

    private static func name(_ state: Requirement.State) -> String {
        switch state {
        case .abolished: "撤廃・省略済"
        case .planned: "撤廃・省略の予定"
        case .impossible: "撤廃・省略できない"
        case .other: "求めている"
        }
    }
}
