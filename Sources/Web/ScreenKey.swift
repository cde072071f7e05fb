import Core

/// 2つめの画面の鍵. By what a screen at the counter is known: a secret of 256 bits in a cookie, of which the hash alone is kept.
package enum ScreenKey {
    /// A new one: the hash that names the screen, and the cookie that its browser keeps until it is closed.
    package static func make() -> (id: String, cookie: Cookie) {
        let secret = Session.secret()
        return (Session.hash(secret), Cookie(name: Session.cookieName("screen"), value: secret, maxAge: nil))
    }

    /// The screen that a request comes from, or nil.
    package static func id(of request: Incoming) -> String? { request.sessions["screen"].map(Session.hash) }
}
