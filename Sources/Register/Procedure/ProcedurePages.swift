import Core
import HTML
import Web

/// 手続の案内, for residents: the ways to do it first, then what is known of it.
struct ProcedurePages {
    let town: Town
    let language: Language

    /// - Parameter data: the same for programs.
    func procedure(_ known: ProcedureKnowledge, data: HTML, numbers: HTML?) -> Page {
        let card = known.card
        let sample: HTML? =
            card.isSample ? " <span class=\"tag\">\(FinderTexts.sample.html(language))</span>" : nil
        return Page(
            card.name[language],
            """
            <p class="way"><a href="\(.procedures(.init()))">\(FinderTexts.all.html(language))</a></p>
            <h1>\(card.name.html(language))\(sample)</h1>
            <div class="lead column">\(card.summary.paragraphs(language))</div>
            \(ways(known))
            <div class="column">
            <h2>\(RegisterTexts.facts.html(language))</h2>
            \(facts(known))
            \(papers(known.papers))
            \(numbers)
            <p class="quiet"><a href="\(.serviceData(card.id))">\(RegisterTexts.data.html(language))</a></p>
            </div>
            \(data)
            """)
    }

    /// いますぐ・印刷・窓口. Where nobody takes it online, it is said, and the counter comes first.
    private func ways(_ known: ProcedureKnowledge) -> HTML {
        let portals = known.card.portals
        let isNowhere = known.start == nil && portals.isEmpty
        let isSomewhere = known.card.knownPlaces(isOnlineHere: false).contains(.online)
        let none = (isSomewhere ? RegisterTexts.onlineSomewhere : RegisterTexts.noOnline).html(language)
        let now: HTML? =
            isNowhere
            ? nil
            : """
            <section class="path" aria-labelledby="now"><h2 id="now">\(RegisterTexts.now.html(language))</h2>
            \(applying(known))\(elsewhere(portals))</section>
            """
        let note: HTML? = isNowhere ? "<p>\(none)</p>" : nil
        return #"\#(note)<div class="ways">\#(now)\#(printing(known))\#(visiting(known.card))</div>"#
    }

    /// いますぐ申請する, here.
    private func applying(_ known: ProcedureKnowledge) -> HTML? {
        guard let start = known.start, let minutes = known.minutes else { return nil }
        return """
            <form method="post" action="\(start)">
            <button class="primary">\(RegisterTexts.start.html(language))</button>
            <button name="as" value="proxy" class="quiet">\(RegisterTexts.startForAnother.html(language))</button>
            </form>
            <p class="quiet">\(RegisterTexts.minutes.with(String(minutes)).html(language))</p>
            """
    }

    /// Where else it is done online.
    private func elsewhere(_ portals: [CardLink]) -> HTML? {
        let links: [HTML] = portals.compactMap { portal in
            portal.address.map { address in
                """
                <p><a class="button" href="\(address)" rel="external noopener">\(RegisterTexts.portal.with(portal.name).html(language))</a></p>
                """
            }
        }
        return links.isEmpty ? nil : #"\#(links)<p class="quiet">\#(RegisterTexts.portalHow.html(language))</p>"#
    }

    private func printing(_ known: ProcedureKnowledge) -> HTML? {
        known.paperForm.map {
            """
            <section class="path" aria-labelledby="print"><h2 id="print">\(RegisterTexts.printing.html(language))</h2>
            <p><a href="\($0)" target="_blank">\(RegisterTexts.paperForm.html(language))</a></p>
            <p class="quiet">\(RegisterTexts.paperFormHow.html(language))</p></section>
            """
        }
    }

    /// 窓口へ: where, when, and the number to call. Where nobody knows of a counter, only the number.
    private func visiting(_ card: Card) -> HTML {
        let telephone = town.sections.first { $0.id == card.section }?.telephone ?? town.contact.telephone
        let takes = card.knownPlaces(isOnlineHere: false)
        let isCounter = takes.contains(.counter)
        let title = isCounter ? RegisterTexts.visiting : RegisterTexts.asking
        let how: HTML? = isCounter ? (card.guide?.withoutDevice ?? RegisterTexts.counter).paragraphs(language) : nil
        let address: HTML? = isCounter ? "\(town.contact.address)<br>" : nil
        return """
            <section class="path" aria-labelledby="visit"><h2 id="visit">\(title.html(language))</h2>
            \(how)
            <p><b>\(town.sectionName(card.section).html(language))</b><br>\(address)
            <a href="\(Link(telephone: telephone))">\(telephone)</a><br>\(town.contact.hours.html(language))</p></section>
            """
    }

    private func facts(_ known: ProcedureKnowledge) -> HTML {
        let (card, guide) = (known.card, known.card.guide)
        let usual = card.processingDays.map { RegisterTexts.processingDays.with(String($0)) }
        let rows: [HTML] = [
            fact(RegisterTexts.audience, guideWords(card.audience)),
            fact(RegisterTexts.deadline, guideWords(guide?.deadline)),
            fact(RegisterTexts.really, guideWords(known.measured?.words)),
            fact(RegisterTexts.processing, guideWords(usual)),
            fact(RegisterTexts.visits, known.visits.map(visits)),
            fact(RegisterTexts.fee, guideWords(guide?.fee)),
            fact(RegisterTexts.bring, guideWords(guide?.bring)),
            fact(RegisterTexts.result, guideWords(guide?.result)),
            fact(RegisterTexts.places, places(known)),
            fact(RegisterTexts.basis, card.legalBasis.map { "<p lang=\"ja\">\($0)</p>" }),
        ]
        let missing = [
            known.measured == nil && usual == nil ? RegisterTexts.processing : nil,
            known.visits == nil ? RegisterTexts.visits : nil, guide?.fee == nil ? RegisterTexts.fee : nil,
            guide?.bring == nil && known.papers.isEmpty ? RegisterTexts.bring : nil,
        ].compactMap { $0 }
        let kind: HTML? =
            missing.isEmpty
            ? nil
            : "<p class=\"quiet\">\(RegisterTexts.notYetKnown.replacing("%1", with: missing.joined("・", en: ", ")).html(language))</p>"
        return "<dl class=\"facts\">\(rows)</dl>\(kind)"
    }

    private func guideWords(_ words: Text?) -> HTML? { words.map { $0.paragraphs(language) } }

    private func fact(_ label: Text, _ words: HTML?) -> HTML {
        guard let words else { return .empty }
        return "<div><dt>\(label.html(language))</dt><dd>\(words)</dd></div>"
    }

    private func visits(_ visits: VisitCount) -> HTML {
        let words = visits.count == 0 ? RegisterTexts.noVisit : RegisterTexts.visitCount.with(String(visits.count))
        let source: HTML? = visits.source.map {
            "<br><small>\(RegisterTexts.source.with($0).html(language))</small>"
        }
        return "<p>\(words.html(language))\(source)</p>"
    }

    private func places(_ known: ProcedureKnowledge) -> HTML? {
        let places = known.card.knownPlaces(isOnlineHere: known.start != nil).map(\.label)
        return places.isEmpty ? nil : "<p>\(places.joined("、", en: ", ").html(language))</p>"
    }

    private func papers(_ papers: [ListedPaper]) -> HTML? {
        guard !papers.isEmpty else { return nil }
        let isLess = papers.contains { $0.state == .abolished }
        let more: HTML? = isLess ? #"<p><a href="/papers">\#(PaperTexts.title.html(language))</a></p>"# : nil
        return """
            <h2>\(RegisterTexts.papers.html(language))</h2>
            \(PaperPages(language: language).list(papers))\(more)
            """
    }
}
