import HTTPTypes

/// Refuses what another site's page makes a browser send (CSRF).
///
/// Browsers say where a post comes from: `Sec-Fetch-Site`, else `Origin`, else `Referer`. One that says none of them
/// and brings a cookie is refused; without a cookie there is nothing that another site could misuse.
enum CrossOrigin {
    static func allows(_ headers: HTTPFields, host: String?) -> Bool {
        if let site = headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        if let origin = headers[.origin] ?? headers[.referer] { return host != nil && authority(of: origin) == host }
        return headers[.cookie] == nil
    }

    /// `example.jp:8080` of `https://example.jp:8080/path`.
    private static func authority(of address: String) -> String? {
        guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
        return String(address[start...].prefix { $0 != "/" })
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}
