import Core
import HTML

/// 担当者, on the page of an application: who has it, and the controls that change it.
struct AssignmentView: Sendable {
    let item: Case
    let officer: Officer
    /// Who has it; nil for nobody.
    let holder: ID<Officer>?
    let colleagues: [StaffDirectory.Colleague]
    /// The names of everybody, those who left included.
    let names: [String: String]
    /// The names of the buttons, so that pressing twice does it once.
    let onces: (take: String, give: String)

    var html: HTML {
        let now: HTML = holder.map { "<b>\(Self.name($0.text, colleagues, names))</b>" } ?? "担当者なし"
        guard officer.may(.handleCases, in: item.section) else { return now }
        let others: [HTML] = colleagues.filter { $0.id != holder }.map {
            #"<option value="\#($0.id.text)">\#($0.name)</option>"#
        }
        let nobody: HTML? = holder == nil ? nil : #"<option value="-">担当者なしにする</option>"#
        let take: HTML? =
            holder == officer.id
            ? nil
            : """
            <form method="post" action="\(action)">\(hidden(onces.take))
            <button name="to" value="\(officer.id.text)">自分が担当する</button></form>
            """
        return """
            \(now)\(take)
            <details><summary>ほかの職員に渡す</summary><form method="post" action="\(action)" class="inline">\(hidden(onces.give))
            <label for="assign-to" class="unseen">新しい担当者</label><select id="assign-to" name="to">\(nobody)\(others)</select>
            <button>渡す</button></form></details>
            """
    }

    /// As a list says who has something: marked where they do not work there any more.
    static func name(
        _ holder: String, _ colleagues: [StaffDirectory.Colleague], _ names: [String: String]
    ) -> String {
        colleagues.first { $0.id.text == holder }?.name ?? "\(names[holder] ?? "職員")（不在）"
    }

    private var action: Link { .desk(item.id).below("assign") }

    private func hidden(_ once: String) -> HTML {
        """
        <input type="hidden" name="seen" value="\(holder?.text ?? "-")"><input type="hidden" name="once" value="\(once)">
        """
    }
}
