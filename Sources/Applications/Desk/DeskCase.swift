import Core
import Database
import Register

/// 机の上の申請. An application with everything the desk knows of it, as it was read at one moment.
struct DeskCase: Sendable {
    let open: OpenCase
    let card: Card?
    let messages: [Message]
    let ledger: FeeLedger
    /// Every event, the oldest first.
    let history: [RecordedEvent]
    /// What had been sent before each correction.
    let versions: [SentVersion]
    let consultations: [Consultation]
    let decisions: [Decision]
    let proposals: [ProposalRoute]
    let relations: Relations
    /// The names of the applicants of what is related, by application.
    let relatedNames: [String: String]
    let templates: [MessageTemplate]
    /// The names of officers, by the text of their id.
    let names: [String: String]

    var item: Case { open.item }

    /// The last thing that happened: what an action says it has seen.
    var mark: String { history.last?.id ?? "" }

    /// The proposal that waits for deciders, or nil.
    var proposal: ProposalRoute? { proposals.last { $0.proposal.state == .open } }

    var hasOpenConsultation: Bool { consultations.contains { $0.state == .open } }

    var needsApproval: Bool { card?.approval?.isNeeded == true }

    /// Who did something, by the actor of an event.
    func who(_ actor: String) -> String {
        switch actor {
        case "applicant": "申請者"
        case "system": "自動"
        default: names[String(actor.dropFirst("officer:".count))] ?? "職員"
        }
    }

    /// Everything that was sent, from the first version to what stands now.
    var journeys: [Journey] {
        get throws {
            let now = try open.submitted
            return versions.map { Journey(open.form, $0.answers, on: now.today) } + [now]
        }
    }

    /// Every file of every version.
    var files: [AttachedFile] {
        get throws {
            var files: [AttachedFile] = []
            for file in try journeys.flatMap(\.answers.files) where !files.contains(where: { $0.id == file.id }) {
                files.append(file)
            }
            return files
        }
    }
}

/// 決裁の経過. A proposal with what it says and what the deciders said.
struct ProposalRoute: Sendable {
    let proposal: Proposal
    let content: Decision.Content
    let agreements: [Agreement]
}

extension Applications {
    /// Reads an application for the desk.
    func deskCase(_ id: Case.ID, key: SealingKey, for officer: Officer) async throws -> DeskCase {
        let read = try await database.read { transaction -> DeskCase in
            let (item, sealed) = try Case.require(id, in: transaction)
            let proposals = try Proposal.list(of: id, in: transaction).map { proposal in
                ProposalRoute(
                    proposal: proposal, content: try proposal.content(key),
                    agreements: try Agreement.list(of: proposal, key: key, in: transaction))
            }
            return DeskCase(
                open: try openCase(item, sealed, key, in: transaction), card: try Card.find(item.card, in: transaction),
                messages: try Message.list(of: item, key: key, in: transaction),
                ledger: try FeeLedger.read(of: item, key: key, in: transaction),
                history: try transaction.events(of: id.text),
                versions: try SentVersion.list(of: id, key: key, in: transaction),
                consultations: try Consultation.list(of: id, key: key, in: transaction),
                decisions: try Decision.list(of: id, key: key, in: transaction), proposals: proposals,
                relations: try Relations.find(for: item, as: officer, in: transaction), relatedNames: [:],
                templates: try MessageTemplate.fitting(item, in: transaction), names: try staff.names(transaction))
        }
        guard !read.relations.items.isEmpty else { return read }
        let keys = try await vault.keys(for: read.relations.items.map(\.item.id.text))
        return read.naming(keys)
    }
}

extension DeskCase {
    /// The same with the names of whoever applied in what is related.
    fileprivate func naming(_ keys: [String: SealingKey]) -> DeskCase {
        let found = relations.items.map { ($0.item.id.text, $0.name(keys[$0.item.id.text])) }
        return DeskCase(
            open: open, card: card, messages: messages, ledger: ledger, history: history, versions: versions,
            consultations: consultations, decisions: decisions, proposals: proposals, relations: relations,
            relatedNames: Dictionary(found) { first, _ in first }, templates: templates, names: names)
    }
}
