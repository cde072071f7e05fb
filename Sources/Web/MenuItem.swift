package import Core
package import HTML

/// A place of the desk that officers go to from every page.
package struct MenuItem: Sendable {
    let name: String
    let link: Link
    /// What an officer must be allowed to be shown it; nil for every officer.
    let permission: Permission?
    /// True for what is opened every day; the others stand behind 「ほか」.
    let isDaily: Bool

    package init(_ name: String, _ link: Link, needs permission: Permission?, isDaily: Bool = false) {
        (self.name, self.link, self.permission, self.isDaily) = (name, link, permission, isDaily)
    }
}

/// The menu of the desk, as one officer sees it.
struct Menu {
    let items: [MenuItem]
    let officer: Officer
    /// The path of the page that is shown.
    let path: String

    var html: HTML {
        let mine = items.filter { item in item.permission.map { officer.may($0) } ?? true }
        let (daily, other) = (mine.filter(\.isDaily), mine.filter { !$0.isDaily })
        let more: HTML? =
            other.isEmpty
            ? nil
            : """
            <details class="more"><summary>ほか</summary><ul>\(other.map { "<li>\(link($0))</li>" as HTML })</ul></details>
            """
        return """
            <nav aria-label="メニュー">\(daily.map(link))\(more)</nav>
            <form method="post" action="/desk/sign-out" class="who"><span>\(officer.name) さん</span>
            <button class="quiet">サインアウト</button></form>
            """
    }

    private func link(_ item: MenuItem) -> HTML {
        let current = Attributes().with("aria-current", ifPresent: item.link.address == path ? "page" : nil)
        return #"<a href="\#(item.link)"\#(current)>\#(item.name)</a>"#
    }
}
