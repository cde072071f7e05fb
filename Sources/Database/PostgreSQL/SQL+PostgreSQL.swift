extension SQL {
    /// The statement in PostgreSQL's words, and what is bound to it.
    /// - Parameter isWriting: whether rows can be held.
    func forPostgreSQL(isWriting: Bool) -> (text: String, values: [Value], isMany: Bool) {
        var text = ""
        var values: [Value] = []
        var isMany = false
        for piece in pieces {
            switch piece {
            case .text(let part): text += part.description
            case .value(let value):
                values.append(value)
                text += "$\(values.count)"
            case .name(let name): text += SQL.Piece.quoted(name)
            case .word(.integer): text += "BIGINT"
            case .word(.real): text += "DOUBLE PRECISION"
            case .word(.blob): text += "BYTEA"
            case .word(.skipLocked): text += "FOR UPDATE SKIP LOCKED"
            case .word(.held): if isWriting { text += "FOR NO KEY UPDATE" }
            case .word(.strict), .word(.strictlyKeyed): break
            case .search(.table(let name)):
                isMany = true
                text += """
                    CREATE TABLE \(name) (id TEXT NOT NULL, tokens TSVECTOR NOT NULL);
                    CREATE INDEX \(name)_tokens ON \(name) USING GIN (tokens);
                    CREATE INDEX \(name)_id ON \(name) (id)
                    """
            case .search(.tokens(let tokens)):
                values.append(
                    .text("{" + tokens.map { "\"\(Self.escaped($0, "\\\""))\"" }.joined(separator: ",") + "}"))
                text += "array_to_tsvector($\(values.count)::text[])"
            case .search(.match(let tokens)):
                values.append(.text(tokens.map { "'\(Self.escaped($0, "\\'"))'" }.joined(separator: " & ")))
                text += "tokens @@ $\(values.count)::tsquery"
            }
        }
        return (text, values, isMany)
    }

    private static func escaped(_ token: String, _ signs: String) -> String {
        token.map { signs.contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
