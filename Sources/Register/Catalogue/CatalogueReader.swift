import Core
import FoundationEssentials
import HTML

/// サービスカタログの読取り. Services of another system against the register. What has no place in a card is kept beside it,
/// by its name; nothing is dropped.
struct CatalogueReader {
    let town: Town
    let origin: String
    let editor: CardEditor
    let cards: [Card.ID: (card: Card, version: Int)]

    func plan(_ bytes: [UInt8]) -> SheetPlan {
        var plan = SheetPlan()
        guard let services = Self.services(bytes) else {
            plan.report.fail(1, nil, "JSONのサービスの並び（[{\"タイトル（制度名）\": …}, …]）として読み取れません")
            return plan
        }
        var seen: Set<Card.ID> = []
        for (index, service) in services.enumerated() { read(service, index + 1, &seen, &plan) }
        return plan
    }

    /// The services of a file: values that are no text are read as one.
    private static func services(_ bytes: [UInt8]) -> [[String: String]]? {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let read = try? JSONDecoder().decode([[String: Written?]].self, from: Data(content)) else { return nil }
        return read.map { $0.compactMapValues { $0?.text } }
    }

    private struct Written: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let number = try? container.decode(Double.self) {
                text = FactWords.plain(number)
            } else if let flag = try? container.decode(Bool.self) {
                text = flag ? "有" : "無"
            } else {
                text = try container.decode([String].self).joined(separator: ";")
            }
        }
    }

    private func read(_ service: [String: String], _ line: Int, _ seen: inout Set<Card.ID>, _ plan: inout SheetPlan) {
        func fail(_ words: String) { plan.report.fail(line, nil, "\(line)番目のサービス: \(words)") }
        for name in service.keys.sorted() where !ServiceCatalogue.fields.contains(name) {
            plan.report.notes.append(
                .init(line: line, column: nil, words: "\(line)番目のサービス: 「\(name)」はDS-451-4にない項目です。そのまま残します"))
        }
        let number = Cell.plain(service["制度番号"] ?? "")
        guard !number.isEmpty else { return fail("「制度番号」がありません") }
        let found = cards.values.first { card, _ in
            card.references?.contains { $0.scheme == .service && $0.id == number } == true
        }
        let now = found?.card ?? cards[number]?.card
        let blank = Text(ja: "", easy: nil, en: nil)
        var card =
            now
            ?? Card(
                id: Self.name(number), name: blank, section: section(service), kind: .application, summary: blank)
        guard seen.insert(card.id).inserted else { return fail("制度番号「\(number)」のサービスが二つあります") }
        let before = plan.report.findings.count
        take(service, into: &card, now: now, line, &plan)
        if now == nil {
            if card.id != number { card.references = [Card.Reference(scheme: .service, id: number)] }
            if let fault = Card.faultOfName(card.id) { fail(fault.words) }
            if card.section.isEmpty { fail("担当の課が分かりません。「お問い合わせ先」か「制度所管組織」に、この町の課の名前を書いてください") }
        }
        for (_, fault) in CardColumns(town).settle(&card) { fail(fault.words) }
        guard plan.report.findings.count == before else { return }
        if now.map({ $0.differences(to: card, town).isEmpty }) == true {
            plan.report.unchanged += 1
        } else if let refusal = editor.refusal(from: now, to: card) {
            fail("取り込めません。\(refusal.words)")
        } else {
            plan.become(card, from: now, line: line, town)
        }
    }

    /// The fields that have a place in a card.
    private static let places: [(field: String, key: String)] = [
        ("タイトル（制度名）", "name.ja"), ("概要", "summary.ja"), ("対象者", "audience.ja"), ("根拠法令", "legal_basis"),
        ("費用", "guide.fee.ja"), ("手続書類", "guide.bring.ja"),
    ]

    private func take(
        _ service: [String: String], into card: inout Card, now: Card?, _ line: Int, _ plan: inout SheetPlan
    ) {
        let columns = CardColumns(town).all
        let own = now.map { ServiceCatalogue.service($0, town, origin: origin, changed: nil, isOnline: false) } ?? [:]
        var kept = card.catalogue ?? [:]
        for (field, value) in service.sorted(by: { $0.key < $1.key }) {
            if let key = Self.places.first(where: { $0.field == field })?.key {
                do {
                    try columns.first { $0.key == key }?.take(value, into: &card)
                } catch {
                    plan.report.fail(
                        line, nil, "\(line)番目のサービスの「\(field)」: \((error as? CellFault)?.words ?? "読み取れません")")
                }
                continue
            }
            switch field {
            case "制度番号", "最終更新日": break
            case "キーワード": card.words = Cell.parts(value)
            case "申請届出方法":
                let names = value.split { "、;；".contains($0) }.map { Cell.plain(String($0)) }
                let channels = names.compactMap { name in CardWords.channels.first { $0.name == name }?.code }
                if channels.count == names.count, !names.isEmpty {
                    card.channels = channels.compactMap(Card.Channel.init(rawValue:))
                    kept[field] = nil
                } else if value != own[field] {
                    keep(field, value, &kept, line, &plan, why: "このままの言葉では受付方法にならないので、そのまま残します")
                }
            case "ステージとアクション":
                let names = Cell.parts(value)
                card.events = names.compactMap(CatalogueCodes.event)
                let others = names.filter { CatalogueCodes.event($0) == nil }
                if others.isEmpty {
                    kept[field] = nil
                } else {
                    keep(field, others.joined(separator: ";"), &kept, line, &plan, why: "さがす画面にない場面なので、そのまま残します")
                }
            case "電子申請の有無" where now != nil && value == origin + Link.procedure(card.id).address: break
            default:
                // What this register says by itself of the card needs no keeping.
                if value != own[field] { keep(field, value, &kept, line, &plan, why: nil) }
            }
        }
        card.catalogue = kept.isEmpty ? nil : kept
    }

    private func keep(
        _ field: String, _ value: String, _ kept: inout [String: String], _ line: Int, _ plan: inout SheetPlan,
        why: String?
    ) {
        do throws(CellFault) {
            kept[field] = try Cell.text(value, limit: 4000)
            if let why {
                plan.report.notes.append(.init(line: line, column: nil, words: "\(line)番目のサービスの「\(field)」: \(why)"))
            }
        } catch {
            plan.report.fail(line, nil, "\(line)番目のサービスの「\(field)」: \(error.words)")
        }
    }

    /// The section of this town that a service names.
    private func section(_ service: [String: String]) -> String {
        let words = [service["お問い合わせ先"], service["制度所管組織"], service["実施組織・支援機関"]].compactMap { $0 }
        return town.sections.first { section in words.contains { $0.contains(section.name[.ja]) } }?.id ?? ""
    }

    /// A name for addresses, made of a number that others gave.
    private static func name(_ number: String) -> String {
        let plain = number.lowercased().utf8.map { byte -> Character in
            (97...122).contains(byte) || (48...57).contains(byte) ? Character(UnicodeScalar(byte)) : "-"
        }
        let parts = String(plain).split(separator: "-").joined(separator: "-")
        return Card.faultOfName(parts) == nil ? parts : "service-\(parts)"
    }
}
