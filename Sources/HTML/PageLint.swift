/// What every page keeps to: markup that parses one way, and that everybody can use.
package enum PageLint {
    /// An element with its attributes, in the order of the page.
    private struct Element {
        let name: String
        let attributes: [String: String]
    }

    /// Everything that is wrong with a page. Empty for a good one.
    package static func findings(in html: String) -> [String] {
        var findings: [String] = []
        let elements = parse(html, &findings)
        guard html.hasPrefix("<!DOCTYPE html>") else { return ["the page has no doctype"] }
        let html = elements.first { $0.name == "html" }
        if html?.attributes["lang"] ?? "" == "" { findings.append("html has no lang") }
        let ids = elements.compactMap { $0.attributes["id"] }
        for (id, places) in Dictionary(grouping: ids, by: { $0 }) where places.count > 1 {
            findings.append("the id \(id) stands \(places.count) times")
        }
        findings += references(elements, ids: Set(ids)) + labels(elements)
        if elements.filter({ $0.name == "h1" }).count != 1 { findings.append("the page has not exactly one h1") }
        if elements.filter({ $0.name == "main" }).count != 1 { findings.append("the page has not exactly one main") }
        for element in elements {
            if element.name == "img", element.attributes["alt"] == nil { findings.append("an img has no alt") }
            if element.attributes.keys.contains(where: { $0 == "style" || $0.hasPrefix("on") }) {
                findings.append("\(element.name) has an inline style or script")
            }
            for name in ["src", "href", "action"] {
                let address = element.attributes[name] ?? ""
                let leads = element.name == "a" ? address.hasPrefix("http:") : address.contains("://")
                if leads { findings.append("\(element.name) loads \(address) from elsewhere") }
            }
        }
        return findings
    }

    private static func references(_ elements: [Element], ids: Set<String>) -> [String] {
        elements.flatMap { element in
            ["for", "aria-describedby", "aria-labelledby"].flatMap { name in
                (element.attributes[name] ?? "").split(separator: " ").map(String.init).filter { !ids.contains($0) }
                    .map { "\(element.name) \(name) leads to \($0), which is not there" }
            }
        }
    }

    private static func labels(_ elements: [Element]) -> [String] {
        let labelled = Set(elements.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        return elements.filter { ["input", "select", "textarea"].contains($0.name) }.compactMap { element in
            if element.attributes["type"] == "hidden" || element.attributes["aria-label"] != nil { return nil }
            guard let id = element.attributes["id"], labelled.contains(id) else {
                return "\(element.name) \(element.attributes["name"] ?? "") has no label"
            }
            return nil
        }
    }

    private static let void: Set<String> = ["meta", "link", "input", "br", "img", "hr"]

    /// Reads the tags; notes every one that is not closed where it should be, and every attribute without quotes.
    private static func parse(_ html: String, _ findings: inout [String]) -> [Element] {
        var elements: [Element] = []
        var open: [String] = []
        for tag in tags(html) {
            if tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                if open.last == name {
                    open.removeLast()
                } else {
                    findings.append("</\(name)> closes \(open.last ?? "nothing")")
                }
                continue
            }
            let name = String(tag.prefix { $0.isLetter || $0.isNumber })
            elements.append(Element(name: name, attributes: attributes(tag.dropFirst(name.count), of: name, &findings)))
            if !void.contains(name) { open.append(name) }
        }
        if !open.isEmpty { findings.append("not closed: \(open.joined(separator: ", "))") }
        return elements
    }

    /// What stands between < and >, quotes respected.
    private static func tags(_ html: String) -> [Substring] {
        var tags: [Substring] = []
        var start: String.Index?
        var isQuoted = false
        for index in html.indices {
            switch html[index] {
            case "<" where start == nil: (start, isQuoted) = (html.index(after: index), false)
            case "\"" where start != nil: isQuoted.toggle()
            case ">":
                guard let from = start, !isQuoted else { continue }
                tags.append(html[from..<index])
                start = nil
            default: continue
            }
        }
        return tags
    }

    private static func attributes(
        _ text: Substring, of name: String, _ findings: inout [String]
    ) -> [String: String] {
        var attributes: [String: String] = [:]
        var rest = text.drop { $0.isWhitespace }
        while !rest.isEmpty {
            let key = String(rest.prefix { $0 != "=" && !$0.isWhitespace })
            rest = rest.dropFirst(key.count)
            guard rest.hasPrefix("=\"") else {
                findings.append("\(name) has the attribute \(key) without a quoted value")
                return attributes
            }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            if attributes.updateValue(String(value), forKey: key) != nil { findings.append("\(name) has \(key) twice") }
            rest = rest.dropFirst(value.count + 3).drop { $0.isWhitespace }
        }
        return attributes
    }
}
