import Core
import Database
import Japanese
import Register
import Web

extension Applications {
    /// What somebody typed as a template.
    struct TemplateEntry: Sendable {
        /// Nil for a new one.
        let id: String?
        let section: String
        let card: String?
        let use: MessageTemplate.Use
        let name: String
        let words: String
        /// The revision that was looked at; nil for a new one.
        let seen: Int?
    }

    /// 文例の保存. Throws a ``TemplateRefusal`` that says what to mend. Gives the template's id.
    func saveTemplate(_ entry: TemplateEntry, by officer: Officer, at moment: Moment) async throws -> String {
        let name = Spaces.trim(entry.name)
        guard !name.isEmpty, name.count <= 60 else { throw TemplateRefusal.name }
        let words = try TemplateRefusal.usable(entry.words)
        guard !words.isEmpty else { throw TemplateRefusal.empty }
        let unknown = Placeholders.unknown(in: words, known: Set(Placeholders.inLetters.map(\.name)))
        guard unknown.isEmpty else { throw TemplateRefusal.unknown(unknown) }
        guard officer.may(.editForms, in: entry.section) else { throw Refused.notYours }
        return try await database.write { transaction in
            if let card = entry.card {
                guard try Card.find(card, in: transaction)?.section == entry.section else { throw TemplateRefusal.card }
            }
            let before = try entry.id.flatMap { try MessageTemplate.find($0, in: transaction) }
            if entry.id != nil, before == nil { throw TemplateRefusal.gone }
            if let before {
                guard before.section == entry.section else { throw Refused.notYours }
                let isSame =
                    (before.card, before.name, before.words) == (entry.card, name, words) && before.use == entry.use
                if isSame {
                    transaction.keepHouse("nothing changed")
                    return before.id
                }
                guard before.revision == entry.seen else { throw TemplateRefusal.changedSince }
            } else if try MessageTemplate.list(of: [entry.section], in: transaction).count >= MessageTemplate.maximum {
                throw TemplateRefusal.tooMany
            }
            let template = MessageTemplate(
                id: before?.id ?? ID<MessageTemplate>().text, section: entry.section, card: entry.card, use: entry.use,
                name: name, words: words, revision: (before?.revision ?? 0) + 1)
            try template.save(by: officer.id, at: moment, in: transaction)
            try transaction.record(Event("template.saved", subject: template.id), by: .officer(officer.id), at: moment)
            return template.id
        }
    }

    /// 文例の削除. What was written with it stays.
    func deleteTemplate(_ id: String, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let template = try MessageTemplate.find(id, in: transaction) else {
                return transaction.keepHouse("it is gone already")
            }
            guard officer.may(.editForms, in: template.section) else { throw Refused.notYours }
            try transaction.run("DELETE FROM message_template WHERE id = \(id)")
            try transaction.record(Event("template.deleted", subject: id), by: .officer(officer.id), at: moment)
        }
    }
}

/// Why a template cannot be kept.
enum TemplateRefusal: Refusal, Equatable {
    case name, empty, card, gone, changedSince, tooMany
    /// Names in braces that nothing fills.
    case unknown([String])
    case unusable(Text)

    /// Words that can be kept.
    static func usable(_ typed: String) throws -> String {
        do {
            return try Applications.usable(typed, required: false)
        } catch CaseRefusal.unusable(let words) {
            throw TemplateRefusal.unusable(words)
        }
    }

    var kind: RefusalKind {
        switch self {
        case .changedSince, .gone: .conflict
        case .name, .empty, .card, .tooMany, .unknown, .unusable: .invalid
        }
    }

    /// The control that it is about; nil for none.
    var control: String? {
        switch self {
        case .name: "name"
        case .empty, .unknown, .unusable: "words"
        case .card: "card"
        case .gone, .changedSince, .tooMany: nil
        }
    }

    var words: Text {
        switch self {
        case .name: Text(verbatim: "名前を60文字までで入力してください。")
        case .empty: Text(verbatim: "文章を入力してください。")
        case .card: Text(verbatim: "この課の手続きを選んでください。")
        case .gone: Text(verbatim: "この文例は、ほかの職員が削除しました。")
        case .changedSince: Text(verbatim: "この文例は、ほかの職員が先に変えました。下の「いまの文章」を見て、もう一度保存してください。")
        case .tooMany: Text(verbatim: "文例が多すぎます（200件まで）。使わないものを削除してください。")
        case .unusable(let words): words
        case .unknown(let names):
            Text(
                verbatim: names.map { "{\($0)}" }.joined(separator: "、")
                    + "は使えない差し込みです。使えるのは、"
                    + Placeholders.inLetters.map { "{\($0.name)}" }.joined(separator: "、") + "です。")
        }
    }
}
