import HTTPTypes

/// Refuses what another site's page makes a browser send (CSRF).
///
/// `own` is where this site may be: the address residents type, and what the request was sent to.
///
/// Browsers say where a post comes from: `Sec-Fetch-Site`, else `Origin`, else `Referer`. One that says none of them
/// and brings a cookie is refused; without a cookie there is nothing that another site could misuse.
enum CrossOrigin {
    static func allows(_ headers: HTTPFields, own: [String]) -> Bool {
        if let site = headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        if let origin = headers[.origin] ?? headers[.referer] { return own.contains(authority(of: origin)) }
        return headers[.cookie] == nil
    }

    /// `example.jp:8080` of `https://example.jp:8080/path`.
    static func authority(of address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return "" }
        return String(address[start...].prefix { $0 != "/" })
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}
