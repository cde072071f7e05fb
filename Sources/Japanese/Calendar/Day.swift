/// 日. A day of the Gregorian calendar, without time or time zone.
package struct Day: Sendable, Hashable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil if the calendar has no such day. Years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, in: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `1980-03-01`. Nil for everything else.
    package init?(iso text: String) {
        var text = text
        guard let day = text.withUTF8({ $0.count == 10 ? Day(iso: $0) : nil }) else { return nil }
        self = day
    }

    /// The same of a text that begins with a day. Has at least ten bytes.
    package init?(iso bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = Decimal.read(bytes, 0..<4),
            let month = Decimal.read(bytes, 5..<7), let day = Decimal.read(bytes, 8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day this many days after 1970-01-01.
    package init(daysSince1970 number: Int) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days after 1970-01-01 this day is.
    package var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int { ((daysSince1970 + 3) % 7 + 7) % 7 + 1 }

    /// `1980-03-01`.
    package var iso: String {
        String(unsafeUninitializedCapacity: 10) { bytes in
            bytes.initialize(repeating: UInt8(ascii: "-"))
            Decimal.write(year, into: bytes, 0..<4)
            Decimal.write(month, into: bytes, 5..<7)
            Decimal.write(day, into: bytes, 8..<10)
            return 10
        }
    }

    /// The day this many days later.
    package func adding(days: Int) -> Day { Day(daysSince1970: daysSince1970 + days) }

    package static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Written as `1980-03-01`.
extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(iso: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no day: \(text)"))
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}
