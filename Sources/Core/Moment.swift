package import Database
package import Japanese

#if canImport(Glibc)
    import Glibc
#endif

/// A moment: milliseconds since 1970 in UTC. Shown in Japan Standard Time, which is nine hours ahead all year.
package struct Moment: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// The moment it is.
    package static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    }

    /// Midnight in Japan at the beginning of a day.
    package init(startOf day: Day) { milliseconds = (day.daysSince1970 * 86_400 - 9 * 3600) * 1000 }

    /// `2026-11-24T06:20:00.123Z`: sorts by time.
    package var iso: String {
        let (day, clock) = Moment.split(milliseconds)
        return String(unsafeUninitializedCapacity: 24) { bytes in
            _ = bytes.initialize(fromContentsOf: "\(day.iso)T00:00:00.000Z".utf8)
            Moment.write(clock / 60_000, into: bytes, 11)
            Decimal.write(clock / 1000 % 60, into: bytes, 17..<19)
            Decimal.write(clock % 1000, into: bytes, 20..<23)
            return 24
        }
    }

    /// Reads what ``iso`` writes. Nil for everything else.
    package init?(iso text: String) {
        var text = text
        guard let milliseconds = text.withUTF8(Moment.read) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."), bytes[23] == UInt8(ascii: "Z"),
            let day = Day(iso: bytes), let hour = Decimal.read(bytes, 11..<13), hour < 24,
            let minute = Decimal.read(bytes, 14..<16), minute < 60, let second = Decimal.read(bytes, 17..<19),
            second < 60, let fraction = Decimal.read(bytes, 20..<23)
        else { return nil }
        return (day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + fraction
    }

    /// The day it is in Japan.
    package var day: Day { Moment.split(milliseconds + 9 * 3_600_000).day }

    /// The time of day in Japan: `15:20`.
    package var timeOfDay: String {
        let clock = Moment.split(milliseconds + 9 * 3_600_000).clock
        return String(unsafeUninitializedCapacity: 5) { bytes in
            bytes.initialize(repeating: UInt8(ascii: ":"))
            Moment.write(clock / 60_000, into: bytes, 0)
            return 5
        }
    }

    /// This many seconds later.
    package func adding(seconds: Int) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    private static func split(_ milliseconds: Int) -> (day: Day, clock: Int) {
        let perDay = 86_400_000
        let day = milliseconds >= 0 ? milliseconds / perDay : (milliseconds - perDay + 1) / perDay
        return (Day(daysSince1970: day), milliseconds - day * perDay)
    }

    /// `15:20` of a number of minutes.
    private static func write(_ minutes: Int, into bytes: UnsafeMutableBufferPointer<UInt8>, _ place: Int) {
        Decimal.write(minutes / 60, into: bytes, place..<place + 2)
        Decimal.write(minutes % 60, into: bytes, place + 3..<place + 5)
    }
}

extension Moment: Storable {
    package var stored: Value { .text(iso) }
    package init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(iso: text)
    }
}

/// Written as ``Moment/iso``.
extension Moment: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Moment(iso: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no moment: \(text)"))
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}

extension Day: Storable {
    package var stored: Value { .text(iso) }
    package init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(iso: text)
    }
}
