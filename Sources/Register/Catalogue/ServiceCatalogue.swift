import Core
import Database
import FoundationEssentials
import HTML
import Japanese

/// サービスカタログ. The cards as services by the government's data model.
///
/// Source of the fields and their order: デジタル庁 GIF DS-451-4 行政サービス・制度データモデル (2025-03-25), CC0.
enum ServiceCatalogue {
    /// Every field of the model, in its order.
    static let fields = [
        "制度所管組織", "タイトル（制度名）", "サブタイトル（通称）", "制度番号", "元制度番号", "制度変更区分", "根拠法令", "地域群", "地域", "概要", "内容",
        "対象者", "用途・対象物", "収入条件", "家族構成条件", "対象者条件", "従業員条件", "資本金条件", "創業年条件", "給付上限額", "最大金利", "借入限度額",
        "償還期限", "最大補助率", "費用", "予算枠の有無", "申請届出方法", "募集時期", "公募開始日", "公募終了日", "公募備考", "手続書類", "電子申請の有無",
        "添付ファイルの名称", "添付ファイル名", "詳細参照先", "詳細URL", "標準産業分類", "ステージとアクション", "事業ステージ", "お困りごと", "サービス種別",
        "災害名", "キーワード", "実施組織・支援機関", "お問い合わせ先", "お問合わせ先一覧", "連絡先情報", "公開開始日", "公開終了日", "最終更新日", "表示優先度",
    ]

    /// Fields that a service has to have.
    static let needed = ["制度所管組織", "タイトル（制度名）", "概要", "内容", "連絡先情報"]

    /// True for a file that is a catalogue and no sheet.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let first = content.first { ![9, 10, 13, 32].contains($0) }
        return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    }

    /// A card as a service: what is unknown has no field.
    /// - Parameters:
    ///   - changed: the day it became what it is now.
    ///   - isOnline: whether it can be applied for here.
    static func service(_ card: Card, _ town: Town, origin: String, changed: Day?, isOnline: Bool) -> [String: String] {
        let section = town.sections.first { $0.id == card.section }
        let page = origin + Link.procedure(card.id).address
        var service = card.catalogue ?? [:]
        let own: [String: String?] = [
            "制度所管組織": service["制度所管組織"] ?? "\(town.name[.ja]) \(town.sectionName(card.section)[.ja])",
            "タイトル（制度名）": card.name[.ja], "制度番号": number(of: card), "根拠法令": card.legalBasis,
            "地域": service["地域"] ?? town.code, "概要": card.summary[.ja], "内容": service["内容"] ?? content(card),
            "対象者": card.audience?[.ja], "費用": card.guide?.fee?[.ja],
            "申請届出方法": card.channels.map { $0.map { $0.name[.ja] }.joined(separator: "、") },
            "手続書類": card.guide?.bring?[.ja], "電子申請の有無": isOnline ? page : service["電子申請の有無"],
            "詳細参照先": service["詳細参照先"] ?? "手続きの案内", "詳細URL": service["詳細URL"] ?? page,
            "ステージとアクション": joined(card.events.map(CatalogueCodes.name), service["ステージとアクション"]),
            "キーワード": card.words.isEmpty ? nil : card.words.joined(separator: ";"),
            "お問い合わせ先": service["お問い合わせ先"] ?? town.sectionName(card.section)[.ja],
            "連絡先情報": service["連絡先情報"] ?? "\(town.contact.address) 電話 \(section?.telephone ?? town.contact.telephone)",
            "最終更新日": changed?.iso,
        ]
        for (name, value) in own {
            if let value, !value.isEmpty { service[name] = value }
        }
        return service
    }

    /// 制度番号: the one it has elsewhere, or the card's own name.
    static func number(of card: Card) -> String {
        card.references?.first { $0.scheme == .service }?.id ?? card.id
    }

    /// What it is about, in more words than the summary.
    private static func content(_ card: Card) -> String {
        [card.summary, card.guide?.deadline, card.guide?.result].compactMap { $0?[.ja] }.joined(separator: "\n")
    }

    static func joined(_ own: [String], _ others: String?) -> String? {
        let all = own + (others.map { Cell.parts($0) } ?? []).filter { !own.contains($0) }
        return all.isEmpty ? nil : all.joined(separator: ";")
    }

    /// The catalogue as JSON: services by their fields in the order of the model, then what others added.
    static func json(_ services: [[String: String]]) -> String {
        let objects = services.map { service in
            let others = service.keys.filter { !fields.contains($0) }.sorted()
            let lines = (fields + others).compactMap { name in
                service[name].map { "    \(quoted(name)): \(quoted($0))" }
            }
            return "  {\n\(lines.joined(separator: ",\n"))\n  }"
        }
        return "[\n\(objects.joined(separator: ",\n"))\n]\n"
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
