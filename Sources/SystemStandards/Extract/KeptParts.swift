import Core
import Tabular
import Web

/// A file on its way into the store: sealed part by part, so that no more than one of them is in memory.
actor KeptParts: UploadSink {
    /// Bytes of a part.
    static let size = 8 * 1024 * 1024

    private let name: String
    private let store: FileStore
    private let key: SealingKey
    /// Looks at what came first, before anything of it lies anywhere; nil for what is our own.
    private let inspect: (@Sendable (Spool) throws -> StandardsRefusal?)?
    private var spool: Spool
    private(set) var parts: [KeptFile] = []
    /// Why nothing of it is kept.
    private(set) var refusal: StandardsRefusal?

    /// - Parameter name: what the parts are to whoever names them.
    init(
        _ name: String, _ store: FileStore, _ key: SealingKey, inspect: (@Sendable (Spool) throws -> StandardsRefusal?)?
    ) throws {
        (self.name, self.store, self.key, self.inspect, spool) = (name, store, key, inspect, try Spool())
    }

    func take(_ bytes: [UInt8]) async throws {
        guard refusal == nil else { return }
        try spool.append(bytes)
        if spool.count >= Self.size { try await keep() }
    }

    func finish() async throws {
        if refusal == nil, spool.count > 0 { try await keep() }
    }

    private func keep() async throws {
        if parts.isEmpty, let reason = try inspect?(spool) {
            refusal = reason
            spool = try Spool()
            return
        }
        let full = spool
        spool = try Spool()
        parts.append(try await store.keep(full, as: "\(name) \(parts.count)", key: key))
    }
}

extension StandardsRefusal {
    /// Why a file from outside is not taken, by what it begins with.
    @Sendable
    static func reason(against beginning: Spool) throws -> StandardsRefusal? {
        if beginning.bytes(from: 0, count: 4) == [0x50, 0x4B, 3, 4] {
            return .unusable("Excel のファイルや ZIP は調べられません。CSV で保存して送ってください。ファイルは残していません。")
        }
        return IndividualNumbers.column(in: try TableFile(beginning.path)).map { .individualNumbers($0) }
    }
}

extension FileStore {
    /// Files that lie in parts, opened into one.
    func opened(_ parts: [KeptFile], key: SealingKey) async throws -> Spool {
        let spool = try Spool()
        for part in parts {
            var index = 0
            while let bytes = try await piece(index, of: part, key: key), !bytes.isEmpty {
                try spool.append(bytes)
                index += 1
            }
        }
        return spool
    }

    /// A spool sealed in parts.
    func keep(_ spool: Spool, inPartsAs name: String, key: SealingKey) async throws -> [KeptFile] {
        let parts = try KeptParts(name, self, key, inspect: nil)
        var place = 0
        while place < spool.count {
            let bytes = spool.bytes(from: place, count: 1 << 20)
            try await parts.take(bytes)
            place += bytes.count
        }
        try await parts.finish()
        return await parts.parts
    }

    /// Bytes out of parts that were kept one after the other, each but the last of the same size.
    func bytes(from start: Int, count: Int, of parts: [KeptFile], key: SealingKey) async throws -> [UInt8] {
        var (place, found) = (start, [UInt8]())
        while found.count < count {
            var (within, index) = (place, 0)
            while index < parts.count, within >= parts[index].size {
                within -= parts[index].size
                index += 1
            }
            guard index < parts.count,
                let bytes = try await piece(within / FileStore.piece, of: parts[index], key: key),
                within % FileStore.piece < bytes.count
            else { return found }
            let wanted = bytes.dropFirst(within % FileStore.piece).prefix(count - found.count)
            found += wanted
            place += wanted.count
        }
        return found
    }
}
