import Core
import Crypto
import Database
import Register

extension Applications {
    static let webhookFan = "webhook.fan"
    static let webhookDeliver = "webhook.deliver"

    /// Tries after which a single delivery is given up: about a day.
    private static let deliveryTries = 13

    struct WebhookWish: Sendable {
        let name: String
        let url: String
        let events: [Webhook.Kind]
        let cards: [String]
    }

    /// 知らせの登録. Gives the secret that signs them: it is shown once.
    func makeWebhook(_ wish: WebhookWish, by officer: Officer, at moment: Moment) async throws -> String {
        let name = try Self.interfaceName(wish.name)
        if wish.events.isEmpty { throw InterfaceRefusal.noEvents }
        if wish.cards.isEmpty { throw InterfaceRefusal.noCards }
        do throws(OutsideAddress.Refusal) {
            _ = try OutsideAddress(wish.url, local: post.local)
        } catch {
            throw InterfaceRefusal.unusableAddress(error.words)
        }
        let id = Webhook.ID()
        let secret = Vault.randomSecret()
        let key = try await vault.makeKey(for: id.text)
        let sealed = try key.seal(secret, at: Webhook.secretPlace(id))
        try await database.write { transaction in
            guard try wish.cards.allSatisfy({ try Card.find($0, in: transaction) != nil }) else {
                throw InterfaceRefusal.noCards
            }
            try transaction.run(
                """
                INSERT INTO webhook (id, name, url, secret, made_by, made_at)
                VALUES (\(id), \(name), \(wish.url), \(sealed), \(officer.id), \(moment))
                """)
            for (kind, card) in wish.events.flatMap({ kind in Set(wish.cards).sorted().map { (kind, $0) } }) {
                try transaction.run(
                    "INSERT INTO webhook_wish (webhook, kind, card) VALUES (\(id), \(kind.rawValue), \(card))")
            }
            try watchEvents(in: transaction)
            try transaction.record(
                Event(
                    "webhook.made", subject: id.text,
                    detail: [
                        "events": wish.events.map(\.rawValue).joined(separator: ","),
                        "cards": wish.cards.sorted().joined(separator: ","),
                    ]), by: .officer(officer.id), at: moment)
        }
        return secret
    }

    /// Asks for the events that somebody wants to be told of, and for no others.
    private func watchEvents(in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT DISTINCT kind FROM webhook_wish JOIN webhook ON webhook.id = webhook
            WHERE stopped_at IS NULL AND ended_at IS NULL
            """)
        try EventWatch.set(Self.webhookFan, after: Set(try rows.map { try $0["kind"] }), in: transaction)
    }

    /// Begins again after it stopped, or ends for good. What has not arrived goes out again when it begins.
    func setWebhook(_ id: Webhook.ID, isOn: Bool, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let hook = try Webhook.find(id, in: transaction) else { throw InterfaceRefusal.notFound }
            guard hook.isOn != isOn, hook.endedAt == nil || !isOn else {
                return transaction.keepHouse("the same press again")
            }
            if isOn {
                try transaction.run(
                    """
                    UPDATE webhook SET stopped_at = NULL, failing_since = NULL, failures = 0, retry_at = NULL WHERE id = \(id)
                    """)
                for row in try transaction.rows(
                    "SELECT id FROM webhook_delivery WHERE webhook = \(id) AND arrived_at IS NULL ORDER BY id LIMIT 1000"
                ) {
                    try transaction.enqueue(Self.webhookDeliver, ["delivery": try row["id"]], at: moment)
                }
            } else {
                try transaction.run("UPDATE webhook SET ended_at = \(moment) WHERE id = \(id)")
            }
            try watchEvents(in: transaction)
            try transaction.record(
                Event(isOn ? "webhook.started" : "webhook.ended", subject: id.text), by: .officer(officer.id),
                at: moment)
        }
    }

    /// 再送. Sends a delivery once more, whether it arrived or not.
    func replay(
        _ id: Webhook.Delivery.ID, of hook: Webhook.ID, by officer: Officer, at moment: Moment
    ) async throws {
        try await database.write { transaction in
            guard let delivery = try Webhook.Delivery.find(id, in: transaction), delivery.webhook == hook else {
                throw InterfaceRefusal.notFound
            }
            try transaction.run(
                "UPDATE webhook_delivery SET arrived_at = NULL, attempts = 0, outcome = '' WHERE id = \(id)")
            try transaction.enqueue(Self.webhookDeliver, ["delivery": id.text], at: moment)
            try transaction.record(
                Event("webhook.replayed", subject: hook.text, detail: ["delivery": id.text]), by: .officer(officer.id),
                at: moment)
        }
    }

    /// An event happened: whoever wants to know of it gets a delivery, once.
    var fanning: JobHandler {
        JobHandler(Self.webhookFan) { job, now in
            guard let id = job.payload["subject"].flatMap(Case.ID.init), let event = job.payload["event"],
                let kind = job.payload["kind"], let at = job.payload["at"].flatMap(Moment.init(iso:))
            else { return }
            try await database.write { transaction in
                transaction.keepHouse("an event goes out to those who asked for it")
                let row = try transaction.row("SELECT card, number FROM application WHERE id = \(id)")
                guard let row, let number: String = try row["number"] else { return }
                let card: String = try row["card"]
                for hook in try Webhook.wanting(kind, of: card, in: transaction) {
                    let delivery = Webhook.Delivery.ID()
                    let isNew = try transaction.run(
                        """
                        INSERT INTO webhook_delivery (id, webhook, event, kind, card, number, at, attempts, outcome)
                        VALUES (\(delivery), \(hook), \(event), \(kind), \(card), \(number), \(at), 0, '')
                        ON CONFLICT (webhook, event) DO NOTHING
                        """)
                    guard isNew == 1 else { continue }
                    try transaction.enqueue(Self.webhookDeliver, ["delivery": delivery.text], at: now)
                }
            }
        }
    }

    /// One delivery on its way. May arrive twice; its id is the same then.
    var delivering: JobHandler {
        JobHandler(Self.webhookDeliver) { job, now in
            guard let id = job.payload["delivery"].flatMap(Webhook.Delivery.ID.init) else { return }
            let found = try await database.read { transaction -> (Webhook.Delivery, Webhook, [UInt8], Moment?)? in
                guard let delivery = try Webhook.Delivery.find(id, in: transaction), delivery.arrivedAt == nil,
                    let hook = try Webhook.find(delivery.webhook, in: transaction), hook.isOn,
                    let row = try transaction.row("SELECT secret, retry_at FROM webhook WHERE id = \(hook.id)")
                else { return nil }
                return (delivery, hook, try row["secret"], try row["retry_at"])
            }
            guard let (delivery, hook, sealed, retry) = found, let key = try await vault.key(for: hook.id.text) else {
                return
            }
            if let retry, retry > now {
                // Nobody waits behind a server that does not answer: one try for all that is on the way to it.
                return try await database.write { transaction in
                    transaction.keepHouse("a delivery waits for its server")
                    try transaction.enqueue(Self.webhookDeliver, ["delivery": id.text], at: retry)
                }
            }
            let secret = try key.text(sealed, at: Webhook.secretPlace(hook.id))
            let outcome = await post.send(
                Array(delivery.body.utf8), to: hook.url, headers: Self.headers(of: delivery, secret: secret, at: now))
            try await note(outcome, of: delivery, to: hook, at: now)
        }
    }

    private static func headers(
        of delivery: Webhook.Delivery, secret: String, at moment: Moment
    ) -> [(name: String, value: String)] {
        let seconds = moment.milliseconds / 1000
        let signed = Array("\(seconds).\(delivery.body)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
        return [
            ("Content-Type", "application/json"), ("Webhook-Id", delivery.id.text),
            ("Webhook-Timestamp", String(seconds)), ("Webhook-Signature", "v1=" + Array(code).hexadecimal),
        ]
    }

    private func note(
        _ outcome: OutsidePost.Outcome, of delivery: Webhook.Delivery, to hook: Webhook, at now: Moment
    ) async throws {
        let (words, hasArrived): (String, Bool) =
            switch outcome {
            case .answered(let status): ("\(status)", (200...299).contains(status))
            case .failed(let reason): (reason, false)
            }
        try await database.write { transaction in
            transaction.keepHouse("what came of a delivery")
            let arrived: Moment? = hasArrived ? now : nil
            try transaction.run(
                """
                UPDATE webhook_delivery SET attempts = attempts + 1, tried_at = \(now), arrived_at = \(arrived),
                    outcome = \(words) WHERE id = \(delivery.id)
                """)
            if hasArrived {
                try transaction.run(
                    "UPDATE webhook SET failing_since = NULL, failures = 0, retry_at = NULL WHERE id = \(hook.id)")
                return
            }
            let row = try transaction.row("SELECT failures, failing_since FROM webhook WHERE id = \(hook.id)")
            let failures: Int = try (row?["failures"] ?? 0) + 1
            let since: Moment = try row?["failing_since"] ?? now
            let retry = now.adding(seconds: Webhook.delay(afterAttempts: failures))
            let isOver = since.adding(seconds: Webhook.patience) <= now
            let stopped: Moment? = isOver ? now : nil
            try transaction.run(
                """
                UPDATE webhook SET failing_since = \(since), failures = \(failures), retry_at = \(retry),
                    stopped_at = \(stopped) WHERE id = \(hook.id)
                """)
            if isOver {
                try watchEvents(in: transaction)
                try transaction.record(Event("webhook.stopped", subject: hook.id.text), by: .system, at: now)
            } else if delivery.attempts + 1 < Self.deliveryTries {
                try transaction.enqueue(Self.webhookDeliver, ["delivery": delivery.id.text], at: retry)
            }
        }
    }

    /// Forgets deliveries that nobody looks at any more.
    func clearJournal(at moment: Moment) async throws {
        try await database.write { transaction in
            transaction.keepHouse("old deliveries")
            let old = moment.adding(seconds: -Webhook.journalDays * 24 * 3600)
            try transaction.run("DELETE FROM webhook_delivery WHERE at < \(old)")
        }
    }
}
