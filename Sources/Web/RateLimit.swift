package import Core
import Synchronization

/// So many tries in so many seconds for each key, kept in memory. A key that is quiet is forgotten.
package final class RateLimit: Sendable {
    private let allowed: Int
    private let seconds: Int
    private let tries = Mutex<[String: [Moment]]>([:])

    package init(_ allowed: Int, perSeconds seconds: Int) { (self.allowed, self.seconds) = (allowed, seconds) }

    /// Throws a ``Refused`` of kind `tooMany` if no try is left; counts none.
    package func check(_ key: String, at moment: Moment) throws {
        let since = moment.adding(seconds: -seconds)
        let recent = tries.withLock { $0[key, default: []].filter { $0 > since } }
        guard recent.count >= allowed else { return }
        throw Refused.tooOften(retryAfter: max(1, (recent[0].milliseconds - since.milliseconds) / 1000))
    }

    /// Counts a try. Throws a ``Refused`` of kind `tooMany` if there were too many.
    package func take(_ key: String, at moment: Moment) throws {
        let since = moment.adding(seconds: -seconds)
        let retry: Int? = tries.withLock { tries in
            if tries.count > 10_000 { tries = tries.filter { $0.value.contains { $0 > since } } }
            let recent = tries[key, default: []].filter { $0 > since }
            if recent.count >= allowed { return max(1, (recent[0].milliseconds - since.milliseconds) / 1000) }
            tries[key] = recent + [moment]
            return nil
        }
        if let retry { throw Refused.tooOften(retryAfter: retry) }
    }
}

extension Refused {
    /// Too many tries; again in so many seconds.
    package static func tooOften(retryAfter seconds: Int) -> Refused {
        let minutes = String((seconds + 59) / 60)
        return Refused(
            .tooMany(retryAfter: seconds),
            Text(
                "短い時間に何度も入力されたため、いまは受け付けられません。%1分ほど待ってから、もう一度お試しください。",
                easy: "{何回|なんかい}も {書|か}きました。%1{分|ふん} {待|ま}って、もう{一度|いちど} {書|か}いて ください。",
                en: "There were too many tries. Please wait about %1 minute(s) and try again."
            ).with(minutes))
    }
}
