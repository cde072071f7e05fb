package import Core
package import HTML

/// What a handler gives back.
package struct Answer: Sendable {
    enum Body: Sendable {
        case page(Page)
        case fragment(HTML)
        case text(String)
        case redirect(Link)
        case file(Download)
        case status(Int)
        case json(JSONValue, status: Int, etag: String?)
    }

    private(set) var body: Body
    var cookies: [Cookie] = []
    /// What the browser is told besides, by header.
    var headers: [(name: String, value: String)] = []

    /// A page in the town's layout.
    package static func page(_ page: Page) -> Answer { Answer(body: .page(page)) }

    /// A piece of a page, for a script that puts it in its place.
    package static func fragment(_ html: HTML) -> Answer { Answer(body: .fragment(html)) }

    /// A few words, for a script.
    package static func text(_ text: String) -> Answer { Answer(body: .text(text)) }

    /// Go there now, with GET: the end of every post that was taken.
    package static func redirect(_ link: Link) -> Answer { Answer(body: .redirect(link)) }

    /// A file.
    package static func file(_ file: Download) -> Answer { Answer(body: .file(file)) }

    /// JSON, for other systems.
    /// - Parameter etag: names the state that was told, to be sent back with what changes it; nil for none.
    package static func json(_ json: JSONValue, status: Int = 200, etag: String? = nil) -> Answer {
        Answer(body: .json(json, status: status, etag: etag))
    }

    /// What was told before is still so.
    package static let unchanged = Answer(body: .status(304))

    /// It was done, and there is nothing to show: for scripts.
    package static let nothing = Answer(body: .status(204))

    /// Something is still missing: for scripts.
    package static let incomplete = Answer(body: .status(422))

    /// The same answer; a page of it says that an officer is typing for somebody.
    package func atCounter(_ isAtCounter: Bool) -> Answer {
        guard isAtCounter, case .page(var page) = body else { return self }
        page.isAtCounter = true
        var copy = self
        copy.body = .page(page)
        // Where nobody goes on, nothing of the person stays on the screen.
        return copy.refreshing(after: Session.counterIdle, to: "/desk/counter/idle")
    }

    /// The same answer, with a header besides.
    package func saying(_ name: String, _ value: String) -> Answer {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// The same answer, and the browser keeps this.
    package func setting(_ cookie: Cookie?) -> Answer {
        guard let cookie else { return self }
        var copy = self
        copy.cookies.append(cookie)
        return copy
    }
}

/// Something a browser keeps for us. Never readable by scripts, never sent along from other sites' forms.
package struct Cookie: Sendable {
    let name: String
    let value: String
    /// How long, in seconds; nil until the browser is closed.
    let maxAge: Int?
}

/// One page: its own part, to be put into the layout.
package struct Page: Sendable {
    /// Which of the two faces of the house a page belongs to.
    package enum Zone: Sendable {
        /// For residents, in their language.
        case town
        /// 窓口・課: for staff, in Japanese.
        case desk(Officer?)
        /// 2つめの画面: for somebody who looks and presses nothing; has its own part alone.
        case screen
    }

    package let title: String
    package let zone: Zone
    package let body: HTML
    package var status: Int
    /// True where an officer types for somebody at the counter.
    var isAtCounter = false

    package init(_ title: String, zone: Zone = .town, status: Int = 200, _ body: HTML) {
        (self.title, self.zone, self.body, self.status) = (title, zone, body, status)
    }
}
