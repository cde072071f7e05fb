import Core
import HTML
import Japanese
import Web

/// 例外の入力. What was typed about a decision of the committee, and what has to be mended.
struct ExceptionEntry {
    private let typed: Posted
    private(set) var problems: [(control: String, words: String)] = []

    static let empty = ExceptionEntry(typed: .empty)

    private init(typed: Posted) { self.typed = typed }

    private static let longestWords = 500

    /// Reads what was posted. Gives the exception where nothing has to be mended.
    static func read(
        _ posted: Posted, card: Card.ID, by officer: Officer, at moment: Moment
    ) -> (entry: ExceptionEntry, exception: LevelException?) {
        var entry = ExceptionEntry(typed: posted)
        let level = posted["level"].flatMap(Int.init).flatMap(Level.init(rawValue:))
        if level == nil { entry.problems.append(("level", "段階を選んでください。")) }
        let body = entry.words("body", "決めた会議を入力してください。例: DX推進委員会")
        let reference = entry.words("reference", "決定の番号か、会議録の場所を入力してください。")
        let decided = entry.day("decided")
        let until = entry.day("until")
        if let decided, decided > moment.day { entry.problems.append(("decided", "決定の日は、きょうまでの日にしてください。")) }
        if let until, until < moment.day {
            entry.problems.append(("until", "例外の最後の日は、きょうか、それよりあとの日にしてください。"))
        } else if let until, until.daysSince1970 - moment.day.daysSince1970 > LevelException.longest {
            entry.problems.append(("until", "例外は1年までです。続けるときは、委員会がもう一度決めます。"))
        }
        let reason = entry.words("reason", "理由を入力してください。")
        guard entry.problems.isEmpty, let level, let body, let reference, let decided, let until, let reason else {
            return (entry, nil)
        }
        return (
            entry,
            LevelException(
                card: card, level: level, body: body, reference: reference, decidedOn: decided, until: until,
                reason: reason, by: .officer(officer.id), at: moment)
        )
    }

    private mutating func words(_ control: String, _ missing: String) -> String? {
        let words = Spaces.trim(typed[control] ?? "").replacing("\r\n", with: "\n")
        if words.isEmpty {
            problems.append((control, missing))
        } else if words.count > Self.longestWords || Unwanted.hasControls(words) {
            problems.append((control, "\(Self.longestWords)文字までで、制御文字を使わずに入力してください。"))
        } else if IndividualNumber.isFound(in: words) {
            problems.append((control, "マイナンバー（個人番号）のような数字が含まれています。消してください。"))
        } else {
            return words
        }
        return nil
    }

    private mutating func day(_ control: String) -> Day? {
        do throws(WrittenDate.Problem) {
            return try WrittenDate.day(typed[control] ?? "")
        } catch {
            problems.append((control, "日付を、令和8年4月1日 か 2026-04-01 の形で入力してください。"))
            return nil
        }
    }

    var summary: HTML? {
        problems.isEmpty
            ? nil
            : ProblemSummary("入力内容をお確かめください", problems.map { (control: $0.control, words: "\($0.words)") }).html
    }

    func form(of card: Card.ID) -> HTML {
        let options: [HTML] = Level.allCases.map { level in
            let mark = Attributes().with("selected", when: typed["level"] == String(level.rawValue))
            return #"<option value="\#(level.rawValue)"\#(mark)>\#(level.mark)　\#(level.step)</option>"#
        }
        let select: HTML = """
            <select id="level" name="level"\(attributes("level"))><option value="">選んでください</option>\(options)</select>
            """
        return """
            <details class="act"\(Attributes().with("open", when: !problems.isEmpty))><summary>委員会の決定を記録する</summary>
            <form method="post" action="\(Link.exception(card))">
            \(field("level", "示す段階", select))
            \(field("body", "決めた会議", input("body", "wide")))
            \(field("reference", "決定の番号・会議録の場所", input("reference", "wide")))
            \(field("decided", "決定の日（令和8年4月1日 か 2026-04-01 の形）", input("decided", "medium")))
            \(field("until", "いつまで（最後の日。1年まで）", input("until", "medium")))
            \(field("reason", "理由", #"<textarea id="reason" name="reason" rows="3"\#(attributes("reason"))>\#n\#(typed["reason"] ?? "")</textarea>"#))
            <button class="primary">例外を記録する</button>
            </form></details>
            """
    }

    private func field(_ control: String, _ label: String, _ input: HTML) -> HTML {
        let error: HTML? = problems.first { $0.control == control }.map {
            #"<p class="error" id="\#(control)-error">\#($0.words)</p>"#
        }
        return #"<div class="field"><label for="\#(control)">\#(label)</label>\#(error)\#(input)</div>"#
    }

    private func input(_ control: String, _ width: HTML) -> HTML {
        #"<input id="\#(control)" name="\#(control)" class="\#(width)" value="\#(typed[control] ?? "")" autocomplete="off"\#(attributes(control))>"#
    }

    private func attributes(_ control: String) -> Attributes {
        guard problems.contains(where: { $0.control == control }) else { return Attributes() }
        return Attributes().with("aria-describedby", "\(control)-error").with("aria-invalid", "true")
    }
}
