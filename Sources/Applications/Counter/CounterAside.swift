import Core
import HTML
import Web

/// 窓口の会話のまわり: what an officer sees around a question that is asked in a conversation.
struct CounterAside: Sendable {
    let talk: Conversation
    /// 手続名.
    let title: Text
    /// Which of the conversation's forms it is, from 1, and how many there are.
    let place: Int
    let count: Int
    /// The last question of the form before; nil in the first one.
    let before: Link?
    let card: String
    /// True where the officer came to change what was heard elsewhere.
    let isChanging: Bool

    /// 読み上げる言葉, and which procedure it is for.
    func script(_ spot: Spot) -> HTML {
        let row = spot.row.map { $0.row.title($0.number, in: $0.group) }
        return """
            <div class="script" lang="ja"><p class="progress">手続き \(place)／\(count)　\(title[.ja])</p>
            <p><span class="tag">読み上げる言葉</span> \(Script.line(spot.page, about: row))</p></div>
            """
    }

    /// The ways out of a question.
    var ways: HTML {
        """
        <p lang="ja" class="inline"><a href="\(.talkCheck)">ここまでの内容を確かめる</a> <a href="\(.talkInterrupt)">中断する</a></p>
        """
    }

    /// The way on where a form is not for this person.
    var exit: HTML {
        """
        <form method="post" action="\(.talkDrop)" lang="ja"><input type="hidden" name="card" value="\(card)">
        <button class="primary">この手続きは案内だけにして、次へ進む</button></form>
        \(ways)
        """
    }
}

extension Spot {
    /// What a second screen shows where it is asked.
    func shown(of id: Case.ID) -> Conversation.Shown {
        .question(id, page: row?.page.id ?? page.id, row: row?.row.id, question: row == nil ? nil : page.id)
    }
}

extension Applications {
    /// What surrounds a question of an application that is filled in in a conversation; nil for any other.
    func counterAside(of open: OpenCase, _ visit: Visit<Applicant>) async throws -> CounterAside? {
        guard open.item.status == .draft, let talk = try await conversation(of: visit.who), talk.holds(open.item.id)
        else { return nil }
        let way = try await way(of: talk, by: visit.who)
        return CounterAside(
            talk: talk, title: open.form.title, place: (talk.open.firstIndex(of: open.item.id) ?? 0) + 1,
            count: talk.open.count, before: way.before(open.item.id) ?? .talkChoice, card: open.item.card,
            isChanging: visit.query["change"] == "yes")
    }
}
