/// 由来. The form of another town that a form was made from.
package struct FormOrigin: Sendable, Decodable {
    let town: String
    let form: String
    let version: Int
    /// The day it was handed on, `2026-11-24`.
    let on: String

    /// 上三川町の様式「dog-registration」第4版（2026-11-24）をもとにしています.
    var words: String { "\(town)の様式「\(form)」第\(version)版（\(on)）をもとにしています" }
}
