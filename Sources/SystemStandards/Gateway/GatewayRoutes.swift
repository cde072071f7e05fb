import Core
import Database
import HTML
import Web

extension SystemStandards {
    /// データの窓口, as the staff look after it.
    func addGatewayRoutes(to site: inout Site) {
        site.officer(.get, "/desk/gateway", needs: nil) { visit in .page(try await gatewayList(visit)) }

        site.officer(.post, "/desk/gateway/sets", needs: .handleExtracts) { visit in
            try await attempt {
                let typed = TypedSet(
                    name: visit.posted["name"] ?? "", system: visit.posted["system"] ?? "",
                    resource: visit.posted["resource"] ?? "", section: visit.posted["section"] ?? "",
                    repertoire: visit.posted["repertoire"] ?? "")
                return .redirect(.gatewaySet(try await makeSet(typed, by: visit.who, at: visit.moment)))
            } orShow: {
                try await gatewayList(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/gateway/sets/{set}", needs: nil) { visit in .page(try await gatewaySet(visit)) }

        site.officer(.post, "/desk/gateway/sets/{set}", needs: .handleExtracts, takesFiles: true) { visit in
            try await attempt {
                _ = try await database.read { try requireSet(visit.parameter("set"), visit.who, in: $0) }
                let arrived = try await ArrivingFile.spool(of: "file", visit.upload, upTo: 200 * 1024 * 1024)
                guard let spool = arrived.spool, spool.count > 0 else { throw StandardsRefusal.noFile }
                try await publish(
                    spool, named: arrived.name, as: visit.parameter("set"), by: visit.who, at: visit.moment)
                return .redirect(("/desk/gateway/sets" as Link).below(visit.parameter("set")))
            } orShow: {
                try await gatewaySet(visit, problem: $0)
            }
        }

        site.officer(.post, "/desk/gateway/clients", needs: .manageInterfaces) { visit in
            try await attempt {
                let (id, secret) = try await makeClient(
                    named: visit.posted["name"] ?? "", sets: visit.posted.all("set"),
                    until: visit.posted["until"] ?? "",
                    by: visit.who, at: visit.moment)
                return .page(try await gatewayClient(id.text, visit, secret: secret))
            } orShow: {
                try await gatewayList(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/gateway/clients/{client}", needs: nil) { visit in
            .page(try await gatewayClient(visit.parameter("client"), visit))
        }

        site.officer(.post, "/desk/gateway/clients/{client}/agree", needs: .decideCases) { visit in
            try await attempt {
                try await agree(
                    visit.posted["do"] != "end", client: visit.parameter("client"), set: visit.posted["set"] ?? "",
                    by: visit.who, at: visit.moment)
                return .redirect(.gatewayClient(visit.parameter("client")))
            } orShow: {
                try await gatewayClient(visit.parameter("client"), visit, problem: $0)
            }
        }

        site.officer(.post, "/desk/gateway/clients/{client}/revoke", needs: .manageInterfaces) { visit in
            try await revokeClient(visit.parameter("client"), by: visit.who, at: visit.moment)
            return .redirect(.gatewayClient(visit.parameter("client")))
        }
    }

    private func gatewayContent() async throws -> GatewayPages.Content {
        try await database.read { transaction in
            GatewayPages.Content(
                sets: try GatewaySet.list(in: transaction), clients: try GatewayClient.list(in: transaction),
                pulls: try GatewayPull.list(in: transaction), names: try staff.names(transaction))
        }
    }

    private func gatewayPages(_ visit: Visit<Officer>) -> GatewayPages {
        GatewayPages(officer: visit.who, town: town, today: visit.moment.day)
    }

    private func gatewayList(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        gatewayPages(visit).list(try await gatewayContent(), typed: visit.posted, problem: problem)
    }

    private func gatewaySet(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let content = try await gatewayContent()
        guard let set = content.sets.first(where: { $0.id.text == visit.parameter("set") }) else {
            throw StandardsRefusal.notFound
        }
        return gatewayPages(visit).set(set, content, problem: problem)
    }

    private func gatewayClient(
        _ id: String, _ visit: Visit<Officer>, secret: String? = nil, problem: String? = nil
    ) async throws -> Page {
        let content = try await gatewayContent()
        guard let client = content.clients.first(where: { $0.id.text == id }) else { throw StandardsRefusal.notFound }
        return gatewayPages(visit).client(client, content, secret: secret, problem: problem)
    }
}
