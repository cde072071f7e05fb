import Core
import Japanese
import Web

extension Applications {
    /// What a page's controls brought.
    struct PageReading {
        var answers: Answers = [:]
        var typed: [String: [String]] = [:]
        var problems: [FieldReader.Problem] = []
    }

    /// Reads the controls of a page.
    func read(_ page: Form.Page, _ posted: Posted, at moment: Moment) -> PageReading {
        let reader = FieldReader(posted: posted, today: moment.day, businessDays: town.businessDays)
        var reading = PageReading()
        for field in page.fields {
            reading.typed.merge(reader.typed(field)) { $1 }
            switch reader.read(field) {
            case .answer(let answer): reading.answers[field.id] = answer
            case .nothing: break
            case .problems(let found):
                reading.problems += found
                complete(&reading, of: field)
            }
        }
        return reading
    }

    /// The first page with an answer that would not be taken today, such as a day that has passed; nil for none.
    func firstUnfit(_ journey: Journey, at moment: Moment) -> Form.Page? {
        journey.pages.first { page in
            guard let (field, group) = page.group else { return isUnfit(page, journey.counted, at: moment) }
            return journey.counted.rows(of: field.id).contains { row in
                journey.way(in: row, of: group).pages.contains { isUnfit($0, row.answers, at: moment) }
            }
        }
    }

    private func isUnfit(_ page: Form.Page, _ answers: Answers, at moment: Moment) -> Bool {
        let given = page.fields.filter(\.isAsked).compactMap { answers[$0.id] }
        let pairs = given.flatMap(\.typed).flatMap { control, values in values.map { (control, $0) } }
        return !given.isEmpty && !read(page, Posted(pairs), at: moment).problems.isEmpty
    }
}
