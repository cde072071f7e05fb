import Core
import Register

/// 窓口の会話. Somebody came to the counter: from their arrival until they go, whatever procedures they came for.
///
/// Knows nothing of the person: what they say is sealed in the applications that it fills in.
struct Conversation: Sendable, Identifiable {
    typealias ID = Core.ID<Conversation>

    let id: ID
    /// Who holds it, or held it last.
    private(set) var officer: Core.ID<Officer>
    /// The section at whose counter it is.
    let section: String
    /// ライフイベント it began with; nil where procedures were searched for.
    var event: LifeEvent?
    /// The language of what the person is shown.
    var language: Language
    /// The counter's session that holds it; nil while it is interrupted and once it is over.
    private(set) var session: String?
    /// The officer's own session, whose second screens show it.
    private(set) var desk: String?
    /// What a second screen shows now.
    var shown: Shown
    /// 来庁した時刻; nil where nobody noted it.
    let arrivedAt: Moment?
    let beganAt: Moment
    /// When it went on last.
    var usedAt: Moment
    /// Since when it is interrupted; nil while it is not.
    private(set) var interruptedAt: Moment?
    /// How long it was interrupted so far, in seconds.
    private(set) var pausedSeconds: Int
    private(set) var endedAt: Moment?
    private(set) var outcome: Outcome?
    /// 手続き, in the order they were chosen.
    var parts: [Part]

    /// How it ended.
    enum Outcome: String, Sendable {
        /// 申請を送った.
        case sent
        /// 案内だけをした.
        case guided
        /// 送らずに終わった.
        case stopped
        /// 中断したまま期限が過ぎた.
        case expired
    }

    /// One procedure of it.
    struct Part: Sendable {
        let card: Card.ID
        /// The section of the card.
        let section: String
        /// The application it fills in; nil for one that is only explained (案内だけ).
        var application: Case.ID?
        /// When it was sent; nil until then.
        var sentAt: Moment?
        /// How many questions were asked for it; nil until it is sent.
        var questions: Int?

        /// What it weighs where the time is shared: its questions, and one for what was only explained; nil for what came
        /// to nothing.
        var weight: Int? { application == nil ? 1 : sentAt == nil ? nil : max(1, questions ?? 1) }
    }

    /// What a second screen shows.
    enum Shown: Sendable, Equatable {
        case nothing
        /// A question: the application, the page, and in a group the row and its question.
        case question(Case.ID, page: String, row: String?, question: String?)
        /// 内容の確認.
        case check
    }

    /// A new one.
    init(
        id: ID, section: String, arrivedAt: Moment?, by officer: Core.ID<Officer>, session: String, desk: String?,
        at moment: Moment
    ) {
        (self.id, self.section, self.officer, self.session, self.desk) = (id, section, officer, session, desk)
        (event, language, shown, parts) = (nil, .ja, .nothing, [])
        (self.arrivedAt, beganAt, usedAt, pausedSeconds) = (arrivedAt, moment, moment, 0)
    }

    /// As it was kept.
    init(
        id: ID, officer: Core.ID<Officer>, section: String, event: LifeEvent?, language: Language, session: String?,
        desk: String?, shown: Shown, arrivedAt: Moment?, beganAt: Moment, usedAt: Moment, interruptedAt: Moment?,
        pausedSeconds: Int, endedAt: Moment?, outcome: Outcome?, parts: [Part]
    ) {
        (self.id, self.officer, self.section, self.event, self.language) = (id, officer, section, event, language)
        (self.session, self.desk, self.shown) = (session, desk, shown)
        (self.arrivedAt, self.beganAt, self.usedAt) = (arrivedAt, beganAt, usedAt)
        (self.interruptedAt, self.pausedSeconds) = (interruptedAt, pausedSeconds)
        (self.endedAt, self.outcome, self.parts) = (endedAt, outcome, parts)
    }

    /// The applications that are still being filled in.
    var open: [Case.ID] { parts.filter { $0.sentAt == nil }.compactMap(\.application) }

    /// True if it fills in this application.
    func holds(_ application: Case.ID) -> Bool { parts.contains { $0.application == application } }

    /// True once everything that was to be sent is.
    var isDone: Bool { !parts.isEmpty && open.isEmpty }

    /// 中断. Nothing of it is on a screen any more.
    /// - Parameter moment: since when.
    mutating func interrupt(at moment: Moment) throws(CounterRefusal) {
        guard endedAt == nil, interruptedAt == nil else { throw .over }
        (session, desk, shown, interruptedAt) = (nil, nil, .nothing, moment)
    }

    /// 再開. By an officer in a session of the counter; somebody who was faster keeps it.
    mutating func resume(
        by officer: Core.ID<Officer>, session: String, desk: String?, at moment: Moment
    ) throws(CounterRefusal) {
        guard endedAt == nil else { throw .over }
        guard let since = interruptedAt else { throw .taken }
        pausedSeconds += max(0, (moment.milliseconds - since.milliseconds) / 1000)
        (self.officer, self.session, self.desk) = (officer, session, desk)
        (interruptedAt, usedAt) = (nil, moment)
    }

    /// The same in another session of its officer, for the press that was repeated.
    mutating func hold(in session: String, desk: String?) { (self.session, self.desk) = (session, desk) }

    /// 終了.
    mutating func end(_ outcome: Outcome, at moment: Moment) throws(CounterRefusal) {
        guard endedAt == nil else { throw .over }
        if let since = interruptedAt { pausedSeconds += max(0, (moment.milliseconds - since.milliseconds) / 1000) }
        (session, desk, shown, interruptedAt) = (nil, nil, .nothing, nil)
        (self.outcome, endedAt) = (outcome, moment)
    }

    /// 待った時間 in seconds, from the arrival to the first word; nil where nobody noted the arrival.
    var waited: Int? { arrivedAt.map { max(0, (beganAt.milliseconds - $0.milliseconds) / 1000) } }

    /// 話した時間 in seconds, without interruptions; nil until it is over.
    var talked: Int? {
        endedAt.map { max(0, ($0.milliseconds - beganAt.milliseconds) / 1000 - pausedSeconds) }
    }

    /// The seconds of one procedure.
    struct Share {
        /// 待った時間. Nobody waits for a part of it: the whole; nil where nobody noted the arrival.
        let waited: Int?
        /// From the arrival to the end, its share of it.
        let stayed: Int
        /// 話した時間, its share of it.
        let talked: Int
    }

    /// The seconds of each procedure, shared by the number of questions asked.
    var shares: [Card.ID: Share] {
        let all = parts.compactMap(\.weight).reduce(0, +)
        guard all > 0, let talked else { return [:] }
        return parts.reduce(into: [:]) { shares, part in
            guard let weight = part.weight else { return }
            shares[part.card] = Share(
                waited: waited, stayed: ((waited ?? 0) + talked) * weight / all, talked: talked * weight / all)
        }
    }
}

extension Conversation.Shown {
    /// `question/ID/page/row/question`, `check`, or nothing.
    var text: String {
        switch self {
        case .nothing: ""
        case .check: "check"
        case .question(let id, let page, let row, let question):
            (["question", id.text, page] + [row, question].compactMap { $0 }).joined(separator: "/")
        }
    }

    init(_ text: String) {
        let parts = text.split(separator: "/").map(String.init)
        if text == "check" {
            self = .check
        } else if parts.count >= 3, parts[0] == "question", let id = Case.ID(parts[1]) {
            let isInRow = parts.count >= 5
            self = .question(id, page: parts[2], row: isInRow ? parts[3] : nil, question: isInRow ? parts[4] : nil)
        } else {
            self = .nothing
        }
    }
}
