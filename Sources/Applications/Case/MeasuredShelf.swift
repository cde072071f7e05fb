import Core
import Database
import Register
import Synchronization

/// The measured days of each card, read again every ten minutes: they change with single decisions, and every look at a
/// procedure asks for them.
final class MeasuredShelf: Sendable {
    private static let seconds = 600
    private let known = Mutex<[Card.ID: (days: MeasuredDays?, at: Moment)]>([:])

    func days(of card: Card.ID, at moment: Moment, in transaction: Transaction) throws -> MeasuredDays? {
        if let entry = known.withLock({ $0[card] }), entry.at <= moment, moment < entry.at.adding(seconds: Self.seconds)
        {
            return entry.days
        }
        let days = try MeasuredDays.read(of: card, on: moment.day, in: transaction)
        known.withLock { $0[card] = (days, moment) }
        return days
    }
}
