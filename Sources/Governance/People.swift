import Core
import Database

/// 推進にかかわる人. The officers of the town, and what each may do here.
struct People: Sendable {
    let officers: [Officer]
    /// The names of all, those who left included, by the text of their id.
    let names: [String: String]

    init(_ staff: StaffDirectory, in transaction: Transaction) throws {
        names = try staff.names(transaction)
        officers = try staff.officers(transaction)
    }

    func officer(_ id: String?) -> Officer? { id.flatMap { id in officers.first { $0.id.text == id } } }

    /// The name of an officer's id, or of an actor as an event has it.
    func name(_ text: String?) -> String {
        guard let text else { return "—" }
        let id = text.hasPrefix("officer:") ? String(text.dropFirst("officer:".count)) : text
        if let name = names[id] { return name }
        return text == Actor.system.text ? "自動" : text == Actor.applicant.text ? "町民" : text
    }

    /// Officers as a list to choose from shows them.
    func choices(_ isChosen: (Officer) -> Bool = { _ in true }) -> [(id: String, name: String)] {
        officers.filter(isChosen).map { ($0.id.text, $0.name) }
    }

    /// Those who may decide a trial at a level.
    func deciders(_ level: Loop.Level, of section: String) -> [Officer] {
        officers.filter { officer in
            switch level {
            case .section: officer.may(.decideTrials, in: section)
            case .cio, .committee: officer.may(.leadPlan)
            }
        }
    }
}

extension Officer {
    /// 課の仕事として報告できる.
    func mayReport(for section: String) -> Bool { may(.reportProgress, in: section) }

    /// The sections whose progress this officer reports; nil for all.
    var reportedSections: [String]? { sections(for: .reportProgress) }
}
