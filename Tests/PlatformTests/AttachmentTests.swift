import Core
import Database
import FoundationEssentials
import Platform
import TestKit
import Testing
import NIOHTTP1
import Applications

@Suite("添付ファイル")
struct AttachmentTests {
    private static let pdf = Array("%PDF-1.4 ひみつの書類".utf8)

    /// Begins the report of a hole in the road, up to its photographs.
    private func photographs(_ visitor: Visitor) async throws -> String {
        var page = try await visitor.post("/procedures/road-report/apply")
        page = try await visitor.post(page.path, ["kind": "hole"])
        page = try await visitor.post(page.path, ["danger": "no"])
        page = try await visitor.post(page.path, ["place.words": "しらさぎ一丁目の交差点", "place.point": ""])
        page = try await visitor.post(page.path, ["details": ""])
        #expect(page.path.hasSuffix("/photograph"))
        return page.path
    }

    private func links(_ reply: Visitor.Reply) -> [String] {
        reply.body.split(separator: "href=\"").map { String($0.prefix { $0 != "\"" }) }.filter {
            $0.contains("/files/")
        }
    }

    @Test("ウイルスの疑いがあるファイルと、検査できないファイルは、受け取らない。ほかは受け取る")
    func scanned() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // The scanner that towns use, with a list of one.
        let mark = Array("ORIGAMI-TEST-VIRUS".utf8)
        let infected = Self.pdf + mark
        let list = folder.path + "/list.ndb"
        let line = "Test.Virus:0:*:\(mark.hexadecimal)\n"
        #expect(FileManager.default.createFile(atPath: list, contents: Data(line.utf8)))
        for (scanner, taken, words) in [
            ("clamscan --no-summary -d \(list) -", true, "ウイルスの疑い"), ("no-such-scanner -", false, "検査できなかった"),
        ] {
            try await TestTown.run(
                settings: { $0.scanner = scanner },
                { town in
                    let visitor = town.visitor()
                    let path = try await photographs(visitor)
                    let page = try await visitor.upload(
                        path, ["do": "add"], control: "photograph",
                        files: [("bad.pdf", infected), ("good.pdf", Self.pdf)])
                    #expect(page.text.contains(words))
                    #expect(links(page).count == (taken ? 1 : 0))
                    let rows: Int? = try await town.platform.database.read {
                        try $0.row("SELECT count(*) AS n FROM attachment")?["n"]
                    }
                    #expect(rows == (taken ? 1 : 0))
                })
        }
    }

    @Test("写真は、向きを直し、撮った場所の記録を取り除いて届く。町にも同じものが見える")
    func picture() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let path = try await photographs(visitor)
            let page = try await visitor.upload(
                path, ["do": "add"], control: "photograph", files: [("道路 (1).JPG", SamplePicture.jpeg)])
            #expect(page.path == path && page.text.contains("道路 (1).JPG"))
            let link = try #require(links(page).first)
            let file = try await visitor.get(link)
            #expect(file.headers["content-type"] == "image/jpeg")
            #expect(file.headers["content-security-policy"]?.contains("sandbox") == true)
            #expect(SamplePicture.size(of: SamplePicture.jpeg)?.width == 16)
            #expect(SamplePicture.size(of: file.bytes)?.width == 8)
            #expect(!file.body.contains(SamplePicture.secret))

            let answer = try await visitor.upload(path, control: "photograph", files: [])
            let check = try await visitor.post(answer.path, ["mail": ""])
            #expect(check.text.contains("道路 (1).JPG"))
            let receipt = try await visitor.submit(check)
            #expect(receipt.text.contains("道路 (1).JPG"))

            let officer = try await town.officer("kensetsu")
            let item = try await officer.get("/desk/cases/\(receipt.path.split(separator: "/")[1])")
            let place = try #require(item.body.firstMatch(of: /href="(\/desk\/cases\/[^"]+\/view\/[^"]+)"/)?.output.1)
            let viewer = try await officer.get(String(place))
            let picture = try await officer.get("\(place)/picture?page=1")
            #expect(viewer.body.contains("src=\"\(place)/picture?page=1\""))
            #expect(SamplePicture.size(of: picture.bytes)?.width == 8 && !picture.body.contains(SamplePicture.secret))
            #expect(picture.headers["content-security-policy"]?.contains("sandbox") == true)
            let original = try #require(links(viewer).first)
            let seen = try await officer.get(original)
            #expect(seen.bytes == file.bytes)
            #expect(seen.headers["content-disposition"]?.hasPrefix("attachment") == true)
            let other = try await town.officer("suido")
            for path in [String(place), "\(place)/picture?page=1", original] {
                #expect(try await other.get(path).status == 404)
            }
            #expect(try await town.visitor().get(link).path == "/resume")
            let looks = try await town.platform.database.read {
                try $0.rows("SELECT kind FROM event WHERE kind = 'file.viewed'").count
            }
            #expect(looks == 2)
        }
    }

    @Test("使えないファイルは、一つだけ断り、ほかは残す")
    func refused() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let path = try await photographs(visitor)
            let page = try await visitor.upload(
                path, ["do": "add"], control: "photograph",
                files: [
                    ("よい.pdf", Self.pdf), ("ただの文字.jpg", Array("hello".utf8)), ("空.pdf", []),
                    ("こわれた.jpg", Array(SamplePicture.jpeg.prefix(60))),
                ])
            #expect(page.firstStatus == 422)
            for words in ["「ただの文字.jpg」は使えない種類", "「空.pdf」は空", "「こわれた.jpg」は写真として開けません"] {
                #expect(page.text.contains(words))
            }
            #expect(links(page).count == 1 && page.text.contains("よい.pdf"))
            let large = try await visitor.upload(
                path, ["do": "add"], control: "photograph",
                files: [("大きい.pdf", Self.pdf + [UInt8](repeating: 0, count: 15 * 1024 * 1024))])
            #expect(large.firstStatus == 422 && large.text.contains("15MBを超えています"))
            let many = try await visitor.upload(
                path, ["do": "add"], control: "photograph", files: (1...4).map { ("\($0).pdf", Self.pdf) })
            #expect(many.firstStatus == 422 && many.text.contains("ファイルは4つまで") && links(many).count == 4)
            let fewer = try await visitor.post(
                path, ["remove": String(links(many)[0].split(separator: "/").last ?? "")])
            #expect(links(fewer).count == 3)
            #expect(try await visitor.get(links(many)[0]).status == 404)
        }
    }

    @Test("ファイルは、ディスクの上では読めない。消えた下書きのファイルは掃除される")
    func sealed() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let path = try await photographs(visitor)
            _ = try await visitor.upload(path, ["do": "add"], control: "photograph", files: [("見積.pdf", Self.pdf)])
            let folder = town.folder + "/files"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.count == 1)
            let kept = try #require(TestFile.bytes(folder + "/" + names[0]))
            #expect(!String(decoding: kept, as: UTF8.self).contains("ひみつ"))
            // A file that a crash left without a row, and one that is named.
            for name in ["0199-lost", names[0]] {
                let path = folder + "/" + name
                if name != names[0] { #expect(FileManager.default.createFile(atPath: path, contents: Data([1]))) }
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: path)
            }
            try await town.platform.applications.collectFiles()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == names)
        }
    }

    @Test("ほかの人のファイルも、ほかの場所のファイルも、削除できない")
    func foreign() async throws {
        try await TestTown.run { town in
            let (owner, stranger) = (town.visitor(), town.visitor())
            let path = try await photographs(owner)
            let page = try await owner.upload(path, ["do": "add"], control: "photograph", files: [("a.pdf", Self.pdf)])
            let link = try #require(links(page).first)
            let victim = town.folder + "/victim"
            #expect(FileManager.default.createFile(atPath: victim, contents: Data([1])))
            let other = try await photographs(stranger)
            for id in [String(link.split(separator: "/").last ?? ""), "../victim", victim, "..", ""] {
                let reply = try await stranger.post(other, ["remove": id])
                #expect(reply.status == 200)
            }
            #expect(FileManager.default.fileExists(atPath: victim))
            #expect(try await owner.get(link).bytes == Self.pdf)
        }
    }

    @Test("二つの画面から同時に送っても、決まった数より多くは残らない")
    func together() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let path = try await photographs(visitor)
            let files = (1...4).map { (name: "\($0).jpg", content: SamplePicture.jpeg) }
            async let first = visitor.upload(path, ["do": "add"], control: "photograph", files: files)
            async let second = visitor.upload(path, ["do": "add"], control: "photograph", files: files)
            let statuses = try await [first.firstStatus, second.firstStatus].sorted()
            #expect(statuses == [303, 422])
            #expect(links(try await visitor.get(path)).count == 4)
            #expect(try FileManager.default.contentsOfDirectory(atPath: town.folder + "/files").count == 4)
        }
    }

    @Test("道から外れた質問のファイルは、送信のあとに残らない")
    func leftOver() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            var typed = try #require(try Walk.sample("care-certification", on: town.clock.now.day)).typed
            typed["birth.year"] = "1970"
            let page = try await visitor.arrive(at: "insurance", in: Walk("care-certification", typed))
            let next = try await visitor.upload(page.path, control: "insurance", files: [("資格.pdf", Self.pdf)])
            #expect(next.path.hasSuffix("/address"))
            #expect(try await count(town) == 1)
            // Of somebody of 85 the proof of health insurance is not asked.
            let birth = ["birth.era": "", "birth.year": "1941", "birth.month": "2", "birth.day": "3"]
            _ = try await visitor.post(page.path.replacing("/insurance", with: "/birth"), birth)
            let address = try await visitor.get(next.path)
            let check = try await visitor.arrive(at: "check", in: Walk("care-certification", typed), from: address)
            #expect(!check.text.contains("資格.pdf"))
            _ = try await visitor.submit(check)
            #expect(try await count(town) == 0)
        }
    }

    private func count(_ town: TestTown) async throws -> Int {
        try await town.platform.database.read { try $0.rows("SELECT id FROM attachment").count }
    }

    @Test("ないファイルを削除しても、選んだ方法は残る")
    func removedTwice() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "identity", in: .residence)
            let next = try await visitor.upload(page.path, ["way": "counter"], control: "identity", files: [])
            _ = try await visitor.post(page.path, ["remove": "x"])
            let check = try await visitor.post(next.path, ["telephone": "0285-56-9188"])
            #expect(check.text.contains("窓口で見せる"))
        }
    }

    @Test("必要な書類は、追加するか、ほかの方法を選ぶまで進めない")
    func substitutes() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "identity", in: .residence)
            let missing = try await visitor.upload(page.path, control: "identity", files: [])
            #expect(missing.firstStatus == 422 && missing.text.contains("本人確認書類を追加するか"))
            let forged = try await visitor.upload(page.path, ["way": "town"], control: "identity", files: [])
            #expect(forged.firstStatus == 422)
            let next = try await visitor.upload(page.path, ["way": "counter"], control: "identity", files: [])
            #expect(next.path.hasSuffix("/contact"))
            let check = try await visitor.post(next.path, ["telephone": "0285-56-9188"])
            #expect(check.text.contains("窓口で見せる"))
            #expect(check.text.contains("300円 × 2通") && check.text.contains("710円"))
        }
    }

    @Test(
        "こわれた送信は、4xxで断る",
        arguments: [
            ("multipart/form-data", "x"), ("multipart/form-data; boundary=b", "--b\r\nno head\r\n\r\nx\r\n--b--"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"photograph\"; filename=\"a\"\r\n\r\nx"
            ),
            ("multipart/form-data; boundary=b", "--b??"), ("application/octet-stream", "x"),
        ])
    func broken(_ type: String, _ body: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let path = try await photographs(visitor)
            let reply = try await visitor.send(.POST, path, headers: ["Content-Type": type], body: Array(body.utf8))
            #expect((400..<500).contains(reply.status))
        }
    }
}
