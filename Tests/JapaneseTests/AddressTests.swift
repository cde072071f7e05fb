import Japanese
import TestKit
import Testing

@Suite("住所")
struct AddressTests {
    private static let reader: AddressReader = {
        var table = AddressTable()
        func add(
            _ code: String, _ prefecture: String, _ county: String, _ municipality: String, _ town: String,
            _ chome: Int? = nil,
            hasChome: Bool? = nil, _ postcode: String? = nil
        ) {
            table.add(
                .init(
                    code: code, prefecture: prefecture, county: county, municipality: municipality, town: town,
                    chome: chome,
                    hasChome: hasChome, postcode: postcode))
        }
        add("093017", "栃木県", "河内郡", "上三川町", "大字上三川", nil, "3290611")
        add("093017", "栃木県", "河内郡", "上三川町", "大字上文挾")
        add("093017", "栃木県", "河内郡", "上三川町", "大字ゆうきが丘")
        for chome in 1...3 { add("093017", "栃木県", "河内郡", "上三川町", "しらさぎ", chome) }
        add("131016", "東京都", "", "千代田区", "紀尾井町", nil, hasChome: false)
        add("131016", "東京都", "", "千代田区", "三番町", nil, hasChome: false)
        add("011011", "北海道", "", "札幌市中央区", "北二十四条西", 7)
        add("261068", "京都府", "", "京都市下京区", "丸屋町")
        add("131024", "東京都", "", "中央区", "日本橋")
        add("132063", "東京都", "", "府中市", "本町", 1)
        add("342084", "広島県", "", "府中市", "本町", nil)
        add("131237", "東京都", "", "江戸川区", "西小松川町")
        add("342076", "広島県", "", "福山市", "旭町")
        add("082082", "茨城県", "", "龍ケ崎市", "松葉", 2)
        table.finish()
        return AddressReader(table)
    }()

    @Test(
        "町字・丁目・番地・建物に分ける",
        arguments: [
            ("栃木県河内郡上三川町大字上三川１２３４番地５", "大字上三川", "", "1234-5", ""), ("上三川町上三川1234の5", "大字上三川", "", "1234-5", ""),
            ("栃木県上三川町上文挟10", "大字上文挾", "", "10", ""), ("上三川町ゆうきケ丘12−3", "大字ゆうきが丘", "", "12-3", ""),
            ("河内郡上三川町しらさぎ二丁目1番3号", "しらさぎ", "二丁目", "1-3", ""), ("上三川町しらさぎ２－１－３", "しらさぎ", "二丁目", "1-3", ""),
            ("上三川町しらさぎ2丁目1-3　サンハイツ101号室", "しらさぎ", "二丁目", "1-3", "サンハイツ101号室"),
            ("東京都千代田区紀尾井町一の三", "紀尾井町", "", "1-3", ""), ("東京都千代田区紀尾井町1一3", "紀尾井町", "", "1-3", ""),
            ("千代田区紀尾井町1-3三田マンション９９９", "紀尾井町", "", "1-3", "三田マンション999"),
            ("東京都千代田区三番町２番地４三番町ＫＳビル１０階", "三番町", "", "2-4", "三番町KSビル10階"),
            ("札幌市中央区北２４条西７丁目１番１０号", "北二十四条西", "七丁目", "1-10", ""),
            ("中央区北24条西7-1-10", "北二十四条西", "七丁目", "1-10", ""), ("京都府京都市下京区西中筋通北小路通上る丸屋町5", "丸屋町", "", "5", ""),
            ("東京都江戸川区西小松川12-345", "西小松川町", "", "12-345", ""), ("茨城県龍ｹ崎市松葉2-9", "松葉", "二丁目", "9", ""),
            ("京都市 下京区丸屋町5", "丸屋町", "", "5", ""), ("東京都千代田区紀尾井町1丁目3番地", "紀尾井町", "", "1-3", ""),
        ])
    func parts(_ text: String, _ town: String, _ chome: String, _ number: String, _ building: String) {
        let read = Self.reader.read(text)
        #expect((read.town, read.chome, read.number, read.building) == (town, chome, number, building))
        #expect(read.confidence >= WrittenAddress.sure)
    }

    @Test("異体字セレクターが入っていても、合成していないかなでも読める")
    func selectors() {
        #expect(Self.reader.read("栃木県上三川町上文挾\u{E0100}10").town == "大字上文挾")
        #expect(Self.reader.read("上三川町ゆうきか\u{3099}丘1").town == "大字ゆうきが丘")
    }

    @Test("どちらとも決められないときは、どちらとも言わない")
    func unsure() {
        let ambiguous = Self.reader.read("府中市本町1-2")
        #expect(ambiguous.municipality.isEmpty && ambiguous.confidence < WrittenAddress.sure)
        #expect(Set(ambiguous.alternatives.map(\.prefecture)) == ["東京都", "広島県"])
        let other = Self.reader.read("広島県福山市港町1-2")
        #expect(other.municipality == "福山市" && other.town.isEmpty && other.rest == "港町1-2")
        let longer = Self.reader.read("広島県福山市旭町東1-2")
        #expect(longer.confidence < WrittenAddress.sure && longer.rest == "東1-2")
        for text in ["", "　", "どこか", "栃木県", "\u{FFFD}\u{0}"] {
            #expect(Self.reader.read(text).confidence < WrittenAddress.sure, "\(text)")
        }
    }

    @Test("郵便番号が合わなければ、知らせる")
    func postcodes() {
        let good = Self.reader.read("〒329-0611 上三川町大字上三川1")
        #expect(good.postcode == "3290611" && good.confidence >= WrittenAddress.sure && good.notes.isEmpty)
        let wrong = Self.reader.read("〒３２９－０６１２上三川町大字上三川1")
        #expect(wrong.postcode == "3290612" && wrong.confidence < WrittenAddress.sure && !wrong.notes.isEmpty)
        #expect(!Self.reader.read("上三川町しらさぎ9丁目1").notes.isEmpty)
    }

    @Test("何を渡しても、止まらない")
    func fuzz() {
        var random = SeededRandom(seed: 9)
        let pool = Array("栃木県上三川町しらさぎ二丁目1-３番地号のー大字　〒329-0611\u{E0100}か\u{3099}ﾞ札幌市中央区北A".unicodeScalars)
        for _ in 0..<3000 {
            let text = Width.text(
                of: (0..<Int.random(in: 0...30, using: &random)).map { _ in pool.randomElement(using: &random) ?? "a" })
            let read = Self.reader.read(text)
            #expect((0...1).contains(read.confidence))
        }
    }
}
