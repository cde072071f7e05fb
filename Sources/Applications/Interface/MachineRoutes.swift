import Core
import Database
import FoundationEssentials
import Japanese
import Register
import Web

extension Applications {
    /// 手続きごとの API: what other systems ask. What each route says of itself is the document that describes it.
    func addMachineRoutes(to site: inout Site) {
        site.open(.get, "/api/v1/procedures", MachineOperations.procedures) { _ in
            let (cards, forms) = try await database.read { transaction in
                (try Card.list(in: transaction), try shelf.newest(in: transaction))
            }
            return .json(["procedures": .array(cards.compactMap { card in forms[card.id].map { procedure(card, $0) } })]
            )
        }

        site.machine(.get, "/api/v1/procedures/{card}/applications", .read, MachineOperations.list) { visit in
            let list = try machineList(visit)
            let (items, next) = try await database.read { try list.page(in: $0) }
            try await database.write { transaction in
                try transaction.record(
                    Event("api.listed", subject: list.card, detail: ["count": String(items.count)]),
                    by: visit.who.actor, at: visit.moment)
            }
            return .json(["applications": .array(items.map { .members($0.summary) }), "next": JSONValue(next)])
        }

        site.machine(
            .get, "/api/v1/procedures/{card}/applications/{number}", .read, MachineOperations.application
        ) { visit in
            let open = try await machineCase(visit.parameter("number"), card: visit.parameter("card"), for: visit.who)
            if visit.conditions["if-none-match"] == open.item.etag { return .unchanged }
            let ledger = try await database.read { try FeeLedger.read(of: open.item, key: open.key, in: $0) }
            let json = try open.json(ledger)
            try await note("api.read", open.item.id, visit)
            return .json(json, etag: open.item.etag)
        }

        site.machine(
            .get, "/api/v1/procedures/{card}/applications/{number}/files/{file}", .files, MachineOperations.file
        ) { visit in
            let open = try await machineCase(visit.parameter("number"), card: visit.parameter("card"), for: visit.who)
            guard let file = try open.submitted.counted.files.first(where: { $0.id == visit.parameter("file") }) else {
                throw Refused.notHere
            }
            let (store, key) = (files, open.key)
            try await note("file.viewed", open.item.id, visit)
            return .file(
                Download(type: file.kind.mediaType, name: file.storedName, isShown: false) {
                    try await store.piece($0, of: file.kept, key: key)
                })
        }

        site.machine(
            .post, "/api/v1/procedures/{card}/applications/{number}/receive", .write, MachineOperations.receive
        ) { visit in
            let open = try await machineCase(visit.parameter("number"), card: visit.parameter("card"), for: visit.who)
            guard let etag = visit.conditions["if-match"] else { throw MachineProblem.matchMissing }
            try await receive(open.item.id, matching: etag, once: once(visit), by: visit.who, at: visit.moment)
            return try await told(open.item.id)
        }

        addWriting("letters", .letter, MachineOperations.letter, to: &site)
        addWriting("notes", .note, MachineOperations.note, to: &site)
    }

    private func addWriting(_ verb: String, _ kind: Message.Kind, _ operation: Operation, to site: inout Site) {
        site.machine(
            .post, "/api/v1/procedures/{card}/applications/{number}/\(verb)", .write, operation
        ) { visit in
            struct Letter: Decodable { let words: String }
            let open = try await machineCase(visit.parameter("number"), card: visit.parameter("card"), for: visit.who)
            guard let letter = try? JSONDecoder().decode(Letter.self, from: Data(visit.body)) else {
                throw MachineProblem.unreadable("words")
            }
            try await write(
                letter.words, as: kind, to: open.item.id, once: once(visit), by: visit.who, at: visit.moment)
            return try await told(open.item.id)
        }
    }

    private func told(_ id: Case.ID) async throws -> Answer {
        let item = try await database.read { try Case.require(id, in: $0).item }
        return .json(.members(item.summary), etag: item.etag)
    }

    private func note(_ kind: String, _ id: Case.ID, _ visit: Visit<Machine>) async throws {
        try await database.write { transaction in
            try transaction.record(Event(kind, subject: id.text), by: visit.who.actor, at: visit.moment)
        }
    }

    /// The request's own name: no other token's request has it.
    private func once(_ visit: Visit<Machine>) throws -> String {
        guard let key = visit.conditions["idempotency-key"], (1...100).contains(key.utf8.count) else {
            throw MachineProblem.keyMissing
        }
        return "machine \(visit.who.id) \(key)"
    }

    private func machineList(_ visit: Visit<Machine>) throws -> MachineList {
        let card = visit.parameter("card")
        let section = try section(of: card, for: visit.who)
        func read<T>(_ name: String, _ parse: (String) -> T?) throws -> T? {
            guard let text = visit.query[name], !text.isEmpty else { return nil }
            guard let value = parse(text) else { throw MachineProblem.unreadable(name) }
            return value
        }
        return MachineList(
            card: card, section: section,
            status: try read("status") { Case.Status(rawValue: $0).flatMap { $0 == .draft ? nil : $0 } },
            since: try read("since") { text in
                Moment(iso: text) ?? Moment(iso: text.replacing("Z", with: ".000Z"))
                    ?? Day(iso: text).map { Moment(startOf: $0) }
            },
            after: try read("cursor") { text in
                let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, Moment(iso: parts[0]) != nil, Case.ID(parts[1]) != nil else { return nil }
                return ExportPlace(at: parts[0], id: parts[1])
            },
            limit: try read("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 100)
    }

    private func procedure(_ card: Card, _ form: Form) -> JSONValue {
        .members([
            ("id", .string(card.id)), ("name", .string(card.name[.ja])), ("name_en", .string(card.name[.en])),
            ("section", .string(card.section)), ("section_name", .string(town.sectionName(card.section)[.ja])),
            ("summary", .string(card.summary[.ja])),
            ("form", ["id": .string(form.id), "version": .number(form.version), "minutes": .number(form.minutes)]),
            ("page", .string("/procedures/\(card.id)")),
        ])
    }
}
