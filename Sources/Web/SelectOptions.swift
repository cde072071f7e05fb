package import HTML

/// The options of a list to choose from, each with what it is called.
package struct SelectOptions {
    package let choices: [(id: String, name: String)]

    package init(_ choices: [(id: String, name: String)]) { self.choices = choices }

    /// - Parameter now: the id that is chosen; nil for none.
    package func html(_ now: String?) -> [HTML] {
        choices.map { choice in
            let mark = Attributes().with("selected", ifPresent: choice.id == now ? "" : nil)
            return "<option value=\"\(choice.id)\"\(mark)>\(choice.name)</option>"
        }
    }
}
