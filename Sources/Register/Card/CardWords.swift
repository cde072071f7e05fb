import Core

/// The register's words for what stands in a card, as the staff read them.
enum CardWords {
    /// What stands where nobody has looked yet.
    static let unknown = "不明（まだ調べていません）"

    static let kinds = Card.Kind.allCases.map { Cell.Option($0.rawValue, name($0)) }
    static let channels = Card.Channel.allCases.map { Cell.Option($0.rawValue, $0.name[.ja]) }
    static let events = LifeEvent.allCases.map { Cell.Option($0.rawValue, $0.name[.ja]) }
    static let places = Place.allCases.map { Cell.Option($0.rawValue, name($0)) }
    static let states = DemandedPaper.State.allCases.map { Cell.Option($0.rawValue, name($0)) }
    static let actors = ProcessStep.Actor.allCases.map { Cell.Option($0.rawValue, name($0)) }
    static let links = CardLink.Kind.allCases.map { Cell.Option($0.rawValue, name($0)) }

    static func name(_ kind: Card.Kind) -> String {
        switch kind {
        case .application: "申請等"
        case .notice: "処分通知等"
        case .inspection: "縦覧等"
        case .record: "作成・保存等"
        case .process: "内部業務"
        }
    }

    static func name(_ place: Place) -> String {
        switch place {
        case .online: "オンライン"
        case .counter: "窓口"
        case .store: "コンビニエンスストア"
        case .post: "郵送"
        case .telephone: "電話"
        }
    }

    /// The national inventory's words for 添付書類等提出の撤廃/省略状況.
    static func name(_ state: DemandedPaper.State) -> String {
        switch state {
        case .abolished: "撤廃・省略済"
        case .planned: "撤廃・省略予定"
        case .required: "撤廃・省略不可"
        case .other: "その他"
        }
    }

    static func name(_ actor: ProcessStep.Actor) -> String {
        switch actor {
        case .resident: "町民"
        case .staff: "職員"
        case .other: "その他"
        }
    }

    static func name(_ link: CardLink.Kind) -> String {
        switch link {
        case .system: "情報システム"
        case .robot: "ロボット（RPA）"
        case .dataset: "オープンデータ"
        case .clause: "例規の条項"
        case .asset: "情報資産"
        case .portal: "ほかの申請窓口（マイナポータルなど）"
        }
    }

    static func name(_ scheme: Card.Reference.Scheme) -> String {
        switch scheme {
        case .inventory: "手続ID（国の棚卸調査）"
        case .service: "制度番号（サービスカタログ）"
        case .dashboard: "国のダッシュボードでの名前"
        case .national: "利便性向上に資する手続の番号"
        }
    }
}
