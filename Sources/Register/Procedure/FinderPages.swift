import Core
import HTML
import Web

/// The finder, for residents.
struct FinderPages {
    let town: Town
    let language: Language
    let finder: Finder

    /// More than fit on a calm page stand in groups, by their names alone.
    private static let calm = 30

    /// 手続きの入口: search, situations and what can be begun at once.
    /// - Parameter ready: the cards that can be begun here, those that are asked for most first.
    func home(_ found: Finder.Found, ready: [Card]) -> Page {
        let online = found.places[.online] ?? 0
        return Page(
            RegisterTexts.title[language],
            """
            <div class="hero">
            <h1>\(RegisterTexts.title.html(language))</h1>
            <p>\(RegisterTexts.lead.html(language))</p>
            \(searchForm)
            </div>
            <h2>\(FinderTexts.byEvent.html(language))</h2>
            \(tiles(found.events))
            <h2>\(FinderTexts.readyNow.html(language))</h2>
            <ul class="names">\(ready.map { name($0, tagged: false) })</ul>
            <ul class="plain onward">
            <li><a href="\(.procedures(.init(place: .online)))">\(FinderTexts.allOnline.with(String(online)).html(language))</a></li>
            <li><a href="\(.procedures(.init()))">\(FinderTexts.everything.with(String(found.cards.count)).html(language))</a></li>
            <li><a href="/papers">\(PaperTexts.title.html(language))</a></li>
            </ul>
            <div class="aside">
            <h2><a href="/resume">\(FinderTexts.resume.html(language))</a></h2>
            <p>\(FinderTexts.resumeHow.html(language))</p>
            </div>
            """)
    }

    /// What a search leads to, with what narrows it further.
    func results(_ found: Finder.Found, for wanted: Finder.Wanted) -> Page {
        let title = title(wanted)
        return Page(
            title[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.home.html(language))</a></p>
            <h1>\(title.html(language))</h1>
            \(narrowing(found, wanted))
            \(chips(wanted))
            \(how(found, wanted))
            \(listing(found, wanted))
            """)
    }

    private func title(_ wanted: Finder.Wanted) -> Text {
        if !wanted.words.isEmpty { return FinderTexts.found.with(wanted.words) }
        if let event = wanted.event { return event.name }
        if let section = wanted.section { return town.sectionName(section) }
        return wanted.place?.label ?? FinderTexts.all
    }

    private func listing(_ found: Finder.Found, _ wanted: Finder.Wanted) -> HTML {
        if found.cards.isEmpty { return help(wanted) }
        if wanted.words.isEmpty, wanted.event == nil, found.cards.count > Self.calm { return groups(found.cards) }
        return #"<ul class="cards">\#(found.cards.map(row))</ul>"#
    }

    /// Each procedure once, under the first of its situations.
    private func groups(_ cards: [Card]) -> HTML {
        let groups = Dictionary(grouping: cards) { card in LifeEvent.allCases.first(where: card.events.contains) }
        let keys: [LifeEvent?] = LifeEvent.allCases + [nil]
        let parts: [HTML] = keys.compactMap { event in
            guard let cards = groups[event] else { return nil }
            return """
                <h2>\((event?.name ?? FinderTexts.other).html(language))</h2>
                <ul class="names">\(cards.map { name($0, tagged: true) })</ul>
                """
        }
        return "\(parts)"
    }

    /// What else there is to do where nothing was found.
    private func help(_ wanted: Finder.Wanted) -> HTML {
        let telephone = town.contact.telephone
        let isNarrowed = wanted.event != nil || wanted.section != nil || wanted.place != nil
        let counts = finder.find(.init()).events
        let words = isNarrowed ? FinderTexts.nothingLeft : FinderTexts.nothing
        return """
            <p>\(words.html(language))</p>
            <p><a href="\(Link(telephone: telephone))">\(telephone)</a>\(town.contact.hoursInBrackets(language))</p>
            <h2>\(FinderTexts.byEvent.html(language))</h2>
            \(tiles(counts))
            """
    }

    /// もしかして, or that these are only related.
    private func how(_ found: Finder.Found, _ wanted: Finder.Wanted) -> HTML {
        let count: HTML =
            #"<p class="quiet" role="status">\#(FinderTexts.count.with(String(found.cards.count)).html(language))</p>"#
        guard !found.cards.isEmpty else { return .empty }
        switch found.how {
        case .exact, .nothing: return count
        case .related: return "<p>\(FinderTexts.related.html(language))</p>\(count)"
        case .near(let meant):
            var other = wanted
            other.words = meant
            return """
                <p class="big">\(FinderTexts.meant.html(language)) <a href="\(.procedures(other))"><b>\(meant)</b></a></p>
                <p>\(FinderTexts.near.with(wanted.words).html(language))</p>\(count)
                """
        }
    }

    private func tiles(_ counts: [LifeEvent: Int]) -> HTML {
        let tiles: [HTML] = LifeEvent.allCases.compactMap { event in
            counts[event].map { count in
                """
                <li><a class="tile" href="\(.procedures(.init(event: event)))"><span>\(event.name.html(language))</span>
                <small>\(count)<span class="unseen"> \(FinderTexts.unit.html(language))</span></small></a></li>
                """
            }
        }
        return #"<ul class="tiles">\#(tiles)</ul>"#
    }

    private func row(_ card: Card) -> HTML {
        """
        <li><a href="\(.procedure(card.id))">\(card.name.html(language))</a>\(tag(card))\(sampleMark(card))
        \(card.summary.paragraphs(language))</li>
        """
    }

    private func name(_ card: Card, tagged: Bool) -> HTML {
        let isHere = finder.online.contains(card.id)
        let short: HTML? =
            isHere
            ? #" <span class="tag good">\#(Place.online.label.html(language))</span>"#
            : card.portals.first.map { " <span class=\"tag\">\($0.name)</span>" }
        return #"<li><a href="\#(.procedure(card.id))">\#(card.name.html(language))</a>\#(tagged ? short : nil)</li>"#
    }

    private func tag(_ card: Card) -> HTML? {
        if finder.online.contains(card.id) {
            return #" <span class="tag good">\#(FinderTexts.here.html(language))</span>"#
        }
        return card.portals.first.map {
            #" <span class="tag">\#(FinderTexts.elsewhere.with($0.name).html(language))</span>"#
        }
    }

    private func sampleMark(_ card: Card) -> HTML? {
        card.isSample ? #" <span class="tag">\#(FinderTexts.sample.html(language))</span>"# : nil
    }
}

extension FinderPages {
    private var searchForm: HTML {
        """
        <form class="search" action="/procedures" role="search">\(wordsField(""))</form>
        """
    }

    private func wordsField(_ typed: String) -> HTML {
        """
        <label for="q">\(FinderTexts.title.html(language))</label>
        <p class="hint" id="q-hint">\(FinderTexts.hint.html(language))</p>
        <div><input id="q" name="q" type="search" value="\(typed)" aria-describedby="q-hint" autocomplete="off" maxlength="100">
        <button>\(FinderTexts.button.html(language))</button></div>
        """
    }

    /// Words, situation, section and place, each value with how many there would be.
    private func narrowing(_ found: Finder.Found, _ wanted: Finder.Wanted) -> HTML {
        let events = LifeEvent.allCases.map { ($0.rawValue, $0.name, found.events[$0]) }
        let sections = town.sections.map { ($0.id, $0.name, found.sections[$0.id]) }
        let places = Place.allCases.map { ($0.rawValue, $0.label, found.places[$0]) }
        return """
            <form class="search finder" action="/procedures" role="search">\(wordsField(wanted.words))
            <div class="facets">
            \(choice("event", FinderTexts.event, events, wanted.event?.rawValue))
            \(choice("place", FinderTexts.place, places, wanted.place?.rawValue))
            \(choice("section", FinderTexts.section, sections, wanted.section))
            </div></form>
            """
    }

    private func choice(
        _ name: String, _ label: Text, _ values: [(id: String, name: Text, count: Int?)], _ chosen: String?
    ) -> HTML {
        let options: [HTML] = values.filter { $0.count != nil || $0.id == chosen }.map { value in
            let words = FinderTexts.option.replacing("%1", with: value.name).replacing(
                "%2", with: Text(verbatim: String(value.count ?? 0)))
            let selected = Attributes().with("selected", when: value.id == chosen)
            return #"<option value="\#(value.id)"\#(selected)>\#(words[language])</option>"#
        }
        return """
            <p><label for="\(name)">\(label.html(language))</label>
            <select id="\(name)" name="\(name)"><option value="">\(FinderTexts.any[language])</option>\(options)</select></p>
            """
    }

    /// What it is narrowed by, each to be taken away.
    private func chips(_ wanted: Finder.Wanted) -> HTML {
        var chips: [(Text, Finder.Wanted)] = []
        func chip(_ name: Text?, _ take: (inout Finder.Wanted) -> Void) {
            guard let name else { return }
            var other = wanted
            take(&other)
            chips.append((name, other))
        }
        chip(wanted.words.isEmpty ? nil : Text(verbatim: wanted.words)) { $0.words = "" }
        chip(wanted.event?.name) { $0.event = nil }
        chip(wanted.place?.label) { $0.place = nil }
        chip(wanted.section.map(town.sectionName)) { $0.section = nil }
        guard !chips.isEmpty else { return .empty }
        let items: [HTML] = chips.map { name, other in
            let label = FinderTexts.without.replacing("%1", with: name)[language]
            return
                #"<li><a class="chip" href="\#(.procedures(other))" aria-label="\#(label)">\#(name.html(language))</a></li>"#
        }
        return #"<ul class="chips" aria-label="\#(FinderTexts.narrowed[language])">\#(items)</ul>"#
    }
}
