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

    /// False once the agent who sent it has no mandate any more. Where the mandate was revoked, the person it was for has
    /// the code.
    func mandateStands(on today: Day) throws -> Bool {
        guard item.channel == .proxy, item.number != nil, item.mandateEndedAt == nil,
            case .date(let last)? = try submitted.counted[Preface.untilField]?.value
        else { return true }
        return today <= last
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
