package import Browser

extension Tab {
    /// Goes from the procedure's page to the check page with mouse and keyboard. Looks at each page before it is left.
    /// - Parameter folder: where the files are that the walk attaches.
    package func fillIn(
        _ walk: Walk, at address: String, files folder: String = "", look: @Sendable (Tab) async throws -> Void
    ) async throws {
        try await open("\(address)/procedures/\(walk.card)")
        try await look(self)
        try await follow("form[action$='/apply'] button")
        for _ in 0..<90 {
            let segments = try await path.split(separator: "/").map(String.init)
            if segments.last == "check" { return }
            try await look(self)
            if try await has("form[action$='/add']") {
                let group = segments.last ?? ""
                let rows = Int(try await evaluate("document.querySelectorAll('ol.rows > li').length").number ?? 0)
                let isMore = walk.typed.keys.contains { $0.hasPrefix("\(group).\(rows + 1)/") }
                try await follow(isMore ? "form[action$='/add'] button" : "main form:not([action$='/add']) button")
                continue
            }
            var head = ""
            if segments.count == 5 {
                // The row that is asked about is the last one that was added.
                let number = try await text("p.progress b").split(separator: "：").first.map(String.init) ?? ""
                head = "\(segments[2]).\(number.filter(\.isNumber))/"
            }
            try await answer(walk, head, files: folder)
            try await follow("main form button.primary")
        }
        throw TestFault("the form did not come to an end: \(try await path)")
    }

    /// Answers what the page asks by keyboard alone and goes on: Tab, arrows, space and typing.
    package func answerByKeyboard(_ walk: Walk) async throws {
        try await evaluate("document.activeElement.blur()")
        for _ in 0..<60 {
            try await key("Tab")
            let name = try await evaluate("document.activeElement.name ?? ''").string ?? ""
            let kind = try await evaluate("document.activeElement.type ?? ''").string ?? ""
            if kind == "submit",
                try await evaluate("document.activeElement.matches('main form button.primary')").bool == true
            {
                return try await loading { try await key("Enter") }
            }
            guard let value = walk.typed[name], !value.isEmpty else { continue }
            switch kind {
            case "radio":
                try await key("Space")
                for _ in 0..<12 where try await evaluate("document.activeElement.value").string != value {
                    try await key("ArrowDown")
                }
            case "checkbox":
                if try await evaluate("document.activeElement.value").string == value { try await key("Space") }
            case "select-one": continue
            default: try await type(value)
            }
        }
        throw TestFault("the keyboard does not reach the button on \(try await path)")
    }

    /// Waits until an expression holds.
    package func wait(for expression: String) async throws {
        for _ in 0..<200 {
            if try await evaluate(expression).bool == true { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestFault("never: \(expression)")
    }

    /// Answers the question on the page.
    private func answer(_ walk: Walk, _ head: String, files folder: String) async throws {
        for (key, value) in walk.typed.sorted(by: { $0.key < $1.key }) where key.hasPrefix(head) {
            let control = String(key.dropFirst(head.count))
            let named = "[name=\(Tab.quoted(control))]"
            guard try await has(named) else { continue }
            if try await has("input[type=file]\(named)") {
                try await attach(value, to: named, in: folder)
            } else if try await has("input[type=radio]\(named), input[type=checkbox]\(named)") {
                try await press("input\(named)[value=\(Tab.quoted(value))]")
            } else if try await has("select\(named)") {
                try await choose(value, in: named)
            } else {
                try await type(value, into: named)
            }
        }
    }

    /// Chooses a file, or another way to hand it in.
    private func attach(_ value: String, to named: String, in folder: String) async throws {
        if try await has("input[name=way][value=\(Tab.quoted(value))]") {
            return try await press("input[name=way][value=\(Tab.quoted(value))]")
        }
        try await attach(["\(folder)/\(value)"], to: "input\(named)")
        // Without scripts the button that goes on takes the file along.
        guard try await has("button[value=add][hidden]") else { return }
        for _ in 0..<100 {
            if try await has(".attached .rows li") { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestFault("the file did not arrive")
    }
}
