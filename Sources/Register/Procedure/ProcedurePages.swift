import Core
import HTML
import Web

/// The finder and the procedures' pages, for residents.
struct ProcedurePages {
    let town: Town
    let language: Language

    /// 手続きの入口: search, situations and everything there is.
    func home(_ cards: [Card], counts: [LifeEvent: Int], online: Set<Card.ID>) -> Page {
        let events: [HTML] = LifeEvent.allCases.filter { counts[$0] != nil }.map { event in
            #"<li><a class="tile" href="\#(.procedures(of: event))">\#(event.name.html(language))</a></li>"#
        }
        return Page(
            RegisterTexts.title[language],
            """
            <div class="hero">
            <h1>\(RegisterTexts.title.html(language))</h1>
            <p>\(RegisterTexts.lead.html(language))</p>
            \(searchForm(""))
            </div>
            <h2>\(RegisterTexts.byEvent.html(language))</h2>
            <ul class="tiles">\(events)</ul>
            <h2>\(RegisterTexts.all.html(language))</h2>
            \(list(cards, online: online))
            <div class="aside">
            <h2><a href="/resume">\(RegisterTexts.resume.html(language))</a></h2>
            <p>\(RegisterTexts.resumeHow.html(language))</p>
            </div>
            """)
    }

    /// What a search or a situation leads to.
    func results(_ cards: [Card], for wanted: String, typed: String, online: Set<Card.ID>) -> Page {
        let title = RegisterTexts.found.with(wanted)
        let nothing: HTML? =
            cards.isEmpty
            ? """
            <p>\(RegisterTexts.nothing.html(language))</p>
            <p><a href="\(Link(telephone: town.contact.telephone))">\(town.contact.telephone)</a>\(town.contact.hoursInBrackets(language))</p>
            """ : nil
        return Page(
            title[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.back.html(language))</a></p>
            <h1>\(title.html(language))</h1>
            \(searchForm(typed))
            \(nothing)\(list(cards, online: online))
            """)
    }

    /// 手続の案内.
    func procedure(
        _ card: Card, start: Link?, minutes: Int?, measured: MeasuredDays?, paperForm: Link?, papers: [Paper],
        numbers: HTML?
    ) -> Page {
        let facts: [HTML] = [
            fact(RegisterTexts.audience, card.audience),
            fact(RegisterTexts.deadline, card.guide?.deadline),
            fact(RegisterTexts.bring, card.guide?.bring),
            fact(RegisterTexts.fee, card.guide?.fee),
            fact(RegisterTexts.result, card.guide?.result),
            fact(RegisterTexts.processing, card.processingDays.map { RegisterTexts.processingDays.with(String($0)) }),
            fact(RegisterTexts.really, measured?.words),
        ]
        return Page(
            card.name[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.back.html(language))</a></p>
            <div class="column">
            <h1>\(card.name.html(language))\(sampleMark(card))</h1>
            <div class="lead">\(card.summary.paragraphs(language))</div>
            \(beginning(start, minutes))
            <dl class="facts">
            \(facts)\(channels(card))
            </dl>
            \(list(papers))
            <h2>\(RegisterTexts.withoutDevice.html(language))</h2>
            \((card.guide?.withoutDevice ?? LayoutWords.counter).paragraphs(language))
            \(paperForm.map { #"<p><a href="\#($0)" target="_blank">\#(RegisterTexts.paperForm.html(language))</a></p>"# as HTML })
            \(numbers)
            \(contact(card))
            </div>
            """)
    }

    private func list(_ papers: [Paper]) -> HTML {
        func items(_ papers: [Paper]) -> HTML {
            let lines: [HTML] = papers.map {
                "<li><b>\($0.name.html(language))</b><br><small>\($0.reason.html(language))</small></li>"
            }
            return "<ul>\(lines)</ul>"
        }
        let (asked, gone) = (papers.filter(\.isAsked), papers.filter { !$0.isAsked })
        let first: HTML? = asked.isEmpty ? nil : "<h2>\(RegisterTexts.papers.html(language))</h2>\(items(asked))"
        let more: HTML = #"<p><a href="/papers">\#(RegisterTexts.papersTitle.html(language))</a></p>"#
        let second: HTML? =
            gone.isEmpty ? nil : "<h2>\(RegisterTexts.papersGone.html(language))</h2>\(items(gone))\(more)"
        return "\(first)\(second)"
    }

    /// 添付書類の見直し: which papers are still asked for, and how many are not any more.
    func papers(_ procedures: [(Card, [Paper])]) -> Page {
        let gone = procedures.reduce(0) { $0 + $1.1.count { !$0.isAsked } }
        let rows: [HTML] = procedures.filter { !$0.1.isEmpty }.map { card, papers in
            func names(_ papers: [Paper]) -> HTML {
                let lines: [HTML] = papers.map { "<li>\($0.name.html(language))</li>" }
                return lines.isEmpty ? "—" : "<ul class=\"plain\">\(lines)</ul>"
            }
            return """
                <tr><th scope="row"><a href="\(Link.procedure(card.id))">\(card.name.html(language))</a></th>
                <td>\(names(papers.filter(\.isAsked)))</td><td>\(names(papers.filter { !$0.isAsked }))</td></tr>
                """
        }
        return Page(
            RegisterTexts.papersTitle[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.back.html(language))</a></p>
            <h1>\(RegisterTexts.papersTitle.html(language))</h1>
            <p class="lead">\(RegisterTexts.papersCount.with(String(gone)).html(language))</p>
            <div class="scroll" role="region" aria-label="\(RegisterTexts.papersTitle[language])" tabindex="0"><table>
            <thead><tr><th scope="col">\(RegisterTexts.procedure.html(language))</th>
            <th scope="col">\(RegisterTexts.papers.html(language))</th>
            <th scope="col">\(RegisterTexts.papersGone.html(language))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """)
    }

    private func beginning(_ start: Link?, _ minutes: Int?) -> HTML {
        guard let start, let minutes else { return "<p class=\"notice\">\(RegisterTexts.noOnline.html(language))</p>" }
        return """
            <form method="post" action="\(start)">
            <button class="primary">\(RegisterTexts.start.html(language))</button>
            <button name="as" value="proxy" class="quiet">\(RegisterTexts.startForAnother.html(language))</button>
            </form>
            <p class="quiet">\(RegisterTexts.minutes.with(String(minutes)).html(language))</p>
            """
    }

    private func fact(_ label: Text, _ words: Text?) -> HTML {
        guard let words else { return .empty }
        return "<div><dt>\(label.html(language))</dt><dd>\(words.paragraphs(language))</dd></div>"
    }

    private func channels(_ card: Card) -> HTML {
        let separator: HTML = language.isWrittenAsJapanese ? "、" : ", "
        let names = card.channels?.map { $0.name.html(language) }
        let words = names.map { names in
            names.dropFirst().reduce(names.first ?? .empty) { $0 + separator + $1 }
        }
        return """
            <div><dt>\(RegisterTexts.channels.html(language))</dt><dd><p>\(words ?? RegisterTexts.unknown.html(language))</p></dd></div>
            """
    }

    private func contact(_ card: Card) -> HTML {
        let telephone = town.sections.first { $0.id == card.section }?.telephone ?? town.contact.telephone
        let basis: HTML? = card.legalBasis.map {
            "<div><dt>\(RegisterTexts.basis.html(language))</dt><dd><p lang=\"ja\">\($0)</p></dd></div>"
        }
        return """
            <dl class="facts">
            <div><dt>\(RegisterTexts.section.html(language))</dt>
            <dd><p>\(town.sectionName(card.section).html(language))<br>
            <a href="\(Link(telephone: telephone))">\(telephone)</a>\(town.contact.hoursInBrackets(language))</p></dd></div>
            \(basis)
            </dl>
            """
    }

    private func list(_ cards: [Card], online: Set<Card.ID>) -> HTML {
        let rows: [HTML] = cards.map { card in
            let tag: HTML? =
                online.contains(card.id)
                ? " <span class=\"tag good\">\(RegisterTexts.canOnline.html(language))</span>" : nil
            return """
                <li><a href="\(.procedure(card.id))">\(card.name.html(language))</a>\(tag)\(sampleMark(card))
                \(card.summary.paragraphs(language))</li>
                """
        }
        return #"<ul class="cards">\#(rows)</ul>"#
    }

    private func sampleMark(_ card: Card) -> HTML? {
        card.isSample ? " <span class=\"tag\">\(RegisterTexts.sample.html(language))</span>" : nil
    }

    private func searchForm(_ typed: String) -> HTML {
        """
        <form class="search" action="/procedures" role="search">
        <label for="q">\(RegisterTexts.search.html(language))</label>
        <p class="hint" id="q-hint">\(RegisterTexts.searchHint.html(language))</p>
        <div><input id="q" name="q" type="search" value="\(typed)" aria-describedby="q-hint" autocomplete="off" maxlength="100">
        <button>\(RegisterTexts.searchButton.html(language))</button></div>
        </form>
        """
    }
}

private enum LayoutWords {
    static let counter = Text(
        "役場の窓口で同じ手続きができます。職員が入力をお手伝いします。",
        easy: "{役場|やくば}の {窓口|まどぐち}でも できます。{職員|しょくいん}が {手伝|てつだ}います。",
        en: "You can do the same at the counter of the town hall. Our staff will help you.")
}
