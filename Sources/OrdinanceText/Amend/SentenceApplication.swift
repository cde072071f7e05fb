import Japanese

/// Applies one amending sentence to a draft.
struct SentenceApplication {
    let tree: DraftTree
    let sentence: AmendingSentence
    let places: DraftPlaces
    let width: TextWidth
    private var reader: LocationReader

    init(_ tree: DraftTree, _ sentence: AmendingSentence, _ width: TextWidth) {
        (self.tree, self.sentence, self.width) = (tree, sentence, width)
        places = tree.places()
        reader = LocationReader(places)
    }

    mutating func run() throws(Amendment.Missing) {
        for step in sentence.steps { try take(step) }
    }

    private mutating func take(_ step: AmendingStep) throws(Amendment.Missing) {
        switch step {
        case .replace(let place, let changes):
            let targets = try targets(place)
            for change in changes { try edit(targets, place, change.from, width.fit(change.to)) }
        case .insertWords(let place, let beside, let words, let isBefore):
            let added = width.fit(words)
            try edit(try targets(place), place, beside) { isBefore ? added + $0 : $0 + added }
        case .deleteWords(let place, let list):
            let targets = try targets(place)
            for words in list { try edit(targets, place, words, "") }
        case .caption(let place, let caption):
            for target in try targets(place) { target.entry.node.caption = width.fit(caption) }
        case .title(let title): tree.title = title
        case .renumber(let from, let to): try renumber(try targets(from), to)
        case .shift(let place, let count):
            for target in try targets(place) {
                guard let number = target.entry.node.number, let last = number.parts.last else { continue }
                set(OrdinanceNumber(number.parts.dropLast() + [last + count]), on: target.entry.node)
            }
        case .delete(let place): for target in try targets(place) { try delete(target) }
        case .rewrite("題名"): tree.title = Spaces.trim(sentence.content.joined())
        case .rewrite(let place): try rewrite(try targets(place))
        case .insert(let anchor, let place, let what): try insert(anchor, try targets(place), what)
        }
    }

    private mutating func targets(_ place: String) throws(Amendment.Missing) -> [LocationReader.Target] {
        let found = try reader.targets(place)
        guard !found.isEmpty else { throw Amendment.Missing("「\(place)」がありません") }
        return found
    }

    private func edit(
        _ targets: [LocationReader.Target], _ place: String, _ from: String, _ to: String
    ) throws(Amendment.Missing) {
        try edit(targets, place, from) { _ in to }
    }

    /// 発射台: the words have to stand there, and once where the place is not told exactly.
    private func edit(
        _ targets: [LocationReader.Target], _ place: String, _ from: String, _ make: (String) -> String
    ) throws(Amendment.Missing) {
        let count = targets.reduce(0) { $0 + WordSlots.count(from, in: $1) }
        guard count > 0 else { throw Amendment.Missing("「\(from)」が\(place)にありません") }
        guard count == 1 || !targets.contains(where: \.isLoose) else {
            throw Amendment.Missing("「\(from)」が\(count)か所にあります。場所が一つに決まりません")
        }
        for target in targets { WordSlots.replace(from, in: target, make) }
    }

    private func renumber(_ targets: [LocationReader.Target], _ to: String) throws(Amendment.Missing) {
        let tokens = ReferenceToken.all(in: to)
        guard targets.count == 1, let last = tokens.last else { throw Amendment.Missing("「\(to)」という番号が読めません") }
        switch last.kind {
        case .numbered(_, let number, _): set(number, on: targets[0].entry.node)
        case .appendix(let name): targets[0].entry.node.label = width.fit(name)
        default: throw Amendment.Missing("「\(to)」という番号が読めません")
        }
    }

    /// Gives an element another number, written as the ordinance writes it.
    func set(_ number: OrdinanceNumber, on node: DraftNode) {
        let old = node.number
        node.number = number
        guard node.kind != .paragraph || number != OrdinanceNumber(1) else {
            node.label = ""
            return
        }
        let like =
            node.label.isEmpty
            ? (places.entries.first { $0.node.kind == node.kind && !$0.node.label.isEmpty }?.node.label
                ?? width.fit("２")) : node.label
        node.label = NumberStyle.label(number, like: like, was: old, kind: node.kind)
    }

    private func delete(_ target: LocationReader.Target) throws(Amendment.Missing) {
        let node = target.entry.node
        if let row = target.row {
            guard WordSlots.removeRow(row, in: node) else { throw Amendment.Missing("「\(row)の項」がありません") }
            return
        }
        switch target.part {
        case .caption, .withCaption: node.caption = ""
        case .proviso, .latter:
            let role: OrdinanceNode.Sentence.Role = target.part == .proviso ? .proviso : .latter
            let holder = node.sentenceHolder
            let kept = SentenceSplit.sentences(holder.text).filter { $0.role != role }
            guard kept.count < SentenceSplit.sentences(holder.text).count else {
                throw Amendment.Missing("\(target.entry.place.text)に\(role == .proviso ? "ただし書" : "後段")がありません")
            }
            holder.text = kept.map(\.text).joined()
        case .everything, .own: tree.remove(node, from: target.entry.parent)
        }
    }

    private func rewrite(_ targets: [LocationReader.Target]) throws(Amendment.Missing) {
        let (first, node) = (targets[0], targets[0].entry.node)
        let content = AddedContent(sentence.content, width)
        switch first.part {
        case .caption, .withCaption:
            let words = Spaces.trim(sentence.content.joined())
            let title = node.kind.depth == nil ? words : String(words.drop { $0 != " " && $0 != "　" })
            node.caption = width.fit(title.bracketsOff)
        case .proviso, .latter, .own:
            let role: OrdinanceNode.Sentence.Role =
                first.part == .proviso ? .proviso : first.part == .latter ? .latter : .main
            let holder = node.sentenceHolder
            let kept = SentenceSplit.sentences(holder.text).filter { $0.role != role }.map(\.text).joined()
            holder.text = role == .main ? content.text + kept : kept + content.text
        case .everything:
            let added = try content.nodes(like: node)
            tree.insert(added, before: node, in: first.entry.parent)
            for target in targets { tree.remove(target.entry.node, from: target.entry.parent) }
        }
    }

    private func insert(
        _ anchor: AmendingStep.Anchor, _ targets: [LocationReader.Target], _ what: String
    ) throws(Amendment.Missing) {
        guard let target = targets.last else { return }
        let content = AddedContent(sentence.content, width)
        let node = target.entry.node
        if what.contains("ただし書") || what.contains("後段") {
            let holder = node.sentenceHolder
            holder.text += content.text
            return
        }
        switch anchor {
        case .after:
            tree.insert(
                relabelled(try content.nodes(what, like: node), like: node), after: node, in: target.entry.parent)
        case .before:
            tree.insert(
                relabelled(try content.nodes(what, like: node), like: node), before: node, in: target.entry.parent)
        case .into: try append(try content.nodes(what, like: nil), to: targets)
        case .numbered(let words):
            guard case .numbered(_, let number, _)? = ReferenceToken.all(in: words).last?.kind else {
                throw Amendment.Missing("「\(words)」という番号が読めません")
            }
            let added = try content.nodes(what, like: nil)
            if let first = added.first, first.number != number { set(number, on: first) }
            let holder = added.first?.kind == .item ? node.sentenceHolder : node
            let next = holder.children.firstIndex { child in
                child.kind == added.first?.kind && child.number.map { $0 > number } ?? false
            }
            holder.children.insert(contentsOf: added, at: next ?? holder.children.count)
        }
    }

    /// Appends to what is named: 本則に次の1条を, 第3条に次の1項を, 第5条第2項に次の2号を.
    private func append(_ added: [DraftNode], to targets: [LocationReader.Target]) throws(Amendment.Missing) {
        guard let kind = added.first?.kind, let target = targets.last else { throw Amendment.Missing("加えるものがありません") }
        let node = target.entry.node
        switch kind {
        case .article where node.kind == .article:
            // 本則: behind its last article, wherever that stands.
            tree.insert(relabelled(added, like: node), after: node, in: target.entry.parent)
        case .item, .subitem:
            let holder = kind == .item ? node.sentenceHolder : node
            let like = holder.children.last { $0.kind == kind }
            holder.children.append(contentsOf: like.map { relabelled(added, like: $0) } ?? added)
        case .paragraph where node.kind == .article || node.kind == .supplement:
            let like = places.entries.first { $0.node.kind == .paragraph && !$0.node.label.isEmpty }?.node
            let last = node.children.lastIndex { $0.kind == .paragraph }
            node.children.insert(
                contentsOf: like.map { relabelled(added, like: $0) } ?? added,
                at: last.map { $0 + 1 } ?? node.children.count)
        default: node.children.append(contentsOf: added)
        }
    }

    /// With their numbers written as those beside them.
    private func relabelled(_ added: [DraftNode], like node: DraftNode) -> [DraftNode] {
        for new in added where new.kind == node.kind && !node.label.isEmpty {
            if let number = new.number, new.kind != .appendix, new.kind != .paragraph || number != OrdinanceNumber(1) {
                new.label = NumberStyle.label(number, like: node.label, was: node.number, kind: new.kind)
            }
        }
        return added
    }
}

extension DraftNode {
    /// What holds the sentences that are meant by an element: the first 項 of a 条.
    var sentenceHolder: DraftNode { kind == .article ? children.first { $0.kind == .paragraph } ?? self : self }
}

extension String {
    /// （見出し） without its brackets.
    var bracketsOff: String {
        let text = Spaces.trim(self)
        guard "（(".contains(text.first ?? " "), "）)".contains(text.last ?? " ") else { return text }
        return String(text.dropFirst().dropLast())
    }
}
