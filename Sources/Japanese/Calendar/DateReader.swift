/// Reads the signs of a written date; see ``DateSigns``.
struct DateReader {
    typealias Problem = WrittenDate.Problem

    let signs: Bytes
    /// The text as it was written.
    let written: Bytes
    private var place = 0
    private var era: Era?

    init(signs: Bytes, written: Bytes) { (self.signs, self.written) = (signs, written) }

    /// What is known so far.
    private struct Parts {
        var year: Int
        var month: Int?
        var day: Int?
    }

    mutating func read() throws(Problem) -> RecordedDate {
        let isEstimated = take("e")
        if isUnknown { return .unknown }
        if take("O") { return try oldCalendar() }
        era = takeEra()
        if era == nil { _ = take("W") }
        guard let (number, digits) = takeNumber() else { throw .unreadable }
        if isAtEnd || peek == UInt8(ascii: " "), let compact = try compact(number, digits) {
            return try finished(compact, isEstimated)
        }
        return try written(number, digits, isEstimated)
    }

    // MARK: - Signs

    private var isAtEnd: Bool { place >= signs.count }
    private var peek: UInt8 { isAtEnd ? 0 : signs[place] }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign), !isAtEnd else { return false }
        place += 1
        return true
    }

    private mutating func takeEra() -> Era? {
        let found: Era? =
            switch peek {
            case UInt8(ascii: "M"): .meiji
            case UInt8(ascii: "T"): .taisho
            case UInt8(ascii: "S"): .showa
            case UInt8(ascii: "H"): .heisei
            case UInt8(ascii: "R"): .reiwa
            default: nil
            }
        if found != nil {
            place += 1
            // S.50.3.5
            if peek == UInt8(ascii: "-") { place += 1 }
        }
        return found
    }

    private mutating func takeNumber() -> (number: Int, digits: Int)? {
        let begin = place
        while !isAtEnd, peek &- 48 < 10 { place += 1 }
        guard (1...14).contains(place - begin), let number = Decimal.read(signs, begin..<place) else { return nil }
        return (number, place - begin)
    }

    /// A separator between two numbers.
    private mutating func takeSeparator() -> Bool { take("-") || take(" ") }

    /// 年月日不詳, 不詳, 月日不詳 without a year, also behind an era.
    private var isUnknown: Bool {
        guard signs[signs.count - 1] == UInt8(ascii: "?") else { return false }
        var rest = Array(signs[place...])
        if let first = rest.first, [77, 84, 83, 72, 82].contains(first) { rest.removeFirst() }
        return ["ymd?", "y?m?d?", "?", "md?", "d?", "y?"].contains { rest.elementsEqual($0.utf8) }
    }

    // MARK: - Digits alone

    /// 19750305, 3500305, S500305, 197503 has no reading of its own.
    private func compact(_ number: Int, _ digits: Int) throws(Problem) -> (Era?, Parts)? {
        let (month, day) = (number / 100 % 100, number % 100)
        switch (era, digits) {
        case (nil, 8):
            if number == 0 { return (nil, Parts(year: 0)) }
            return (nil, Parts(year: number / 10_000, month: month, day: day))
        case (nil, 7):
            let coded = number / 1_000_000
            guard (1...5).contains(coded) else {
                if number == 0 { return (nil, Parts(year: 0)) }
                throw .unreadable
            }
            return (Era.allCases[coded - 1], Parts(year: number / 10_000 % 100, month: month, day: day))
        case (nil, 14):
            // A time stamp: the day and the time.
            let stamp = number / 1_000_000
            return (nil, Parts(year: stamp / 10_000, month: stamp / 100 % 100, day: stamp % 100))
        case (.some(let era), 6): return (era, Parts(year: number / 10_000, month: month, day: day))
        case (nil, 6), (nil, 1...3): throw .noEra
        default: return nil
        }
    }

    private mutating func finished(_ compact: (era: Era?, parts: Parts), _ isEstimated: Bool) throws(Problem)
        -> RecordedDate
    {
        guard isAtEnd || takeTime() else { throw .unreadable }
        var parts = compact.parts
        era = compact.era
        if parts.year == 0, parts.month == nil { return .unknown }
        if parts.day == 0 { parts.day = nil }
        if parts.month == 0 {
            guard parts.day == nil else { throw .noSuchDay }
            parts.month = nil
        }
        return try value(parts, isAbout: isEstimated)
    }

    // MARK: - With 年月日 or separators

    private mutating func written(_ year: Int, _ digits: Int, _ isEstimated: Bool) throws(Problem) -> RecordedDate {
        var parts = Parts(year: year)
        if era == nil, digits < 4 {
            throw peek == UInt8(ascii: "y") || takeSeparator() || isAtEnd ? .noEra : .unreadable
        }
        if take("y") {
            if take("f") { return try fiscalYear(year) }
            if take("s") {
                _ = take("~")
                return try end(parts, isAbout: true)
            }
            if isRest("?") || isRest("md?") || isRest("m?d?") { return try value(parts, isAbout: isEstimated) }
        } else if !takeSeparator() {
            if take("f") { return try fiscalYear(year) }
            if !isAtEnd, peek != UInt8(ascii: "~") { throw .unreadable }
        }
        guard let month = takeNumber() else { return try endOrAbout(parts, isEstimated) }
        parts.month = month.number
        if take("m") {
            if take("t") {
                _ = take("~")
                return try end(parts, isAbout: true)
            }
            if isRest("?") || isRest("d?") { return try value(parts, isAbout: isEstimated) }
            if take("e") { return try afterMonth(parts, isEstimated: true) }
        } else if !takeSeparator() {
            return try endOrAbout(parts, isEstimated)
        }
        return try afterMonth(parts, isEstimated: isEstimated)
    }

    private mutating func afterMonth(_ parts: Parts, isEstimated: Bool) throws(Problem) -> RecordedDate {
        var parts = parts
        guard let day = takeNumber() else { return try endOrAbout(parts, isEstimated) }
        parts.day = day.number
        _ = take("d")
        if peek == UInt8(ascii: " "), place + 1 < signs.count, signs[place + 1] &- 48 >= 10 { place += 1 }
        let isAbout = take("~")
        if take(">") { return try between(parts) }
        guard isAtEnd || isAbout || takeTime() else {
            try checkWeekday(of: parts)
            return try value(parts, isAbout: isEstimated)
        }
        return try end(parts, isAbout: isAbout || isEstimated)
    }

    private func isRest(_ rest: String) -> Bool { signs[place...].elementsEqual(rest.utf8) }

    private mutating func endOrAbout(_ parts: Parts, _ isEstimated: Bool) throws(Problem) -> RecordedDate {
        let isAbout = take("~")
        return try end(parts, isAbout: isAbout || isEstimated)
    }

    private func end(_ parts: Parts, isAbout: Bool) throws(Problem) -> RecordedDate {
        guard isAtEnd else { throw .unreadable }
        return try value(parts, isAbout: isAbout)
    }

    /// M月D日からM月D日頃までの間, 推定D日からD日までの間: what the second day leaves out is as in the first.
    private mutating func between(_ first: Parts) throws(Problem) -> RecordedDate {
        var second = first
        let begin = try day(first)
        if let next = takeEra() { era = next }
        guard let number = takeNumber() else { throw .unreadable }
        var numbers = [number.number]
        while take("y") || take("m") || takeSeparator(), let next = takeNumber() { numbers.append(next.number) }
        _ = take("d")
        switch numbers.count {
        case 1: second.day = numbers[0]
        case 2: (second.month, second.day) = (numbers[0], numbers[1])
        default: (second.year, second.month, second.day) = (numbers[0], numbers[1], numbers[2])
        }
        _ = take("~")
        while take("<") {}
        guard isAtEnd, numbers.count <= 3 else { throw .unreadable }
        let last = try day(second)
        guard begin <= last else { throw .noSuchDay }
        return .approximate(.between(begin, last))
    }

    // MARK: - After the day

    /// 00:00, 0:00:00, 00:00:00.000; the time of a day, which does not change the day.
    private mutating func takeTime() -> Bool {
        let begin = place
        guard takeSeparator(), let hour = takeNumber(), hour.number < 24, take(":"), let minute = takeNumber(),
            minute.number < 60
        else {
            place = begin
            return false
        }
        if take(":") {
            guard let second = takeNumber(), second.number < 61 else { return false }
            if take("-") { _ = takeNumber() }
        }
        return isAtEnd
    }

    /// (火), 火曜日: it must be that of the day.
    private mutating func checkWeekday(of parts: Parts) throws(Problem) {
        let isInBrackets = take("(")
        let number: Int
        if take("m") {
            number = 1
        } else if take("d") {
            number = 7
        } else if take("w"), let found = takeNumber() {
            number = found.number
        } else {
            throw .unreadable
        }
        if take("u") { _ = take("d") }
        guard !isInBrackets || take(")"), isAtEnd else { throw .unreadable }
        let day = try day(parts)
        if day.weekday != number { throw .wrongWeekday(day) }
    }

    // MARK: - Values

    private func fiscalYear(_ year: Int) throws(Problem) -> RecordedDate {
        guard isAtEnd else { throw .unreadable }
        let begins = try gregorian(year)
        guard (1...9998).contains(begins) else { throw .noSuchDay }
        return .fiscalYear(FiscalYear(begins))
    }

    private func gregorian(_ year: Int) throws(Problem) -> Int {
        guard year >= 1, year <= 9999, era != nil || year >= 1000 else { throw .noSuchDay }
        return era?.gregorian(year: year) ?? year
    }

    private func day(_ parts: Parts) throws(Problem) -> Day {
        try WrittenDate.day(year: parts.year, month: parts.month ?? 0, day: parts.day ?? 0, era: era)
    }

    private func value(_ parts: Parts, isAbout: Bool) throws(Problem) -> RecordedDate {
        let year = try gregorian(parts.year)
        if era == .meiji, year < 1873 { return .oldCalendar(written.string) }
        guard let month = parts.month else { return try known(PartialDate(year: year, month: nil), isAbout) }
        guard (1...12).contains(month) else { throw .noSuchDay }
        guard let number = parts.day else { return try known(PartialDate(year: year, month: month), isAbout) }
        guard (1...31).contains(number) else { throw .noSuchDay }
        guard let found = Day(year: year, month: month, day: number) else {
            _ = try known(PartialDate(year: year, month: nil), isAbout)
            return .noSuchDay(year: year, month: month, day: number)
        }
        if let era, !era.contains(found) { throw .outsideEra(era, correct: found) }
        return isAbout ? .approximate(.day(found)) : .exact(found)
    }

    private func known(_ part: PartialDate?, _ isAbout: Bool) throws(Problem) -> RecordedDate {
        guard let part, let first = part.first, let last = part.last else { throw .noSuchDay }
        if let era {
            let (begin, end) = era.days
            guard last >= begin, end.map({ first <= $0 }) ?? true else {
                throw .monthOutsideEra(era, correct: part)
            }
        }
        return isAbout ? .approximate(.month(part)) : .partial(part)
    }

    /// An era before 明治: kept as it is written.
    private func oldCalendar() throws(Problem) -> RecordedDate {
        guard signs[place...].contains(where: { $0 &- 48 < 10 }) else { throw .unreadable }
        return .oldCalendar(written.string)
    }
}
