import Japanese

extension Ordinance {
    /// Reads an ordinance from plain text: municipal (第1条, (1), ア) or national (第一条, 一, イ), in full or half width.
    ///
    /// What cannot be read as an element stays where it stands, as text, and is told as a fault.
    package init(plain text: String) {
        var reader = PlainReader()
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() { reader.take(String(line), line: index + 1) }
        self = reader.finish()
    }
}

/// Reads line after line, and holds the elements that are open.
struct PlainReader {
    /// An element that is open, with how far in it stands.
    private struct Open {
        let level: Int
        var node: OrdinanceNode
        /// For 号 and 細分: which series counts them, and whether its kana are イロハ.
        var series: LineHead.Series?
        var isIroha = false
    }

    private enum Level {
        static let root = -1
        static let article = 5
        static let paragraph = 6
        /// The first of 号 and 細分.
        static let item = 7
    }

    private static let captioned = Pattern.sure("^[ 　\t]*[（(][^。]{1,80}[）)][ 　]*第")

    private var title = ""
    private var enactment: [String] = []
    private var nodes: [OrdinanceNode] = []
    private var faults: [Ordinance.Fault] = []
    private var open: [Open] = []
    private var caption: (text: String, line: Int)?
    private var isInHead = true

    mutating func take(_ line: String, line number: Int) {
        guard !Spaces.trim(line).isEmpty else { return endOfBlock() }
        if isInHead, takeHead(Spaces.trim(line)) { return }
        if open.last?.node.kind == .tableOfContents, !isEndOfContents(line) {
            open[open.count - 1].node.sentences.append(.init(Spaces.trim(line), .main))
            return
        }
        // Behind a row, what has a tab is the next one, even where its first cell is a number; and three cells are a row anywhere.
        let tabs = line.utf8.count { $0 == 9 }
        if tabs > 1 && !open.isEmpty || tabs > 0 && open.last?.node.children.last?.kind == .table {
            return takeText(Spaces.trim(line), line, number)
        }
        // （見出し） 第1条 … on one line, as it is copied from pages.
        if Self.captioned.fits(line) {
            let (caption, rest) = ListedHead.caption(of: line)
            if !caption.isEmpty {
                take(.caption(caption), line, number)
                return take(LineHead(rest), rest, number)
            }
        }
        take(LineHead(line), line, number)
    }

    /// Title and enactment; true for a line that belongs to them.
    private mutating func takeHead(_ line: String) -> Bool {
        if title.isEmpty {
            title = String(line.drop { $0 == "○" || $0 == "◯" || $0 == "〇" })
            return true
        }
        let isDated = line.contains("年") && (line.contains("月") || line.contains("号"))
        let isSentence = line.contains("。") || line.contains("規定")
        guard !isSentence, enactment.count < 3, line.count < 60, isDated || line.hasSuffix("号") || line.hasSuffix("号）")
        else {
            isInHead = false
            return false
        }
        if case .text = LineHead(line) {
            enactment.append(line)
        } else if line.first == "（" || line.first == "(" {
            enactment.append(String(line.dropFirst().dropLast()))
        } else {
            isInHead = false
            return false
        }
        return true
    }

    /// An empty line ends a table of contents that has begun, and nothing else.
    private mutating func endOfBlock() {
        guard let last = open.last, last.node.kind == .tableOfContents, !last.node.sentences.isEmpty else { return }
        close(to: Level.root)
    }

    private func isEndOfContents(_ line: String) -> Bool {
        switch LineHead(line) {
        case .article, .caption: true
        case .group(_, _, _, let rest):
            // 第1章 総則 a second time is the chapter itself.
            open.last?.node.sentences.contains { $0.text.hasPrefix(Spaces.trim(line)) } == true && !rest.isEmpty
        default: false
        }
    }

    private mutating func take(_ head: LineHead, _ line: String, _ number: Int) {
        switch head {
        case .caption(let text):
            if open.last?.node.kind == .appendix, open.last?.node.caption.isEmpty == true {
                open[open.count - 1].node.caption = text
            } else {
                dropCaption()
                caption = (text, number)
            }
        case .note(let text): takeNote(text)
        case .contents:
            close(to: Level.root)
            push(OrdinanceNode(.tableOfContents, label: "目次", line: number), Level.root)
        case .group(let kind, let count, let label, let rest):
            dropCaption()
            close(to: kind.depth ?? 0)
            push(OrdinanceNode(kind, count, label: label, caption: rest, line: number), kind.depth ?? 0)
        case .article(let count, let label, let rest): takeArticle(count, label, rest, number)
        case .paragraph(let count, let label, let rest): takeParagraph(count, label, rest, line, number)
        case .item(let series, let count, let label, let rest): takeItem(series, count, label, rest, line, number)
        case .supplement(let label, let rest):
            dropCaption()
            close(to: Level.root)
            if foldContents(label) { return }
            var node = OrdinanceNode(.supplement, label: label, line: number)
            // （平成11年法律第151号） alone loses its brackets; with 抄 behind it stays as it is.
            let isWhole = (rest.first == "（" || rest.first == "(") && (rest.last == "）" || rest.last == ")")
            node.caption = isWhole ? String(rest.dropFirst().dropLast()) : rest
            push(node, Level.root)
        case .appendix(let label, let rest):
            dropCaption()
            close(to: Level.root)
            var node = OrdinanceNode(.appendix, label: label, line: number)
            node.caption = rest
            push(node, Level.root)
        case .text(let text): takeText(text, line, number)
        }
    }

    /// Groups before any article, with 附則 at their end, are a table of contents without its heading.
    private mutating func foldContents(_ label: String) -> Bool {
        guard let first = nodes.firstIndex(where: { $0.kind.depth != nil }),
            nodes[first...].allSatisfy({ $0.kind.depth != nil && $0.holdsOnlyGroups })
        else { return false }
        var contents = OrdinanceNode(.tableOfContents, label: "目次", line: nodes[first].line)
        func add(_ node: OrdinanceNode) {
            contents.sentences.append(.init("\(node.label)　\(node.caption)", .main))
            node.children.forEach(add)
        }
        nodes[first...].forEach(add)
        contents.sentences.append(.init(label, .main))
        nodes[first...] = [contents]
        return true
    }

    private mutating func takeArticle(_ count: OrdinanceNumber, _ label: String, _ rest: String, _ line: Int) {
        close(to: Level.article)
        var article = OrdinanceNode(.article, count, label: label, line: line)
        (article.caption, caption) = (caption?.text ?? "", nil)
        article.isDeleted = rest.hasSuffix("削除") && rest.count < 20
        push(article, Level.article)
        var paragraph = OrdinanceNode(.paragraph, OrdinanceNumber(1), line: line)
        paragraph.sentences = SentenceSplit.sentences(rest)
        push(paragraph, Level.paragraph)
    }

    private mutating func takeParagraph(
        _ count: OrdinanceNumber, _ label: String, _ rest: String, _ line: String, _ number: Int
    ) {
        let container = open.last { $0.level < Level.paragraph }
        let before = lastParagraph
        let isNext = before.map { $0 + 1 == count.parts[0] } ?? (count.parts[0] == 1)
        // What is left out of an abridged text leaves a gap; a number that goes back is no 項.
        let isLater = count.parts[0] > (before ?? 0) && count.parts[0] <= (before ?? 0) + 10
        let holds = [.article, .supplement].contains(container?.node.kind)
        if holds, !isNext {
            let end = isLater ? "間が抜けているかもしれません" : "文として残しました"
            faults.append(.init(line: number, words: "項の番号が続いていません（\(label)）。\(end)"))
        }
        guard holds, isNext || isLater else { return takeText(Spaces.trim(line), line, number) }
        close(to: Level.paragraph)
        var paragraph = OrdinanceNode(.paragraph, count, label: label, line: number)
        (paragraph.caption, caption) = (caption?.text ?? "", nil)
        paragraph.sentences = SentenceSplit.sentences(rest)
        push(paragraph, Level.paragraph)
    }

    /// The number of the paragraph that is open or was closed last in what is open; nil without one.
    private var lastParagraph: Int? {
        if let paragraph = open.last(where: { $0.level == Level.paragraph }) { return paragraph.node.number?.parts[0] }
        return open.last?.node.children.last { $0.kind == .paragraph }?.number?.parts[0]
    }

    private mutating func takeItem(
        _ series: LineHead.Series, _ count: OrdinanceNumber, _ label: String, _ rest: String, _ line: String,
        _ number: Int
    ) {
        guard open.contains(where: { $0.level == Level.paragraph || [.appendix, .supplement].contains($0.node.kind) })
        else { return takeText(Spaces.trim(line), line, number) }
        let known = open.last { $0.series == series }
        let level = known?.level ?? max(Level.item, (open.last?.level ?? 0) + 1)
        let mark = label.first { $0 != "(" && $0 != "（" }
        let isIroha = known?.isIroha ?? (mark == "イ")
        let place = isIroha ? mark.flatMap(NumberScan.iroha) ?? count.parts[0] : count.parts[0]
        let expected = known?.node.number?.parts[0] ?? 0
        if place != expected + 1, place != expected || count.parts.count == 1 {
            faults.append(.init(line: number, words: "号の番号が続いていません（\(label)）"))
        }
        close(to: level)
        let own = OrdinanceNumber([place] + count.parts.dropFirst())
        var item = OrdinanceNode(level == Level.item ? .item : .subitem, own, label: label, line: number)
        item.sentences = SentenceSplit.sentences(rest)
        open.append(Open(level: level, node: item, series: series, isIroha: isIroha))
    }

    /// Words that begin no element: they go on with what is open, or are the preamble.
    private mutating func takeText(_ text: String, _ line: String, _ number: Int) {
        if let kind = open.last?.node.kind, kind == .supplement {
            var paragraph = OrdinanceNode(.paragraph, OrdinanceNumber(1), line: number)
            (paragraph.caption, caption) = (caption?.text ?? "", nil)
            paragraph.sentences = SentenceSplit.sentences(text)
            return push(paragraph, Level.paragraph)
        }
        dropCaption()
        if open.isEmpty {
            if nodes.last?.kind == .preamble {
                nodes[nodes.count - 1].sentences += SentenceSplit.sentences(text)
            } else {
                var preamble = OrdinanceNode(.preamble, label: "前文", line: number)
                preamble.sentences = SentenceSplit.sentences(text)
                nodes.append(preamble)
            }
            return
        }
        if line.contains("\t") || line.contains("｜") || line.contains("|") { return takeRow(text, number) }
        if let kind = open.last?.node.kind, kind.depth != nil {
            faults.append(.init(line: number, words: "条の外にある文です"))
        }
        open[open.count - 1].node.sentences += SentenceSplit.sentences(text)
    }

    private mutating func takeRow(_ text: String, _ number: Int) {
        let last = open.count - 1
        if open[last].node.children.last?.kind != .table {
            open[last].node.children.append(OrdinanceNode(.table, line: number))
        }
        let table = open[last].node.children.count - 1
        open[last].node.children[table].sentences.append(.init(text, .main))
    }

    private mutating func takeNote(_ text: String) {
        guard let index = open.lastIndex(where: { $0.level <= Level.article }) else { return }
        open[index].node.notes.append(text)
    }

    /// A caption that nothing followed: it stays as a sentence.
    private mutating func dropCaption() {
        guard let (text, line) = caption else { return }
        caption = nil
        faults.append(.init(line: line, words: "見出しの後に条がありません。文として残しました"))
        let sentence = OrdinanceNode.Sentence("（\(text)）", .main)
        if open.isEmpty {
            var node = OrdinanceNode(.preamble, label: "前文", line: line)
            node.sentences = [sentence]
            nodes.append(node)
        } else {
            open[open.count - 1].node.sentences.append(sentence)
        }
    }

    private mutating func push(_ node: OrdinanceNode, _ level: Int) { open.append(Open(level: level, node: node)) }

    /// Closes everything that stands as far in as a level, or further.
    private mutating func close(to level: Int) {
        while let last = open.last, last.level >= level {
            open.removeLast()
            if open.isEmpty { nodes.append(last.node) } else { open[open.count - 1].node.children.append(last.node) }
        }
    }

    mutating func finish() -> Ordinance {
        dropCaption()
        close(to: Level.root)
        if nodes.isEmpty { faults.append(.init(line: 1, words: "条も、ほかの文もありません。例規の文章か確かめてください")) }
        return Ordinance(title: title, enactment: enactment.joined(separator: "\n"), nodes: nodes, faults: faults)
    }
}

extension OrdinanceNode {
    /// True for a group without an article or any other text.
    fileprivate var holdsOnlyGroups: Bool {
        sentences.isEmpty && children.allSatisfy { $0.kind.depth != nil && $0.holdsOnlyGroups }
    }
}
