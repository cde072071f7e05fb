import Core
import Japanese
import Web

/// 入力. What was posted, read control by control; what has to be mended is collected, so that all of it is told at once.
struct Entry: Sendable {
    private let posted: Posted
    let today: Day
    /// The id of what the form makes: the same however often the form is sent, so that pressing twice makes one thing.
    let once: String
    private(set) var problems: [Problem] = []

    /// What has to be mended in a control.
    struct Problem: Sendable {
        /// Nil for the form as a whole.
        let control: String?
        let words: String
    }

    init(_ posted: Posted = .empty, today: Day) {
        (self.posted, self.today) = (posted, today)
        once = (posted["once"].flatMap { ID<Entry>($0) } ?? ID<Entry>()).text
    }

    /// As it was typed; nil where the control was not sent.
    subscript(_ control: String) -> String? { posted[control] }

    func all(_ control: String) -> [String] { posted.all(control) }

    /// The revision of the document that the form was filled in for; none that ever was where the form does not say.
    var seen: Int? { posted["seen"].flatMap { Int($0) } ?? -1 }

    mutating func fail(_ control: String?, _ words: String) { problems.append(Problem(control: control, words: words)) }

    /// Throws if anything has to be mended.
    func check() throws(EntryTrouble) { if !problems.isEmpty { throw EntryTrouble(problems: problems) } }

    /// Words of so many characters at most; empty where something is wrong with them.
    mutating func words(_ control: String, _ name: String, most: Int = 1000, optional: Bool = false) -> String {
        let words = Spaces.trim(posted[control] ?? "").replacing("\r\n", with: "\n")
        if words.isEmpty {
            if !optional { fail(control, "「\(name)」を入力してください。") }
        } else if words.count > most {
            fail(control, "「\(name)」は\(most)文字までで入力してください（いま\(words.count)文字）。")
        } else if Unwanted.hasControls(words) {
            fail(control, "「\(name)」に、目に見えない制御文字が入っています。消してください。")
        } else if IndividualNumber.isFound(in: words) {
            fail(control, "「\(name)」に、マイナンバー（個人番号）のような数字が含まれています。消してください。")
        } else {
            return words
        }
        return ""
    }

    /// A day, as people write it.
    mutating func day(_ control: String, _ name: String, optional: Bool = false) -> Day? {
        let typed = Spaces.trim(posted[control] ?? "")
        if typed.isEmpty {
            if !optional { fail(control, "「\(name)」を入力してください。例: 令和8年4月1日、2026-04-01") }
            return nil
        }
        if let day = try? WrittenDate.day(typed) { return day }
        fail(control, "「\(name)」の「\(typed.prefix(30))」は日付として読めません。令和8年4月1日 か 2026-04-01 の形で入力してください。")
        return nil
    }

    /// A number, in any width, with commas and a unit behind it or not.
    mutating func number(_ control: String, _ name: String, optional: Bool = false) -> Double? {
        let typed = Spaces.trim(posted[control] ?? "")
        if typed.isEmpty {
            if !optional { fail(control, "「\(name)」を数字で入力してください。") }
            return nil
        }
        if IndividualNumber.isFound(in: typed) {
            fail(control, "「\(name)」に、マイナンバー（個人番号）のような数字が入っています。消してください。")
            return nil
        }
        if let number = Self.number(typed) { return number }
        fail(control, "「\(name)」の「\(typed.prefix(30))」は数として読めません。12.5 のように入力してください。")
        return nil
    }

    /// 12.5 of `１２．５％`; nil of what is no number.
    static func number(_ typed: String) -> Double? {
        var text = Width.narrow(typed).lowercased().filter { $0 != "," && $0 != " " }
        for unit in ["%", "％", "件", "日", "分", "時間", "点", "人", "円", "回"] where text.hasSuffix(unit) {
            text.removeLast(unit.count)
            break
        }
        guard let number = Double(text), number.isFinite, abs(number) < 1e12, !text.contains("x"), !text.contains("e")
        else { return nil }
        return number
    }

    /// One of a list.
    mutating func choice<T: RawRepresentable<String>>(_ control: String, _ name: String, _ type: T.Type) -> T? {
        if let value = posted[control].flatMap(T.init(rawValue:)) { return value }
        fail(control, "「\(name)」を選んでください。")
        return nil
    }

    /// One of a list of ids; nil for none, where that may be.
    mutating func id(_ control: String, _ name: String, of known: some Sequence<String>, optional: Bool = false)
        -> String?
    {
        let typed = posted[control] ?? ""
        if known.contains(typed) { return typed }
        if !typed.isEmpty || !optional { fail(control, "「\(name)」を、一覧から選んでください。") }
        return nil
    }
}

/// What has to be mended before a form is taken.
struct EntryTrouble: Error {
    let problems: [Entry.Problem]
}

extension Governance {
    /// Does what was asked; what has to be mended is told on the page it was typed on, with everything that was typed.
    func fill<Who>(
        _ visit: Visit<Who>, orShow page: (Entry) async throws -> Page,
        _ work: (inout Entry) async throws -> Answer
    ) async throws -> Answer {
        var entry = Entry(visit.posted, today: visit.moment.day)
        do {
            return try await work(&entry)
        } catch is EntryTrouble {
            var shown = try await page(entry)
            shown.status = 422
            return .page(shown)
        } catch let refusal as Refused {
            switch refusal.kind {
            case .invalid: break
            case .conflict: break
            default: throw refusal
            }
            entry.fail(nil, refusal.words[.ja])
            var shown = try await page(entry)
            shown.status = refusal.kind.isInvalid ? 422 : 409
            return .page(shown)
        }
    }
}
