import Core
import HTML
import Japanese
import Web

extension Link {
    /// The plan, for everybody.
    static func plan(_ number: String) -> Link { "/plan/\(number)" }
    static let progress: Link = "/progress"
}

/// The plan as everybody reads it, on the screen and on paper.
struct PlanPages {
    let language: Language
    let national: NationalPlan?
    /// 続ける取組 of a draft: what the committee decided so far.
    var goingOn: [PlanAction] = []

    func page(_ plan: PlanVersion, others: [PlanVersion], consultation: Consultation?) -> Page {
        let versions: [HTML] = others.filter { $0.number != plan.number }.map { other in
            let isLater =
                others.firstIndex { $0.number == other.number } ?? 0 > others.firstIndex { $0.number == plan.number }
                ?? 0
            let comparing = ("/plan/compare" as Link).asking([
                ("old", isLater ? plan.number : other.number), ("new", isLater ? other.number : plan.number),
            ])
            return """
                <li><a href="\(.plan(other.number))">\(name(other).html(language))</a> <a href="\(comparing)">\(PlanTexts.compare.html(language))<span class="unseen">（\(other.number)）</span></a></li>
                """
        }
        let wanted: HTML? = consultation.map {
            #"<p class="notice"><a href="\#(.consultation($0.number))">\#(PlanTexts.consultation.html(language))</a></p>"#
        }
        return Page(
            plan.title,
            """
            <p class="way"><a href="\(.progress)">\(PlanTexts.progress.html(language))</a></p>
            <h1>\(plan.title) <small>\(name(plan).html(language))</small></h1>
            <p class="lead">\(PlanTexts.lead.html(language))</p>\(wanted)
            \(body(plan))
            <p class="acts"><a class="button" href="\(Link.plan(plan.number).below("plan.pdf"))">\(PlanTexts.pdf.html(language))</a>
            <a class="button" href="\(Link.plan(plan.number).below("plan.json"))">\(PlanTexts.data.html(language))</a></p>
            <p><a href="\(Link.plan(plan.number).below("mapping"))">\(PlanTexts.mapping.html(language))</a></p>
            \(versions.isEmpty ? .empty : "<h2>\(PlanTexts.versions.html(language))</h2><ul class=\"plain\">\(versions)</ul>")
            """)
    }

    private func name(_ plan: PlanVersion) -> Text {
        PlanTexts.version.with(plan.number, plan.state == .draft ? PlanTexts.draftMark[language] : plan.adoptedOn ?? "")
    }

    /// What the plan says: the same on the screen and on paper.
    func body(_ plan: PlanVersion) -> HTML {
        let chapters: [HTML] = plan.chapters.map { chapter in
            let parts = plan.clauses.filter { $0.anchor.hasPrefix("\(chapter.no)-") }
            let items: [HTML] = parts.map { clause in
                """
                <section id="\(clause.anchor)"><h3><a href="#\(clause.anchor)">\(clause.anchor)</a> \(clause.heading)</h3>
                <p>\(clause.text.html(language))</p>\(term(clause, plan))</section>
                """
            }
            return """
                <section id="\(String(chapter.no))"><h2>\(chapter.no) \(chapter.title)</h2>
                <p>\(chapter.gist.html(language))</p>\(items)</section>
                """
        }
        return """
            \(facts(plan))
            \(chapters)
            \(corrections(plan))\(dated(plan))\(related(plan))\(openPoints(plan))\(actions)\(contact(plan))
            """
    }

    /// A term's reading, and what the plan's own glossary says.
    private func term(_ clause: PlanVersion.Clause, _ plan: PlanVersion) -> HTML? {
        guard clause.anchor.hasPrefix("9-"), let term = plan.glossary.first(where: { $0.term == clause.heading }) else {
            return nil
        }
        return """
            <p class="quiet">\(term.reading)　\(PlanTexts.official.html(language)): \(term.official.map { "\($0)" } ?? PlanTexts.notTaken.html(language))</p>
            """
    }

    private func facts(_ plan: PlanVersion) -> HTML {
        var lines: [(String, HTML)] = [
            (PlanTexts.adopted[language], "\(plan.adoptedOn ?? PlanTexts.draftMark[language])"),
            (PlanTexts.by[language], "\(plan.adoptedBy ?? "—")"),
            (
                PlanTexts.period[language],
                "\(PlanTexts.periodOf.with(plan.from.iso, plan.until.iso).html(language))<br>\(plan.periodReason)"
            ),
        ]
        if let reason = plan.reason { lines.append((PlanTexts.reason[language], Piece.kept(reason))) }
        return Piece.facts(lines)
    }

    private func corrections(_ plan: PlanVersion) -> HTML {
        guard !plan.corrections.isEmpty else { return .empty }
        let rows: [[HTML]] = plan.corrections.map { correction in
            [
                "\(correction.place)", "<del>\(correction.printed)</del>", "\(correction.meant)",
                "\(correction.recordedOn.iso) \(correction.recorder)",
            ]
        }
        return "<h2 id=\"corrections\">\(PlanTexts.corrections.html(language))</h2>"
            + Piece.table(
                PlanTexts.corrections[language],
                [PlanTexts.place, PlanTexts.printed, PlanTexts.meant, PlanTexts.recorded].map { $0[language] }, rows)
    }

    /// Facts that held for the document's day, and what is known since.
    private func dated(_ plan: PlanVersion) -> HTML {
        guard !plan.dated.isEmpty else { return .empty }
        let rows: [[HTML]] = plan.dated.map { ["\($0.place)", "\($0.printed)", "\($0.since)"] }
        return "<h2 id=\"dated\">\(PlanTexts.dated.html(language))</h2>"
            + Piece.table(
                PlanTexts.dated[language], [PlanTexts.place, PlanTexts.printed, PlanTexts.since].map { $0[language] },
                rows)
    }

    /// 関連する文書. One that has been replaced since says by what.
    private func related(_ plan: PlanVersion) -> HTML {
        let items: [HTML] = plan.related.map { document in
            let newest = document.version != nil && document.name == national?.name ? national?.newest : nil
            let mark: HTML? = newest.flatMap { newest in
                newest.number == document.version
                    ? nil : Piece.tag(PlanTexts.newer.with(newest.number, newest.date)[language], "attention")
            }
            let version = document.version.map { " 第\($0)版" } ?? ""
            return """
                <li><span>\(document.name)\(version)（\(document.by)\(document.date.map { "、\($0)" } ?? "")）\(document.note.map { "<br><small>\($0)</small>" as HTML })</span>\(mark)</li>
                """
        }
        return "<h2 id=\"related\">\(PlanTexts.related.html(language))</h2><ul class=\"rows\">\(items)</ul>"
    }

    private func openPoints(_ plan: PlanVersion) -> HTML {
        guard !plan.openPoints.isEmpty else { return .empty }
        let items: [HTML] = plan.openPoints.map { "<li>\($0.html(language))</li>" }
        return "<h2 id=\"open\">\(PlanTexts.open.html(language))</h2><ul>\(items)</ul>"
    }

    private var actions: HTML {
        guard !goingOn.isEmpty else { return .empty }
        let items: [HTML] = goingOn.map { "<li lang=\"ja\">\($0.number) \($0.title)</li>" }
        return "<h2 id=\"actions\">\(PlanTexts.goingOn.html(language))</h2><ul>\(items)</ul>"
    }

    private func contact(_ plan: PlanVersion) -> HTML {
        guard let contact = plan.contact else { return .empty }
        return """
            <h2>\(PlanTexts.contact.html(language))</h2>
            <p>\(contact.section)<br>\(contact.address)<br><a href="\(Link(telephone: contact.telephone))">\(contact.telephone)</a><br>\(contact.mail)</p>
            """
    }

    /// 国の計画との対応, version by version.
    func mapping(_ plan: PlanVersion) -> Page {
        let parts: [HTML] = (national?.versions ?? []).reversed().map { version in
            let head: HTML =
                "<h2>\(national?.name ?? "") 第\(version.number)版 <small>\(version.date)</small></h2><p class=\"quiet\">\(version.source)</p>"
            guard let mapping = PlanMapping(version, plan) else {
                return head + "<p>\(PlanTexts.unknown.html(language))</p>"
            }
            return head + table(mapping, plan) + missing(mapping)
        }
        return Page(
            PlanTexts.mapping[language],
            """
            <p class="way"><a href="\(.plan(plan.number))">\(plan.title)</a></p>
            <h1>\(PlanTexts.mapping.html(language))</h1><p>\(PlanTexts.mappingLead.html(language))</p>\(parts)
            """)
    }

    private func table(_ mapping: PlanMapping, _ plan: PlanVersion) -> HTML {
        let rows: [[HTML]] = mapping.rows.map { national, town in
            let mark: HTML = national.isBeside == true ? " \(Piece.tag(PlanTexts.beside[language]))" : .empty
            let links: [HTML] = town.map { item in
                "<a href=\"\(.plan(plan.number))#\(plan.anchor(of: item))\">\(item.no) \(item.name)</a><br>"
            }
            return [
                "\(national.name)\(mark)",
                links.isEmpty ? Piece.tag(PlanTexts.missingHere[language], "attention") : "\(links)",
            ]
        }
        return Piece.table(mapping.version.number, [PlanTexts.nation[language], PlanTexts.town[language]], rows)
    }

    private func missing(_ mapping: PlanMapping) -> HTML {
        func list(_ title: Text, _ names: [String]) -> HTML {
            "<p><b>\(title.html(language))</b>: \(names.isEmpty ? PlanTexts.none[language] : names.joined(separator: "、"))</p>"
        }
        return list(PlanTexts.missingHere, mapping.missingInTown.map(\.name))
            + list(PlanTexts.missingThere, mapping.missingInNation.map(\.name))
    }

    /// 版の違い.
    func comparison(_ old: PlanVersion, _ new: PlanVersion) -> Page {
        let changes = PlanDifference(from: old, to: new).changes
        let rows: [[HTML]] = changes.map { line in
            let words: Text =
                switch line.change {
                case .added: PlanTexts.added
                case .removed: PlanTexts.removed
                case .moved: PlanTexts.moved
                case .changed, .same: PlanTexts.changed
                }
            func side(_ clause: PlanVersion.Clause?) -> HTML {
                clause.map { "<b>\($0.anchor) \($0.heading)</b><br>\($0.text.html(language))" } ?? "—"
            }
            return ["\(words.html(language))", side(line.old), side(line.new)]
        }
        return Page(
            PlanTexts.compare[language],
            """
            <p class="way"><a href="\(.plan(new.number))">\(new.title)</a></p>
            <h1>\(PlanTexts.compareOf.with(old.number, new.number).html(language))</h1>
            \(new.reason.map { "<p class=\"kept\">\($0)</p>" as HTML })
            \(rows.isEmpty ? "<p>\(PlanTexts.same.html(language))</p>" : Piece.table(PlanTexts.compare[language], [PlanTexts.changed[language], old.number, new.number], rows))
            """)
    }
}
