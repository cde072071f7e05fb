import Core
import Database
import Platform
import TestKit
import Testing

@Suite("発券機の記録")
struct QueueTests {
    private let own = """
        ticket,section,issued_at,called_at,ended_at
        A001,residents,2026-11-02 09:00,2026-11-02 09:12,2026-11-02 09:20
        A002,residents,2026/11/2 9:05,2026/11/2 9:25,
        A003,children,2026-11-02T00:10:00Z,2026-11-02T00:14:30.5Z,2026-11-02T00:30:00Z

        """

    private func post(_ officer: Visitor, _ text: [UInt8], section: String = "residents") async throws -> Visitor.Reply
    {
        try await officer.upload(
            "/desk/counter/queue", ["section": section], control: "file", files: [("log.csv", text)])
    }

    @Test("自分の形と MADO の形を読み、待ち時間が表れる。同じファイルは一度だけ数える")
    func imported() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let first = try await post(officer, Array(own.utf8))
            #expect(first.text.contains("新しい記録 3件、すでにあった記録 0件"), "\(first.text)")
            #expect(try await post(officer, Array(own.utf8)).text.contains("新しい記録 0件、すでにあった記録 3件"))
            let page = try await officer.get("/desk/counter/times").text
            #expect(page.contains("待ち時間") && page.contains("2026年11月"))
            // Of 12 and 20 minutes the lower is the median, the upper what nine of ten stay below.
            #expect(page.contains(/2\n?<?.*12.*20/.dotMatchesNewlines()))

            let events =
                "id,category,button_text,timestamp,current_number,staff_count\n7,B,転入,2026-11-04 10:00:00,12,3\n"
            let processing = """
                id,event_log_id,ticket_number,category,button_text,start_time,end_time,wait_time(分),status,processing_time(秒),created_at,staff_count
                1,7,12,B,転入,2026-11-04 10:09:00,2026-11-04 10:30:00,9,completed,1260,2026-11-04 10:09:00,3
                2,8,13,C,年金,2026-11-04 10:10:00,,,deleted,,2026-11-04 10:10:00,3

                """
            #expect(try await post(officer, Array(events.utf8)).text.contains("新しい記録 1件"))
            let both = try await post(officer, Array(processing.utf8))
            #expect(both.text.contains("新しい記録 0件、すでにあった記録 1件") && both.text.contains("1件。"))
            #expect(try await officer.get("/desk/counter/times").text.contains("転入"))
        }
    }

    @Test("直すところは行と列で言い、1つでもあれば何も取り込まない。氏名の列があるファイルは読まない")
    func faults() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let bad = own + "A004,residents,きのう,,\nA005,nowhere,2026-11-02 09:00,,\nA006,residents,2026-11-02 09:00\n"
            let reply = try await post(officer, Array(bad.utf8))
            #expect(reply.status == 422 && reply.text.contains("何も取り込んでいません"))
            #expect(reply.text.contains("5行目 3列目: 時刻「きのう」を読めません"))
            #expect(reply.text.contains("6行目 2列目: 課「nowhere」がありません"))
            #expect(reply.text.contains("7行目 4列目: 列が3個あります"))
            let named = try await post(officer, Array("ticket,section,issued_at,called_at,ended_at,氏名\n".utf8))
            #expect(named.status == 422 && named.text.contains("1行目 6列目: 「氏名」の列は取り込みません"))
            let person = own + "山田花子,residents,2026-11-02 09:00,,\n"
            #expect(try await post(officer, Array(person.utf8)).text.contains("5行目 1列目: 番号は"))
            #expect(try await post(officer, []).text.contains("CSV ファイルを選んでください"))
            let count: Int = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM queue_ticket")?["n"] ?? -1
            }
            #expect(count == 0)
        }
    }

    @Test("ほかの課の記録は、その課の職員でなければ取り込めない。Shift_JIS も読む")
    func sections() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("suido")
            #expect(try await post(officer, Array(own.utf8)).text.contains("課「residents」がありません"))
            // 転入 in CP932.
            let head = Array("id,category,button_text,timestamp\n1,A,".utf8)
            let bytes: [UInt8] = head + [0x93, 0x5D, 0x93, 0xFC] + Array(",2026-11-04 10:00:00\n".utf8)
            #expect(try await post(officer, bytes, section: "water").text.contains("新しい記録 1件"))
        }
    }
}
