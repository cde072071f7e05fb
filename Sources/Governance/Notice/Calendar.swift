import Core
import Database
import Japanese

/// 予定表 (iCalendar, RFC 5545). Meetings, review dates and deadlines of an officer, as their own calendar program fetches
/// them: titles and days, nothing of what stands under them.
struct CalendarFeed: Sendable {
    let name: String
    let events: [CalendarEvent]

    /// The feed at a moment. Lines end with CR LF and are folded at 75 bytes.
    func text(at moment: Moment) -> String {
        let stamp = Self.utc(moment)
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Origami//Governance//JA", "CALSCALE:GREGORIAN",
            "X-WR-CALNAME:\(Self.escaped(name))",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(event.id)@origami", "DTSTAMP:\(stamp)", "SUMMARY:\(Self.escaped(event.title))",
            ]
            if let minutes = event.minutes {
                let start = Moment(startOf: event.day).adding(seconds: minutes * 60)
                lines += ["DTSTART:\(Self.utc(start))", "DTEND:\(Self.utc(start.adding(seconds: 3600)))"]
            } else {
                lines += [
                    "DTSTART;VALUE=DATE:\(Self.digits(event.day.iso))",
                    "DTEND;VALUE=DATE:\(Self.digits(event.day.adding(days: 1).iso))",
                ]
            }
            if !event.place.isEmpty { lines.append("LOCATION:\(Self.escaped(event.place))") }
            lines += ["URL:\(event.address)", "END:VEVENT"]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    private static func digits(_ text: String) -> String { text.filter { $0 != "-" && $0 != ":" } }

    /// 20261127T043000Z.
    private static func utc(_ moment: Moment) -> String { String(digits(moment.iso).prefix(15)) + "Z" }

    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,").replacing(
            "\n", with: "\\n")
    }

    /// A line in pieces of 75 bytes at most, each but the first behind a space; characters stay whole.
    static func folded(_ line: String) -> String {
        var (pieces, piece, size) = ([String](), "", 0)
        for character in line {
            let bytes = character.utf8.count
            if size + bytes > (pieces.isEmpty ? 75 : 74) {
                pieces.append(piece)
                (piece, size) = ("", 0)
            }
            piece.append(character)
            size += bytes
        }
        return (pieces + [piece]).joined(separator: "\r\n ")
    }
}

/// One thing in a calendar.
struct CalendarEvent: Sendable {
    let id: String
    let title: String
    let day: Day
    /// Minutes after midnight in Japan; nil for the whole day.
    let minutes: Int?
    let place: String
    let address: String
}

extension CalendarFeed {
    /// What an officer has to do with.
    /// - Parameter dues: the last days of consultations and surveys, which are the secretariat's.
    init(of officer: Officer, _ state: GovernanceState, dues: [CalendarEvent], origin: String) {
        let id = officer.id.text
        let meetings = state.meetings.filter { $0.state != .cancelled }.filter { meeting in
            let body = state.bodies.first { $0.id == meeting.body }
            return officer.may(.preparePlan)
                || body?.content.seats(on: meeting.on).contains { $0.officer == id } ?? false
        }.map { meeting in
            let clock = meeting.time.split(separator: ":").compactMap { Int($0) }
            return CalendarEvent(
                id: meeting.id, title: meeting.title, day: meeting.on,
                minutes: clock.count == 2 ? clock[0] * 60 + clock[1] : nil,
                place: meeting.place, address: "\(origin)/desk/meetings/\(meeting.id)")
        }
        let own = officer.sections(for: .reportProgress)
        func isOwn(_ section: String) -> Bool { own?.contains(section) ?? true }
        let reviews = state.loops.compactMap { loop -> CalendarEvent? in
            guard let decision = loop.decision, loop.ending == nil, decision.owner == id || isOwn(loop.section) else {
                return nil
            }
            return CalendarEvent(
                id: "review-\(loop.id)", title: "見直しの日: \(loop.title)", day: decision.reviewOn, minutes: nil, place: "",
                address: "\(origin)/desk/loops/\(loop.id)")
        }
        let errands = state.errands.filter { $0.done == nil && ($0.officer == id || isOwn($0.section)) }.map { errand in
            CalendarEvent(
                id: "errand-\(errand.id)", title: "期限のあるやること", day: errand.due, minutes: nil, place: "",
                address: "\(origin)/desk/errands/\(errand.id)")
        }
        let end = state.plan.map { plan in
            CalendarEvent(
                id: "plan-\(plan.number)", title: "計画 第\(plan.number)版の終わり", day: plan.until, minutes: nil, place: "",
                address: "\(origin)/desk/closing")
        }
        self.init(
            name: "DX推進（\(officer.name)）",
            events: meetings + reviews + errands + [end].compactMap(\.self)
                + (officer.may(.preparePlan) ? dues : []))
    }
}

extension Governance {
    /// The last days of consultations whose result is not published, and of surveys that are not closed.
    func dues(in transaction: Transaction) throws -> [CalendarEvent] {
        let consultations = try Kept<Consultation>.list(in: transaction).filter { $0.published == nil }.map {
            CalendarEvent(
                id: "consultation-\($0.number)", title: "計画 第\($0.number)版の意見の募集の終わり", day: $0.until, minutes: nil,
                place: "", address: "\(origin)/desk/closing")
        }
        let surveys = try Kept<PlanSurvey>.list(in: transaction).filter { $0.closed == nil }.compactMap { survey in
            survey.due.map {
                CalendarEvent(
                    id: "survey-\(survey.id)", title: "\(survey.name)の締切", day: $0, minutes: nil, place: "",
                    address: "\(origin)/desk/surveys/\(survey.id)")
            }
        }
        return consultations + surveys
    }
}
