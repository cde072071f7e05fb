package import Core

/// ライフイベント and 日常: why somebody comes to the town hall.
///
/// Source: デジタル庁 DS-491-1 コード サービスカタログ (2022-03-31), CC0.
package enum LifeEvent: String, Sendable, Codable, CaseIterable {
    case birth, childcare, education, marriage, moving, work, care, death
    case register, tax, healthInsurance = "health_insurance", pension, water, transport, waste, pets, welfare, health
    case culture, community, disaster

    package var name: Text {
        switch self {
        case .birth: Text("妊娠・出産", easy: "{赤|あか}ちゃんが {生|う}まれる", en: "Pregnancy and birth")
        case .childcare: Text("子育て", easy: "{子|こ}どもを {育|そだ}てる", en: "Raising children")
        case .education: Text("教育", easy: "{学校|がっこう}", en: "Education")
        case .marriage: Text("結婚・離婚", easy: "{結婚|けっこん}・{離婚|りこん}", en: "Marriage and divorce")
        case .moving: Text("引っ越し・住まい", easy: "{引|ひ}っこし・{家|いえ}", en: "Moving and housing")
        case .work: Text("就職・退職", easy: "{仕事|しごと}を {始|はじ}める・やめる", en: "Work and retirement")
        case .care: Text("高齢者・介護", easy: "お{年寄|としよ}り・{介護|かいご}", en: "Older people and care")
        case .death: Text("ご不幸", easy: "{家族|かぞく}が {亡|な}くなった", en: "Bereavement")
        case .register: Text("戸籍・住民票・印鑑登録", easy: "{住民票|じゅうみんひょう}など", en: "Certificates and registration")
        case .tax: Text("税", easy: "{税金|ぜいきん}", en: "Taxes")
        case .healthInsurance: Text("国民健康保険", easy: "{健康保険|けんこうほけん}", en: "Health insurance")
        case .pension: Text("国民年金", easy: "{年金|ねんきん}", en: "Pension")
        case .water: Text("水道・ガス・電気", easy: "{水道|すいどう}・ガス・{電気|でんき}", en: "Water and utilities")
        case .transport: Text("交通", easy: "バス・{車|くるま}", en: "Transport")
        case .waste: Text("ごみ・環境保全", easy: "ごみ", en: "Waste and environment")
        case .pets: Text("ペット", easy: "ペット", en: "Pets")
        case .welfare: Text("福祉", easy: "{福祉|ふくし}", en: "Welfare")
        case .health: Text("健康・医療", easy: "{健康|けんこう}・{病院|びょういん}", en: "Health")
        case .culture: Text("文化・スポーツ・生涯学習", easy: "スポーツ・{図書館|としょかん}", en: "Culture, sports and learning")
        case .community: Text("市民活動・コミュニティ", easy: "{町|まち}の {活動|かつどう}", en: "Community")
        case .disaster: Text("防災", easy: "{災害|さいがい}", en: "Disasters")
        }
    }
}
