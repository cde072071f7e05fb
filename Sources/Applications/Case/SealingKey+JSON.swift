import Core
import FoundationEssentials

extension SealingKey {
    /// Seals a value as JSON.
    func seal(json value: some Encodable, at place: Place) throws -> [UInt8] {
        try seal([UInt8](try JSONEncoder().encode(value)), at: place)
    }

    /// Opens what ``seal(json:at:)`` sealed.
    func open<T: Decodable>(json sealed: [UInt8], at place: Place) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(try open(sealed, at: place)))
    }
}
