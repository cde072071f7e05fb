package import Core
package import HTML

/// 組版. Makes a PDF of a page of ours, with Japanese line breaking, by a program of its own (WeasyPrint).
/// Nothing is fetched: the page has everything in it.
package enum Typesetter {
    /// Debian's own Python, which has WeasyPrint; where it is elsewhere, the script finds it along the `PATH`.
    private static let program = OutsideProgram(
        "/usr/bin/python3", ["-c", String(decoding: PackageResources.typeset_py, as: UTF8.self), "--quiet", "-", "-"],
        within: .seconds(180))

    /// What could not be set.
    package struct Trouble: Error, CustomStringConvertible {
        package let description: String
    }

    /// How a paper looks.
    package enum Style {
        /// A paper of the town.
        case paper
        /// 報告書: chapters and wide tables, as a committee reads them.
        case report
        /// 大きな字: nothing smaller than 18 points but readings, for somebody who reads across a counter.
        case large(Language)
    }

    package static func pdf(_ title: String, _ body: HTML, as style: Style = .paper) async throws -> Spool {
        try await set(document(title, body, style))
    }

    /// The same of a whole document, with its own head.
    package static func set(_ document: HTML) async throws -> Spool {
        let page = try Spool()
        try page.append(document.bytes)
        guard let paper = try await program.run(page) else {
            throw Trouble(description: "weasyprint did not make a document")
        }
        return paper
    }

    private static func document(_ title: String, _ body: HTML, _ style: Style) -> HTML {
        switch style {
        case .paper: paper(title, body)
        case .report: report(title, body)
        case .large(let language): large(title, body, language)
        }
    }

    private static func large(_ title: String, _ body: HTML, _ language: Language) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language.tag)"><head><meta charset="utf-8"><title>\(title)</title>
        <style>
        @page { size: A4; margin: 18mm 18mm 22mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 18pt; } }
        body { font: 20pt/1.9 "Noto Sans CJK JP", sans-serif; line-break: strict; overflow-wrap: anywhere; }
        h1 { font-size: 28pt; margin: 0 0 4mm; }
        h2 { font-size: 24pt; margin: 10mm 0 3mm; border-bottom: 1.5pt solid #000; break-after: avoid; }
        h3 { font-size: 20pt; margin: 6mm 0 1mm; break-after: avoid; }
        dl { margin: 0; } dl > div { border-bottom: .5pt solid #555; padding: 2mm 0; break-inside: avoid; }
        dt { font-size: 18pt; } dd { margin: 0 0 0 6mm; font-weight: bold; white-space: pre-wrap; }
        .right { text-align: right; } .keep { break-inside: avoid; }
        .box { border: 1.5pt solid #000; padding: 3mm 4mm; break-inside: avoid; }
        .reading { display: inline-block; line-height: 1.2; text-align: center; white-space: nowrap; }
        .reading span { display: block; font-size: 9pt; font-weight: normal; line-height: 1; }
        </style></head><body>\(body)</body></html>
        """
    }

    private static func report(_ title: String, _ body: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="ja"><head><meta charset="utf-8"><title>\(title)</title>
        <style>
        @page { size: A4; margin: 18mm 16mm 20mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
        body { font: 10.5pt/1.7 "Noto Sans CJK JP", sans-serif; line-break: strict; overflow-wrap: anywhere; }
        h1 { font-size: 18pt; line-height: 1.4; margin: 0 0 6mm; } h1 small { font-size: 10.5pt; font-weight: normal; display: block; }
        h2 { font-size: 13pt; margin: 8mm 0 2mm; border-bottom: 1pt solid #000; break-after: avoid; }
        h3 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid; }
        p { margin: 0 0 2mm; } .kept { white-space: pre-wrap; } .quiet, small { color: #444; font-size: 9pt; }
        .unseen, .way, .button, .chart { display: none; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 4mm; font-size: 9.5pt; }
        th, td { border: .5pt solid #555; padding: 1mm 2mm; text-align: left; vertical-align: top; font-weight: normal; }
        thead { display: table-header-group; } thead th { background: #eee; } tr { break-inside: avoid; }
        .number { text-align: right; white-space: nowrap; } .tag { border: .5pt solid #555; padding: 0 1mm; font-size: 8.5pt; }
        dl { margin: 0 0 3mm; } dl > div { display: flex; border-bottom: .5pt solid #999; padding: 1mm 0; break-inside: avoid; }
        dt { flex: 0 0 38mm; } dd { margin: 0; flex: 1; } a { color: inherit; text-decoration: none; }
        ul { margin: 0 0 3mm; padding-left: 5mm; }
        </style></head><body>\(body)</body></html>
        """
    }

    private static func paper(_ title: String, _ body: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="ja"><head><meta charset="utf-8"><title>\(title)</title>
        <style>
        @page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
        body { font: 10.5pt/1.8 "Noto Serif CJK JP", "Noto Sans CJK JP", serif; line-break: strict; overflow-wrap: anywhere; }
        h1 { font-size: 16pt; text-align: center; letter-spacing: .2em; margin: 10mm 0; }
        h2 { font-size: 12pt; margin: 6mm 0 2mm; }
        h3 { font-size: 10.5pt; margin: 4mm 0 1mm; }
        .right { text-align: right; } .name { font-size: 13pt; }
        .small { font-size: 9pt; }
        .box { border: .5pt solid #555; padding: 2mm 3mm; white-space: pre-wrap; }
        .lines { white-space: pre-wrap; }
        .whole { display: inline-block; }
        .stamp { float: right; width: 32mm; margin: 0 0 2mm 6mm; } .stamp th { width: auto; text-align: center; padding: .5mm; } .stamp td { height: 18mm; }
        .stamp, .stamp tr { display: block; } .stamp th, .stamp td { display: block; border-top-width: .5pt; }
        .keep { break-inside: avoid; }
        table { margin-bottom: 3mm; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: .5pt solid #555; padding: 1.5mm 2.5mm; text-align: left; vertical-align: top; font-weight: normal; white-space: pre-wrap; }
        tr { break-inside: avoid; }
        th { width: 34%; background: #f0f0f0; }
        </style></head><body>\(body)</body></html>
        """
    }
}
