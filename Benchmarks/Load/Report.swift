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
                    Self.padded(name, 26, left: true) + Self.padded(String(count), 9) + row(ours, 17) + row(theirs, 16)
                        + Self.padded(Self.number(ours.rate / theirs.rate, 1), 9))
            }
        }
        lines += [
            "", "\(Measurement.Steady.asked) requests/s, a question page alone:",
            "  origami  \(steady(town.question))", "  Flask    \(steady(other.question))",
            "mixed: 60 % reading, 25 % answering, 10 % the desk, 5 % sending:",
        ]
        lines += Self.steadyRows("origami", town) + Self.steadyRows("Flask", other)
        lines += [
            "memory (PSS): origami \(town.memoryAtRest) MB at rest, \(town.memoryUnderLoad) MB after load; "
                + "Flask \(other.memoryAtRest) MB, \(other.memoryUnderLoad) MB",
            "",
            Self.target("a question page at 300 requests/s with p95 < 30 ms", keepsUp(town.question, below: 30)),
            Self.target(
                "mixed 300 requests/s at p95 < 50 ms",
                town.mixed.first { $0.asked == Measurement.Steady.asked }.map { keepsUp($0, below: 50) } ?? false),
            Self.target("pages at least 5 times the comparison, the inbox included", worstRatio >= 5),
            Self.target("memory < 150 MB", town.memoryUnderLoad < 150),
        ]
        return lines.joined(separator: "\n")
    }

    private static func steadyRows(_ name: String, _ result: Measurement.Result) -> [String] {
        (result.mixed + [result.saturated]).map { one in
            "  \(padded(name, 8, left: true)) \(padded(one.asked == 0 ? "as many as it takes" : "\(one.asked) requests/s", 20, left: true))"
                + "\(padded(number(one.rate, 0), 7)) done/s   p50 \(padded(number(one.p50, 1), 7))   p95 "
                + "\(padded(number(one.p95, 1), 7))   p99 \(padded(number(one.p99, 1), 7)) ms   failed \(one.failures)   "
                + "memory \(one.memory) MB"
        }
    }

    /// The pages of the desk as a town grows, and whether they are quick enough.
    static func lines(growth: [(cases: Int, pages: [(page: String, p95: Double)])]) -> [String] {
        guard let first = growth.first, let last = growth.last else { return [] }
        var lines = [
            padded("p95 in ms, four officers at once", 34, left: true)
                + growth.map { padded("\($0.cases) cases", 15) }.joined()
        ]
        for (index, page) in first.pages.map(\.page).enumerated() {
            lines.append(
                "  " + padded(page, 32, left: true)
                    + growth.map { padded(number($0.pages[index].p95, 1), 15) }.joined())
        }
        lines.append(
            target(
                "every page of the desk at \(last.cases) cases: p95 < \(number(Large.target, 0)) ms",
                last.pages.allSatisfy { $0.p95 < Large.target }))
        return lines
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

    private func steady(_ figure: Measurement.Steady) -> String {
        "\(Self.number(figure.rate, 0)) requests/s, p95 \(Self.number(figure.p95, 1)) ms, failed \(figure.failures)"
    }

    private func keepsUp(_ figure: Measurement.Steady, below p95: Double) -> Bool {
        figure.rate > 295 && figure.p95 < p95 && figure.failures == 0
    }

    private static func target(_ words: String, _ isMet: Bool) -> String {
        "\(isMet ? "met    " : "NOT MET")  \(words)"
    }

    private func row(_ figure: Measurement.Figure, _ width: Int) -> String {
        Self.padded(Self.number(figure.rate, 0), width) + Self.padded(Self.number(figure.p50, 1), 9)
            + Self.padded(Self.number(figure.p99, 1), 9)
    }

    private static func number(_ value: Double, _ places: Int) -> String {
        if places == 0 { return String(Int(value.rounded())) }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return left ? text + space : space + text
    }
}
