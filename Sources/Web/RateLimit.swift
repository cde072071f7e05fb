package import Core
import Synchronization

/// So many tries in so many seconds for each key, kept in memory. A key that is quiet is forgotten.
package final class RateLimit: Sendable {
    private let allowed: Int
    private let seconds: Int
    private let state = Mutex(State())

    private struct State {
        var tries: [String: [Moment]] = [:]
        var sweptAt = Moment(milliseconds: 0)
    }

    /// More keys than this are not kept: the quietest go first.
    private static let mostKeys = 20_000

    package init(_ allowed: Int, perSeconds seconds: Int) { (self.allowed, self.seconds) = (allowed, seconds) }

    /// Counts a try before it is made. Throws a ``Refused`` of kind `tooMany` if none is left.
    package func take(_ key: String, at moment: Moment) throws {
        let since = moment.adding(seconds: -seconds)
        let key = RateLimit.bounded(key)
        let retry: Int? = state.withLock { state in
            sweep(&state, at: moment)
            let recent = state.tries[key, default: []].filter { $0 > since }
            if recent.count >= allowed { return max(1, (recent[0].milliseconds - since.milliseconds) / 1000) }
            state.tries[key] = recent + [moment]
            return nil
        }
        if let retry { throw Refused.tooOften(retryAfter: retry) }
    }

    /// Gives back the newest try: it was a right one.
    package func giveBack(_ key: String) {
        state.withLock { state in
            let key = RateLimit.bounded(key)
            _ = state.tries[key]?.popLast()
        }
    }

    /// Forgets keys that are quiet, now and then; where there are too many all the same, those with a single try.
    private func sweep(_ state: inout State, at moment: Moment) {
        let isFull = state.tries.count > Self.mostKeys
        guard isFull || state.sweptAt.adding(seconds: seconds) < moment else { return }
        let since = moment.adding(seconds: -seconds)
        state.tries = state.tries.filter { $0.value.last.map { $0 > since } ?? false }
        if state.tries.count > Self.mostKeys { state.tries = state.tries.filter { $0.value.count > 1 } }
        state.sweptAt = moment
    }

    /// A key of a size that does not matter, whatever was typed.
    private static func bounded(_ key: String) -> String {
        key.utf8.count <= 200 ? key : String(decoding: key.utf8.prefix(200), as: UTF8.self)
    }
}

extension Refused {
    /// Too many tries; again in so many seconds.
    package static func tooOften(retryAfter seconds: Int) -> Refused {
        let minutes = String((seconds + 59) / 60)
        return Refused(
            .tooMany(retryAfter: seconds),
            Text(
                "操作が続いたため、いまは受け付けられません。%1分ほど待ってから、もう一度お試しください。",
                easy: "{何回|なんかい}も {続|つづ}けて しました。%1{分|ふん} {待|ま}って、もう{一度|いちど} して ください。",
                en: "There were too many tries. Please wait about %1 minute(s) and try again."
            ).with(minutes))
    }
}
