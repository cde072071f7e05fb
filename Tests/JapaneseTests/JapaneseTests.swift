import Japanese
import TestKit
import Testing

@Suite("日付")
struct DateTests {
    @Test(
        "書き方はいろいろでも、同じ日",
        arguments: [
            "昭和55年3月1日", "S55/3/1", "昭55.3.1", "s55-3-1", "1980-03-01", "1980年3月1日", "１９８０／３／１", "19800301",
            "昭和５５年３月１日",
            "西暦1980年3月1日", " 1980/03/01 ",
        ])
    func written(_ text: String) throws {
        #expect(try WrittenDate.day(text) == Day(year: 1980, month: 3, day: 1))
    }

    @Test(
        "元号の初日と末日、その外",
        arguments: [
            ("昭和64年1月7日", "1989-01-07"), ("平成元年1月8日", "1989-01-08"), ("平成31年4月30日", "2019-04-30"),
            ("令和元年5月1日", "2019-05-01"), ("令和1年5月1日", "2019-05-01"), ("大正15年12月25日", "1926-12-25"),
            ("昭和元年12月25日", "1926-12-25"),
            ("明治45年7月30日", "1912-07-30"), ("大正元年7月30日", "1912-07-30"),
        ])
    func eras(_ text: String, _ iso: String) throws { #expect(try WrittenDate.day(text).iso == iso) }

    @Test(
        "元号の外の日は、正しい元号を教える",
        arguments: [
            ("昭和64年1月8日", "平成元年1月8日"), ("平成31年5月1日", "令和元年5月1日"), ("令和元年4月30日", "平成31年4月30日"),
        ])
    func outside(_ text: String, _ correct: String) {
        #expect { try WrittenDate.day(text) } throws: { error in
            guard case .outsideEra(_, let day) = error as? WrittenDate.Problem else { return false }
            return day.wareki == correct
        }
    }

    @Test(
        "日付ではないもの、ない日",
        arguments: ["", "あした", "2026-02-29", "令和8年13月1日", "0年1月1日", "8/1/1", "99999999999999999999-1-1", "令和8年", "--"])
    func refused(_ text: String) { #expect(throws: WrittenDate.Problem.self) { try WrittenDate.day(text) } }

    @Test("日の数え方は、暦と合う")
    func counting() {
        var day = Day(daysSince1970: -40_000)
        for number in -40_000..<60_000 {
            #expect(day.daysSince1970 == number && Day(iso: day.iso) == day)
            day = day.adding(days: 1)
        }
    }

    @Test("開庁日は、土日と休日をとばす")
    func businessDays() throws {
        let closed = try Set(
            ["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"].map { try #require(Day(iso: $0)) })
        let days = BusinessDays(closed: closed)
        let start = try #require(Day(iso: "2026-12-25"))
        #expect(days.day(after: start, count: 1).iso == "2026-12-28")
        #expect(days.day(after: start, count: 2).iso == "2027-01-04")
        #expect(FiscalYear(of: start).yearOfEra == 8)
        #expect(FiscalYear(of: try #require(Day(iso: "2027-03-31"))).yearOfEra == 8)
    }

    @Test("元号の表と同じ", .enabled(if: Shared.has("facts/standard/eras.csv"), "元号の表（facts/standard/eras.csv）が要ります"))
    func eraTable() throws {
        let rows = try Shared.rows("facts/standard/eras.csv")
        for era in Era.allCases {
            let row = try #require(rows.first { $0.values.contains(era.name) })
            #expect(row.values.contains(era.days.first.iso), "\(era.name): \(row)")
        }
    }
}

@Suite("文字と番号")
struct CharacterTests {
    @Test(
        "数字のあいだの横棒だけを、ハイフンにする",
        arguments: [
            ("０２８５ー５６ー９１８８", "0285-56-9188"), ("ラーメン", "ラーメン"), ("１−２", "1-2"), ("ハイツＡ　１０１", "ハイツA 101"),
            ("髙﨑𠮷辻󠄀", "髙﨑𠮷辻󠄀"),
        ])
    func narrow(_ text: String, _ narrow: String) { #expect(Width.narrow(text) == narrow) }

    @Test(
        "フリガナは、全角カタカナになる",
        arguments: [
            ("やまだ", "ヤマダ"), ("ﾔﾏﾀﾞ", "ヤマダ"), ("ｳﾞｨｵﾗ", "ヴィオラ"), ("ﾊﾟﾊﾞ", "パバ"), ("さくら  ゆき", "サクラ　ユキ"), ("ゔ", "ヴ"),
        ])
    func kana(_ text: String, _ kana: String) {
        #expect(Kana.katakana(text) == kana)
        #expect(Kana.isKatakana(Kana.katakana(text)))
    }

    @Test("カタカナでないもの", arguments: ["山田", "Yamada", "ヤマダ1", ""])
    func notKana(_ text: String) { #expect(!Kana.isKatakana(Kana.katakana(text))) }

    @Test(
        "個人番号を見つける。どの幅でも、区切ってあっても",
        arguments: [
            "123456789018", "１２３４５６７８９０１８", "1234-5678-9018", "番号は1234 5678 9018です", "〒329 123456789018",
        ])
    func individualNumbers(_ text: String) { #expect(IndividualNumber.isFound(in: text)) }

    @Test("個人番号ではない数字", arguments: ["123456789012", "392141234567890", "0285-56-9188", "12345678901", "1234567890182"])
    func otherNumbers(_ text: String) { #expect(!IndividualNumber.isFound(in: text)) }

    @Test(
        "電話番号",
        arguments: [
            ("０２８５－５６－９１８８", "0285569188"), ("090-1234-5678", "09012345678"), ("(0285) 56 9188", "0285569188"),
            ("+81 90-1234-5678", "09012345678"),
        ])
    func telephones(_ text: String, _ digits: String) { #expect(Telephone(text)?.digits == digits) }

    @Test("電話番号ではないもの", arguments: ["", "110", "1234567890", "00000000000", "12345678901", "0285-56-91888", "電話"])
    func notTelephones(_ text: String) { #expect(Telephone(text) == nil) }

    @Test("郵便番号", arguments: ["329-0696", "〒329-0696", "３２９０６９６", "〒３２９－０６９６"])
    func postcodes(_ text: String) { #expect(Postcode(text)?.digits == "3290696") }

    @Test(
        "上三川町の郵便番号は、すべて読める",
        .enabled(
            if: Shared.has("facts/standard/kaminokawa_postal.csv"), "郵便番号の表（facts/standard/kaminokawa_postal.csv）が要ります")
    )
    func townPostcodes() throws {
        let rows = try Shared.rows("facts/standard/kaminokawa_postal.csv")
        #expect(rows.count >= 20)
        for row in rows { #expect(Postcode(row["postcode"] ?? "")?.digits == row["postcode"]) }
    }

    @Test("コードの一文字のまちがいと、となりの入れかえは、必ず見つかる")
    func codes() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<30 {
            let code = Array(Code.make(length: 12, using: &random))
            #expect(Code.read(Code.grouped(String(code)).lowercased(), length: 12) == String(code))
            for place in code.indices {
                for other in Code.alphabet.map(Character.init) where other != code[place] {
                    var wrong = code
                    wrong[place] = other
                    #expect(Code.read(String(wrong), length: 12) == nil)
                }
                if place + 1 < code.count, code[place] != code[place + 1] {
                    var swapped = code
                    swapped.swapAt(place, place + 1)
                    #expect(Code.read(String(swapped), length: 12) == nil)
                }
            }
        }
    }

    @Test("さがすときは、かな・幅・大小のちがいを見ない", arguments: ["イヌ", "いぬ", "ｲﾇ"])
    func folding(_ text: String) { #expect(SearchFold.fold(text) == "いぬ") }

    @Test("月は年をまたぎ、年度は4月から3月まで")
    func months() throws {
        let december = try #require(Month(iso: "2026-12"))
        #expect(december.adding(months: 1).iso == "2027-01" && december.adding(months: -12).iso == "2025-12")
        #expect(try #require(Month(iso: "2028-02")).last.iso == "2028-02-29")
        #expect(Month(iso: "2026-13") == nil && Month(iso: "2026-1") == nil && Month(iso: "2026-12-01") == nil)
        #expect(FiscalYear(2026).months.map(\.iso).first == "2026-04" && FiscalYear(2026).lastDay.iso == "2027-03-31")
        #expect(FiscalYear(2019).wareki == "平成31年度" && FiscalYear(2026).bothCalendars == "令和8年度（2026年度）")
    }

    @Test(
        "開庁日を数える。初日は数えない",
        arguments: [("2026-11-24", "2026-11-24", 0), ("2026-11-20", "2026-11-24", 1), ("2026-11-24", "2026-12-01", 5)])
    func officeDays(_ from: String, _ until: String, _ count: Int) throws {
        let calendar = BusinessDays(closed: Set([Day(iso: "2026-11-23")].compactMap(\.self)))
        let (from, until) = (try #require(Day(iso: from)), try #require(Day(iso: until)))
        #expect(calendar.count(after: from, through: until) == count)
    }
}
