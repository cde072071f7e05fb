import Core
import Database
import Identity
import Platform
import TestKit
import Testing
import Web
import Applications

@Suite("だれに何ができるか")
struct RouteWalkTests {
    /// Somebody who calls, and what they may do.
    enum Caller: String, CaseIterable, Sendable {
        case nobody, applicant, clerk = "kankyo", decider = "kankyo-kacho", auditor = "kansa"
        case secretariat = "digital", cio = "fukuchocho"
        /// Another system, whose token may read.
        case machine

        func may(_ audience: Route.Audience) -> Bool {
            switch (self, audience) {
            case (_, .anyone): true
            case (.applicant, .applicant): true
            case (.clerk, .officer(nil)), (.decider, .officer(nil)), (.auditor, .officer(nil)): true
            case (.secretariat, .officer(nil)), (.secretariat, .officer(.editCards?)): true
            case (.secretariat, .officer(.manageInterfaces?)), (.secretariat, .officer(.recordDecisions?)): true
            case (.clerk, .officer(.editCards?)), (.decider, .officer(.editCards?)): true
            case (.clerk, .officer(.readCases?)), (.clerk, .officer(.handleCases?)): true
            case (.decider, .officer(.readCases?)), (.decider, .officer(.handleCases?)): true
            case (.decider, .officer(.decideCases?)), (.decider, .officer(.publishForms?)): true
            case (.clerk, .officer(.editForms?)), (.decider, .officer(.editForms?)): true
            case (.auditor, .officer(.readTrail?)): true
            case (.clerk, .officer(.handleExtracts?)), (.decider, .officer(.handleExtracts?)): true
            case (.clerk, .officer(.writeSystems?)), (.decider, .officer(.writeSystems?)): true
            case (.clerk, .officer(.reviewOrdinances?)), (.decider, .officer(.reviewOrdinances?)): true
            case (.secretariat, .officer(.reviewOrdinances?)), (.secretariat, .officer(.manageOrdinances?)): true
            case (.secretariat, .officer(.writeSystems?)), (.secretariat, .officer(.manageSystems?)): true
            case (.cio, .officer(nil)), (.cio, .officer(.leadPlan?)), (.cio, .officer(.decideTrials?)): true
            case (.cio, .officer(.reportProgress?)), (.secretariat, .officer(.reportProgress?)): true
            case (.clerk, .officer(.reportProgress?)), (.decider, .officer(.reportProgress?)): true
            case (.decider, .officer(.decideTrials?)), (.secretariat, .officer(.preparePlan?)): true
            case (.machine, .machine(.read)): true
            default: false
            }
        }
    }

    @Test("どのページも、許された人にだけ開く", arguments: Caller.allCases)
    func walk(_ caller: Caller) async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let known: Visitor =
                switch caller {
                case .nobody: town.visitor()
                case .applicant: applicant
                case .machine: town.visitor()
                default: try await town.officer(caller.rawValue)
                }
            let number: String = try await town.platform.database.read { transaction in
                try transaction.row("SELECT number FROM application WHERE id = \(id)")?["number"] ?? ""
            }
            let token = caller == .machine ? try await TestMachine.make(town, scopes: ["read"]).token : nil
            let headers = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
            for route in town.platform.site.routes {
                // What a page before gave is not there for the next.
                let visitor = known.twin()
                // What ends somebody's session is walked elsewhere.
                if route.pattern.hasSuffix("/leave") || route.pattern.hasSuffix("/sign-out") { continue }
                // Papers take their time, and are opened by whoever may elsewhere.
                if route.pattern.hasSuffix(".pdf"), caller.may(route.audience) { continue }
                let path = route.pattern.replacing("{id}", with: id).replacing("{card}", with: "dog-registration")
                    .replacing("{form}", with: "dog-registration").replacing("{outcome}", with: "approved")
                    .replacing("{form}", with: "dog-registration")
                    .replacing("{item}", with: "E4").replacing("{version}", with: "1")
                    .replacing("{upload}", with: id)
                    .replacing("{page}", with: "dog").replacing("{language}", with: "en")
                    .replacing("{disposal}", with: id)
                    .replacing("{section}", with: "environment").replacing("{number}", with: number)
                let reply =
                    route.method == .get
                    ? try await visitor.get(path, headers: headers)
                    : try await visitor.post(path, headers: headers, json: nil)
                let isTurnedAway =
                    reply.status == 403 || reply.status == 401
                    || ["/desk/sign-in", "/resume"].contains(reply.path) && reply.path != path
                #expect(
                    isTurnedAway == !caller.may(route.audience),
                    "\(route.method) \(route.pattern): \(reply.status) \(reply.path)")
                #expect(reply.status < 500)
            }
        }
    }

    @Test("ほかの課の申請は、職員にも開かない")
    func otherSection() async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let water = try await town.officer("suido")
            #expect(try await water.get("/desk/cases/\(id)").status == 404)
            #expect(!(try await water.get("/desk").body.contains(id)))
            let form = ["seen": "submitted", "once": ID<Int>().text]
            #expect(try await water.post("/desk/cases/\(id)/receive", form).status == 404)
            #expect(try await town.platform.applications.status(of: .init(id) ?? .init()) == .submitted)
        }
    }

    @Test("下書きは、職員には見えない")
    func drafts() async throws {
        try await TestTown.run { town in
            let check = try await town.visitor().fillIn(.dog)
            let id = String(check.path.split(separator: "/")[1])
            let clerk = try await town.officer("kankyo")
            #expect(try await clerk.get("/desk/cases/\(id)").status == 404)
            #expect(!(try await clerk.get("/desk").body.contains(id)))
        }
    }

    @Test("二人の職員が同時に処理すると、あとの人に知らせる")
    func overtaken() async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let (one, other) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            let page = try await one.get("/desk/cases/\(id)")
            let first = ["seen": "submitted", "once": page.hidden("once")]
            #expect(try await one.post("/desk/cases/\(id)/receive", first).status == 200)
            // The same press again is the same deed.
            #expect(try await one.post("/desk/cases/\(id)/receive", first).status == 200)
            let late = try await other.post("/desk/cases/\(id)/receive", ["seen": "submitted", "once": ID<Int>().text])
            #expect(late.status == 409)
            #expect(late.text.contains("ほかの職員が先に処理しました"))
        }
    }

    @Test("同じ名前のボタンを別のことに使うと断り、書いた言葉は残す")
    func usedAgain() async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let clerk = try await town.officer("kankyo")
            let once = ID<Int>().text
            _ = try await clerk.post("/desk/cases/\(id)/receive", ["seen": "submitted", "once": once])
            let again = try await clerk.post(
                "/desk/cases/\(id)/return", ["seen": "received", "once": once, "words": "番号をお確かめください。"])
            #expect(again.status == 409 && again.text.contains("番号をお確かめください。"))
            #expect(try await town.platform.applications.status(of: .init(id) ?? .init()) == .received)
        }
    }

    @Test("送れない言葉は、直せるように残る")
    func wordsStay() async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let clerk = try await town.officer("kankyo")
            let words = "番号は 1234 5678 9018 でよろしいですか。"
            let reply = try await clerk.post("/desk/cases/\(id)/letter", ["once": ID<Int>().text, "words": words])
            #expect(reply.status == 422 && reply.body.contains(words) && reply.text.contains("マイナンバー"))
            town.clock.advance(seconds: 3601)
            let over = try await clerk.post("/desk/cases/\(id)/letter", ["once": ID<Int>().text, "words": "長い文章です。"])
            #expect(over.status == 403 && over.text.contains("長い文章です。"))
        }
    }

    @Test("二つの役割があっても、申請は一度だけ並ぶ。辞めた人はサインインできない")
    func staff() async throws {
        try await TestTown.run { town in
            let applicant = town.visitor()
            let receipt = try await applicant.submit(applicant.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let roles = [
                Membership(section: "environment", role: .clerk), .init(section: "environment", role: .decider),
            ]
            try await town.platform.identity.add(
                login: "tanaka", name: "田中", memberships: roles, password: "とても長いパスワードにしました",
                by: .system, at: town.clock.now)
            let officer = town.visitor()
            _ = try await officer.post("/desk/sign-in", ["login": "tanaka", "password": "とても長いパスワードにしました"])
            #expect(try await officer.get("/desk").body.ranges(of: id).count == 1)
            let now = town.clock.now
            try await town.platform.database.write {
                try Staff.disable(login: "tanaka", by: .system, at: now, in: $0)
            }
            #expect(try await officer.get("/desk").path == "/desk/sign-in")
            let again = try await town.visitor().post(
                "/desk/sign-in", ["login": "tanaka", "password": "とても長いパスワードにしました"])
            #expect(again.status == 422)
        }
    }

    @Test("サインアウトと、時間切れのあとは、もう一度サインインする")
    func sessionsEnd() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            #expect(try await clerk.post("/desk/sign-out").path == "/desk/sign-in")
            #expect(try await clerk.get("/desk").path == "/desk/sign-in")
            let other = try await town.officer("kankyo")
            town.clock.advance(seconds: 3601)
            #expect(try await other.get("/desk").path == "/desk/sign-in")
        }
    }

    @Test("パスワードを当てようとすると、待たされる")
    func guessing() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            for _ in 0..<10 {
                let reply = try await visitor.post("/desk/sign-in", ["login": "kankyo", "password": "wrong"])
                #expect(reply.status == 422)
            }
            let refused = try await visitor.post("/desk/sign-in", ["login": "kankyo", "password": "mihon-kankyo-2026"])
            #expect(refused.status == 429)
        }
    }
}
