import Core
package import HTML

extension Answer {
    /// The same answer, and after so many seconds the browser asks for a place, or for the same one again.
    package func refreshing(after seconds: Int, to place: Link? = nil) -> Answer {
        var copy = self
        copy.headers.append(("Refresh", "\(seconds)" + (place.map { "; url=\($0.address)" } ?? "")))
        return copy
    }

    /// 画面から内容を消す. The same answer, and the browser forgets the counter's session and every page it kept: going back
    /// shows nothing.
    package func wiped() -> Answer {
        var copy = clearing()
        copy.cookies.append(Cookie(name: Session.cookieName("applicant"), value: "", maxAge: 0))
        return copy
    }

    /// The same answer, and the browser forgets every page it kept.
    package func clearing() -> Answer {
        var copy = self
        copy.headers.append(("Clear-Site-Data", "\"cache\", \"storage\""))
        return copy
    }
}
