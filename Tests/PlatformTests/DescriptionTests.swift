import Browser
import Core
import FoundationEssentials
import Platform
import TestKit
import Testing
import Web

/// A small reader of JSON Schema: what our own schemas use.
private struct SchemaCheck {
    let document: JSON

    /// What a value has that its schema does not allow, each with its place.
    func findings(_ value: JSON, _ schema: JSON, at place: String = "$") -> [String] {
        if let name = schema["$ref"]?.string {
            var target = document
            for step in name.split(separator: "/").dropFirst() { target = target[String(step)] ?? .null }
            return target == .null ? ["\(place): no \(name)"] : findings(value, target, at: place)
        }
        if let all = schema["oneOf"]?.array {
            let fitting = all.filter { findings(value, $0).isEmpty }
            return fitting.count == 1 ? [] : ["\(place): fits \(fitting.count) of oneOf"]
        }
        if let all = schema["anyOf"]?.array {
            return all.contains { findings(value, $0).isEmpty } ? [] : ["\(place): fits none of anyOf"]
        }
        var found: [String] = []
        if let constant = schema["const"], constant != value { found.append("\(place): not the constant") }
        if let all = schema["enum"]?.array, !all.contains(value) {
            found.append("\(place): \(value) is not in the enum")
        }
        let types = schema["type"]?.array?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { fits(value, $0) }) {
            found.append("\(place): \(value) is no \(types)")
        }
        if let pattern = schema["pattern"]?.string, let text = value.string,
            let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil
        {
            found.append("\(place): \(text)")
        }
        if schema["format"]?.string == "date", value.string?.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil {
            found.append("\(place): no date")
        }
        if case .object(let members) = value {
            let known = schema["properties"] ?? .object([:])
            for (name, member) in members {
                if let inner = known[name] {
                    found += findings(member, inner, at: "\(place).\(name)")
                } else if schema["additionalProperties"]?.bool == false {
                    found.append("\(place).\(name): not in the schema")
                }
            }
            for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
                found.append("\(place).\(name): missing")
            }
        }
        if let items = schema["items"] {
            for (index, item) in (value.array ?? []).enumerated() {
                found += findings(item, items, at: "\(place)[\(index)]")
            }
        }
        return found
    }

    private func fits(_ value: JSON, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null): true
        case ("number", .number): true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}

@Suite("APIの説明")
struct DescriptionTests {

    /// The schema that the document has for an answer.
    private func schema(_ document: JSON, _ path: String, _ method: String = "get", _ status: String = "200") -> JSON? {
        let content = document["paths"]?[path]?[method]?["responses"]?[status]?["content"]
        return (content?["application/json"] ?? content?["application/problem+json"])?["schema"]
    }

    @Test("説明は道からできていて、どの道の答えも、書かれたとおり。どの様式の見本の申請も")
    func answers() async throws {
        try await TestTown.run(hasSample: true) { town in
            let document = try await town.visitor().get("/api/openapi.json").json
            #expect(document["openapi"]?.string == "3.1.0")
            let check = SchemaCheck(document: document)
            // Every route for other systems is in it, and nothing else.
            let machines = town.platform.site.routes.filter { $0.operation != nil }
            guard case .object(let paths)? = document["paths"] else { throw TestFault("no paths") }
            #expect(Set(paths.keys) == Set(machines.map(\.pattern)).subtracting(["/api/openapi.json"]))
            for route in machines where route.pattern != "/api/openapi.json" {
                let told = document["paths"]?[route.pattern]?[route.method.rawValue]
                #expect(told?["operationId"]?.string == route.operation?.id)
                for name in route.pattern.matches(of: /\{(\w+)\}/).map({ String($0.1) }) {
                    #expect(told?["parameters"]?.array?.contains { $0["name"]?.string == name } == true, "\(name)")
                }
                if case .machine(let scope) = route.audience {
                    #expect(told?["security"]?.array?.first?["token"]?.array == [.string(scope.rawValue)])
                }
            }
            let catalogue = try await town.visitor().get("/api/v1/procedures")
            let schema1 = try #require(schema(document, "/api/v1/procedures"))
            #expect(check.findings(catalogue.json, schema1).isEmpty)
            let cards = catalogue.json["procedures"]?.array?.compactMap { $0["id"]?.string } ?? []
            #expect(cards.count >= 8)
            try await compare(town, cards, check)
        }
    }

    private func compare(_ town: TestTown, _ cards: [String], _ check: SchemaCheck) async throws {
        let desk = try await town.officer("digital")
        let page = try await desk.post(
            "/desk/interfaces/tokens",
            pairs: [("name", "全部"), ("expires", "R9.3.31"), ("scopes", "read"), ("scopes", "write")]
                + cards.map { ("cards", $0) })
        let token = String(try #require(page.body.firstMatch(of: /origami_[0-9a-f]{64}/)).output)
        for login in ["kankyo-kacho", "jumin", "kodomo", "kenko", "kensetsu"] {
            let officer = try await town.officer(login)
            let places = try await officer.get("/desk/agreements").body.matches(of: /action="([^"]+\/agree)"/)
            for place in places { _ = try await officer.post(String(place.1)) }
        }
        let machine = TestMachine(visitor: town.visitor(), token: token)
        let path = "/api/v1/procedures/{card}/applications"
        let list = try #require(schema(check.document, path))
        let item = try #require(schema(check.document, path + "/{number}"))
        let problem = try #require(schema(check.document, path + "/{number}/receive", "post", "428"))
        var compared: Set<String> = []
        for card in cards {
            let place = "/api/v1/procedures/\(card)/applications"
            let all = try await machine.get(place)
            #expect(all.status == 200 && check.findings(all.json, list).isEmpty, "\(card) \(all.body)")
            for number in all.json["applications"]?.array?.compactMap({ $0["number"]?.string }) ?? [] {
                let one = try await machine.get("\(place)/\(number)")
                let findings = check.findings(one.json, item)
                #expect(one.status == 200 && findings.isEmpty, "\(card) \(findings) \(one.body)")
                let own = check.findings(one.json, ["$ref": .string("#/components/schemas/Application-\(card)")])
                #expect(own.isEmpty, "\(card) \(own)")
                compared.insert(card)
                let wrong = try await machine.post("\(place)/\(number)/receive", ["Idempotency-Key": "x"])
                #expect(wrong.status == 428 && check.findings(wrong.json, problem).isEmpty)
            }
            town.clock.advance(seconds: 60)
        }
        #expect(compared.count >= 6, "\(compared)")
    }

    @Test("人が読む説明も、同じ道からできている。手続きを選べば、その様式だけの説明になる")
    func guide() async throws {
        try await TestTown.run { town in
            let page = try await town.visitor().get("/api")
            for route in town.platform.site.routes where route.operation != nil && route.pattern != "/api/openapi.json"
            {
                #expect(page.body.contains(route.pattern))
            }
            let one = try await town.visitor().get("/api/openapi.json?card=dog-registration").json
            let answers = one["components"]?["schemas"]?["Application-dog-registration"]?["properties"]?["answers"]
            #expect(answers?["properties"]?["telephone"]?["title"]?.string == "日中つながる電話番号")
            #expect(one["components"]?["schemas"]?["Application-water-start"] == nil)
            #expect(try await town.visitor().get("/api/openapi.json?card=none").status == 404)
        }
    }
}
