import Core
import Synchronization

/// Who saw the list lately, so that the trail says it once and not at every turn of the page.
final class Listings: Sendable {
    private let seen = Mutex<[String: Moment]>([:])

    /// True if this officer has not been noted in the last ten minutes.
    func isNew(_ officer: String, at moment: Moment) -> Bool {
        seen.withLock { $0[officer].map { $0.adding(seconds: 600) <= moment } ?? true }
    }

    /// Notes an officer, once that is recorded.
    func note(_ officer: String, at moment: Moment) { seen.withLock { $0[officer] = moment } }
}
