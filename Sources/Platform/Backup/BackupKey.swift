import Crypto
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// バックアップの鍵. What is written for the public half is read with the secret half alone, which is kept away from every
/// server: a backup that is stolen, or a server that is, tells nothing.
package enum BackupKey {
    /// The half that seals; it may be seen by anybody.
    package struct Public: Sendable, Equatable, CustomStringConvertible {
        let key: Curve25519.KeyAgreement.PublicKey

        /// As it is written down: `origami-backup-` and 43 characters.
        package var description: String { BackupKey.prefix + BackupKey.text(key.rawRepresentation) }

        /// Nil if it is not written like one.
        package init?(_ text: String) {
            guard let bytes = BackupKey.bytes(text, after: BackupKey.prefix),
                let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
            else { return nil }
            self.key = key
        }

        fileprivate init(_ key: Curve25519.KeyAgreement.PublicKey) { self.key = key }

        package static func == (left: Public, right: Public) -> Bool {
            left.key.rawRepresentation == right.key.rawRepresentation
        }
    }

    /// The half that opens.
    package struct Secret: Sendable {
        let key: Curve25519.KeyAgreement.PrivateKey

        package init() { key = .init() }

        /// Reads it from a file. Throws ``BackupFault`` where there is none.
        package init(path: String) throws {
            let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix(BackupKey.secretPrefix) } ?? ""
            guard let bytes = BackupKey.bytes(String(line), after: BackupKey.secretPrefix),
                let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
            else { throw BackupFault("\(path) は、バックアップの秘密の鍵ではありません。origami backup key で作ったファイルを指定してください") }
            self.key = key
        }

        package var publicHalf: Public { Public(key.publicKey) }

        /// Writes it into a new file that its owner alone can read.
        package func write(to path: String) throws {
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else {
                throw BackupFault(
                    errno == EEXIST ? "\(path) がすでにあります。別の名前を指定してください" : "\(path) を作れません。フォルダーの権限を確かめてください")
            }
            defer { close(file) }
            let text = "# \(publicHalf)\n\(BackupKey.secretPrefix)\(BackupKey.text(key.rawRepresentation))\n"
            let written = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard written == text.utf8.count, fsync(file) == 0 else {
                throw BackupFault("\(path) を書けません。ディスクの空きを確かめてください")
            }
        }
    }

    private static let prefix = "origami-backup-"
    private static let secretPrefix = "origami-backup-secret-"

    /// Base64 for addresses (RFC 4648, section 5), without padding.
    private static func text(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(_ text: String, after prefix: String) -> Data? {
        guard text.hasPrefix(prefix) else { return nil }
        let rest = text.dropFirst(prefix.count).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: rest + String(repeating: "=", count: (4 - rest.count % 4) % 4))
    }
}

/// Why a backup cannot be made or read, with the mend.
package struct BackupFault: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
