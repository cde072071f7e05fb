import Core
import Japanese

/// 台帳の列の一覧. Every plain fact of a card, in the order of the sheet. The lists of a card have tables of their own
/// (``CardTable``).
struct CardColumns: Sendable {
    let all: [CardColumn]
    private let texts: [TextPlace]

    init(_ town: Town) {
        let sections = town.sections.map { Cell.Option($0.id, $0.name[.ja]) }
        let texts = CardColumns.texts
        func words(_ key: String) -> [CardColumn] {
            texts.filter { $0.key == key }.flatMap { $0.columns(town.languages) }
        }
        self.texts = texts
        all =
            words("name") + CardColumns.base(sections) + words("audience") + words("summary") + CardColumns.finding
            + CardColumns.yearly + texts.filter { $0.part == .guide }.flatMap { $0.columns(town.languages) }
            + CardColumns.office(sections)
    }

    /// The columns of a page.
    func of(_ part: CardColumn.Part) -> [CardColumn] { all.filter { $0.part == part } }

    /// Puts a card in order after something was typed into it. Gives what is wrong with it, by the key of a column.
    func settle(_ card: inout Card) -> [(key: String, fault: CellFault)] {
        var faults = texts.compactMap { text in text.settle(&card).map { (key: "\(text.key).ja", fault: $0) } }
        if card.guide == Card.Guide() { card.guide = nil }
        if let count = card.yearlyCount, count.source.isEmpty || count.fiscalYear == 0 || count.count < 0 {
            faults.append(("yearly_count", CellFault("年間件数は、件数・年度・出典の三つをそろえて書いてください。分からないときは三つとも空欄にします")))
        }
        if let end = card.retirement, end.on.isEmpty || end.reason.isEmpty {
            faults.append(("retired_on", CellFault("廃止には、日と理由の両方が必要です")))
        }
        if let others = card.coSections, others.contains(card.section) {
            faults.append(("co_sections", CellFault("共管課に、所管課と同じ課があります")))
        }
        return faults
    }

    private static let texts = [
        TextPlace(
            key: "name", name: "手続名", part: .base, isLong: false, isNeeded: true, read: { $0.name },
            write: { $0.name = $1 ?? $0.name }),
        TextPlace(
            key: "audience", name: "対象者", part: .base, isLong: true, isNeeded: false, read: { $0.audience },
            write: { $0.audience = $1 }),
        TextPlace(
            key: "summary", name: "概要", part: .base, isLong: true, isNeeded: true, read: { $0.summary },
            write: { $0.summary = $1 ?? $0.summary }),
        guide("deadline", "手続期限", { $0.deadline }, { $0.deadline = $1 }),
        guide("bring", "必要なもの", { $0.bring }, { $0.bring = $1 }),
        guide("fee", "手数料", { $0.fee }, { $0.fee = $1 }),
        guide("result", "手続きのあと", { $0.result }, { $0.result = $1 }),
        guide("without_device", "端末を使わない方法", { $0.withoutDevice }, { $0.withoutDevice = $1 }),
    ]

    private static func guide(
        _ key: String, _ name: String, _ read: @escaping @Sendable (Card.Guide) -> Text?,
        _ write: @escaping @Sendable (inout Card.Guide, Text?) -> Void
    ) -> TextPlace {
        TextPlace(
            key: "guide.\(key)", name: name, part: .guide, isLong: true, isNeeded: false,
            read: { $0.guide.flatMap(read) },
            write: { card, text in
                var guide = card.guide ?? Card.Guide()
                write(&guide, text)
                card.guide = guide
            })
    }

    private static func base(_ sections: [Cell.Option]) -> [CardColumn] {
        [
            CardColumn(
                "section", "所管課", .base, .choice(sections), read: { Cell.name($0.section, sections) },
                write: { card, typed in
                    guard let section = try Cell.choice(typed, sections) else { throw CellFault("所管課を選んでください") }
                    card.section = section
                }),
            CardColumn(
                "kind", "手続類型", .base, .choice(CardWords.kinds),
                hint: "国の棚卸調査の区分。内部業務は、町民の申請によらない庁内の業務です。", read: { CardWords.name($0.kind) },
                write: { card, typed in
                    guard let kind = try Cell.choice(typed, CardWords.kinds).flatMap(Card.Kind.init(rawValue:)) else {
                        throw CellFault("手続類型を選んでください")
                    }
                    card.kind = kind
                }),
            CardColumn(
                "legal_basis", "根拠法令・条項", .base, .line, hint: "例: 狂犬病予防法 第4条第1項", read: { $0.legalBasis },
                write: { $0.legalBasis = try Cell.line($1, limit: 500) }),
        ]
    }

    private static let finding = [
        CardColumn(
            "channels", "受付方法", .base, .several(CardWords.channels), hint: "一つも選ばなければ、不明です。",
            read: { $0.channels.map { Cell.names($0.map(\.rawValue), CardWords.channels) } },
            write: { card, typed in
                card.channels = try Cell.several(typed, CardWords.channels)?.compactMap(Card.Channel.init(rawValue:))
            }),
        CardColumn(
            "places", "手続きのできる場所", .base, .several(CardWords.places),
            read: { $0.places.map { Cell.names($0.map(\.rawValue), CardWords.places) } },
            write: { card, typed in
                card.places = try Cell.several(typed, CardWords.places)?.compactMap(Place.init(rawValue:))
            }),
        CardColumn(
            "events", "くらしの場面", .base, .several(CardWords.events), hint: "町民は、ここからも手続きをさがします。",
            read: { Cell.names($0.events.map(\.rawValue), CardWords.events) },
            write: { card, typed in
                card.events = try (Cell.several(typed, CardWords.events) ?? []).compactMap(LifeEvent.init(rawValue:))
            }),
        CardColumn(
            "words", "さがす言葉", .base, .line, hint: "手続名のほかに、町民がさがすときに使う言葉。; で区切ります。",
            read: { $0.words.joined(separator: Cell.separator) },
            write: { $0.words = Cell.parts(try Cell.text($1, limit: 1000) ?? "") }),
        CardColumn(
            "processing_days", "標準処理期間", .base, .number(unit: "営業日"), read: { $0.processingDays.map(String.init) },
            write: { $0.processingDays = try Cell.number($1, 0...1000, unit: "営業日") }),
    ]

    /// 年間件数 in three columns: half of it is a fault that ``settle(_:)`` finds.
    private static let yearly = [
        CardColumn(
            "yearly_count", "年間件数", .base, .number(unit: "件"),
            read: { $0.yearlyCount.map { String($0.count) } },
            write: { card, typed in
                card.count(
                    try Cell.number(typed, 0...100_000_000, unit: "件"), card.yearlyCount?.fiscalYear,
                    card.yearlyCount?.source)
            }),
        CardColumn(
            "yearly_year", "年間件数の年度", .base, .line, hint: "例: 令和7年度",
            read: { $0.yearlyCount.map { String($0.fiscalYear) } },
            write: { card, typed in
                card.count(card.yearlyCount?.count, try Cell.year(typed)?.year, card.yearlyCount?.source)
            }),
        CardColumn(
            "yearly_source", "年間件数の出典", .base, .line, read: { $0.yearlyCount?.source },
            write: { card, typed in
                card.count(card.yearlyCount?.count, card.yearlyCount?.fiscalYear, try Cell.line(typed))
            }),
    ]
}

extension Card {
    /// Puts the three parts of 年間件数 together; a part that is missing stands as one that no count has.
    fileprivate mutating func count(_ count: Int?, _ year: Int?, _ source: String?) {
        let (known, since, from) = (count.flatMap { $0 < 0 ? nil : $0 }, year == 0 ? nil : year, source ?? "")
        yearlyCount =
            known == nil && since == nil && from.isEmpty
            ? nil : YearlyCount(count: known ?? -1, fiscalYear: since ?? 0, source: from)
    }
}
