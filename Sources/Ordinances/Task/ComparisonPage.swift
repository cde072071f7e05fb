package import HTML
package import OrdinanceText

/// 新旧対照表, on a page of its own or within another.
package enum ComparisonPage {
    package static func html(_ table: ComparisonTable) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="ja"><head><meta charset="utf-8"><title>\(table.title) 新旧対照表</title>
        <style>
        @page { size: A4 landscape; margin: 15mm; @bottom-center { content: counter(page); } }
        body { font-family: "Noto Serif CJK JP", serif; font-size: 10.5pt; line-height: 1.7; margin: 1em auto; max-width: 70em; }
        h1 { font-size: 14pt; font-weight: normal; text-align: center; }
        table { border-collapse: collapse; table-layout: fixed; width: 100%; }
        th, td { border: 1px solid; padding: .3em .6em; vertical-align: top; width: 50%; }
        th { font-weight: normal; }
        td p { margin: 0; padding-left: 1em; text-indent: -1em; overflow-wrap: anywhere; }
        .in1 { margin-left: 1em } .in2 { margin-left: 2em } .in3 { margin-left: 3em }
        u { text-underline-offset: .2em; }
        </style></head>
        <body><main><h1>\(table.title) 新旧対照表</h1>
        <table>\(rows(table))</table></main></body></html>
        """
    }

    /// Its head and its rows.
    static func rows(_ table: ComparisonTable) -> HTML {
        let rows: [HTML] = table.rows.map { row in
            "<tr><td>\(cell(row.new, row))</td><td>\(cell(row.old, row))</td></tr>\n"
        }
        return "<thead><tr><th scope=\"col\">改正後</th><th scope=\"col\">改正前</th></tr></thead><tbody>\(rows)</tbody>"
    }

    private static func cell(_ runs: [ComparisonTable.Run], _ row: ComparisonTable.Row) -> HTML {
        guard !runs.isEmpty else { return "" }
        let words: [HTML] = runs.map { run in run.isChanged ? "<u>\(run.text)</u>" : "\(run.text)" }
        return "<p class=\"in\(min(row.depth, 3))\">\(words)</p>"
    }
}
