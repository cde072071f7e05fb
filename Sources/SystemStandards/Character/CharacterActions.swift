import Core
import Database
import Japanese
import Tabular
import Web

extension SystemStandards {
    /// What is typed for a decision.
    struct TypedDecision: Sendable {
        /// The character itself, or its number: `U+E001`.
        var character = ""
        var target = ""
        var reason = ""
        var evidence = ""
    }

    /// 文字の決定. Without a target, the character is said to stay as it is.
    func decide(
        _ typed: TypedDecision, picture: Spool?, by officer: Officer, at moment: Moment
    ) async throws -> CharacterDecision.ID {
        guard let scalar = Self.scalar(typed.character) else {
            throw StandardsRefusal.unusable("文字を1つ、または U+E001 のような番号を入力してください。")
        }
        let target = Spaces.trim(typed.target)
        guard target.unicodeScalars.count <= 10, !Unwanted.hasControls(target), !target.contains(where: \.isNewline),
            !target.unicodeScalars.contains(scalar)
        else { throw StandardsRefusal.unusable("置きかえる文字は、もとの文字を含まない10文字までで入力してください。") }
        guard target.unicodeScalars.allSatisfy({ Repertoire.unicode.contains($0.value) }) else {
            throw StandardsRefusal.unusable("置きかえる文字に、外字（私用領域の文字）は使えません。")
        }
        let (reason, evidence) = (Spaces.trim(typed.reason), Spaces.trim(typed.evidence))
        guard (1...CharacterDecision.longestReason).contains(reason.count), !Unwanted.hasControls(reason),
            evidence.count <= CharacterDecision.longestReason, !Unwanted.hasControls(evidence)
        else { throw StandardsRefusal.unusable("理由を、\(CharacterDecision.longestReason)文字までで入力してください。") }
        let id = CharacterDecision.ID()
        let kept = try await keep(picture, of: id)
        let decision = CharacterDecision(
            id: id, scalar: scalar, target: target.isEmpty ? nil : target, reason: reason, evidence: evidence,
            picture: kept, officer: officer.id, at: moment, reversal: nil)
        do {
            try await database.write { transaction in
                guard try CharacterDecision.valid(in: transaction)[scalar.value] == nil else {
                    throw StandardsRefusal.notNow("この文字には、もう決定があります。変えるときは、先にその決定を取り消してください。")
                }
                try decision.insert(in: transaction)
                try transaction.record(
                    Event(
                        "character.decided", subject: id.text,
                        detail: ["character": decision.code, "target": target.isEmpty ? "-" : target]),
                    by: .officer(officer.id), at: moment)
            }
        } catch {
            if let kept { try await files.delete(kept) }
            throw error
        }
        return id
    }

    /// A picture made anew, so that nothing in the file that was sent is active.
    private func keep(_ picture: Spool?, of id: CharacterDecision.ID) async throws -> KeptFile? {
        guard let picture, picture.count > 0 else { return nil }
        guard picture.count <= 10 * 1024 * 1024 else { throw StandardsRefusal.unusable("画像は10MBまでにしてください。") }
        if let scanner, case let verdict = await scanner.look(at: picture), verdict != .clean {
            throw StandardsRefusal.unusable("画像を安全に確かめられないので、受け取れません。別の画像を選んでください。")
        }
        let cleaner = OutsideProgram(
            "vipsthumbnail", ["stdin", "--size", "1200x1200>", "-o", ".jpg[Q=85,strip]"], within: .seconds(30))
        picture.rewind()
        guard let cleaned = try await cleaner.run(picture) else {
            throw StandardsRefusal.unusable("画像として読めません。JPEG か PNG の画像を選んでください。")
        }
        return try await files.keep(
            cleaned, as: "character \(id)", key: try await vault.makeKey(for: CharacterDecision.key(id)))
    }

    /// The character that somebody means.
    static func scalar(_ typed: String) -> Unicode.Scalar? {
        let text = Spaces.trim(typed)
        if text.unicodeScalars.count == 1 { return text.unicodeScalars.first }
        guard text.uppercased().hasPrefix("U+") else { return nil }
        return UInt32(text.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    }

    /// 決定の取消し. What was replaced by it stays replaced where a run did so; that run can be withdrawn.
    func reverse(_ id: String, because typed: String, by officer: Officer, at moment: Moment) async throws {
        let reason = Spaces.trim(typed)
        guard (1...CharacterDecision.longestReason).contains(reason.count), !Unwanted.hasControls(reason) else {
            throw StandardsRefusal.unusable("取り消す理由を、\(CharacterDecision.longestReason)文字までで入力してください。")
        }
        try await database.write { transaction in
            guard let decision = try CharacterDecision.find(id, in: transaction) else {
                throw StandardsRefusal.notFound
            }
            guard decision.reversal == nil else { return transaction.keepHouse("the same press again") }
            try transaction.run(
                """
                UPDATE character_decision SET reversed_by = \(officer.id), reversed_at = \(moment),
                    reversed_why = \(reason) WHERE id = \(id)
                """)
            try transaction.record(
                Event("character.reversed", subject: id, detail: ["character": decision.code]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 決定の当てはめ. Makes a new run in which every decided character is replaced in the items that are words.
    func applyDecisions(to id: String, by officer: Officer, at moment: Moment) async throws -> ExtractRun.ID {
        let (run, extract) = try await database.read { try requireOwnRun(id, officer, in: $0) }
        let key = try await openKey(of: run)
        let (schema, decisions) = try await database.read { transaction in
            (
                try ExtractRun.schema(of: run.id, in: transaction),
                try CharacterDecision.valid(in: transaction).compactMapValues(\.target)
            )
        }
        guard !decisions.isEmpty else { throw StandardsRefusal.notNow("置きかえる文字の決定が、まだありません。") }
        return try await derive(from: run, of: extract, key, .characters, by: officer, at: moment) { file in
            let items = schema.files.first { $0.id == file.part }?.items ?? []
            let words = items.filter { $0.type == .text || $0.type == .kana }.map(\.name)
            return { _, value in
                words.compactMap { item in
                    guard let old = value(item), old.unicodeScalars.contains(where: { decisions[$0.value] != nil })
                    else { return nil }
                    let new = old.unicodeScalars.reduce(into: "") { text, scalar in
                        if let target = decisions[scalar.value] {
                            text += target
                        } else {
                            text.unicodeScalars.append(scalar)
                        }
                    }
                    return TableMend.Edit(item: item, old: old, new: new)
                }
            }
        }
    }
}
