import Applications
import Browser
package import Japanese
import Core
import Platform

/// What a person types to get through a form, by control.
package struct Walk: Sendable {
    package let card: String
    package let typed: [String: String]

    package init(_ card: String, _ typed: [String: String]) { (self.card, self.typed) = (card, typed) }

    /// 犬の登録, typed as people type: full width, 〒, half-width kana, names that other systems refuse.
    package static let dog = Walk(
        "dog-registration",
        [
            "age": "older", "owner.family": "髙﨑", "owner.given": "花子", "owner.family_kana": "たかさき",
            "owner.given_kana": "ﾊﾅｺ", "address.postcode": "〒３２９－０６１８",
            "address.street": "栃木県河内郡上三川町しらさぎ一丁目１番地", "address.building": "ﾊｲﾂしらさぎ１０１",
            "telephone": "０８０ー５６７８ー１２３４", "place": "same", "dog_name": "ポチ", "breed": "柴犬", "colour": "茶",
            "sex": "male", "birth.era": "reiwa", "birth.year": "８", "birth.month": "3", "birth.day": "1",
            "acquired.era": "reiwa", "acquired.year": "8", "acquired.month": "11", "acquired.day": "1", "chip": "yes",
            "chip_number": "３９２１４１２３４５６７８９０", "vaccination": "done", "vaccination_day.era": "reiwa",
            "vaccination_day.year": "8", "vaccination_day.month": "6", "vaccination_day.day": "10", "tag": "counter",
            "remarks": "右の耳が白いです。",
        ])

    /// 水道使用開始届.
    package static let water = Walk(
        "water-start",
        [
            "who": "person", "user.family": "𠮷田", "user.given": "太郎", "user.family_kana": "ヨシダ",
            "user.given_kana": "タロウ", "address.postcode": "3290617", "address.street": "上三川町大字上蒲生999",
            "home": "house", "people": "３", "start.era": "reiwa", "start.year": "8", "start.month": "12",
            "start.day": "10", "telephone": "0285-56-9188", "bills": "same", "payment": "slip", "terms": "yes",
        ])

    /// 住民票の写しの請求, up to its identification.
    package static let residence = Walk(
        "residence-certificate",
        [
            "who": "self", "requester.family": "髙﨑", "requester.given": "花子", "requester.family_kana": "たかさき",
            "requester.given_kana": "はなこ", "birth.era": "showa", "birth.year": "５５", "birth.month": "3",
            "birth.day": "1", "address.postcode": "329-0618", "address.street": "上三川町しらさぎ一丁目1番地", "items": "head",
            "purpose": "work", "copies": "２通", "receiving": "post",
        ])

    /// What the sample's first application of a card has typed, sent on a day.
    package static func sample(_ card: String, on day: Day) throws -> Walk? {
        let item = try TestTown.folder().sample?.cases.first { $0.card == card && ($0.language ?? "ja") == "ja" }
        return item.map { Walk(card, $0.typed(on: day).compactMapValues(\.first)) }
    }

    /// What the desk reads of the person's name.
    package var name: String {
        "\(typed["owner.family"] ?? typed["user.family"] ?? "")　\(typed["owner.given"] ?? typed["user.given"] ?? "")"
    }
}

extension Visitor {
    /// Goes to a question of a form, answering those before it.
    /// - Parameter start: the question where it begins; a new application without one.
    package func arrive(at page: String, in walk: Walk, from start: Reply? = nil) async throws -> Reply {
        var reply = if let start { start } else { try await post("/procedures/\(walk.card)/apply") }
        for _ in 0..<60 where !reply.path.hasSuffix("/\(page)") {
            let body = reply.body
            reply = try await post(reply.path, walk.typed.filter { body.contains("name=\"\($0.key)\"") })
        }
        return reply
    }

    /// Goes from the procedure's page to the check page, question by question. Gives the check page.
    package func fillIn(_ walk: Walk) async throws -> Reply {
        var page = try await post("/procedures/\(walk.card)/apply")
        for _ in 0..<60 where page.status == 200 && !page.path.hasSuffix("/check") {
            let names = Self.controls(page.body)
            page = try await post(page.path, walk.typed.filter { names.contains($0.key) })
        }
        guard page.status == 200 else { throw TestFault("\(page.path): \(page.status) \(page.text)") }
        return page
    }

    /// Sends what the check page shows. Gives the receipt.
    package func submit(_ check: Reply) async throws -> Reply {
        let (path, fields) = Self.submission(check)
        return try await post(path, fields)
    }

    /// Sends what the check page shows, and gives the status of the answer alone.
    package func submitOnly(_ check: Reply) async throws -> Int {
        let (path, fields) = Self.submission(check)
        return try await postOnly(path, fields)
    }

    private static func submission(_ check: Reply) -> (path: String, fields: [String: String]) {
        let id = check.path.split(separator: "/")[1]
        let fields = ["submission": check.hidden("submission"), "revision": check.hidden("revision")]
        return ("/applications/\(id)/submit", fields)
    }

    /// The names of the controls of a page.
    static func controls(_ html: String) -> Set<String> {
        Set(html.split(separator: " name=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) })
    }
}
