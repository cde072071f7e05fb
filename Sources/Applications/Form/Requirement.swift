package import Core

/// 添付書類の定め. A paper that is asked for, or was: by which clause, why, and whether it can go.
package struct Requirement: Sendable, Decodable {
    package let id: String
    /// 書類の名前.
    package let name: Text
    /// 根拠: the clause that demands it.
    package let clause: String
    /// Why it is needed, as the applicant reads it.
    package let reason: Text
    package let state: State
    /// What an applicant may choose instead of handing it in now.
    package let substitutes: [Substitute]

    private enum CodingKeys: String, CodingKey { case id, name, clause, reason, state, substitutes }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        name = try container.decode(Text.self, forKey: .name)
        clause = try container.decode(String.self, forKey: .clause)
        reason = try container.decode(Text.self, forKey: .reason)
        state = try container.decode(State.self, forKey: .state)
        substitutes = try container.decodeIfPresent([Substitute].self, forKey: .substitutes) ?? []
    }

    /// 添付書類等提出の撤廃・省略状況, the codes of the national inventory (行政手続等の棚卸調査, 令和7年度).
    package enum State: String, Sendable, Decodable {
        /// 1 撤廃・省略済.
        case abolished
        /// 2 撤廃・省略予定.
        case planned
        /// 3 撤廃・省略不可.
        case impossible
        /// 4 その他.
        case other
    }

    /// How else the town learns what the paper would say.
    package enum Substitute: String, Sendable, Codable, CaseIterable {
        /// あとで出す.
        case later
        /// 窓口で見せる.
        case counter
        /// 町が確認してよい: what the town holds itself, with consent (公用確認).
        case town
    }
}
