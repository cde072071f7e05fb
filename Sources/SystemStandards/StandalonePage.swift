package import HTML

/// A page that is kept as a file and opened without the town's pages: its look travels with it.
package enum StandalonePage {
    /// The page around its content.
    package static func page(_ title: String, _ content: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="ja">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        <style>
        body { font: 16px/1.7 sans-serif; color: #1a1a1c; background: #fff; margin: 0 auto; padding: 16px; max-width: 72rem; }
        h1 { font-size: 1.6rem; line-height: 1.4; margin: 16px 0; }
        h2 { font-size: 1.25rem; line-height: 1.5; margin: 32px 0 8px; border-bottom: 2px solid #0017c1; }
        table { border-collapse: collapse; width: 100%; margin: 8px 0 16px; }
        th, td { border: 1px solid #767676; padding: 6px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { background: #f1f1f4; }
        th[scope=col], .samples { white-space: nowrap; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
        .scroll { overflow-x: auto; }
        .error { color: #b10000; font-weight: bold; white-space: nowrap; }
        .notice { color: #5c4200; font-weight: bold; white-space: nowrap; }
        .note { background: #f1f1f4; padding: 8px 16px; }
        .sign td { height: 56px; min-width: 8rem; }
        @media print { body { padding: 0; font-size: 10.5pt; } h2, tr { break-inside: avoid; } h2 { break-after: avoid; } }
        </style>
        </head>
        <body>
        <main>
        \(content)
        </main>
        </body>
        </html>

        """
    }
}
