extension Visitor.Reply {
    /// What the controls of the page hold, by name, as a browser would send them: the last of several boxes counts.
    package var fields: [String: String] {
        var fields: [String: String] = [:]
        for match in body.matches(of: /<input ([^>]*)>/) {
            let attributes = String(match.1)
            guard let name = Self.value("name", attributes), Self.value("type", attributes) != "file" else { continue }
            let isBox = ["checkbox", "radio"].contains(Self.value("type", attributes))
            if isBox, !attributes.contains("checked") { continue }
            let value = Self.value("value", attributes) ?? ""
            fields[name] = isBox && fields[name] != nil ? "\(fields[name] ?? ""); \(value)" : value
        }
        for match in body.matches(of: /(?s)<textarea ([^>]*)>\n?(.*?)<\/textarea>/) {
            if let name = Self.value("name", String(match.1)) { fields[name] = Self.plain(String(match.2)) }
        }
        for match in body.matches(of: /(?s)<select ([^>]*)>(.*?)<\/select>/) {
            guard let name = Self.value("name", String(match.1)) else { continue }
            let chosen = match.2.firstMatch(of: /<option value="([^"]*)" selected/)
            fields[name] = Self.plain(String(chosen?.1 ?? match.2.firstMatch(of: /<option value="([^"]*)"/)?.1 ?? ""))
        }
        return fields
    }

    private static func value(_ name: String, _ attributes: String) -> String? {
        guard let start = (" " + attributes).firstRange(of: " \(name)=\"") else { return nil }
        return plain(String((" " + attributes)[start.upperBound...].prefix { $0 != "\"" }))
    }

    private static func plain(_ text: String) -> String {
        [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
