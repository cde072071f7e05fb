/// 引用. A place where a provision names another one.
package struct Reference: Sendable, Equatable {
    package enum Target: Sendable, Equatable {
        /// Provisions of the same ordinance: one, or the two ends of a range.
        case here([Place], isRange: Bool)
        /// A provision of another ordinance or law, or all of it.
        case elsewhere(name: String, Place?)
        /// What cannot be told, and why.
        case unresolved(String)
    }

    /// As it is written: 第3条から第5条まで.
    package let words: String
    /// Where it stands, in bytes of the provision's text.
    package let bytes: Range<Int>
    package let target: Target
}

/// 定義. A word that is given a meaning: 以下「X」という.
package struct Definition: Sendable, Equatable {
    package let term: String
    /// The index of the provision that gives it.
    package let clause: Int
    /// この条において and the like, as it is written; empty for the whole ordinance.
    package let scope: String
    /// For a law or an ordinance: its name in full.
    package let law: String?
}

/// 準用. A provision that lets others apply to something else.
package struct Application: Sendable, Equatable {
    /// 読替え.
    package struct Reading: Sendable, Equatable {
        package let from, to: String
    }

    /// The index of the provision that says so.
    package let clause: Int
    /// The references to what applies.
    package let sources: [Reference]
    package let readings: [Reading]
}

/// What refers to what in one ordinance.
package struct References: Sendable {
    /// The references of each provision, by its index.
    package internal(set) var byClause: [[Reference]]
    package let definitions: [Definition]
    package let applications: [Application]

    /// Those that could not be told, with the index of their provision.
    package var unresolved: [(clause: Int, reference: Reference)] {
        byClause.enumerated().flatMap { index, references in
            references.compactMap { if case .unresolved = $0.target { (index, $0) } else { nil } }
        }
    }

    /// - Parameters:
    ///   - clauses: of one ordinance, in order.
    ///   - title: of the ordinance: 施行規則 of a 条例 means it by 条例.
    package init(_ clauses: [Clause], title: String) {
        let definitions = DefinitionScan.definitions(clauses)
        var resolver = Resolver(clauses, definitions, title: title)
        byClause = clauses.indices.map { resolver.references(of: $0) + Delegation.references(in: clauses[$0].text) }
        self.definitions = definitions
        applications = zip(clauses, byClause).enumerated().compactMap { index, pair in
            ApplicationScan.application(pair.0, index, pair.1)
        }
    }
}
