/// An element of an ordinance: 章, 条, 項, 号 and what stands in them.
package struct OrdinanceNode: Sendable, Equatable, Codable {
    /// 種類.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case part, chapter, section, subsection, division
        case article, paragraph, item
        /// 号の細分: ア, (ア), a …; how deep is told by where it stands.
        case subitem
        /// 附則.
        case supplement
        /// 別表, 様式, 別記 and the like.
        case appendix
        case tableOfContents = "table-of-contents"
        /// 前文, 制定文.
        case preamble
        /// 表, a row of it a line.
        case table

        /// What stands behind the number in an address: 第3**章**.
        package var word: String? {
            switch self {
            case .part: "編"
            case .chapter: "章"
            case .section: "節"
            case .subsection: "款"
            case .division: "目"
            case .article: "条"
            case .paragraph: "項"
            case .item: "号"
            case .subitem, .supplement, .appendix, .tableOfContents, .preamble, .table: nil
            }
        }

        /// How far out a group of articles is; nil for what is no group.
        var depth: Int? {
            switch self {
            case .part: 0
            case .chapter: 1
            case .section: 2
            case .subsection: 3
            case .division: 4
            default: nil
            }
        }
    }

    /// 文. With what it is to the others of its element.
    package struct Sentence: Sendable, Equatable, Codable {
        package enum Role: String, Sendable, Codable {
            case main
            /// ただし書.
            case proviso
            /// 後段.
            case latter
        }

        package let text: String
        package let role: Role

        package init(_ text: String, _ role: Role) { (self.text, self.role) = (text, role) }
    }

    package let kind: Kind
    /// Nil for what is not counted, such as 附則; 1 for the first 項, whose number is not written.
    package var number: OrdinanceNumber?
    /// How the number or the head is written: `第8条の2`, `(1)`, `ア`, `別表第1`; empty for the first 項.
    package var label: String
    /// 見出し, without its brackets; the title of a group.
    package var caption: String
    package var sentences: [Sentence]
    package var children: [OrdinanceNode]
    /// 沿革注記: (平成24条例21・一部改正).
    package var notes: [String]
    /// The line of the source on which it begins, from 1.
    package let line: Int
    /// True for an article of which only 「削除」 is left.
    package var isDeleted: Bool

    package init(_ kind: Kind, _ number: OrdinanceNumber? = nil, label: String = "", caption: String = "", line: Int) {
        (self.kind, self.number, self.label, self.caption, self.line) = (kind, number, label, caption, line)
        (sentences, children, notes, isDeleted) = ([], [], [], false)
    }

    /// All that is said in it, its children not counted.
    package var text: String { sentences.map(\.text).joined() }
}
