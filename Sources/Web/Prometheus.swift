package import CoreMetrics
import Synchronization

/// Keeps the program's measurements and writes them as Prometheus reads them (text format 0.0.4).
package final class Prometheus: MetricsFactory {
    /// The upper bounds of the buckets of a duration, in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private let series = Mutex<[Key: Series]>([:])
    /// The same by what was asked for, so that names are made once.
    private let asking = Mutex<[String: Series]>([:])

    struct Key: Hashable {
        let name: String
        let labels: String
    }

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions, .counter)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions, .gauge)
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        find(label, dimensions, .histogram)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions, .histogram)
    }

    // A series lives as long as the program: the same labels go on counting.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything measured so far.
    package func text() -> String {
        let all = series.withLock { $0 }.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }
        var lines: [String] = []
        var name = ""
        for (key, series) in all {
            if key.name != name {
                name = key.name
                lines.append("# TYPE \(name) \(series.kind.rawValue)")
            }
            lines += series.lines(key)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func find(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
        let asked = dimensions.reduce(label) { $0 + "\u{0}" + $1.0 + "\u{0}" + $1.1 }
        if let known = asking.withLock({ $0[asked] }) { return known }
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
        let labels = dimensions.sorted { $0.0 < $1.0 }.map { name, value in
            let value = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(value)\""
        }.joined(separator: ",")
        let found = series.withLock { series in
            let key = Key(name: name, labels: labels)
            let found = series[key] ?? Series(kind)
            series[key] = found
            return found
        }
        asking.withLock { $0[asked] = found }
        return found
    }

    /// One name with one set of labels.
    final class Series: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
        enum Kind: String { case counter, gauge, histogram }

        let kind: Kind
        private let state = Mutex(State())

        private struct State {
            var value = 0.0
            var count = 0
            var buckets = [Int](repeating: 0, count: Prometheus.bounds.count)
        }

        init(_ kind: Kind) { self.kind = kind }

        func increment(by amount: Int64) { state.withLock { $0.value += Double(amount) } }
        func increment(by amount: Double) { state.withLock { $0.value += amount } }
        func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
        func reset() { state.withLock { $0 = State() } }
        func set(_ value: Int64) { set(Double(value)) }
        func set(_ value: Double) { state.withLock { $0.value = value } }
        func record(_ value: Int64) { record(Double(value)) }
        func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

        func record(_ value: Double) {
            state.withLock { state in
                state.value += value
                state.count += 1
                for (index, bound) in Prometheus.bounds.enumerated() where value <= bound { state.buckets[index] += 1 }
            }
        }

        func lines(_ key: Key) -> [String] {
            let state = state.withLock { $0 }
            guard kind == .histogram else { return ["\(key.name)\(braces(key.labels)) \(state.value)"] }
            let buckets = zip(Prometheus.bounds, state.buckets).map { bound, count in
                "\(key.name)_bucket\(braces(key.labels, "le=\"\(bound)\"")) \(count)"
            }
            return buckets + [
                "\(key.name)_bucket\(braces(key.labels, "le=\"+Inf\"")) \(state.count)",
                "\(key.name)_sum\(braces(key.labels)) \(state.value)",
                "\(key.name)_count\(braces(key.labels)) \(state.count)",
            ]
        }

        private func braces(_ labels: String...) -> String {
            let all = labels.filter { !$0.isEmpty }.joined(separator: ",")
            return all.isEmpty ? "" : "{\(all)}"
        }
    }
}
