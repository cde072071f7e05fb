import Core
import HTML
import Japanese
import Web

/// 補正で変わったところ: for each correction what stood before and what came, with who sent it and when.
struct DifferenceView {
    let desk: DeskCase

    func html() throws -> HTML {
        guard !desk.versions.isEmpty else { return .empty }
        let journeys = try desk.journeys
        let parts: [HTML] = desk.versions.indices.reversed().map { index in
            part(desk.versions[index], from: journeys[index], to: journeys[index + 1])
        }
        return "<h2 id=\"changes\">補正で変わったところ</h2>\(parts)"
    }

    private func part(_ version: SentVersion, from before: Journey, to after: Journey) -> HTML {
        let changes = after.changes(since: before)
        let head = "\(version.replacedAt.day.iso) \(version.replacedAt.timeOfDay) \(desk.who(version.actor))の補正"
        return "<h3>\(head)</h3>\(Self.table(changes, fee(before, after)) { file in .desk(desk.item.id).view(file) })"
    }

    /// Before and after of each answer, beside each other.
    static func table(
        _ changes: [AnswerChange], _ more: HTML? = nil, file: @escaping @Sendable (AttachedFile) -> Link
    ) -> HTML {
        let rows: [HTML] = changes.map { change in
            """
            <tr><th scope="row">\(change.name[.ja])</th><td>\(value(change.before, change.field, file))</td>
            <td class="changed">\(value(change.after, change.field, file))</td></tr>
            """
        }
        guard !rows.isEmpty || more != nil else { return "<p>変わった回答はありません。</p>" }
        return """
            <div class="scroll" role="region" aria-label="変わった回答の表" tabindex="0"><table class="beforeafter">
            <thead><tr><th scope="col">項目</th><th scope="col">前</th><th scope="col">後</th></tr></thead>
            <tbody>\(rows)\(more)</tbody></table></div>
            """
    }

    private static func value(
        _ value: FieldValue?, _ field: Field, _ file: @escaping (AttachedFile) -> Link
    ) -> HTML {
        guard let value else { return "<small>（なし）</small>" }
        return AnswerList.value(value, field, .ja, file: file)
    }

    private func fee(_ before: Journey, _ after: Journey) -> HTML? {
        guard let old = before.fee?.total, let new = after.fee?.total, old != new else { return nil }
        return """
            <tr><th scope="row">手数料の計算</th><td>\(Yen.text(old))</td><td class="changed">\(Yen.text(new))</td></tr>
            """
    }

    /// The places of the answers that a correction changed, from the first version to what stands now.
    static func changedKeys(_ desk: DeskCase) throws -> Set<String> {
        let journeys = try desk.journeys
        guard let first = journeys.first, let last = journeys.last, journeys.count > 1 else { return [] }
        return Set(last.changes(since: first).map(\.key))
    }
}
