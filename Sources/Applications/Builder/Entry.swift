import Core
import Yams

/// 編集欄. One thing that can be set at a place of a form, as a clerk is asked for it.
struct Entry {
    let key: String
    let label: String
    let hint: String
    let kind: Kind

    enum Kind {
        /// Words in every language; several lines where there is room for them.
        case words(isLong: Bool, isNeeded: Bool)
        /// One line of the town's own, such as a clause.
        case line
        case number(usual: Int?)
        /// A box: what stands there when it is ticked; nothing stands there otherwise.
        case flag(on: Bool)
        /// One of these, by value.
        case choice([(value: String, name: String)])
        /// Any of these.
        case several([(value: String, name: String)])
        /// A day such as 2031-03-31.
        case day
        /// 選択肢.
        case options
        /// When something holds; `isNeeded` where it has to be said.
        case condition(isNeeded: Bool)
        case formula
    }

    init(_ key: String, _ label: String, _ kind: Kind, hint: String = "") {
        (self.key, self.label, self.kind, self.hint) = (key, label, kind, hint)
    }
}
