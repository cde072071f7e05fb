import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Governance {
    func addHomeRoutes(to site: inout Site) {
        site.add(MenuItem("推進ホーム", .governance, needs: nil, isDaily: true))

        site.officer(.get, "/desk/home", needs: nil) { visit in
            let (frame, today) = (frame(visit), visit.moment.day)
            let page = try await database.read { transaction in
                let since = try HomeVisit.last(of: visit.who.id, before: today, in: transaction)
                return HomePage(
                    frame: frame, state: try GovernanceState(self, on: today, in: transaction),
                    notices: try Notice.list(of: visit.who.id, in: transaction),
                    deeds: try since.map { try DocumentVersion.deeds(since: $0, but: visit.who.id, in: transaction) },
                    deedNames: eventNames,
                    levels: try LevelList.read(in: transaction),
                    gaps: try surveys(on: today, in: transaction).last?.open ?? 0, today: today
                ).page
            }
            try await HomeVisit.note(visit.who.id, at: visit.moment, in: database)
            return .page(page)
        }

        site.officer(.get, "/desk/decisions", needs: nil) { visit in
            let (frame, lines) = (frame(visit), try await decisions())
            let rows: [[HTML]] = lines.map { line in
                [
                    "\(line.on.wareki)", "<a href=\"\(line.link)\">\(line.title)</a>", "\(line.sentence)",
                    "\(line.reason)",
                    "\(line.asserted)", "\(line.recorded)", "<a href=\"\(line.history)\">全部の版</a>",
                ]
            }
            return .page(
                frame.page(
                    .home, "決定の一覧",
                    """
                    <p class="way"><a href="\(.governance)">推進ホーム</a></p><h1>決定の一覧</h1>
                    \(rows.isEmpty ? "<p>決定はまだありません。</p>" : Piece.table("決定", ["日", "こと", "決まったこと", "理由", "決めた人", "記録した人", "記録"], rows))
                    <p><a class="button" href="/desk/decisions.csv">CSVで保存</a></p>
                    """))
        }

        site.officer(.get, "/desk/decisions.csv", needs: nil) { visit in
            let rows = try await decisions().map {
                [$0.on.iso, $0.title, $0.sentence, $0.reason, $0.asserted, $0.recorded]
            }
            return .file(
                Download(
                    table: [["日", "こと", "決まったこと", "理由", "決めた人", "記録した人"]] + rows.guarded, name: "決定.csv", visit.query))
        }

        addHistoryRoutes(to: &site)
    }

    /// A decision, of a loop or of a meeting.
    private struct DecisionLine: Sendable {
        let on: Day
        let title: String
        let sentence: String
        let reason: String
        let asserted: String
        let recorded: String
        let link: Link
        let history: Link
    }

    private func decisions() async throws -> [DecisionLine] {
        try await database.read { transaction in
            let people = try People(staff, in: transaction)
            let bodies = try Kept<Body>.list(in: transaction)
            let loops = try Kept<Loop>.list(in: transaction).compactMap { loop in
                loop.decision.map {
                    DecisionLine(
                        on: $0.decidedOn, title: loop.title, sentence: $0.sentence, reason: $0.reason,
                        asserted: "\($0.assertedBy)（\($0.level.name)）", recorded: people.name($0.recorder),
                        link: .loop(loop.id),
                        history: .history("loop", loop.id))
                }
            }
            let meetings = try Kept<Meeting>.list(in: transaction).flatMap { meeting in
                meeting.agenda.compactMap { item in
                    item.decision.map {
                        DecisionLine(
                            on: meeting.on, title: item.title, sentence: $0.sentence, reason: $0.reason,
                            asserted: bodies.first { $0.id == meeting.body }?.name ?? "",
                            recorded: people.name($0.recorder),
                            link: .meeting(meeting.id), history: .history("meeting", meeting.id))
                    }
                }
            }
            return (loops + meetings).sorted { $1.on < $0.on }
        }
    }

    /// 記録: every form of a document, as it was kept, with the proof that the trail has the same.
    private func addHistoryRoutes(to site: inout Site) {
        site.officer(.get, "/desk/history/{kind}/{id}", needs: nil) { visit in
            let (kind, id, frame) = (visit.parameter("kind"), visit.parameter("id"), frame(visit))
            let (versions, people, events) = try await database.read { transaction in
                (
                    try DocumentVersion.list(kind, id, in: transaction), try People(staff, in: transaction),
                    try transaction.events(of: id)
                )
            }
            guard !versions.isEmpty else { throw Refused.notHere }
            let proved = Set(
                events.compactMap { event in
                    event.event.detail["digest"].map { "\(event.event.detail["revision"] ?? "") \($0)" }
                })
            let marked = Set(events.compactMap { $0.event.detail["revision"] })
            let items: [HTML] = versions.map { version in
                let proof: HTML =
                    proved.contains("\(version.revision) \(version.digest)")
                    ? Piece.tag("証跡と一致", "good")
                    : Piece.tag(
                        marked.contains(String(version.revision)) ? "証跡と一致しません" : "証跡に印がありません", "attention")
                return """
                    <li><h2>第\(version.revision)版 <small>\(version.at.day.wareki) \(version.at.timeOfDay)</small></h2>
                    <p>\(eventNames["\(kind).\(version.verb)"] ?? version.verb)　\(people.name(version.actor))　\(proof)</p>
                    \(kind == KeptPacket.kind ? "<p>印（SHA-256） <code class=\"digest\">\(version.digest)</code><br><a href=\"\(Link.meeting(id).below("packet.pdf"))\">この資料をPDFで開く</a></p>" as HTML : "<details><summary>この版の中身</summary><pre class=\"kept digest\">\(HistoryText.readable(version.content))</pre></details>")</li>
                    """
            }
            return .page(
                frame.page(
                    .home, "記録",
                    """
                    <h1>記録 <small>全部の版</small></h1><p>書かれたものは、消えません。それぞれの版の中身と、証跡にある印を照らし合わせています。</p>
                    <ol class="history timeline">\(items)</ol>
                    """))
        }
    }
}

/// A kept document as a person can read it: a line for each value.
enum HistoryText {
    static func readable(_ json: String) -> String {
        var (text, depth, isQuoted, isEscaped) = ("", 0, false, false)
        func line() -> String { "\n" + String(repeating: "  ", count: depth) }
        for character in json {
            if isQuoted {
                text.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isQuoted = false
                }
                continue
            }
            switch character {
            case "\"":
                isQuoted = true
                text.append(character)
            case "{", "[":
                depth += 1
                text += String(character) + line()
            case "}", "]":
                depth -= 1
                text += line() + String(character)
            case ",": text += "," + line()
            case ":": text += ": "
            default: text.append(character)
            }
        }
        return text
    }
}

/// 前に見た日. When an officer looked at their home, so that they see what changed since.
enum HomeVisit {
    static let migrations = [
        Migration(
            "governance/0004-home-visits",
            """
            CREATE TABLE governance_visit (officer TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (officer, day))
            \(.strict)
            """)
    ]

    /// The last time on a day before this one; nil for none.
    static func last(of officer: ID<Officer>, before day: Day, in transaction: Transaction) throws -> Moment? {
        try transaction.row(
            "SELECT at FROM governance_visit WHERE officer = \(officer) AND day < \(day) ORDER BY day DESC LIMIT 1")?[
                "at"]
    }

    static func note(_ officer: ID<Officer>, at moment: Moment, in database: Database) async throws {
        let day = moment.day
        let isKnown = try await database.read {
            try $0.exists("SELECT 1 FROM governance_visit WHERE officer = \(officer) AND day = \(day)")
        }
        guard !isKnown else { return }
        try await database.write { transaction in
            transaction.keepHouse("when somebody looked at their own page")
            try transaction.run(
                """
                INSERT INTO governance_visit (officer, day, at) VALUES (\(officer), \(day), \(moment))
                ON CONFLICT (officer, day) DO NOTHING
                """)
            // The day before this one is asked for, and nothing older.
            try transaction.run(
                """
                DELETE FROM governance_visit WHERE officer = \(officer) AND day <
                (SELECT MAX(day) FROM governance_visit WHERE officer = \(officer) AND day < \(day))
                """)
        }
    }
}
