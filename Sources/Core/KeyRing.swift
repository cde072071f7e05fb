import Synchronization

/// The keys in use, so that a list with fifty names does not unwrap fifty keys each time it is looked at.
///
/// A key is kept for a minute at most: a server forgets what another one shredded.
final class KeyRing: Sendable {
    private static let life: Duration = .seconds(60)
    private static let limit = 4096

    private let held = Mutex<[String: (key: SealingKey, since: ContinuousClock.Instant)]>([:])

    /// Those of the keys that are held.
    func keys(for ids: [String]) -> [String: SealingKey] {
        let now = ContinuousClock.now
        return held.withLock { held in
            ids.reduce(into: [:]) { keys, id in
                if let entry = held[id], now - entry.since < Self.life { keys[id] = entry.key }
            }
        }
    }

    func put(_ keys: [(String, SealingKey)]) {
        let now = ContinuousClock.now
        held.withLock { held in
            if held.count + keys.count > Self.limit { held.removeAll() }
            for (id, key) in keys { held[id] = (key, now) }
        }
    }

    func drop(_ id: String) { held.withLock { $0[id] = nil } }
}
