import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("まとめて処理")
struct DeskBulkTests: DeskSteps {
    @Test("まとめて処理は、できたものとできなかったわけを1件ずつ残す。二度押しても一度")
    func bulk() async throws {
        try await TestTown.run { town in
            let (one, two, three) = (
                try await dog(town, number: 1), try await dog(town, number: 2), try await dog(town, number: 3)
            )
            try await act(town, .receive, three, by: "kankyo")
            let clerk = try await town.officer("kankyo")
            let list = try await clerk.get("/desk?check=page")
            let check = try await fill(clerk, list, "/desk/bulk/check", [("deed", "receive"), ("choose", "some")])
            #expect(check.text.contains("選んだ申請 3件") && check.text.contains("2件: 受け付ける"))
            // Meanwhile somebody else receives one of them.
            try await act(town, .receive, two, by: "kankyo-kacho")
            let done = try await fill(clerk, check, "/desk/bulk", [])
            #expect(done.path.hasPrefix("/desk/bulk/"))
            #expect(done.text.contains("済み 1件、できなかったもの 2件"))
            #expect(done.text.contains("ほかの職員が先に処理しました"))
            #expect(try await fill(clerk, check, "/desk/bulk", []).path == done.path)
            #expect(try await clerk.get(done.path).text == done.text)
            #expect(try await town.officer("kankyo-kacho").get(done.path).status == 404)
            let received: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM event WHERE kind = 'case.received'")?["n"]
            }
            #expect(received == 3)

            let nothing = try await clerk.post("/desk/bulk/check", ["deed": "receive", "choose": "some"])
            #expect(nothing.status == 422 && nothing.text.contains("申請が選ばれていません"))
            // A clerk does not decide, even if the form says so.
            let forged = try await fill(clerk, check, "/desk/bulk", [("deed", "approve"), ("run", ID<Int>().text)])
            #expect(forged.text.contains("できなかったもの 3件") && forged.text.contains("権限がありません"))
            #expect(try await town.platform.applications.status(of: .init(one) ?? .init()) == .received)
        }
    }

    @Test("複数人での確認が決められた手続きは、まとめて承認できない")
    func approvals() async throws {
        try await TestTown.run { town in
            let id = try await dog(town)
            try await act(town, .receive, id, by: "kankyo")
            let decider = try await town.officer("kankyo-kacho")
            try await town.platform.database.write { transaction in
                transaction.keepHouse("the card asks for four eyes")
                try transaction.run(
                    """
                    UPDATE card SET document = '{"approval":{"four_eyes":true,"order":[]},' || substr(document, 2)
                    WHERE id = 'dog-registration'
                    """)
            }
            let list = try await decider.get("/desk?check=page")
            let check = try await fill(decider, list, "/desk/bulk/check", [("deed", "approve"), ("choose", "all")])
            #expect(check.text.contains("うち1件は、決裁の順か複数人での確認"))
            let done = try await fill(decider, check, "/desk/bulk", [])
            #expect(done.text.contains("1件ずつ承認してください"))
            #expect(try await town.platform.applications.status(of: .init(id) ?? .init()) == .received)
        }
    }

    @Test("多くの申請への同じお知らせは、あとから続けられ、途中を見られ、一人に一通")
    func letters() async throws {
        try await TestTown.run { town in
            for index in 0..<60 { _ = try await dog(town, number: index) }
            let clerk = try await town.officer("kankyo")
            let list = try await clerk.get("/desk?who=nobody")
            let check = try await fill(clerk, list, "/desk/bulk/check", [("deed", "letter"), ("choose", "all")])
            #expect(check.text.contains("選んだ申請 60件"))
            let empty = try await fill(clerk, check, "/desk/bulk", [])
            #expect(empty.status == 422 && empty.text.contains("入力してください"))
            let words = "狂犬病の予防注射の会場が変わりました。"
            let begun = try await fill(clerk, check, "/desk/bulk", [("words", words)])
            #expect(begun.text.contains("60件のうち0件"))
            _ = try await fill(clerk, check, "/desk/bulk", [("words", words)])
            try await town.workOff()
            #expect(try await clerk.get(begun.path).text.contains("済み 60件"))
            let letters: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM message WHERE kind = 'letter'")?["n"]
            }
            #expect(letters == 60)
            #expect(try await clerk.get("/desk/bulk").text.contains("終わりました"))
        }
    }
}
