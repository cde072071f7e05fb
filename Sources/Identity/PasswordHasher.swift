import CArgon2
import Core
import Dispatch
import Synchronization
import Web

/// argon2id (RFC 9106), on a thread of its own: one at a time, so that a flood of sign-ins takes neither the machine's
/// memory nor the threads that serve pages.
package final class PasswordHasher: Sendable {
    private let queue = DispatchQueue(label: "origami.argon2")
    private let waiting = Atomic(0)

    package init() {}

    /// More than this do not wait at once: each takes a few hundredths of a second.
    private static let mostWaiting = 100

    // 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
    private static let memoryKiB: UInt32 = 19 * 1024
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1

    /// The hash in PHC form, parameters included.
    package func hash(_ password: String) async -> String {
        await onQueue { Self.hash(Array(password.utf8)) }
    }

    /// True if the password is the one of the hash. Without a hash it takes as long and is false.
    ///
    /// Throws a ``Refused`` of kind `tooMany` if too many wait.
    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            throw Refused.tooOften(retryAfter: 10)
        }
        defer { waiting.subtract(1, ordering: .relaxed) }
        return await onQueue {
            guard let hash else {
                _ = Self.hash(Array(password.utf8))
                return false
            }
            let bytes = Array(password.utf8)
            return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
        }
    }

    private static func hash(_ password: [UInt8]) -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let length = argon2_encodedlen(passes, memoryKiB, lanes, UInt32(salt.count), 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let result = argon2id_hash_encoded(
            passes, memoryKiB, lanes, password, password.count, salt, salt.count, 32, &encoded, length)
        // Fails for lack of memory alone: the program cannot go on either.
        precondition(result == ARGON2_OK.rawValue, "argon2 could not work")
        return encoded.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private func onQueue<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in queue.async { continuation.resume(returning: work()) } }
    }
}
