import Japanese
import TestKit
import Testing

@Suite("住民記録の日付")
struct RecordedDateTests {
    @Test(
        "確かな日は、どう書いても同じ日",
        arguments: [
            "昭和50年3月5日", "昭和５０年３月５日", "昭和五十年三月五日", "昭和五〇年参月五日", "昭和 50年 3月 5日", "S50.3.5", "Ｓ５０．０３．０５", "s50-3-5",
            "昭50.03.05", "㍼50.3.5", "S500305", "3500305", "1975-03-05", "1975/3/5", "1975.3.5", "1975 3 5", "19750305",
            "19750305120000",
            "1975年3月5日", "西暦1975年3月5日", "一九七五年三月五日", "1975-03-05T09:30:00", "1975/03/05 0:00", "昭和50年3月5日 10:00",
            "昭和50年3月5日（水）",
            "昭和50年3月5日水曜日", " 昭和50年3月5日 ", "1975－03－05", "1975ー3ー5", "S.50.3.5",
        ])
    func exact(_ text: String) throws { #expect(try WrittenDate.read(text) == .exact(try day("1975-03-05"))) }

    @Test(
        "不詳日の十四の書き方は、分かっている部分とともに残る",
        arguments: [
            ("昭和50年頃", "approximate", "1975"), ("昭和50年3月頃", "approximate", "1975-03"),
            ("昭和50年3月5日頃", "approximate", "1975-03-05"), ("推定昭和50年3月5日", "approximate", "1975-03-05"),
            ("推定昭和50年3月", "approximate", "1975-03"), ("昭和50年春", "approximate", "1975"),
            ("昭和50年3月上旬", "approximate", "1975-03"), ("昭和50年3月中旬頃", "approximate", "1975-03"), ("年月日不詳", "unknown", ""),
            ("昭和50年　月日不詳", "partial", "1975"), ("昭和50年3月　日不詳", "partial", "1975-03"),
            ("昭和50年3月5日から4月2日頃までの間", "approximate", "1975-03-05/1975-04-02"),
            ("昭和50年3月推定5日から10日までの間", "approximate", "1975-03-05/1975-03-10"),
            ("昭和50年3月5日頃から10日頃までの間", "approximate", "1975-03-05/1975-03-10"),
        ])
    func uncertain(_ text: String, _ status: String, _ known: String) throws {
        let date = try WrittenDate.read(text)
        #expect((date.status, date.known, date.day) == (status, known, nil))
    }

    @Test(
        "年や月まで、年度、暦にない日、旧暦",
        arguments: [
            ("昭和50年", "partial", "1975"), ("令和元年", "partial", "2019"), ("S50.3", "partial", "1975-03"),
            ("1975", "partial", "1975"),
            ("1975-03", "partial", "1975-03"), ("19750300", "partial", "1975-03"), ("3500000", "partial", "1975"),
            ("00000000", "unknown", ""), ("不詳", "unknown", ""), ("不明", "unknown", ""),
            ("令和8年度", "partial", "2026-04-01/2027-03-31"), ("R8年度", "partial", "2026-04-01/2027-03-31"),
            ("2026年度", "partial", "2026-04-01/2027-03-31"), ("昭和50年2月30日", "kept", "1975-02-30"),
            ("S50.2.29", "kept", "1975-02-29"),
            ("1975-04-31", "kept", "1975-04-31"), ("令和1年2月30日", "kept", "2019-02-30"), ("明治3年5月1日", "kept", "明治3年5月1日"),
            ("慶応3年5月1日", "kept", "慶応3年5月1日"),
        ])
    func partly(_ text: String, _ status: String, _ known: String) throws {
        let date = try WrittenDate.read(text)
        #expect((date.status, date.known, date.day) == (status, known, nil))
    }

    @Test(
        "ありえない日は、ずらさず、理由を言う",
        arguments: [
            ("", WrittenDate.Problem.empty), ("　", .empty), ("あした", .unreadable), ("昭和", .unreadable),
            ("3月5日", .unreadable),
            ("令和8年13月1日", .noSuchDay), ("令和8年1月32日", .noSuchDay), ("0年1月1日", .noEra), ("50年3月5日", .noEra),
            ("50/3/5", .noEra), ("500305", .noEra), ("昭和50年3月5日5", .unreadable),
            ("昭和50年3月5日（月）", .wrongWeekday(.init(daysSince1970: 1889))),
            ("9750305", .unreadable), ("19750005", .noSuchDay), ("1975-03-05 25:00", .unreadable),
            (String(repeating: "1", count: 500), .unreadable), ("昭和50年3月10日から5日までの間", .noSuchDay),
        ])
    func refused(_ text: String, _ problem: WrittenDate.Problem) {
        #expect(throws: problem) { try WrittenDate.read(text) }
    }

    @Test(
        "元号の外は、正しい元号を教える",
        arguments: [
            ("昭和64年1月10日", "平成元年1月10日"), ("昭和65年3月1日", "平成2年3月1日"), ("平成31年5月1日", "令和元年5月1日"),
            ("昭和65年", "平成2年"), ("平成31年6月", "令和元年6月"),
        ])
    func outsideEra(_ text: String, _ correct: String) {
        #expect { try WrittenDate.read(text) } throws: { ($0 as? WrittenDate.Problem)?.words.contains(correct) == true }
    }

    @Test("どの日も、どの書き方で書いても、同じ日に戻る")
    func roundTrip() throws {
        for number in Array(stride(from: -35_428, to: 22_000, by: 13)) + Array(-15_720 ..< -15_700)
            + Array(6_940..<6_950)
        {
            let day = Day(daysSince1970: number)
            let forms = [day.iso, day.wareki, day.warekiLetters, day.seireki, try #require(day.code7)]
            for form in forms { #expect(try WrittenDate.read(form) == .exact(day), "\(form)") }
        }
    }

    @Test(
        "見本の住民5千人の生年月日は、一つもまちがえない",
        .enabled(if: Shared.has(Residents.generator), "住民の見本をつくる data/residents/generate.py が要ります"))
    func residents() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let residents = try await Residents(rows: 5_000, in: folder.path)
        let status = [
            "ok": "exact", "unknown": "unknown", "partial": "partial", "noncal": "kept", "approx": "approximate",
        ]
        for (row, truth) in zip(try residents.extract(), try residents.truth()) {
            let date = try? WrittenDate.read(try #require(row["生年月日"]))
            #expect(date?.day?.iso ?? "" == truth["生年月日ISO"], "\(row)")
            #expect(date?.status == status[try #require(truth["生年月日状態"])], "\(row)")
            #expect(date?.known ?? "" == truth["生年月日既知"], "\(row)")
            #expect(try WrittenDate.day(try #require(row["異動日"])).iso == truth["異動日ISO"])
        }
    }

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }
}
