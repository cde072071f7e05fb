import Core
import HTML
import Web

/// What was typed into a page whose session had ended: carried along until the code is entered, and sent again then.
struct KeptPost: Sendable {
    /// The path it was sent to.
    let path: String
    let pairs: [(name: String, value: String)]

    /// What a request brought to an application; nil if nothing.
    init?(_ request: Incoming) {
        guard !request.posted.pairs.isEmpty, request.path.hasPrefix("/applications/") else { return nil }
        (path, pairs) = (request.path, request.posted.pairs)
    }

    /// What the page with the code carried along; nil if nothing.
    init?(carriedBy posted: Posted) {
        guard let path = posted["kept-path"] else { return nil }
        self.path = path
        pairs = posted.pairs.filter { $0.name.hasPrefix("kept.") }.map { (String($0.name.dropFirst(5)), $0.value) }
    }

    /// The controls that carry it.
    var controls: HTML {
        let values: [HTML] = pairs.map { #"<input type="hidden" name="kept.\#($0.name)" value="\#($0.value)">"# }
        return #"<input type="hidden" name="kept-path" value="\#(path)">\#(values)"#
    }

    /// The same as they were, to be sent again.
    var originals: HTML {
        let values: [HTML] = pairs.map { #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"# }
        return "\(values)"
    }

    /// Where it goes, if it is a question of this application.
    func place(in id: Case.ID) -> Link? {
        let segments = path.split(separator: "/").map(String.init)
        guard segments.count >= 3, segments[0] == "applications", segments[1] == id.text else { return nil }
        return segments.dropFirst(2).reduce(Link.application(id)) { $0.below($1) }
    }
}
