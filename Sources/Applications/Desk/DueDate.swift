import Core
import HTML
import Japanese

/// 期限. How much time is left for an application, in business days. It stands still while its applicant corrects it.
struct DueDate: Sendable, Hashable {
    let status: Case.Status
    let dueOn: Day?
    /// The day on which a correction was asked for, while it is being corrected.
    let returnedOn: Day?

    /// How it stands.
    enum Standing: Sendable, Equatable {
        /// There is no day, or it is decided.
        case none
        /// あと n 開庁日; 0 on the day itself.
        case left(Int)
        /// 超過.
        case over(Int)
        /// 補正待ち, with what is left once it is back; nil where there is no day.
        case paused(left: Int?)
    }

    func standing(on today: Day, _ calendar: BusinessDays) -> Standing {
        if status.isDecided { return .none }
        guard status != .returned else {
            let left = dueOn.flatMap { due in returnedOn.map { calendar.count(after: $0, through: due) } }
            return .paused(left: left)
        }
        guard let dueOn else { return .none }
        return dueOn < today
            ? .over(calendar.count(after: dueOn, through: today)) : .left(calendar.count(after: today, through: dueOn))
    }

    /// As the staff read it.
    func html(on today: Day, _ calendar: BusinessDays) -> HTML {
        let due = dueOn?.iso ?? ""
        switch standing(on: today, calendar) {
        case .none: return ""
        case .left(0): return "\(due) <b class=\"late\">きょうまで</b>"
        case .left(let days): return "\(due) <small>あと\(days)日</small>"
        // On days when the office is closed nothing more is late.
        case .over(let days): return "\(due) <b class=\"late\">超過\(max(1, days))日</b>"
        case .paused(let left): return "補正待ち\(left.map { "（残り\($0)日）" } ?? "")"
        }
    }

    /// 補正から戻った日の期限: the day moves by the business days it was away.
    static func resumed(_ due: Day, returnedOn: Day, backOn: Day, _ calendar: BusinessDays) -> Day {
        calendar.day(after: due, count: calendar.count(after: returnedOn, through: backOn))
    }
}
