/// 図. Bars, lines and steps as SVG that the server makes: they are looked at beside the table that says the same. Widths
/// are shares of the page and letters keep their size, so that a phone shows them as well.
package struct Chart: Sendable {
    /// Begins the ids of its parts; once on a page.
    private let id: String
    /// What it shows.
    private let title: String
    /// What is to be seen in it, for those who do not look.
    private let summary: String

    package init(_ id: String, title: String, summary: String) {
        (self.id, self.title, self.summary) = (id, title, summary)
    }

    /// A bar: its name, its length, and what stands at its end.
    package struct Bar: Sendable {
        package let name: String
        package let value: Double
        package let words: String

        package init(_ name: String, _ value: Double, _ words: String) {
            (self.name, self.value, self.words) = (name, value, words)
        }
    }

    /// Lying bars, one below the other.
    /// - Parameter maximum: the value of a full bar; the longest one's without it.
    package func bars(_ bars: [Bar], maximum: Double? = nil) -> HTML {
        let full = max(maximum ?? bars.map(\.value).max() ?? 0, 0.000_001)
        let rows: [HTML] = bars.enumerated().map { index, bar in
            let top = index * 44
            let width = Self.percent(min(max(bar.value / full, 0), 1) * 100)
            return """
                <text x="0" y="\(top + 16)">\(bar.name)</text>
                <text x="100%" y="\(top + 16)" text-anchor="end">\(bar.words)</text>
                <rect class="ground" x="0" y="\(top + 23)" width="100%" height="12"></rect>
                <rect class="bar" x="0" y="\(top + 23)" width="\(width)" height="12"></rect>
                """
        }
        return frame(height: max(bars.count, 1) * 44, rows)
    }

    /// A line: its name, and a value for each place; nil where there is none.
    package struct Line: Sendable {
        package let name: String
        package let values: [Double?]

        package init(_ name: String, _ values: [Double?]) { (self.name, self.values) = (name, values) }
    }

    /// One or two lines over the same places; a line may end before the last place.
    /// - Parameters:
    ///   - places: what stands below.
    ///   - maximum: the value at the top; a round one above the highest without it.
    ///   - unit: what stands behind the numbers at the side.
    package func lines(_ lines: [Line], over places: [String], maximum: Double? = nil, unit: String = "") -> HTML {
        let top = maximum ?? Self.round(above: lines.flatMap { $0.values.compactMap(\.self) }.max() ?? 0)
        let x = { (index: Int) in 4 + Double(index) * 92 / Double(max(places.count - 1, 1)) }
        let y = { (value: Double) in 170 - Int(min(max(value / top, 0), 1) * 145) }
        var parts: [HTML] = [0, top / 2, top].map { value in
            grid(y(value), Self.number(value) + unit)
        }
        parts += lines.enumerated().map { index, line in
            let name: HTML = index == 0 ? "first" : "second"
            let segments: [HTML] = zip(line.values, line.values.dropFirst()).enumerated().compactMap { place, pair in
                guard let from = pair.0, let to = pair.1 else { return nil }
                return Self.segment(x(place), y(from), x(place + 1), y(to))
            }
            let dots: [HTML] = line.values.enumerated().compactMap { place, value in
                value.map { #"<circle cx="\#(Self.percent(x(place)))" cy="\#(y($0))" r="4"></circle>"# }
            }
            return #"<g class="line \#(name)">\#(segments)\#(dots)</g>"#
        }
        parts += places.enumerated().map { index, place in
            #"<text x="\#(Self.percent(x(index)))" y="192" text-anchor="middle">\#(place)</text>"#
        }
        return frame(height: 200, parts, key: lines.count > 1 ? lines.map(\.name) : [])
    }

    /// Steps over time: which of the levels it was from a place on, the first place being 0 and the last 1.
    /// - Parameters:
    ///   - levels: their names from below.
    ///   - ends: what stands below the beginning and the end.
    package func steps(_ steps: [(from: Double, level: Int)], levels: [String], ends: (String, String)) -> HTML {
        let x = { (place: Double) in 8 + min(max(place, 0), 1) * 91 }
        let y = { (level: Int) in 20 + (levels.count - 1 - level) * 30 }
        var parts: [HTML] = levels.indices.map { grid(y($0), levels[$0]) }
        var lines: [HTML] = []
        for (index, step) in steps.enumerated() {
            let until = index + 1 < steps.count ? steps[index + 1].from : 1
            lines.append(Self.segment(x(step.from), y(step.level), x(until), y(step.level)))
            if index + 1 < steps.count {
                lines.append(Self.segment(x(until), y(step.level), x(until), y(steps[index + 1].level)))
            }
        }
        parts.append(#"<g class="line first">\#(lines)</g>"#)
        let bottom = 20 + levels.count * 30
        parts.append(#"<text x="8%" y="\#(bottom)">\#(ends.0)</text>"#)
        parts.append(#"<text x="99%" y="\#(bottom)" text-anchor="end">\#(ends.1)</text>"#)
        return frame(height: bottom + 10, parts)
    }

    private func frame(height: Int, _ parts: [HTML], key: [String] = []) -> HTML {
        let names: [HTML] = key.enumerated().map { index, name in
            #"<span class="\#(index == 0 ? "first" as HTML : "second")">\#(name)</span>"#
        }
        let legend: HTML? = names.isEmpty ? nil : #"<p class="key" aria-hidden="true">\#(names)</p>"#
        return """
            <figure class="chart">
            <svg role="img" aria-labelledby="\(id)-title \(id)-summary" width="100%" height="\(height)">
            <title id="\(id)-title">\(title)</title><desc id="\(id)-summary">\(summary)</desc>
            \(parts)</svg>\(legend)
            </figure>
            """
    }

    private func grid(_ y: Int, _ words: String) -> HTML {
        #"<line class="grid" x1="0" x2="100%" y1="\#(y)" y2="\#(y)"></line><text class="mark" x="0" y="\#(y - 4)">\#(words)</text>"#
    }

    private static func segment(_ x: Double, _ y: Int, _ toX: Double, _ toY: Int) -> HTML {
        #"<line x1="\#(percent(x))" y1="\#(y)" x2="\#(percent(toX))" y2="\#(toY)"></line>"#
    }

    private static func percent(_ value: Double) -> String { number(value) + "%" }

    /// A number with at most one place behind the point.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
    }

    /// 10, 20, 50, 100 … so that the highest value fits.
    private static func round(above value: Double) -> Double {
        var step = 10.0
        while step < value {
            for factor in [1.0, 2, 5] where step * factor >= value { return step * factor }
            step *= 10
        }
        return step
    }
}
