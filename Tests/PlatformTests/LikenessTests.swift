import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("重複と世帯")
struct LikenessTests {
    @Test("同じ人の同じ手続きは、書き方が違っても理由を付けて並べ、違う答えに印が付く。重複ではないと言えば、両方から消える")
    func duplicates() async throws {
        try await TestTown.run { town in
            let (_, first) = try await town.sent(.dog)
            let again = Walk.dog.with([
                "address.street": "上三川町しらさぎ1-1", "address.postcode": "329-0618", "address.building": "",
                "telephone": "080-5678-1234", "dog_name": "ぽち", "owner.family_kana": "タカサキ", "owner.given_kana": "ハナコ",
            ])
            let (_, second) = try await town.sent(again)
            let clerk = try await town.officer("kankyo")
            let page = try await clerk.get("/desk/cases/\(second)")
            #expect(page.text.contains("重複とみられる申請") && page.text.contains("一致: 氏名と生年月日、電話番号、住所"))
            let compare = try await clerk.get("/desk/cases/\(second)/compare?with=\(first)")
            #expect(compare.text.contains("ポチ") && compare.text.contains("ぽち") && compare.text.contains("違い"))
            #expect(try await town.count("case.viewed", of: first) == 1)
            let letter = try await clerk.get("/desk/cases/\(second)?for=letter&template=duplicate").text
            #expect(letter.contains("髙﨑　花子 様") && letter.contains("申請を取り下げる"))
            let water = try await town.officer("suido")
            #expect(try await water.get("/desk/cases/\(second)/compare?with=\(first)").status == 404)
            #expect(try await water.post("/desk/cases/\(second)/not-duplicate", ["other": first]).status == 404)

            for _ in 0..<2 {
                _ = try await clerk.post("/desk/cases/\(second)/not-duplicate", ["other": first])
            }
            for id in [first, second] {
                let after = try await clerk.get("/desk/cases/\(id)")
                #expect(!after.body.contains("/compare?") && after.text.contains("重複ではないと確かめた申請（見本 環"))
                #expect(try await town.count("duplicate.dismissed", of: id) == 1)
            }
        }
    }

    @Test("同じ氏で同じ住所でも、別の人の申請は重複とはされず、同じ世帯として並ぶ。見られない課の申請は、数も言わない")
    func household() async throws {
        try await TestTown.run { town in
            let (_, first) = try await town.sent(.dog)
            let brother = Walk.dog.with([
                "owner.given": "太郎", "owner.given_kana": "タロウ", "telephone": "090-1111-2222", "dog_name": "ハチ",
            ])
            let (_, second) = try await town.sent(brother)
            let stranger = Walk.dog.with([
                "owner.given": "次郎", "owner.given_kana": "ジロウ", "telephone": "090-3333-4444",
                "address.street": "上三川町しらさぎ九丁目9番地",
            ])
            let (_, third) = try await town.sent(stranger)
            let clerk = try await town.officer("kankyo")
            let page = try await clerk.get("/desk/cases/\(second)")
            #expect(!page.text.contains("重複とみられる申請"))
            #expect(page.text.contains("同じ世帯とみられる申請") && page.body.contains("/desk/cases/\(first)\""))
            #expect(!page.body.contains("/desk/cases/\(third)\""))

            // 同じ世帯の住民票の請求は、住民課のもの。環境課には見えない。
            let residence = town.visitor()
            var form = try await residence.arrive(at: "identity", in: .residence)
            form = try await residence.upload(form.path, ["way": "counter"], control: "identity", files: [])
            let sent = try await residence.submit(
                try await residence.post(form.path, ["telephone": "080-5678-1234"]))
            let other = String(sent.path.split(separator: "/")[1])
            let own = try await clerk.get("/desk/cases/\(second)")
            #expect(!own.body.contains(other))
            let residents = try await town.officer("jumin").get("/desk/cases/\(other)")
            #expect(!residents.text.contains("同じ世帯とみられる申請"))
        }
    }

    @Test("指紋のない前からの申請にも作られ、消去とともになくなる。期間の離れた申請は重複とされない")
    func fingerprints() async throws {
        try await TestTown.run { town in
            let (_, first) = try await town.sent(.dog)
            town.clock.advance(seconds: 30 * 86_400)
            let (_, second) = try await town.sent(.dog)
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a test")
                try transaction.run("DELETE FROM fingerprint")
                try transaction.run("UPDATE fingerprint_progress SET upto = '', done_at = NULL")
            }
            let clerk = try await town.officer("kankyo")
            #expect(!(try await clerk.get("/desk/cases/\(second)").text.contains("重複とみられる申請")))
            let now = town.clock.now
            let applications = town.platform.applications
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a test")
                try transaction.enqueue("cases.fingerprint", [:], at: now)
            }
            try await town.workOff()
            #expect(try await clerk.get("/desk/cases/\(second)").text.contains("重複とみられる申請"))
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a test")
                try transaction.enqueue("case.shred", ["application": first], at: now)
            }
            try await town.workOff()
            #expect(!(try await clerk.get("/desk/cases/\(second)").text.contains("重複とみられる申請")))
            #expect(try await applications.withoutKey() == 1)

            town.clock.advance(seconds: 100 * 86_400)
            let (_, third) = try await town.sent(
                .dog.with(["acquired.year": "9", "acquired.month": "3", "acquired.day": "20"]))
            let later = try await town.officer("kankyo").get("/desk/cases/\(third)").text
            #expect(!later.contains("重複とみられる申請") && later.contains("同じ世帯とみられる申請"))
        }
    }
}
