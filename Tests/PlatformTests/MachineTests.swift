import Applications
import Browser
import Core
import Database
import FoundationEssentials
import Platform
import TestKit
import Testing

/// A token as the desk gives it, and what is asked with it.
struct TestMachine {
    let visitor: Visitor
    let token: String

    /// Makes a token at the desk; the decider agrees unless told otherwise.
    static func make(
        _ town: TestTown, scopes: [String] = ["read", "files", "write"], card: String = "dog-registration",
        agreedBy decider: String? = "kankyo-kacho", expires: String = "R9.3.31"
    ) async throws -> TestMachine {
        let desk = try await town.officer("digital")
        let page = try await desk.post(
            "/desk/interfaces/tokens",
            pairs: [("name", "住民情報"), ("cards", card), ("expires", expires)] + scopes.map { ("scopes", $0) })
        let token = String(try #require(page.body.firstMatch(of: /origami_[0-9a-f]{64}/), "\(page.text)").output)
        if let decider {
            let officer = try await town.officer(decider)
            let list = try await officer.get("/desk/agreements")
            let place = try #require(list.body.firstMatch(of: /action="([^"]+\/agree)"/)).1
            #expect(try await officer.post(String(place)).status == 200)
        }
        return TestMachine(visitor: town.visitor(), token: token)
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Visitor.Reply {
        try await visitor.get(path, headers: headers.merging(["Authorization": "Bearer \(token)"]) { $1 })
    }

    func post(_ path: String, _ headers: [String: String] = [:], _ body: String = "") async throws -> Visitor.Reply {
        try await visitor.post(path, headers: headers.merging(["Authorization": "Bearer \(token)"]) { $1 }, json: body)
    }
}

extension Visitor.Reply {
    /// The JSON of an answer.
    var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(bytes))) ?? .null }
}

@Suite("手続きごとのAPI")
struct MachineTests {
    private static let list = "/api/v1/procedures/dog-registration/applications"

    private func dog(_ town: TestTown) async throws -> String {
        let applicant = town.visitor()
        let receipt = try await applicant.submit(applicant.fillIn(.dog))
        return String(try #require(receipt.body.firstMatch(of: /R\d-[0-9A-Z]{4}-[0-9A-Z]{4}/)).output)
    }

    @Test("同意のあるトークンは、申請を値のまま読む。読むたびに、トークンの名前で記録される")
    func reading() async throws {
        try await TestTown.run { town in
            let number = try await dog(town)
            let machine = try await TestMachine.make(town)
            let list = try await machine.get(Self.list)
            #expect(list.status == 200, "\(list.body)")
            #expect(list.json["applications"]?.array?.first?["number"]?.string == number)
            #expect(list.json["next"] == .null && !list.body.contains("髙﨑"))
            let item = try await machine.get("\(Self.list)/\(number)")
            let answers = try #require(item.json["answers"])
            #expect(answers["owner"]?["family"]?.string == "髙﨑" && answers["telephone"]?.string == "080-5678-1234")
            #expect(answers["acquired"]?.string == "2026-11-01" && answers["chip"]?.string == "yes")
            #expect(item.json["status"]?.string == "submitted" && item.json["form"]?["version"]?.number != nil)
            let etag = try #require(item.headers["etag"])
            #expect(try await machine.get("\(Self.list)/\(number)", ["If-None-Match": etag]).status == 304)
            let desk = try await town.officer("kansa").get("/desk/trail")
            #expect(desk.text.contains("外部連携による閲覧") && desk.text.contains("外部連携「住民情報」"))
        }
    }

    @Test("一覧は変わった順に続きを読める。状態と時刻で絞れる")
    func paging() async throws {
        try await TestTown.run { town in
            var numbers: [String] = []
            for _ in 0..<3 {
                numbers.append(try await dog(town))
                town.clock.advance(seconds: 60)
            }
            let machine = try await TestMachine.make(town)
            var (found, cursor): ([String], String?) = ([], nil)
            repeat {
                let page = try await machine.get(Self.list + "?limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""))
                found += page.json["applications"]?.array?.compactMap { $0["number"]?.string } ?? []
                cursor = page.json["next"]?.string
            } while cursor != nil
            #expect(found == numbers)
            #expect(try await machine.get(Self.list + "?status=approved").json["applications"]?.array?.isEmpty == true)
            let since = try await machine.get(Self.list + "?since=2026-11-24T01:02:00Z").json["applications"]?.array
            #expect(since?.compactMap { $0["number"]?.string } == [numbers[2]])
            for wrong in ["status=draft", "since=yesterday", "cursor=1", "limit=0"] {
                let reply = try await machine.get(Self.list + "?" + wrong)
                #expect(
                    reply.status == 400 && reply.headers["content-type"]?.hasPrefix("application/problem+json") == true)
                #expect(reply.json["title_en"]?.string == "Unreadable")
            }
        }
    }

    @Test("許されたことだけができる。同意がなく、期限が切れ、取り消されたトークンは何も開かない")
    func scopes() async throws {
        try await TestTown.run { town in
            let number = try await dog(town)
            #expect(try await town.visitor().get(Self.list).status == 401)
            let waiting = try await TestMachine.make(town, agreedBy: nil)
            #expect(try await waiting.get(Self.list).status == 403)
            // What the section of another procedure agreed to is not this one.
            let water = try await TestMachine.make(town, card: "water-start")
            #expect(try await water.get(Self.list).status == 403)
            let reader = try await TestMachine.make(town, scopes: ["read"])
            #expect(try await reader.get("\(Self.list)/\(number)").status == 200)
            #expect(try await reader.get("\(Self.list)/\(number)/files/x").status == 403)
            #expect(try await reader.post("\(Self.list)/\(number)/receive").status == 403)
            let writer = try await TestMachine.make(town, scopes: ["write"], expires: "2026-11-30")
            #expect(try await writer.get(Self.list).status == 403)
            // A cookie opens nothing here.
            let clerk = try await town.officer("kankyo")
            #expect(try await clerk.get(Self.list).status == 401)
            town.clock.advance(seconds: 7 * 86_400)
            #expect(try await writer.post("\(Self.list)/\(number)/receive").status == 401)
            let desk = try await town.officer("digital")
            let page = try await desk.get("/desk/interfaces")
            let revoke = page.body.matches(of: /action="([^"]+\/revoke)"/).map { String($0.1) }
            for place in revoke { #expect(try await desk.post(place).status == 200) }
            #expect(try await reader.get(Self.list).status == 401)
            #expect(try await desk.get("/desk/interfaces").text.contains("取消し"))
        }
    }

    @Test("決裁者の同意は、いつでも取り消せる。ほかの課の決裁者は同意できない")
    func agreements() async throws {
        try await TestTown.run { town in
            let machine = try await TestMachine.make(town)
            #expect(try await machine.get(Self.list).status == 200)
            let decider = try await town.officer("kankyo-kacho")
            let place = try #require(
                try await decider.get("/desk/agreements").body.firstMatch(of: /action="([^"]+\/disagree)"/)
            ).1
            let other = try await town.officer("jumin")
            #expect(!(try await other.get("/desk/agreements").body.contains("住民情報")))
            #expect(try await other.post(String(place)).status == 404)
            #expect(try await decider.post(String(place)).status == 200)
            #expect(try await machine.get(Self.list).status == 403)
        }
    }

    @Test("受付は、読んだ状態からだけ。同じ要求は1度だけ。お知らせは申請者に届く")
    func writing() async throws {
        try await TestTown.run { town in
            let number = try await dog(town)
            let machine = try await TestMachine.make(town)
            let place = "\(Self.list)/\(number)"
            let etag = try #require(try await machine.get(place).headers["etag"])
            #expect(try await machine.post(place + "/receive", ["If-Match": etag]).status == 400)
            #expect(try await machine.post(place + "/receive", ["Idempotency-Key": "a"]).status == 428)
            let headers = ["If-Match": etag, "Idempotency-Key": "b"]
            let received = try await machine.post(place + "/receive", headers)
            #expect(received.status == 200 && received.json["status"]?.string == "received", "\(received.body)")
            #expect(try await machine.post(place + "/receive", headers).status == 200)
            let late = try await machine.post(place + "/receive", ["If-Match": etag, "Idempotency-Key": "c"])
            #expect(late.status == 412 && late.json["detail"]?.string?.isEmpty == false)
            let now = try #require(received.headers["etag"])
            #expect(
                try await machine.post(place + "/receive", ["If-Match": now, "Idempotency-Key": "d"]).status == 409)

            let body = #"{"words":"鑑札は窓口でお渡しします。"}"#
            for _ in 0..<2 {
                #expect(try await machine.post(place + "/letters", ["Idempotency-Key": "e"], body).status == 200)
            }
            let other = try await machine.post(place + "/letters", ["Idempotency-Key": "e"], #"{"words":"別の文"}"#)
            #expect(other.status == 422)
            #expect(try await machine.post(place + "/notes", ["Idempotency-Key": "f"], "{").status == 400)
            let number12 = try await machine.post(
                place + "/notes", ["Idempotency-Key": "g"], #"{"words":"1234 5678 9018"}"#)
            #expect(number12.status == 422 && number12.json["detail"]?.string?.contains("マイナンバー") == true)
            let clerk = try await town.officer("kankyo")
            let id = try await town.id(of: number)
            let page = try await clerk.get("/desk/cases/\(id)")
            #expect(page.body.ranges(of: "鑑札は窓口でお渡しします。").count == 1)
            #expect(page.text.contains("外部連携「住民情報」"))
        }
    }

    @Test("決裁の途中の申請は、外部連携からも受け付けられない")
    func underApproval() async throws {
        try await TestTown.run { town in
            let (_, id) = try await town.sent(#require(try Walk.sample("park-use", on: town.clock.now.day)))
            let machine = try await TestMachine.make(town, card: "park-use", agreedBy: "kensetsu")
            let list = "/api/v1/procedures/park-use/applications"
            let number: String = try await town.platform.database.read {
                try $0.row("SELECT number FROM application WHERE id = \(id)")?["number"] ?? ""
            }
            let etag = try #require(try await machine.get("\(list)/\(number)").headers["etag"])
            let clerk = try await town.officer("madoguchi")
            let proposed = try await clerk.press(
                "propose", of: id, ["outcome": "refused", "words": "書類がそろっていません。"])
            #expect(proposed.status == 200, "\(proposed.text)")
            let headers = ["If-Match": etag, "Idempotency-Key": "a"]
            let busy = try await machine.post("\(list)/\(number)/receive", headers)
            #expect(busy.status == 409 && busy.json["detail"]?.string?.contains("決裁") == true, "\(busy.body)")
            #expect(try await town.status(id) == .submitted)
            _ = try await clerk.press("take-back", of: id)
            #expect(try await machine.post("\(list)/\(number)/receive", headers).status == 200)
        }
    }

    @Test("添付ファイルは、許しがあれば、付けられたまま届く")
    func files() async throws {
        try await TestTown.run(hasSample: true) { town in
            let machine = try await TestMachine.make(town, card: "road-report", agreedBy: "kensetsu")
            let place = "/api/v1/procedures/road-report/applications"
            let all = try await machine.get(place).json["applications"]?.array ?? []
            var files = 0
            for item in all {
                let one = "\(place)/\(item["number"]?.string ?? "")"
                for file in try await machine.get(one).json["answers"]?["photograph"]?.array ?? [] {
                    let reply = try await machine.get("\(one)/files/\(file["id"]?.string ?? "")")
                    #expect(reply.status == 200 && reply.headers["content-type"] == "image/jpeg")
                    #expect(Double(reply.bytes.count) == file["size"]?.number)
                    files += 1
                }
            }
            #expect(files > 0)
        }
    }

    @Test("多すぎる要求には、いつまた来ればよいかを答える")
    func limits() async throws {
        try await TestTown.run { town in
            let machine = try await TestMachine.make(town)
            for _ in 0..<120 { #expect(try await machine.get(Self.list).status == 200) }
            let reply = try await machine.get(Self.list)
            #expect(
                reply.status == 429 && Int(reply.headers["retry-after"] ?? "").map { (1...60).contains($0) } == true)
            town.clock.advance(seconds: 61)
            #expect(try await machine.get(Self.list).status == 200)
        }
    }

    @Test("トークンの発行には、名前・できること・手続き・1年以内の期限が要る。打ったものは残る")
    func mistakes() async throws {
        try await TestTown.run { town in
            let desk = try await town.officer("digital")
            for (pairs, words) in [
                ([("name", "")], "名前を"), ([("name", "基幹")], "できることを"),
                ([("name", "基幹"), ("scopes", "read")], "手続きを"),
                ([("name", "基幹"), ("scopes", "read"), ("cards", "dog-registration"), ("expires", "R12.1.1")], "1年以内"),
            ] {
                let page = try await desk.post("/desk/interfaces/tokens", pairs: pairs)
                #expect(page.status == 422 && page.text.contains(words))
                #expect(page.body.contains("value=\"\(pairs[0].1)\""))
            }
        }
    }
}

extension TestTown {
    /// The id of an application by its number.
    func id(of number: String) async throws -> String {
        try await platform.database.read {
            try $0.row("SELECT id FROM application WHERE number = \(number)")?["id"] ?? ""
        }
    }
}
