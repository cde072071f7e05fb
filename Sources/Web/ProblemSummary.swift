package import HTML

/// 直すところの要約. Stands before a page's heading; is focused and read out first, and leads to the controls.
package struct ProblemSummary {
    private let heading: HTML
    private let lines: [(control: String?, words: HTML)]

    /// - Parameter lines: what is the matter, each with the control it is about; nil where that is not on the page.
    package init(_ heading: HTML, _ lines: [(control: String?, words: HTML)]) {
        (self.heading, self.lines) = (heading, lines)
    }

    package var html: HTML {
        let items: [HTML] = lines.map { control, words in
            control.map { "<li><a href=\"#\($0)\">\(words)</a></li>" } ?? "<li>\(words)</li>"
        }
        return """
            <div class="problems" role="alert" tabindex="-1"><h2>\(heading)</h2><ul>\(items)</ul></div>
            """
    }
}
