import HTML

/// 通知書の段落. One piece of a notice: what it looks like, and its words with names in braces.
struct NoticeBlock: Sendable, Codable, Equatable {
    var kind: Kind
    var words: String

    init(_ kind: Kind, _ words: String) { (self.kind, self.words) = (kind, words) }

    enum Kind: String, Sendable, Codable, CaseIterable {
        case title, heading, addressee, right, paragraph, row, appeal, small

        var name: String {
            switch self {
            case .title: "表題"
            case .heading: "見出し"
            case .addressee: "宛名"
            case .right: "右寄せ"
            case .paragraph: "本文"
            case .row: "表の行（項目｜内容）"
            case .appeal: "教示（不服の申立て）"
            case .small: "小さい字"
            }
        }
    }
}

/// 通知書のひな形の内容: its blocks from top to bottom.
struct NoticeDocument: Sendable, Codable, Equatable {
    var blocks: [NoticeBlock]

    /// As it is printed.
    func html(_ fill: Placeholders) -> HTML {
        var (html, rows): (HTML, HTML) = (.empty, .empty)
        func close() {
            if !rows.isEmpty { html = html + "<table>\(rows)</table>" }
            rows = .empty
        }
        for block in blocks {
            if block.kind == .row {
                rows = rows + Self.row(block.words, fill)
                continue
            }
            close()
            let words = fill.fill(block.words)
            switch block.kind {
            case .title: html = html + "<h1>\(words)</h1>"
            case .heading: html = html + "<h2>\(words)</h2>"
            case .addressee: html = html + #"<p class="name lines">\#(words)</p>"#
            case .right: html = html + #"<p class="right lines">\#(words)</p>"#
            case .paragraph, .appeal: html = html + #"<p class="lines">\#(words)</p>"#
            case .small: html = html + #"<p class="small lines">\#(words)</p>"#
            case .row: break
            }
        }
        close()
        return html
    }

    /// A row whose content is empty once it is filled is left out.
    private static func row(_ words: String, _ fill: Placeholders) -> HTML {
        let parts = words.split(separator: /[｜|]/, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = fill.fill(parts[0])
        let value = parts.count == 2 ? fill.fill(parts[1]) : ""
        return value.isEmpty ? .empty : "<tr><th>\(name)</th><td>\(value)</td></tr>"
    }

    /// 教示 (行政不服審査法 第82条第1項, 行政事件訴訟法 第46条第1項), as it is usual for a town without another authority above it.
    static let appeal = """
        この決定に不服がある場合は、行政不服審査法の定めにより、この決定があったことを知った日の翌日から起算して3か月以内に、{長}に対して審査請求をすることができます。
        また、この決定があったことを知った日の翌日から起算して6か月以内に、{町}を被告として（訴訟において{町}を代表する者は{長}となります。）、処分の取消しの訴えを提起することができます。ただし、決定の日の翌日から起算して、審査請求は1年、訴えは1年を経過すると、できなくなります。
        """

    /// What a notice says where nobody wrote another one.
    static func standard(_ outcome: Case.Status) -> NoticeDocument {
        let isAdverse = outcome != .approved
        var blocks = [
            NoticeBlock(.right, "{受付番号}\n{決定日}"), NoticeBlock(.addressee, "{氏名}　様"), NoticeBlock(.right, "{長}"),
            NoticeBlock(.title, "決定通知書"),
            NoticeBlock(.paragraph, "{申請日}に受け付けた「{手続き}」について、次のとおり決定しましたので通知します。"),
            NoticeBlock(.row, "決定｜{決定}"), NoticeBlock(.row, "\(isAdverse ? "理由" : "お伝えすること")｜{理由}"),
            NoticeBlock(.row, "根拠となる法令・条項｜{根拠}"), NoticeBlock(.row, "手数料｜{手数料}"),
        ]
        if isAdverse {
            blocks += [NoticeBlock(.heading, "この決定に不服がある場合"), NoticeBlock(.appeal, appeal)]
        }
        return NoticeDocument(
            blocks: blocks + [
                NoticeBlock(.heading, "お問い合わせ"), NoticeBlock(.paragraph, "{担当課}　電話 {電話}\n{役場の住所}"),
                NoticeBlock(.small, "この通知書の内容は、受付番号と確認コードにより、申請の状況のページで確かめられます。"),
            ])
    }
}
