import NIOCore

/// Takes `multipart/form-data` (RFC 7578) apart while it arrives: nothing is held but the piece that is being looked at.
struct Multipart {
    /// What comes out of it, in order.
    enum Event: Equatable {
        /// The head of a part: its name, and the name of the file if it is one.
        case head(name: String, file: String?)
        case content([UInt8])
        case end
    }

    private enum State {
        case preamble
        case head
        case content
        case epilogue
    }

    private let delimiter: [UInt8]
    private var waiting: [UInt8]
    private var state = State.preamble

    /// Longer heads are not ours.
    private static let headLimit = 8192

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning.
        waiting = Array("\r\n".utf8)
    }

    /// The boundary that a content type names, or nil.
    static func boundary(_ contentType: String) -> String? {
        for part in contentType.split(separator: ";").dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ $0 != " " }).lowercased() == "boundary" else { continue }
            let value = sides[1].filter { $0 != "\"" && $0 != " " }
            return (1...70).contains(value.utf8.count) ? value : nil
        }
        return nil
    }

    /// True once the last delimiter was seen.
    var isComplete: Bool { if case .epilogue = state { true } else { false } }

    /// What the next bytes bring. Nil if they are not of this form.
    mutating func events(_ bytes: some Collection<UInt8>) -> [Event]? {
        waiting.append(contentsOf: bytes)
        var events: [Event] = []
        while true {
            switch state {
            case .epilogue:
                waiting = []
                return events
            case .preamble, .content:
                guard let place = Self.find(delimiter, in: waiting) else {
                    // What may be the beginning of a delimiter stays.
                    let safe = waiting.count - delimiter.count
                    if safe > 0 {
                        if case .content = state { events.append(.content(Array(waiting[..<safe]))) }
                        waiting.removeFirst(safe)
                    }
                    return events
                }
                let after = place + delimiter.count
                guard waiting.count >= after + 2 else { return events }
                if case .content = state {
                    if place > 0 { events.append(.content(Array(waiting[..<place]))) }
                    events.append(.end)
                }
                let mark = waiting[after..<after + 2]
                guard mark.elementsEqual("--".utf8) || mark.elementsEqual("\r\n".utf8) else { return nil }
                state = mark.elementsEqual("--".utf8) ? .epilogue : .head
                waiting.removeFirst(after + 2)
            case .head:
                guard let end = Self.find(Array("\r\n\r\n".utf8), in: waiting) else {
                    return waiting.count > Self.headLimit ? nil : events
                }
                guard let head = Self.head(waiting[..<end]) else { return nil }
                events.append(head)
                waiting.removeFirst(end + 4)
                state = .content
            }
        }
    }

    private static func head(_ bytes: ArraySlice<UInt8>) -> Event? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        for line in text.split(whereSeparator: \.isNewline) {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, sides[0].lowercased() == "content-disposition" else { continue }
            guard let name = parameter("name", in: sides[1]) else { return nil }
            return .head(name: name, file: parameter("filename", in: sides[1]))
        }
        return nil
    }

    /// A quoted parameter, with the three escapes of the HTML Standard undone.
    private static func parameter(_ name: String, in line: Substring) -> String? {
        guard let start = line.firstRange(of: "; \(name)=\"")?.upperBound, let end = line[start...].firstIndex(of: "\"")
        else {
            return nil
        }
        return String(line[start..<end]).replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing(
            "%0A", with: "\n")
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= wanted.count, let first = wanted.first else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var place = 0
            let last = buffer.count - wanted.count
            while place <= last {
                if buffer[place] == first, (1..<wanted.count).allSatisfy({ buffer[place + $0] == wanted[$0] }) {
                    return place
                }
                place += 1
            }
            return nil
        }
    }
}
