package import Core
import Database
package import Japanese
import Register
import Tabular

extension Applications {
    /// 書き出し by the command, of whatever size.
    package struct ExportRequest: Sendable {
        let card: String
        let section: String?
        let columns: [String]
        let from: Day?
        let until: Day?
        let statuses: [String]
        let format: String
        /// True if characters that the encoding does not have may stand as `〓`.
        let replaces: Bool

        /// - Parameters:
        ///   - section: nil for the procedure's own.
        ///   - columns: ids such as `number` and `field.owner`; all of them for none.
        ///   - format: `csv`, `cp932` or `xlsx`.
        package init(
            card: String, section: String?, columns: [String], from: Day?, until: Day?, statuses: [String],
            format: String, replaces: Bool
        ) {
            (self.card, self.section, self.columns, self.from, self.until) = (card, section, columns, from, until)
            (self.statuses, self.format, self.replaces) = (statuses, format, replaces)
        }
    }

    /// A request that cannot be followed, with the mend.
    package struct ExportMistake: Error, CustomStringConvertible {
        package let description: String
    }

    /// Writes what is asked for, piece by piece. Gives how many applications there were, and the lines that tell of
    /// characters the encoding does not have: unless those may be replaced, nothing is written then.
    package func export(
        _ request: ExportRequest, at moment: Moment, write: (Spool) throws -> Void
    ) async throws -> (count: Int, unmappable: [String]) {
        guard let format = ExportFormat(rawValue: request.format) else {
            throw ExportMistake(
                description: "--format は \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")) のどれかにしてください")
        }
        let choice = try await choice(request)
        let table = try await exportTable(choice, format)
        let writer = try ExportWriter(table, format)
        let isHeld = format == .cp932 && !request.replaces
        let count = try await eachExported(choice) { item in
            try writer.append(item)
            if !isHeld, let part = try writer.part(from: 1 << 20) { try write(part) }
        }
        let made = try writer.finish()
        try await database.write { transaction in
            try self.record(choice, format, count, by: .system, at: moment, in: transaction)
        }
        let headings = table.heading.map(\.title)
        let lines = made.unmappable.map { place in
            "\(place.row)行目 \(place.column)列目（\(headings[place.column - 1])）: 「\(String(place.character))」は Shift_JIS にありません"
        }
        if !isHeld || made.unmappableCount == 0 { try write(made.file) }
        return (count, lines)
    }

    private func choice(_ request: ExportRequest) async throws -> ExportChoice {
        let (card, fields) = try await database.read { transaction in
            (
                try Card.find(request.card, in: transaction),
                try ExportFields(of: request.card, shelf: shelf, in: transaction)
            )
        }
        guard let card else { throw ExportMistake(description: "手続き「\(request.card)」はありません") }
        guard town.sections.contains(where: { $0.id == request.section ?? card.section }) else {
            throw ExportMistake(description: "課「\(request.section ?? "")」はありません")
        }
        let known = ExportColumn.Fixed.allCases.map(\.rawValue) + fields.fields.map { "field.\($0.id)" }
        if let unknown = request.columns.first(where: { !known.contains($0) }) {
            throw ExportMistake(description: "列「\(unknown)」はありません。使えるのは \(known.joined(separator: ", ")) です")
        }
        if let unknown = request.statuses.first(where: { Case.Status(rawValue: $0).map { $0 == .draft } ?? true }) {
            throw ExportMistake(description: "状態「\(unknown)」はありません")
        }
        var choice = ExportChoice(section: request.section ?? card.section, card: card.id)
        choice.columns = request.columns.isEmpty ? known : request.columns
        (choice.from, choice.until, choice.statuses) = (request.from, request.until, request.statuses)
        return choice
    }
}
