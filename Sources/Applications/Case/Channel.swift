/// 受付の方法. Through which mouth an application came in: the same form for all four.
package enum Channel: String, Sendable, CaseIterable, Codable {
    /// 本人がオンラインで.
    case online
    /// 代理人がオンラインで.
    case proxy
    /// 窓口で職員が.
    case counter
    /// 紙の申請書から職員が.
    case paper

    /// As officers read it.
    package var name: String {
        switch self {
        case .online: "オンライン（本人）"
        case .proxy: "オンライン（代理人）"
        case .counter: "窓口"
        case .paper: "紙の申請書"
        }
    }
}
