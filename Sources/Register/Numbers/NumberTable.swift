import HTML

/// 表. A table that a phone can push aside, and that says the same as a file.
struct NumberTable {
    /// What it is called for those who do not see it.
    let label: String
    let head: [HTML]
    /// Each row begins with its name.
    let rows: [(name: HTML, cells: [HTML])]
    /// True where the cells behind the name are numbers.
    var isNumbers = true

    var html: HTML {
        let heads: [HTML] = head.enumerated().map { index, name in
            isNumbers && index > 0
                ? #"<th scope="col" class="number">\#(name)</th>"# : #"<th scope="col">\#(name)</th>"#
        }
        let lines: [HTML] = rows.map { name, cells in
            let cells: [HTML] = cells.map { isNumbers ? #"<td class="number">\#($0)</td>"# : "<td>\($0)</td>" }
            return #"<tr><th scope="row">\#(name)</th>\#(cells)</tr>"#
        }
        return """
            <div class="scroll" role="region" aria-label="\(label)" tabindex="0"><table\(Attributes().with("class", ifPresent: isNumbers ? nil : "wordy"))>
            <thead><tr>\(heads)</tr></thead><tbody>\(lines)</tbody></table></div>
            """
    }
}
