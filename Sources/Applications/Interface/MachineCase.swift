import Core
import Database
import Japanese
import Web

/// 申請 as another system reads it.
extension Case {
    /// Names the state that was told: another one where anything that can be told has changed.
    var etag: String { "\"\(revision).\(savedAt.milliseconds).\(status.rawValue)\"" }

    /// What every answer about an application begins with: nothing of this is personal.
    var summary: [(String, JSONValue?)] {
        [
            ("procedure", .string(card)), ("number", JSONValue(number)), ("status", .string(status.rawValue)),
            ("submitted_at", submittedAt.map { .string($0.iso) }), ("changed_at", .string(savedAt.iso)),
            ("decided_at", decidedAt.map { .string($0.iso) }), ("due_on", dueOn.map { .string($0.iso) }),
            ("etag", .string(etag)),
        ]
    }

    /// The schema of ``summary``.
    static var summarySchema: [(String, JSONValue)] {
        [
            ("procedure", ["type": "string"]), ("number", ["type": "string"]),
            ("status", ["type": "string", "enum": .array(Status.allCases.dropFirst().map { .string($0.rawValue) })]),
            ("submitted_at", ["type": "string", "format": "date-time"]),
            ("changed_at", ["type": "string", "format": "date-time"]),
            ("decided_at", ["type": "string", "format": "date-time"]),
            ("due_on", ["type": "string", "format": "date"]),
            ("etag", ["type": "string"]),
        ]
    }

    static func objectSchema(_ properties: [(String, JSONValue)], required: [String]) -> JSONValue {
        [
            "type": "object", "required": .array(required.map { .string($0) }), "additionalProperties": false,
            "properties": .object(properties.map { .init($0.0, $0.1) }),
        ]
    }

    static let listed = ["procedure", "number", "status", "submitted_at", "changed_at", "etag"]

    /// The schema of an application of a card.
    /// - Parameter versions: the fields of every version of its form, and through every mouth.
    static func schema(card: String, versions: [[Field]]) -> JSONValue {
        let own: [(String, JSONValue)] = [
            (
                "form",
                objectSchema(
                    [("id", ["type": "string"]), ("version", ["type": "integer"])], required: ["id", "version"])
            ),
            ("section", ["type": "string"]),
            ("channel", ["type": "string", "enum": .array(Channel.allCases.map { .string($0.rawValue) })]),
            ("language", ["type": "string"]),
            (
                "fee",
                objectSchema(
                    [("yen", ["type": "integer"]), ("state", ["type": "string"])], required: ["yen", "state"])
            ),
            ("answers", Field.schema(of: versions)),
        ]
        let summary = summarySchema.map { $0.0 == "procedure" ? ("procedure", ["const": .string(card)]) : $0 }
        return objectSchema(summary + own, required: listed + ["form", "section", "channel", "language", "answers"])
    }
}

extension OpenCase {
    /// The whole application: its answers by field. Messages and notes are not told.
    func json(_ ledger: FeeLedger) throws -> JSONValue {
        let journey = try submitted
        let fields = journey.form.pages.flatMap(\.fields)
        return .members(
            item.summary + [
                ("form", ["id": .string(item.form), "version": .number(item.formVersion)]),
                ("section", .string(item.section)), ("channel", .string(item.channel.rawValue)),
                ("language", .string(item.language.id)),
                ("fee", ledger.charged.map { ["yen": .number($0), "state": .string(ledger.state.name)] }),
                ("answers", Field.json(journey.counted, of: fields)),
            ])
    }
}

extension FeeLedger.State {
    fileprivate var name: String {
        switch self {
        case .none: "none"
        case .due: "due"
        case .paid: "paid"
        case .waived: "waived"
        case .refunded: "refunded"
        }
    }
}

/// 一覧の続き. Applications of a procedure in the order they changed, so that whoever asks again misses nothing.
struct MachineList: Sendable {
    let card: String
    let section: String
    let status: Case.Status?
    /// Only those that changed at this moment or later.
    let since: Moment?
    /// The last one that was told before.
    let after: Applications.ExportPlace?
    let limit: Int

    func page(in transaction: Transaction) throws -> (items: [Case], next: String?) {
        var clauses: [SQL] = ["card = \(card)", "section = \(section)", "status <> 'draft'"]
        if let status { clauses.append("status = \(status.rawValue)") }
        if let since { clauses.append("saved_at >= \(since)") }
        if let after { clauses.append("(saved_at, id) > (\(after.at), \(after.id))") }
        let items = try transaction.rows(
            "SELECT * FROM application WHERE \(.all(clauses)) ORDER BY saved_at, id LIMIT \(limit + 1)"
        ).map(Case.init)
        guard items.count > limit else { return (items, nil) }
        let page = Array(items.prefix(limit))
        return (page, page.last.map { "\($0.savedAt.iso)_\($0.id.text)" })
    }
}
