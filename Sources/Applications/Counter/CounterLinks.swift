import Core
import HTML

extension Link {
    /// 窓口.
    static let counter: Link = "/desk/counter"
    /// 窓口の会話, where it goes on. It is the one that this browser holds: an address says nothing of anybody.
    static let talk: Link = "/counter/talk"
    static let talkChoice: Link = "/counter/talk/choose"
    static let talkCheck: Link = "/counter/talk/check"
    static let talkCheckPaper: Link = "/counter/talk/check.pdf"
    static let talkSubmit: Link = "/counter/talk/submit"
    static let talkReceipt: Link = "/counter/talk/receipt"
    static let talkReceiptPaper: Link = "/counter/talk/receipt.pdf"
    static let talkInterrupt: Link = "/counter/talk/interrupt"
    static let talkStop: Link = "/counter/talk/stop"
    static let talkDrop: Link = "/counter/talk/drop"
    static let talkLanguage: Link = "/counter/talk/language"
    /// 中断した会話.
    static func interrupted(_ id: Conversation.ID) -> Link { "/desk/counter/talks/\(id.text)" }
    /// 2つめの画面.
    static let screen: Link = "/counter/screen"
    static let screens: Link = "/desk/counter/screens"
    /// 窓口の時間.
    static let counterTimes: Link = "/desk/counter/times"
    /// 発券機の記録.
    static let queue: Link = "/desk/counter/queue"
}
