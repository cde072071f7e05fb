/// 外部連携のシステム. A program of somebody else's that asks with a token, instead of a person.
package struct Machine: Sendable {
    package typealias ID = Core.ID<Machine>

    package let id: ID
    /// What it is called on the desk.
    package let name: String
    package let scopes: Set<Scope>
    /// The procedures it may ask about, each with the section whose decider agreed: only that section's applications are
    /// told.
    package let cards: [String: String]

    package init(id: ID, name: String, scopes: Set<Scope>, cards: [String: String]) {
        (self.id, self.name, self.scopes, self.cards) = (id, name, scopes, cards)
    }

    /// Who does what is done with this token.
    package var actor: Actor { .machine(id) }

    /// 許される範囲. What a token is for.
    package enum Scope: String, Sendable, CaseIterable, Codable {
        /// 申請の一覧と回答を読む.
        case read
        /// 添付ファイルを受け取る.
        case files
        /// 受付、お知らせ、メモ.
        case write

        package var name: String {
            switch self {
            case .read: "申請を読む"
            case .files: "添付ファイルを受け取る"
            case .write: "受け付ける・お知らせとメモを書く"
            }
        }
    }
}

/// 外部連携の名簿. What the room that knows the tokens tells the site.
package struct MachineDirectory: Sendable {
    /// The system that holds this token, or nil if there is none or it is over. Notes that the token was used.
    package let machine: @Sendable (_ token: String, Moment) async throws -> Machine?

    package init(machine: @escaping @Sendable (_ token: String, Moment) async throws -> Machine?) {
        self.machine = machine
    }
}
