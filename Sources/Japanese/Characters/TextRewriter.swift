/// Rewrites text by ``TextRule``s, byte for byte, in one pass. What no rule names is copied, broken UTF-8 included.
package struct TextRewriter: Sendable {
    /// Two rules that say the opposite.
    package struct Conflict: Error, Equatable {
        package let one: TextRule
        package let other: TextRule
    }

    let rules: TextRules
    let table: RewriteTable

    package init(_ rules: TextRules) throws(Conflict) {
        for rule in rules.list {
            if let other = rule.opposite, rules.contains(other.bit) { throw Conflict(one: rule, other: other) }
        }
        self.rules = rules
        table = RewriteTable(rules)
    }

    /// Of rules that do not contradict one another, as those written in code do not.
    init(certain rules: TextRules) { (self.rules, table) = (rules, RewriteTable(rules)) }

    /// The text rewritten.
    package func rewrite(_ text: String) -> String {
        text.withBytes { bytes in
            String(unsafeUninitializedCapacity: bytes.count * 3) { rewrite(bytes, into: $0) }
        }
    }

    /// Rewrites bytes into a place with room for three times as many. Returns how many were written.
    package func rewrite(_ bytes: Bytes, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var ignored = NoChanges()
        return run(bytes, into: output, noting: &ignored)
    }

    /// The text rewritten, with every change.
    package func changes(_ text: String) -> (text: String, changes: [TextChange]) {
        var noted = Changes()
        let result = text.withBytes { bytes in
            let text = String(unsafeUninitializedCapacity: bytes.count * 3) { run(bytes, into: $0, noting: &noted) }
            return (text, noted.list(in: bytes, text))
        }
        return result
    }

    @inline(__always)
    private func run(
        _ input: Bytes, into output: UnsafeMutableBufferPointer<UInt8>, noting: inout some ChangeNotes
    ) -> Int {
        var pass = RewritePass(rewriter: self, input: input, output: output)
        while pass.place < input.count {
            let byte = input[pass.place]
            if byte < 0x80 {
                let entry = table.ascii[Int(byte)]
                if entry.kind == .copy {
                    pass.copy(1)
                    continue
                }
                pass.apply(entry, UInt32(byte), 1, noting: &noting)
            } else if byte & 0xF0 == 0xE0, pass.place + 2 < input.count {
                let (scalar, _) = input.scalar(at: pass.place)
                guard let entry = table.entry(scalar) else {
                    pass.copy(3)
                    continue
                }
                pass.apply(entry, scalar, 3, noting: &noting)
            } else {
                let (scalar, length) = input.scalar(at: pass.place)
                if scalar == 0xA0, let entry = table.entry(scalar) {
                    pass.apply(entry, scalar, length, noting: &noting)
                } else {
                    pass.copy(length)
                }
            }
        }
        return pass.written
    }
}

/// Takes note of what a pass changes.
protocol ChangeNotes {
    mutating func note(_ before: Range<Int>, _ after: Range<Int>, _ rules: TextRules)
}

struct NoChanges: ChangeNotes {
    @inline(__always)
    mutating func note(_ before: Range<Int>, _ after: Range<Int>, _ rules: TextRules) {}
}

struct Changes: ChangeNotes {
    private var noted: [(before: Range<Int>, after: Range<Int>, rules: TextRules)] = []

    mutating func note(_ before: Range<Int>, _ after: Range<Int>, _ rules: TextRules) {
        noted.append((before, after, rules))
    }

    /// The changes with their places in code points.
    func list(in input: Bytes, _ output: String) -> [TextChange] {
        output.withBytes { output in
            var (place, position) = (0, 0)
            return noted.map { change in
                while place < change.before.lowerBound {
                    place += input.scalar(at: place).length
                    position += 1
                }
                return TextChange(
                    position: position, before: input.part(change.before).string,
                    after: output.part(change.after).string, rules: change.rules.list)
            }
        }
    }
}
