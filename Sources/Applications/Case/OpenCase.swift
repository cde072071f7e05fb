import Core
import Crypto
import FoundationEssentials
import Japanese
import Web

/// An application with its form and the key that opens what it says.
package struct OpenCase: Sendable {
    package let item: Case
    package let form: Form
    let sealed: SealedCase
    let key: SealingKey

    /// 確認コード, by which its applicant comes back.
    package var code: String { get throws { try key.text(sealed.code, at: Case.Sealed.code.place(item.id)) } }

    /// The way through the form by the working copy, while there is one; else by what was applied for.
    package var journey: Journey {
        get throws {
            guard item.status.isEditable else { return try submitted }
            return Journey(form, try sealed.draft.map { try answers($0, .draft) } ?? [:], on: day)
        }
    }

    /// The way through the form by what was applied for.
    package var submitted: Journey {
        get throws { Journey(form, try sealed.answers.map { try answers($0, .answers) } ?? [:], on: day) }
    }

    /// The day on which ages are reckoned: that of the application, or of the last answer.
    private var day: Day { (item.submittedAt ?? item.savedAt).day }

    /// 委任. What an agent was asked to do besides applying, and until when; nil where the person applied themselves.
    struct Mandate {
        let scope: Set<String>
        let last: Day?
    }

    var mandate: Mandate? {
        get throws {
            let answers = try submitted.counted
            guard answers[Preface.relationField] != nil else { return nil }
            let last: Day? = if case .date(let day)? = answers[Preface.untilField]?.value { day } else { nil }
            return Mandate(scope: answers[Preface.scopeField]?.value.codes ?? [], last: last)
        }
    }

    /// False where an agent who holds the code may not do this, or not any more. Where the mandate was revoked, the person it
    /// was for has the code.
    func mandateStands(for deed: Preface.Deed, on today: Day) throws -> Bool {
        guard item.number != nil, item.mandateEndedAt == nil, item.channel == .proxy, let mandate = try mandate else {
            return true
        }
        return mandate.scope.contains(deed.rawValue) && mandate.last.map { today <= $0 } ?? true
    }

    private func answers(_ bytes: [UInt8], _ part: Case.Sealed) throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Data(key.open(bytes, at: part.place(item.id))))
    }

    func seal(_ answers: Answers, _ part: Case.Sealed) throws -> [UInt8] {
        try key.seal(Array(Self.canonical(answers)), at: part.place(item.id))
    }

    /// 照合番号 of answers sent at a moment under a number. Made with the application's own key, so that it tells nothing
    /// once that is gone.
    func digest(of answers: Answers, number: String, at moment: Moment) throws -> String {
        let head = "\(number)\n\(form.id)\n\(form.version)\n\(moment.iso)\n"
        return key.digest(Array(head.utf8) + (try Self.canonical(answers))).hexadecimal
    }

    private static func canonical(_ answers: Answers) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answers)
    }
}
