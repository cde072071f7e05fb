import Core
import Japanese
import Web

extension ExportChoice {
    /// The choice that was posted, and what of it has to be mended; the rest is as it was chosen.
    static func read(
        _ posted: Posted, section: String, card: String
    ) -> (choice: ExportChoice, typed: Typed, problems: [ExportRefusal]) {
        var choice = ExportChoice(section: section, card: card)
        var problems: [ExportRefusal] = []
        func day(_ control: String) -> Day? {
            let text = Spaces.trim(posted[control] ?? "")
            guard !text.isEmpty else { return nil }
            let day = try? WrittenDate.day(text)
            if day == nil { problems.append(.unreadableDay(control)) }
            return day
        }
        choice.columns = posted.all("column").compactMap { ExportColumn($0)?.id }
        choice.from = day("from")
        choice.until = day("until")
        choice.statuses = posted.all("status").compactMap { Case.Status(rawValue: $0)?.rawValue }
        choice.rule = posted["rule"] ?? FileNameRule.usual
        choice.hasNotices = posted["notices"] == "yes"
        do throws(ExportRefusal) { _ = try FileNameRule(choice.rule) } catch { problems.append(error) }
        let typed = Typed(from: posted["from"] ?? "", until: posted["until"] ?? "", name: posted["name"] ?? "")
        return (choice, typed, problems)
    }

    /// What stands in the boxes for words.
    struct Typed: Sendable {
        var from: String
        var until: String
        var name: String

        init(from: String, until: String, name: String) { (self.from, self.until, self.name) = (from, until, name) }

        init(_ choice: ExportChoice, name: String) {
            (from, until, self.name) = (choice.from?.iso ?? "", choice.until?.iso ?? "", name)
        }
    }
}
