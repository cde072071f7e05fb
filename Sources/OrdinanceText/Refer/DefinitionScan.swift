/// Finds the words an ordinance gives a meaning to.
enum DefinitionScan {
    private static let quote = Pattern.sure("」という|」とは")
    private static let term = Pattern.sure(
        "以下(この[編章節款目条項号](?:から[^「」（）()]{1,20}まで)?において|この(?:条例|規則|要綱|規程)において)?[^「」（）()]{0,12}「([^」]{1,60})」という")
    /// 地方自治法（昭和22年法律第67号。以下「法」という。）
    private static let law = Pattern.sure(
        "([^、。「」（）() 　]{2,80}?) ?[（(][^（）()]*[0-9０-９一二三四五六七八九十元]年[^（）()]*第[^（）()]*号[^（）()「」]*以下[^「」（）()]{0,20}「([^」]{1,30})」という"
    )
    private static let meaning = Pattern.sure("「([^」]{1,60})」とは、")

    static func definitions(_ clauses: [Clause]) -> [Definition] {
        var found: [Definition] = []
        for (index, clause) in clauses.enumerated() where quote.fits(clause.text) {
            var laws: [Substring: Substring] = [:]
            for match in law.all(in: clause.text) {
                if let name = match[1], let alias = match[2] { laws[alias] = name }
            }
            for match in term.all(in: clause.text) {
                guard let word = match[2] else { continue }
                let name = laws[word].map { ReferenceNames.trimmed(String($0)) }
                found.append(
                    Definition(term: String(word), clause: index, scope: match[1].map(String.init) ?? "", law: name))
            }
            for match in meaning.all(in: clause.text) {
                guard let word = match[1] else { continue }
                found.append(Definition(term: String(word), clause: index, scope: "", law: nil))
            }
        }
        return found
    }
}

/// 第2条の規定は、…に準用する.
enum ApplicationScan {
    private static let applies = Pattern.sure("の規定は[^。]*準用する")
    private static let reading = Pattern.sure("「([^」]{1,80})」とあるのは、?「([^」]{0,120})」")

    static func application(_ clause: Clause, _ index: Int, _ references: [Reference]) -> Application? {
        let found = applies.all(in: clause.text)
        guard !found.isEmpty else { return nil }
        var sources: [Reference] = []
        for match in found {
            sources += references.filter { $0.bytes.upperBound <= match.whole.lowerBound + 1 }
        }
        guard !sources.isEmpty else { return nil }
        let readings = reading.all(in: clause.text).compactMap { match -> Application.Reading? in
            guard let from = match[1], let to = match[2] else { return nil }
            return .init(from: String(from), to: String(to))
        }
        return Application(clause: index, sources: sources, readings: readings)
    }
}
