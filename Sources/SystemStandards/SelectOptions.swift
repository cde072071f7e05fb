import HTML

/// The options of a list to choose from, each with what it is called.
struct SelectOptions {
    let choices: [(id: String, name: String)]

    init(_ choices: [(id: String, name: String)]) { self.choices = choices }

    /// - Parameter now: the id that is chosen; nil for none.
    func html(_ now: String?) -> [HTML] {
        choices.map { choice in
            let mark = Attributes().with("selected", ifPresent: choice.id == now ? "" : nil)
            return "<option value=\"\(choice.id)\"\(mark)>\(choice.name)</option>"
        }
    }
}
