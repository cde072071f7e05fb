package import Core
package import HTML

extension Link {
    /// Changes the language of the pages and comes back.
    package static func language(_ language: Language, backTo path: String) -> Link {
        Link("/language/\(language.id)").asking([("back", path)])
    }

    /// A page of the desk, by the path that somebody asked for before. Nil if it leads elsewhere.
    package static func desk(path: String) -> Link? { path.hasPrefix("/desk") ? local(path) : nil }

    /// A page of our own, by the path that somebody asked for before. Nil if it leads elsewhere.
    static func local(_ path: String) -> Link? {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\") else { return nil }
        let parts = path.split(separator: "?", maxSplits: 1)
        let segments = (parts.first ?? "/").dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let decoded = segments.compactMap { URLForm.decode($0.utf8, plusIsSpace: false) }
        guard decoded.count == segments.count, let query = URLForm.pairs((parts.count == 2 ? parts[1] : "").utf8) else {
            return nil
        }
        let place = decoded.reduce("" as Link) { $0.below($1) }
        return (decoded.isEmpty ? "/" : place).asking(query)
    }
}

extension Cookie {
    /// The language somebody chose, for a year.
    package static func language(_ language: Language) -> Cookie {
        Cookie(name: "language", value: language.id, maxAge: 365 * 24 * 3600)
    }
}

extension Site {
    mutating func addLanguageRoutes() {
        let town = surroundings.town
        anyone(.get, "/language/{language}") { visit in
            guard let language = town.language(visit.parameter("language")) else { throw Refused.notHere }
            let back = visit.query["back"].flatMap(Link.local) ?? "/"
            return .redirect(back).setting(.language(language))
        }
    }
}

extension Town {
    /// What was chosen before, else what the browser asks for: its first language if the town has it, English if not, and
    /// Japanese where it asks for nothing. A choice that the town does not have is none.
    func language(cookie: String?, acceptLanguage: String?) -> Language {
        if let language = cookie.flatMap(language) { return language }
        let first = acceptLanguage?.split(separator: ",").first?.split(separator: ";").first
        guard let wanted = first?.filter({ $0 != " " }).lowercased(), !wanted.hasPrefix("ja"), !wanted.hasPrefix("*")
        else { return .ja }
        let near = languages.first { wanted == $0.id.lowercased() || wanted.hasPrefix($0.id.lowercased() + "-") }
        return near ?? .en
    }
}
