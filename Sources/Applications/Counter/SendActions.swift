import Core
import Database
import Web

extension Applications {
    /// What the confirmation page said of one application: the name of its submission, and the working copy that was shown.
    struct Confirmed {
        let id: Case.ID
        let submission: String
        let revision: Int
    }

    /// お確かめの方法. How the person saw, or heard, everything before they said yes.
    enum Confirmation: String, CaseIterable {
        case screen, paper, voice

        var name: String {
            switch self {
            case .screen: "画面を見て「はい」と言われた"
            case .paper: "確認書（紙）を見て「はい」と言われた"
            case .voice: "読み上げを聞いて「はい」と言われた"
            }
        }
    }

    /// すべて送る. Each application that was confirmed is sent, exactly once; one that cannot be sent keeps no other from it.
    ///
    /// Gives those that were not sent, with why.
    func send(
        _ confirmed: [Confirmed], agreed how: Confirmation, wishes: Wishes, by who: Applicant, at moment: Moment
    ) async throws -> [(id: Case.ID, refusal: CaseRefusal)] {
        let talk = try await conversation(heldBy: who)
        let waiting = confirmed.filter { talk.open.contains($0.id) }
        if !waiting.isEmpty {
            try await database.write { transaction in
                try transaction.record(
                    Event("conversation.agreed", subject: talk.id.text, detail: ["how": how.rawValue]), by: who.actor,
                    at: moment)
            }
        }
        var refused: [(id: Case.ID, refusal: CaseRefusal)] = []
        for one in waiting {
            do {
                let asked = try await openCase(one.id, session: who.session).journey.asked
                let item = try await submit(
                    one.id, submission: one.submission, revision: one.revision, wishes: wishes, by: who,
                    language: talk.language, at: moment)
                try await note(sent: item.id, asked: asked, by: who, at: moment)
            } catch let refusal as CaseRefusal {
                refused.append((one.id, refusal))
            }
        }
        return refused
    }

    private func note(sent id: Case.ID, asked: Int, by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            transaction.keepHouse("the sending itself is recorded")
            var talk = try Self.conversation(heldBy: who, in: transaction)
            guard let index = talk.parts.firstIndex(where: { $0.application == id }), talk.parts[index].sentAt == nil
            else { return }
            (talk.parts[index].sentAt, talk.parts[index].questions) = (moment, asked)
            talk.usedAt = moment
            try talk.save(in: transaction)
        }
    }
}
