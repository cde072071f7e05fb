import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// 外部連携 on the desk: tokens and webhooks for those who look after them, agreements for the deciders.
    func addInterfaceRoutes(to site: inout Site) {
        site.add(MenuItem("外部連携", "/desk/interfaces", needs: .manageInterfaces))
        site.add(MenuItem("外部連携への同意", "/desk/agreements", needs: .decideCases))
        site.officer(.get, "/desk/interfaces", needs: .manageInterfaces) { visit in
            .page(try await interfaces(visit, attempt: nil))
        }

        site.officer(.post, "/desk/interfaces/tokens", needs: .manageInterfaces) { visit in
            let posted = visit.posted
            let wish = TokenWish(
                name: posted["name"] ?? "", scopes: Set(posted.all("scopes").compactMap(Machine.Scope.init)),
                cards: posted.all("cards"), expires: posted["expires"] ?? "")
            do {
                let token = try await makeToken(wish, by: visit.who, at: visit.moment)
                return .page(try await interfacePages(visit).secret("トークンを発行しました", token, for: wish.name))
            } catch let refusal as InterfaceRefusal where refusal.kind.isInvalid {
                return .page(
                    try await interfaces(visit, attempt: .init(posted: posted, refusal: refusal, form: "token")))
            }
        }

        site.officer(.post, "/desk/interfaces/tokens/{token}/revoke", needs: .manageInterfaces) { visit in
            guard let id = Machine.ID(visit.parameter("token")) else { throw InterfaceRefusal.notFound }
            try await revokeToken(id, by: visit.who, at: visit.moment)
            return .redirect("/desk/interfaces")
        }

        site.officer(.get, "/desk/agreements", needs: .decideCases) { visit in
            let tokens = try await database.read { try MachineToken.list(in: $0) }
            return .page(try await interfacePages(visit).agreements(tokens))
        }
        addAgreement("agree", true, to: &site)
        addAgreement("disagree", false, to: &site)
        addWebhookRoutes(to: &site)
    }

    private func addAgreement(_ verb: String, _ isAgreed: Bool, to site: inout Site) {
        site.officer(.post, "/desk/agreements/{token}/{card}/\(verb)", needs: .decideCases) { visit in
            guard let id = Machine.ID(visit.parameter("token")) else { throw InterfaceRefusal.notFound }
            try await agree(isAgreed, to: id, card: visit.parameter("card"), by: visit.who, at: visit.moment)
            return .redirect("/desk/agreements")
        }
    }

    private func addWebhookRoutes(to site: inout Site) {
        site.officer(.post, "/desk/interfaces/webhooks", needs: .manageInterfaces) { visit in
            let posted = visit.posted
            let wish = WebhookWish(
                name: posted["name"] ?? "", url: posted["url"] ?? "",
                events: posted.all("events").compactMap(Webhook.Kind.init), cards: posted.all("cards"))
            do {
                let secret = try await makeWebhook(wish, by: visit.who, at: visit.moment)
                return .page(try await interfacePages(visit).secret("知らせを登録しました", secret, for: wish.name))
            } catch let refusal as InterfaceRefusal where refusal.kind.isInvalid {
                return .page(
                    try await interfaces(visit, attempt: .init(posted: posted, refusal: refusal, form: "hook")))
            }
        }

        site.officer(.get, "/desk/interfaces/webhooks/{hook}", needs: .manageInterfaces) { visit in
            let id = try webhookID(visit)
            let (hook, journal) = try await database.read { transaction in
                (try Webhook.find(id, in: transaction), try Webhook.Delivery.journal(of: id, in: transaction))
            }
            guard let hook else { throw InterfaceRefusal.notFound }
            return .page(WebhookPages(officer: visit.who, hook: hook, eventNames: eventNames).page(journal))
        }

        site.officer(.post, "/desk/interfaces/webhooks/{hook}/start", needs: .manageInterfaces) { visit in
            try await setWebhook(webhookID(visit), isOn: true, by: visit.who, at: visit.moment)
            return .redirect(.webhook(try webhookID(visit)))
        }

        site.officer(.post, "/desk/interfaces/webhooks/{hook}/end", needs: .manageInterfaces) { visit in
            try await setWebhook(webhookID(visit), isOn: false, by: visit.who, at: visit.moment)
            return .redirect(.webhook(try webhookID(visit)))
        }

        site.officer(
            .post, "/desk/interfaces/webhooks/{hook}/deliveries/{delivery}/replay", needs: .manageInterfaces
        ) { visit in
            guard let delivery = Webhook.Delivery.ID(visit.parameter("delivery")) else {
                throw InterfaceRefusal.notFound
            }
            try await replay(delivery, of: webhookID(visit), by: visit.who, at: visit.moment)
            return .redirect(.webhook(try webhookID(visit)))
        }
    }

    private func webhookID(_ visit: Visit<Officer>) throws -> Webhook.ID {
        guard let id = Webhook.ID(visit.parameter("hook")) else { throw InterfaceRefusal.notFound }
        return id
    }

    private func interfaces(_ visit: Visit<Officer>, attempt: InterfacePages.Attempt?) async throws -> Page {
        let (tokens, hooks) = try await database.read { transaction in
            (try MachineToken.list(in: transaction), try Webhook.list(in: transaction))
        }
        return try await interfacePages(visit).page(tokens: tokens, hooks: hooks, attempt: attempt)
    }

    private func interfacePages(_ visit: Visit<Officer>) async throws -> InterfacePages {
        let (cards, forms, names) = try await database.read { transaction in
            (
                try Card.list(in: transaction), try FormShelf.minutes(in: transaction),
                try staff.names(transaction)
            )
        }
        return InterfacePages(
            officer: visit.who, town: town, cards: cards.filter { forms[$0.id] != nil }, names: names,
            today: visit.moment.day)
    }
}
