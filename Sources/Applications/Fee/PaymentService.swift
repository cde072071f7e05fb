import Core
import HTML

/// 支払いの窓口. A way to pay besides the counter: it gives the page where one fee is paid. What was paid there comes back
/// through ``Applications/confirm(_:at:)``, whatever service it was.
struct PaymentService: Sendable {
    /// How the ledger calls it.
    let id: String
    /// What its button says.
    let name: Text
    /// The page for a fee; nil where it has none.
    let page: @Sendable (_ number: String, _ yen: Int) -> Link?

    init(id: String, name: Text, page: @escaping @Sendable (_ number: String, _ yen: Int) -> Link?) {
        (self.id, self.name, self.page) = (id, name, page)
    }

    /// 支払いページ. The one that the town names in its settings.
    static func link(_ town: Town) -> PaymentService? {
        town.payment.map { payment in
            PaymentService(id: "link", name: payment.name) { number, yen in
                Link(https: payment.url.replacing("{number}", with: number).replacing("{yen}", with: String(yen)))
            }
        }
    }
}

/// 入金の通知. What a payment service says was paid.
package struct PaymentNotice: Sendable {
    /// 受付番号.
    package let number: String
    package let yen: Int
    /// The service's own name for the payment.
    package let reference: String

    package init(number: String, yen: Int, reference: String) {
        (self.number, self.yen, self.reference) = (number, yen, reference)
    }
}

/// What became of a notice.
package enum PaymentOutcome: Sendable, Equatable {
    case recorded
    /// It was recorded before: nothing is taken twice.
    case known
    /// Something else was paid before: whoever paid may have paid twice. The desk is told.
    case paidBefore
    case noSuchNumber
    /// There is no fee, or it was waived or refunded.
    case notDue
    /// Another amount was due.
    case otherAmount(due: Int)
}
