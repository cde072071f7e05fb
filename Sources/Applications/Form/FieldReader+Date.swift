import Core
import Japanese
import Web

extension FieldReader {
    /// A date of four controls. Somebody who writes the whole date into the year's box is understood, too.
    func date(_ field: Field, _ rule: Field.DateRule) throws(Unfit) -> FieldValue {
        let controls = field.controls
        let (era, year, month, day) = (
            posted[controls[0]] ?? "", text(controls[1]), text(controls[2]), text(controls[3])
        )
        if rule.isPartial == true, day.isEmpty, let partial = try partial(field, era, year, month) {
            try check(partial, field, rule)
            return .partialDate(partial)
        }
        for (control, label) in zip(controls.dropFirst(), FieldTexts.dateParts)
        where text(control).isEmpty && !(month.isEmpty && day.isEmpty) {
            throw Unfit(control, FieldTexts.missing(label))
        }
        let found: Day
        do {
            if month.isEmpty && day.isEmpty {
                found = try WrittenDate.day(year)
            } else {
                let number = number(year)
                found = try WrittenDate.day(
                    year: number, month: self.number(month), day: self.number(day), era: self.era(era, of: number))
            }
        } catch {
            throw Unfit(controls[1], FieldTexts.date(error))
        }
        try check(found, field, rule)
        return .date(found)
    }

    /// A year, or a year and a month; nil where the year's box holds a whole date.
    private func partial(
        _ field: Field, _ era: String, _ year: String, _ month: String
    ) throws(Unfit) -> PartialDate? {
        let controls = field.controls
        if month.isEmpty, (try? WrittenDate.day(year)) != nil { return nil }
        let number = number(year)
        let chosen = self.era(era, of: number)
        let western = chosen.map { $0.gregorian(year: number) } ?? number
        guard number >= 1, western >= 1000,
            let partial = PartialDate(year: western, month: month.isEmpty ? nil : self.number(month)),
            let first = partial.first, let last = partial.last
        else { throw Unfit(month.isEmpty ? controls[1] : controls[2], FieldTexts.date(.noSuchDay)) }
        if let chosen, last < chosen.days.first || chosen.days.last.map({ first > $0 }) ?? false {
            throw Unfit(controls[1], FieldTexts.date(.outsideEra(chosen, correct: first)))
        }
        return partial
    }

    /// No era lasted so long: a western year was written beside an era that was chosen beforehand.
    private func era(_ chosen: String, of year: Int) -> Era? {
        year >= Era.meiji.days.first.year ? nil : Era(rawValue: chosen)
    }

    /// The number that was typed, or one that no calendar has.
    private func number(_ text: String) -> Int {
        Int(Width.narrow(text.replacing("元", with: "1")).filter { !"年月日".contains($0) }) ?? 0
    }

    private func check(_ date: PartialDate, _ field: Field, _ rule: Field.DateRule) throws(Unfit) {
        let control = field.controls[1]
        if let back = rule.daysBack, let last = date.last, last < today.adding(days: -back) {
            throw Unfit(control, FieldTexts.from(today.adding(days: -back)))
        }
        if let ahead = rule.daysAhead, let first = date.first, first > today.adding(days: ahead) {
            throw Unfit(control, FieldTexts.until(today.adding(days: ahead)))
        }
    }

    private func check(_ day: Day, _ field: Field, _ rule: Field.DateRule) throws(Unfit) {
        let control = field.controls[1]
        if let back = rule.daysBack, day < today.adding(days: -back) {
            throw Unfit(control, FieldTexts.from(today.adding(days: -back)))
        }
        if let ahead = rule.daysAhead, day > today.adding(days: ahead) {
            throw Unfit(control, FieldTexts.until(today.adding(days: ahead)))
        }
        if let ahead = rule.businessDaysAhead {
            let first = businessDays.day(after: today, count: ahead)
            if day < first { throw Unfit(control, FieldTexts.from(first)) }
        }
    }
}
