import Core
import Database
import HTML
import Web

extension Identity {
    func addSignInRoutes(to site: inout Site) {
        let surroundings = site.surroundings

        site.anyone(.get, "/desk/sign-in") { visit in
            if try await surroundings.officer(of: visit.request) != nil { return .redirect("/desk") }
            return .page(SignInPages.page(back: visit.query["back"] ?? "", login: "", isRefused: false))
        }

        site.anyone(.post, "/desk/sign-in") { visit in
            let login = String((visit.posted["login"] ?? "").lowercased().prefix(100))
            let password = visit.posted["password"] ?? ""
            let back = visit.posted["back"] ?? ""
            // Longer than any password; hashing it would only cost time.
            let cookie =
                password.utf8.count > 1000
                ? nil : try await signIn(login: login, password: password, client: visit.client, at: visit.moment)
            guard let cookie else { return .page(SignInPages.page(back: back, login: login, isRefused: true)) }
            // What somebody left open at the counter here is not for whoever signs in next.
            try await database.write { transaction in
                transaction.keepHouse("the counter is empty for the next person")
                try surroundings.endCounter(of: visit.request, in: transaction)
            }
            return .redirect(Link.desk(path: back) ?? "/desk").setting(cookie)
        }

        site.officer(.post, "/desk/sign-out", needs: nil) { visit in
            let (officer, moment) = (visit.who, visit.moment)
            let session = try await surroundings.session("officer", of: visit.request)
            try await database.write { transaction in
                if let session { try Session.end(session.id, in: transaction) }
                try Session.endCounters(of: officer.id, in: transaction)
                try transaction.record(
                    Event("officer.signed-out", subject: officer.id.text), by: .officer(officer.id), at: moment)
            }
            return .redirect("/desk/sign-in").clearing()
        }
    }
}
