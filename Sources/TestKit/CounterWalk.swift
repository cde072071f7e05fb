extension Visitor {
    /// Begins a conversation at the counter for some procedures. Gives its first question.
    /// - Parameters:
    ///   - guided: those that are only explained.
    ///   - arrived: the time of arrival, as it is typed.
    package func talk(
        about cards: [String], explaining guided: [String] = [], arrived: String = "", in section: String
    ) async throws -> Reply {
        let counter = try await get("/desk/counter")
        let fields = ["talk": counter.hidden("talk"), "section": section, "arrived": arrived]
        let choice = try await post("/desk/counter/begin", fields)
        guard choice.path == "/counter/talk/choose" else { throw TestFault("no conversation: \(choice.text)") }
        let pairs = cards.map { ("card", $0) } + guided.map { ("guide", $0) }
        return try await post("/counter/talk/choose", pairs: pairs + [("then", "ask")])
    }

    /// A question that was asked in a conversation.
    package struct Asked: Sendable, Equatable {
        /// 手続名.
        package let form: String
        /// The last part of its address.
        package let page: String
    }

    /// Answers question after question of a conversation, whatever form it is in. Gives the page it comes to an end on, and
    /// what was asked.
    /// - Parameters:
    ///   - answers: what is typed, by control, for each form by its name; that of every form under "".
    ///   - rows: how many rows a group gets, by its page.
    ///   - isEnd: where to stop; the confirmation without one.
    package func answer(
        _ start: Reply, _ answers: [String: [String: String]], rows: [String: Int] = [:],
        until isEnd: (Reply) -> Bool = { $0.path == "/counter/talk/check" }
    ) async throws -> (page: Reply, asked: [Asked]) {
        var (page, asked): (Reply, [Asked]) = (start, [])
        for _ in 0..<120 where page.status == 200 && !isEnd(page) {
            let form = answers.keys.first { !$0.isEmpty && page.text.contains("　\($0)") } ?? ""
            let last = page.path.split(separator: "/").last.map(String.init) ?? ""
            let segments = page.path.split(separator: "/").count
            let body = page.body
            if body.contains("action=\"\(page.path)/add\"") {
                let count = body.split(separator: "/remove\"").count - 1
                page =
                    count < rows[last] ?? 1 ? try await post(page.path + "/add") : try await post(page.path)
                continue
            }
            asked.append(Asked(form: form, page: last))
            if body.contains("enctype=\"multipart/form-data\""), segments > 2 {
                page = try await upload(page.path, ["way": "later"], control: "none", files: [])
                continue
            }
            let typed = (answers[""] ?? [:]).merging(answers[form] ?? [:]) { $1 }
            let shown = FilledForm.pairs(body, action: page.path).filter { typed[$0.0] == nil }
            let own = typed.filter { body.contains("name=\"\($0.key)\"") }.map { ($0.key, $0.value) }
            page = try await post(page.path, pairs: shown + own)
        }
        return (page, asked)
    }

    /// Says yes for the person to everything that the confirmation shows.
    package func sendAll(_ check: Reply, agreed: String? = "screen") async throws -> Reply {
        let pairs = FilledForm.pairs(check.body, action: "/counter/talk/submit")
        return try await post("/counter/talk/submit", pairs: pairs + (agreed.map { [("agreed", $0)] } ?? []))
    }
}
