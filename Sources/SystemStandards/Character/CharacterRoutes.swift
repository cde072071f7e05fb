import Core
import Database
import HTML
import Japanese
import Tabular
import Web

extension SystemStandards {
    /// 文字: those of a run, and what was decided about them.
    func addCharacterRoutes(to site: inout Site) {
        site.officer(.get, "/desk/runs/{run}/characters", needs: .handleExtracts) { visit in
            let (run, extract, key, _) = try await openRun(visit)
            let (sealed, valid) = try await database.read { transaction -> ([UInt8]?, [UInt32: CharacterDecision]) in
                (
                    try transaction.row("SELECT characters FROM extract_run WHERE id = \(run.id)")?["characters"],
                    try CharacterDecision.valid(in: transaction)
                )
            }
            let characters = try sealed.map { try CharacterCount.open($0, of: run, key: key) } ?? []
            return .page(try characterPages(visit).characters(characters, of: run, extract, valid))
        }

        site.officer(.get, "/desk/characters", needs: nil) { visit in .page(try await characterLog(visit, visit.query))
        }

        site.officer(.post, "/desk/characters", needs: .writeSystems, takesFiles: true) { visit in
            var typed = visit.posted
            return try await attempt {
                let arrived = try await ArrivingFile.bytes(of: "picture", visit.upload, upTo: 10 * 1024 * 1024)
                if visit.upload != nil { typed = arrived.typed }
                var picture: Spool?
                if let content = arrived.content, !content.isEmpty {
                    picture = try Spool()
                    try picture?.append(content)
                }
                let decision = TypedDecision(
                    character: typed["character"] ?? "", target: typed["target"] ?? "", reason: typed["reason"] ?? "",
                    evidence: typed["evidence"] ?? "")
                _ = try await decide(decision, picture: picture, by: visit.who, at: visit.moment)
                return .redirect("/desk/characters")
            } orShow: {
                try await characterLog(visit, typed, problem: $0)
            }
        }

        site.officer(.post, "/desk/characters/{decision}/reverse", needs: .writeSystems) { visit in
            try await attempt {
                try await reverse(
                    visit.parameter("decision"), because: visit.posted["reason"] ?? "", by: visit.who, at: visit.moment)
                return .redirect("/desk/characters")
            } orShow: {
                try await characterLog(visit, .empty, problem: $0)
            }
        }

        site.officer(.get, "/desk/characters/{decision}/picture", needs: nil) { visit in
            let found = try await database.read { try CharacterDecision.find(visit.parameter("decision"), in: $0) }
            guard let found, let picture = found.picture,
                let key = try await vault.key(for: CharacterDecision.key(found.id))
            else { throw StandardsRefusal.notFound }
            let store = files
            return .file(
                Download(type: "image/jpeg", name: "\(found.code).jpg", isShown: true) {
                    try await store.piece($0, of: picture, key: key)
                })
        }

        site.officer(.get, "/desk/characters/decisions.csv", needs: nil) { visit in
            let (valid, names) = try await exported(visit)
            let rows = valid.map { decision -> [String] in
                let cells: [Cell] = [
                    .text(decision.code), .typed(String(Character(decision.scalar))), .typed(decision.target ?? ""),
                    .typed(decision.reason), .typed(decision.evidence), .text(names[decision.officer.text] ?? ""),
                    .text(decision.at.day.iso),
                ]
                return cells.map(\.csv)
            }
            let bytes = TextEncoding.utf8.file([["番号", "文字", "置きかえ", "理由", "根拠", "決めた人", "決めた日"]] + rows).bytes
            return .file(
                Download(
                    type: "text/csv; charset=utf-8", name: "文字の決定 \(visit.moment.day.iso).csv", isShown: false
                ) { $0 == 0 ? bytes : nil })
        }

        site.officer(.get, "/desk/characters/decisions.yaml", needs: nil) { visit in
            let valid = try await exported(visit).0
            let lines = valid.compactMap { decision in
                decision.target.map { "        \"\\U\(Self.eight(decision.scalar))\": \"\($0.escaped)\"\n" }
            }
            // What `origami table convert --steps` reads, once the items are named.
            let text =
                "title: 文字の決定\nsteps:\n  - characters:\n      items: [氏名]\n      table:\n" + lines.joined()
            return .file(
                Download(type: "application/yaml; charset=utf-8", name: "characters.yaml", isShown: false) {
                    $0 == 0 ? Array(text.utf8) : nil
                })
        }
    }

    private static func eight(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    private func exported(_ visit: Visit<Officer>) async throws -> ([CharacterDecision], [String: String]) {
        try await database.write { transaction in
            let valid = try CharacterDecision.valid(in: transaction).values.sorted { $0.scalar < $1.scalar }
            try transaction.record(
                Event("character.exported", subject: "characters", detail: ["count": String(valid.count)]),
                by: .officer(visit.who.id), at: visit.moment)
            return (valid, try staff.names(transaction))
        }
    }

    private func characterPages(_ visit: Visit<Officer>) throws -> CharacterPages {
        CharacterPages(officer: visit.who, table: try variants.table(in: data))
    }

    private func characterLog(_ visit: Visit<Officer>, _ typed: Posted, problem: String? = nil) async throws -> Page {
        let (decisions, names) = try await database.read { transaction in
            (try CharacterDecision.list(in: transaction), try staff.names(transaction))
        }
        return try characterPages(visit).log(decisions, names: names, typed: typed, problem: problem)
    }
}

extension String {
    /// As it stands between quotes in YAML.
    fileprivate var escaped: String { replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
}
