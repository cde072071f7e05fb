import Core
import Japanese
import Web

extension Applications {
    /// 郵便番号から住所へ: for the script that fills in how an address begins. What it fills in can be changed.
    func addPostcodeRoutes(to site: inout Site) {
        site.anyone(.get, "/postcodes/{code}") { visit in
            guard let beginning = beginning(of: visit.parameter("code")) else { throw Refused.notHere }
            return .text(beginning)
        }
    }

    /// How the address of a postcode begins; nil for one that the town does not know.
    private func beginning(of postcode: String) -> String? {
        Postcode(postcode).flatMap { town.postcodes?[$0.digits] }
    }

    /// An address of which the postcode alone was typed: its beginning stands there to be gone on with.
    func complete(_ reading: inout PageReading, of field: Field) {
        guard case .address = field.kind,
            let beginning = beginning(of: reading.typed["\(field.id).postcode"]?.first ?? ""),
            Spaces.isBlank(reading.typed["\(field.id).street"]?.first ?? "")
        else { return }
        let street = "\(field.id).street"
        reading.typed[street] = [beginning]
        reading.problems = reading.problems.map {
            $0.control == street ? FieldReader.Problem(control: street, words: FieldTexts.goOnStreet) : $0
        }
    }
}
