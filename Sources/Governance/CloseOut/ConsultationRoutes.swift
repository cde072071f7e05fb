import Core
import Database
import HTML
import Japanese
import Web

extension Link {
    static func consultation(_ number: String) -> Link { "/plan/\(number)/opinions" }
}

extension Governance {
    /// 意見募集, for everybody.
    func addConsultationRoutes(to site: inout Site) {
        site.anyone(.get, "/plan/{number}/opinions") { visit in
            .page(try await consultationPage(visit, typed: "", problem: nil))
        }

        site.anyone(.post, "/plan/{number}/opinions") { visit in
            try opinions.take(visit.client, at: visit.moment)
            let words = Spaces.trim(visit.posted["words"] ?? "").replacing("\r\n", with: "\n")
            let problem: Text? =
                words.isEmpty
                ? ConsultationTexts.empty
                : words.count > Opinion.longest || Unwanted.hasControls(words)
                    ? ConsultationTexts.tooLong : IndividualNumber.isFound(in: words) ? ConsultationTexts.number : nil
            if let problem { return .page(try await consultationPage(visit, typed: words, problem: problem)) }
            let number = visit.parameter("number")
            let plan = try await database.read { try Kept<PlanVersion>.require(number, in: $0).content }
            let clause = plan.clauses.first { $0.anchor == visit.posted["clause"] }?.anchor ?? ""
            do {
                let once = visit.posted["once"].flatMap { Opinion.ID($0) } ?? Opinion.ID()
                let id = try await submit(words, once: once, clause: clause, to: number, at: visit.moment)
                return .redirect(("/opinions" as Link).below(id.text))
            } catch let refused as Refused {
                // What was typed stays on the page, whatever the reason.
                var page = try await consultationPage(visit, typed: words, problem: refused.words)
                page.status = 409
                return .page(page)
            }
        }

        site.anyone(.get, "/opinions/{id}") { visit in
            let language = visit.language
            guard let id = Opinion.ID(visit.parameter("id")),
                let opinion = try await database.read({ try Opinion.find(id, in: $0) })
            else { throw Refused.notHere }
            let isPublic = try await database.read { try Consultation.open(for: opinion.consultation, in: $0) == nil }
            let told: HTML =
                isPublic
                ? opinion.answer.map { "<p>\($0.outcome.name.html(language))</p><p class=\"kept\">\($0.words)</p>" }
                    ?? "<p>\(ConsultationTexts.waiting.html(language))</p>"
                : "<p>\(ConsultationTexts.sentHow.html(language))</p>"
            return .page(
                Page(
                    ConsultationTexts.sent[language],
                    """
                    <div class="column"><h1>\(ConsultationTexts.sent.html(language))</h1>\(told)
                    <p><a href="\(.consultation(opinion.consultation))">\(ConsultationTexts.title.html(language))</a></p></div>
                    """))
        }
    }

    private func consultationPage(_ visit: Visit<Anyone>, typed: String, problem: Text?) async throws -> Page {
        let (number, language, today) = (visit.parameter("number"), visit.language, visit.moment.day)
        let (plan, consultation, opinions) = try await database.read { transaction in
            let consultation = try Kept<Consultation>.require(number, in: transaction).content
            return (
                try Kept<PlanVersion>.require(number, in: transaction).content, consultation,
                consultation.published == nil ? [] : try Opinion.list(of: number, in: transaction)
            )
        }
        let rows: [[HTML]] =
            consultation.published == nil
            ? []
            : opinions.map { opinion in
                [
                    "\(opinion.answer?.gist ?? "")",
                    "\(opinion.clause.isEmpty ? ConsultationTexts.whole[language] : opinion.clause)",
                    "\(opinion.answer?.words ?? "")", opinion.answer.map { $0.outcome.name.html(language) } ?? "—",
                ]
            }
        let result: HTML? =
            consultation.published == nil
            ? nil
            : "<h2>\(ConsultationTexts.result.html(language))</h2><p>\(ConsultationTexts.count.with("\(opinions.count)").html(language))</p>"
                + Piece.table(
                    ConsultationTexts.result[language],
                    [
                        ConsultationTexts.gist, ConsultationTexts.clause, ConsultationTexts.answer,
                        ConsultationTexts.outcome,
                    ].map { $0[language] },
                    rows)
        let former = plan.follows.map { ("/plan/compare" as Link).asking([("old", $0), ("new", number)]) }
        return Page(
            ConsultationTexts.title[language], status: problem == nil ? 200 : 422,
            """
            <div class="column"><h1>\(ConsultationTexts.title.html(language)) <small>\(plan.title) \(number)</small></h1>
            <p>\(ConsultationTexts.lead.html(language))</p><p class="kept">\(consultation.lead)</p>
            <p>\(ConsultationTexts.until.with(consultation.until.iso).html(language))</p>
            <p>\(plan.state == .draft ? .empty : "<a href=\"\(.plan(number))\">\(ConsultationTexts.draft.html(language))</a>") \(former.flatMap { link in plan.state == .draft ? nil : "<a href=\"\(link)\">\(ConsultationTexts.changes.html(language))</a>" as HTML })</p>
            \(result)
            \(consultation.isOpen(on: today) || !typed.isEmpty ? form(plan, language, typed, visit.posted["clause"] ?? "", problem) : consultation.published == nil ? "<p class=\"notice\">\((today < consultation.from ? ConsultationTexts.soon.with(consultation.from.iso) : ConsultationTexts.over).html(language))</p>" : .empty)
            </div>
            """)
    }

    private func form(_ plan: PlanVersion, _ language: Language, _ typed: String, _ chosen: String, _ problem: Text?)
        -> HTML
    {
        let clauses =
            [("", ConsultationTexts.whole[language])] + plan.clauses.map { ($0.anchor, "\($0.anchor) \($0.heading)") }
        let error: HTML? = problem.map { "<p class=\"error\" id=\"words-error\">\($0.html(language))</p>" }
        let attributes = Attributes().with("aria-describedby", problem == nil ? "words-hint" : "words-hint words-error")
            .with("aria-invalid", ifPresent: problem == nil ? nil : "true")
        return """
            <form method="post" action="\(.consultation(plan.number))"><input type="hidden" name="once" value="\(Opinion.ID().text)">
            <div class="field"><label for="clause">\(ConsultationTexts.clause.html(language))</label><select id="clause" name="clause">\(SelectOptions(clauses).html(chosen))</select></div>
            <div class="field"><label for="words">\(ConsultationTexts.words.html(language))</label><p class="hint" id="words-hint">\(ConsultationTexts.hint.html(language))</p>\(error)
            <textarea id="words" name="words" rows="6"\(attributes)>
            \(typed)</textarea></div><button class="primary">\(ConsultationTexts.send.html(language))</button></form>
            """
    }
}
