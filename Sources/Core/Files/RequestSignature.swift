import Crypto
import FoundationEssentials

/// The signature of a request to an S3-compatible store: AWS Signature Version 4, with the headers that S3 asks for.
/// Source: AWS, "Signature Version 4 for API requests".
struct RequestSignature {
    let method: String
    /// From the slash on; made of characters that stay as they are in an address.
    let path: String
    /// Names and values; they are sorted and escaped here.
    let query: [(name: String, value: String)]
    let host: String
    /// SHA-256 of the body, in hexadecimal.
    let digest: String

    /// Of a body without bytes.
    static let nothing = Array(SHA256.hash(data: [UInt8]())).hexadecimal

    /// The query as it goes into the address.
    var queryText: String {
        query.sorted { $0.name < $1.name }.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
            .joined(separator: "&")
    }

    /// The headers that make the request one of this user.
    /// - Parameter moment: the time of the request; a store refuses one that is off by more than fifteen minutes.
    func headers(
        region: String, user: String, password: String, at moment: Moment
    ) -> [(name: String, value: String)] {
        let time = moment.iso.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
        let names = "host;x-amz-content-sha256;x-amz-date"
        let request = [
            method, path, queryText, "host:\(host)", "x-amz-content-sha256:\(digest)", "x-amz-date:\(time)", "", names,
            digest,
        ].joined(separator: "\n")
        let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Array(SHA256.hash(data: Data(request.utf8))).hexadecimal)"
        let key = [String(time.prefix(8)), region, "s3", "aws4_request"]
            .reduce(SymmetricKey(data: Data("AWS4\(password)".utf8))) { key, part in
                SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
            }
        let signature = [UInt8](HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).hexadecimal
        return [
            ("x-amz-content-sha256", digest), ("x-amz-date", time),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=\(user)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
            ),
        ]
    }

    /// Everything but what RFC 3986 leaves as it is.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            return isPlain ? String(UnicodeScalar(byte)) : "%" + [byte].hexadecimal.uppercased()
        }.joined()
    }
}
