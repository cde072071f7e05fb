/// The figures as a table, with the targets they are held against.
struct Report {
    let town: Measurement.Result
    let other: Measurement.Result

    var text: String {
        var lines = [
            "",
            "                        connections    origami: req/s   p50 ms   p99 ms    Flask: req/s   p50 ms   p99 ms    ratio",
        ]
        for name in Measurement.pages + [Measurement.submissions] {
            for count in Measurement.connections {
                guard let ours = town.figures[name]?[count], let theirs = other.figures[name]?[count] else { continue }
                lines.append(
                    padded(name, 26, left: true) + padded(String(count), 9) + row(ours, 17) + row(theirs, 16)
                        + padded(number(ours.rate / theirs.rate, 1), 9))
            }
        }
        lines += [
            "", "mixed, 300 requests/s asked for:",
            "  origami  \(number(town.mixedRate, 0)) requests/s, p95 \(number(town.mixedP95, 1)) ms, failed \(town.mixedFailures)",
            "  Flask    \(number(other.mixedRate, 0)) requests/s, p95 \(number(other.mixedP95, 1)) ms, failed \(other.mixedFailures)",
            "memory (PSS): origami \(town.memoryAtRest) MB at rest, \(town.memoryUnderLoad) MB after load; "
                + "Flask \(other.memoryAtRest) MB, \(other.memoryUnderLoad) MB",
            "",
            target(
                "mixed 300 requests/s at p95 < 50 ms",
                town.mixedRate > 295 && town.mixedP95 < 50 && town.mixedFailures == 0),
            target("pages at least 5 times the comparison, the inbox included", worstRatio >= 5),
            target("memory < 150 MB", town.memoryUnderLoad < 150),
        ]
        return lines.joined(separator: "\n")
    }

    /// The smallest ratio of pages. The inbox is the hard one: there the town opens the
    /// sealed names of fifty people a page, the comparison has them as plain text and asks nobody who they are.
    private var worstRatio: Double {
        Measurement.pages.flatMap { name in
            Measurement.connections.compactMap { count in
                town.figures[name]?[count].flatMap { ours in other.figures[name]?[count].map { ours.rate / $0.rate } }
            }
        }.min() ?? 0
    }

    private func target(_ words: String, _ isMet: Bool) -> String { "\(isMet ? "met    " : "NOT MET")  \(words)" }

    private func row(_ figure: Measurement.Figure, _ width: Int) -> String {
        padded(number(figure.rate, 0), width) + padded(number(figure.p50, 1), 9) + padded(number(figure.p99, 1), 9)
    }

    private func number(_ value: Double, _ places: Int) -> String {
        if places == 0 { return String(Int(value.rounded())) }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return left ? text + space : space + text
    }
}
