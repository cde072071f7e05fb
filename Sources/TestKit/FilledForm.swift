/// A form of a page as a browser would send it, unchanged.
package enum FilledForm {
    /// The names and values of the form with this action, its buttons left out.
    package static func pairs(_ html: String, action: String) -> [(String, String)] {
        guard let start = html.firstRange(of: "action=\"\(escaped(action))\"") else { return [] }
        let rest = html[start.upperBound...]
        let form = rest.firstRange(of: "</form>").map { rest[..<$0.lowerBound] } ?? rest
        var pairs: [(String, String)] = []
        var select: (name: String, value: String?)?
        for piece in form.split(separator: "<") {
            let tag = piece.prefix { $0 != ">" }
            let text = piece.drop { $0 != ">" }.dropFirst()
            func attribute(_ name: String) -> String? {
                tag.firstRange(of: " \(name)=\"").map { plain(tag[$0.upperBound...].prefix { $0 != "\"" }) }
            }
            switch tag.prefix(while: { $0.isLetter || $0 == "/" }) {
            case "input":
                let isBox = ["radio", "checkbox"].contains(attribute("type"))
                if isBox, !tag.contains(" checked") { continue }
                if let name = attribute("name") { pairs.append((name, attribute("value") ?? "on")) }
            case "textarea":
                // The line end right after the tag is not part of what stands there.
                let value = text.hasPrefix("\n") ? text.dropFirst() : text
                if let name = attribute("name") { pairs.append((name, plain(value))) }
            case "select": select = attribute("name").map { ($0, nil) }
            case "option":
                if select?.value == nil || tag.contains(" selected") { select?.value = attribute("value") }
            case "/select":
                if let select { pairs.append((select.name, select.value ?? "")) }
                select = nil
            default: break
            }
        }
        return pairs
    }

    private static func escaped(_ text: String) -> String { text.replacing("&", with: "&amp;") }

    private static func plain(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
