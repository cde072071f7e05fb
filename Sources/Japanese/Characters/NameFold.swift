/// How a person's name is folded so that it is found however somebody writes it. For searching only.
///
/// Besides what ``SearchFold`` ignores: 異体字 and old forms (髙 and 高, 﨑 and 崎, 邊 and 辺), the selectors of variants, and, as
/// 住民記録システム標準仕様書 2.1.2 has it, voiced marks, small kana, ヂ and ヅ, ヲ, ヴ, long marks and the dashes that stand for them,
/// and ウ after the オ row; also ゐ, ゑ and 々. Those who look for 斉藤 see 齋藤 too: a list shows one too many
/// rather than one too few.
package enum NameFold {
    /// The name as it is searched by.
    package static func fold(_ name: String) -> String {
        var folded: [Unicode.Scalar] = []
        for scalar in SearchFold.fold(name).unicodeScalars where !isSelector(scalar) {
            switch scalar.value {
            case 0x3005: folded.append(folded.last ?? scalar)
            // A mark that stands alone: voiced and unvoiced are the same.
            case 0x3099, 0x309A, 0x309B, 0x309C: break
            // 長音, and the dashes that stand for it.
            case 0x30FC, 0x2010...0x2015, 0x2212, 0x2D: break
            // ヴァ and バ are the same.
            case 0x3041, 0x3043, 0x3047, 0x3049:
                if folded.last == "ゔ", let row = ["ぁ": "は", "ぃ": "ひ", "ぇ": "へ", "ぉ": "ほ"][scalar] as Unicode.Scalar? {
                    folded[folded.count - 1] = row
                } else {
                    folded.append(usual[scalar] ?? scalar)
                }
            // From the second character on ウ after the オ row is オ: おおの and おうの.
            case 0x3046 where folded.last.map(oRow.contains) == true: folded.append("お")
            default:
                let plain = compatible[scalar] ?? scalar
                folded.append(unvoiced(usual[plain] ?? plain))
            }
        }
        return Width.text(of: folded.map { $0 == "ゔ" ? "ふ" : $0 })
    }

    private static let oRow = Set("おこそとのほもよろ".unicodeScalars)

    /// 清音 for 濁音 and 半濁音; を is お.
    private static func unvoiced(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x304C...0x3062 where scalar.value % 2 == 0: Unicode.Scalar(scalar.value - 1) ?? scalar
        case 0x3065, 0x3067, 0x3069: Unicode.Scalar(scalar.value - 1) ?? scalar
        case 0x306F...0x307D: Unicode.Scalar(scalar.value - (scalar.value - 0x306F) % 3) ?? scalar
        case 0x3092: "お"
        default: scalar
        }
    }

    /// 異体字セレクター.
    fileprivate static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    /// Each group: the usual form, then those that are taken for it.
    private static let groups = """
        高髙 崎﨑嵜碕 吉𠮷 辺邊邉 斉齊齋斎 沢澤 浜濱濵 桜櫻 広廣 国國圀 真眞 恵惠 徳德
        島嶋嶌 富冨 瀬瀨 柳栁桺 槙槇 条條 竜龍 渋澁澀 滝瀧 関關 学學斈 栄榮 曽曾 浅淺 実實
        豊豐 猪豬 静靜 礼禮 弥彌 万萬 与與 来來 寿壽 円圓 当當 蔵藏 続續 総總 県縣 乗乘
        仏佛 伝傳 内內 黒黑 緑綠 青靑 清淸 横橫 剣劍劔 検檢 権權 鉄鐵 塩鹽 館舘 鶴靏靍
        緒緖 歩步 毎每 暁曉 亜亞 稲稻 衛衞 駅驛 奥奧 応應 温溫 穏穩 価價 絵繪 会會 楽樂
        覚覺 寛寬 観觀 巻卷 亀龜 気氣 帰歸 旧舊 挙擧 郷鄕 尭堯 群羣 径徑 経經 軽輕 渓溪
        鶏鷄 芸藝 顕顯 厳嚴 恒恆 効效 晃晄 号號 雑雜 参參 賛贊 糸絲 歯齒 児兒 写寫 釈釋
        収收 従從 縦縱 粋粹 数數 声聲 摂攝 専專 戦戰 双雙 壮壯 争爭 荘莊 聡聰 属屬 対對
        体體 台臺 択擇 単單 昼晝 庁廳 鎮鎭 点點 転轉 党黨 灯燈 麦麥 発發 秘祕 並竝
        弁辨瓣辯 宝寶 峰峯 満滿 黙默 薬藥 予豫 余餘 誉譽 様樣 遥遙 瑶瑤 頼賴 涼凉 隣鄰
        励勵 録錄 湾灣 凜凛 野埜 杉椙 船舩 橋𣘺 土𡈽 角⻆ 郎郞 巌巖 桧檜 薗園 侭儘 嶽岳
        栢柏 籠篭 蛍螢 裡裏 藪薮 諌諫 賎賤 迩邇 醤醬 顔顏 鯵鰺 鴎鷗 麹麴 祷禱 桑桒 喜㐂
        世卋 所𠩤 髪髮 舎舍 虫蟲 鳳鳯 兎兔 冴冱 淵渕渊 穂穗 煕熙凞 翠翆 葛𦹀 菟莵 挟挾 狭狹 峡峽 侠俠 頬頰 繋繫 騨驒 祢禰
        じぢ ずづ いゐぃ えゑぇ あぁ うぅ おぉ かゕ けゖ つっ やゃ ゆゅ よょ わゎ
        """

    /// Characters for compatibility, and the ones they are the same as.
    private static let compatibles = """
        F91D:6B04 F928:5ECA F929:6717 F936:865C F970:6BBA F9D0:985E F9DC:9686 FA10:585A FA12:6674 FA15:51DE
        FA16:732A FA17:76CA FA18:793C FA19:795E FA1A:7965 FA1B:798F FA1C:9756 FA1D:7CBE FA1E:7FBD FA20:8612
        FA22:8AF8 FA25:9038 FA26:90FD FA2A:98EF FA2B:98FC FA2C:9928 FA2D:9DB4 FA2E:90DE FA2F:96B7 FA30:4FAE
        FA31:50E7 FA32:514D FA33:52C9 FA34:52E4 FA35:5351 FA36:559D FA37:5606 FA38:5668 FA39:5840 FA3A:58A8
        FA3B:5C64 FA3C:5C6E FA3D:6094 FA3E:6168 FA3F:618E FA40:61F2 FA41:654F FA42:65E2 FA43:6691 FA44:6885
        FA45:6D77 FA46:6E1A FA47:6F22 FA48:716E FA49:722B FA4A:7422 FA4B:7891 FA4C:793E FA4D:7949 FA4E:7948
        FA4F:7950 FA50:7956 FA51:795D FA52:798D FA53:798E FA54:7A40 FA55:7A81 FA56:7BC0 FA57:7DF4 FA58:7E09
        FA59:7E41 FA5A:7F72 FA5B:8005 FA5C:81ED FA5D:8279 FA5E:8279 FA5F:8457 FA60:8910 FA61:8996 FA62:8B01
        FA63:8B39 FA64:8CD3 FA65:8D08 FA66:8FB6 FA67:9038 FA68:96E3 FA69:97FF FA6A:983B
        """

    fileprivate static let usual: [Unicode.Scalar: Unicode.Scalar] = groups.split(whereSeparator: \.isWhitespace)
        .reduce(
            into: [:]
        ) { forms, group in
            let scalars = Array(group.unicodeScalars)
            for scalar in scalars.dropFirst() { forms[scalar] = scalars[0] }
        }

    fileprivate static let compatible: [Unicode.Scalar: Unicode.Scalar] = compatibles.split(
        whereSeparator: \.isWhitespace
    )
    .reduce(into: [:]) { forms, pair in
        let scalars = pair.split(separator: ":").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
        if scalars.count == 2 { forms[scalars[0]] = scalars[1] }
    }
}

/// 異体字 alone: the same characters in whatever form they are written.
package enum VariantFold {
    /// The usual form of one character.
    @inline(__always)
    static func fold(_ value: UInt32) -> UInt32 { value >= 0x3400 && value < tabled ? table[Int(value)] : value }

    private static let tabled: UInt32 = 0x30000

    /// For each character its usual form.
    private static let table: [UInt32] = {
        var table = Array(0..<tabled)
        for (scalar, usual) in NameFold.usual where scalar.properties.isIdeographic {
            table[Int(scalar.value)] = usual.value
        }
        for (scalar, plain) in NameFold.compatible { table[Int(scalar.value)] = table[Int(plain.value)] }
        return table
    }()

    /// The text with the usual form of each kanji and without selectors. For comparing only.
    package static func fold(_ text: String) -> String {
        Width.text(
            of: text.unicodeScalars.filter { !NameFold.isSelector($0) }.map { Unicode.Scalar(fold($0.value)) ?? $0 })
    }
}
