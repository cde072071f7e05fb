import Core
package import HTML

extension Card {
    /// Where it can be done, as far as anybody knows, in the order residents read it.
    func knownPlaces(isOnlineHere: Bool) -> [Place] {
        let known = Set(places ?? channels?.map(\.place) ?? [])
        return Place.allCases.filter { known.contains($0) || $0 == .online && isOnlineHere }
    }

    /// ほかの申請窓口: where residents do it online outside of this site.
    var portals: [CardLink] { (links ?? []).filter { $0.kind == .portal && $0.address != nil } }
}

extension CardLink {
    /// Where it leads; nil for what is no `https://` address.
    package var address: Link? { reference.flatMap(Link.init(https:)) }
}

extension Card.Channel {
    fileprivate var place: Place {
        switch self {
        case .online: .online
        case .counter: .counter
        case .post: .post
        case .telephone: .telephone
        }
    }
}

extension Place {
    /// As residents read it.
    var label: Text {
        switch self {
        case .online: Card.Channel.online.name
        case .counter: Card.Channel.counter.name
        case .store: Text("コンビニ", easy: "コンビニ", en: "At a convenience store")
        case .post: Card.Channel.post.name
        case .telephone: Card.Channel.telephone.name
        }
    }
}
