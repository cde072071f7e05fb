import Core
import Synchronization

/// Who saw the list lately, so that the trail says it once and not at every turn of the page.
final class Listings: Sendable {
    private let seen = Mutex<[String: Moment]>([:])

    /// True if this officer has not been noted in the last ten minutes; notes them.
    func isNew(_ officer: String, at moment: Moment) -> Bool {
        seen.withLock { seen in
            if let last = seen[officer], last.adding(seconds: 600) > moment { return false }
            seen[officer] = moment
            return true
        }
    }
}
