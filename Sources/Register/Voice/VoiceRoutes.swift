import Core
import Database
import HTML
import Web

extension Register {
    func addVoiceRoutes(to site: inout Site) {
        site.add(MenuItem("町民の声", "/desk/voices", needs: .readCases))

        site.anyone(.post, "/voice") { visit in
            try voiceLimit.take(visit.client, at: visit.moment)
            guard let answer = visit.posted["useful"], answer == "yes" || answer == "no" else { throw Refused.notHere }
            let id = try await hear(visit.posted["page"] ?? "/", isUseful: answer == "yes", at: visit.moment)
            return .redirect(Link("/voice").below(id.text))
        }

        site.anyone(.get, "/voice/{id}") { visit in
            guard let id = Voice.ID(visit.parameter("id")) else { throw Refused.notHere }
            let became = try await database.read { try stories.became(id.text, $0) }
            return .page(VoicePages(language: visit.language).thanks(id, stories: became))
        }

        site.anyone(.post, "/voice/{id}") { visit in
            guard let id = Voice.ID(visit.parameter("id")) else { throw Refused.notHere }
            let (typed, pages) = (visit.posted["words"] ?? "", VoicePages(language: visit.language))
            do {
                try await add(typed, to: id, at: visit.moment)
                return .page(pages.done())
            } catch let refusal as Refused where refusal.kind.isInvalid {
                return .page(pages.thanks(id, typed: typed, problem: refusal.words))
            }
        }

        site.officer(.get, "/desk/voices", needs: .readCases) { visit in
            let voices = try await voices(for: visit.who.sections(for: .readCases))
            return .page(VoicePages(language: .ja).list(voices, officer: visit.who, observe: stories.observe))
        }
    }
}
