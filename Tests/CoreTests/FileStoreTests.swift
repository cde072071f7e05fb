import Core
import Database
import FoundationEssentials
import TestKit
import Testing

@Suite("ファイルの置き場")
struct FileStoreTests {
    private let (key, otherKey): (SealingKey, SealingKey)

    init() async throws {
        (key, otherKey) = try await TestEngine.sqlite.run { database in
            try await database.migrate(Vault.migrations)
            let vault = Vault(townKey: [UInt8](repeating: 7, count: 32), keys: database)
            return (try await vault.makeKey(for: "one"), try await vault.makeKey(for: "two"))
        }
    }

    private func spool(_ bytes: [UInt8]) throws -> Spool {
        let spool = try Spool()
        try spool.append(bytes)
        return spool
    }

    private func all(_ file: KeptFile, in store: FileStore) async throws -> [UInt8] {
        var (found, index): ([UInt8], Int) = ([], 0)
        while let bytes = try await store.piece(index, of: file, key: key) {
            found += bytes
            index += 1
        }
        return found
    }

    /// What has to hold wherever files lie.
    private func keepAndFind(_ store: FileStore) async throws {
        for size in [0, 1, FileStore.piece, FileStore.piece * 40 + 17] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
            let file = try await store.keep(spool(bytes), as: "one", key: key)
            #expect(file.size == size)
            #expect(try await all(file, in: store) == bytes)
            #expect(try await store.isWhole(file.content))
            // What lies there tells nothing of what was put in.
            if size > 16 { #expect(try await !store.sealed(file.content).contains(bytes.prefix(64))) }
            // For another thing, or with another key, it does not open.
            await #expect(throws: (any Error).self) {
                try await store.piece(0, of: KeptFile(id: "two", content: file.content, size: size), key: key)
            }
            await #expect(throws: (any Error).self) {
                try await store.piece(0, of: file, key: otherKey)
            }
        }
        let names = try await store.names()
        #expect(names.count == 4)
        #expect(try await store.names(olderThan: 3600) == [])
        for name in names { try await store.delete(named: name) }
        #expect(try await store.names() == [])
        try await store.delete(named: names[0])
        await #expect(throws: FileTrouble.self) { try await store.sealed(names[0]) }
    }

    @Test("フォルダーに置いたファイルは、そのまま取り出せる。変えられたものは、鍵がなくても分かり、開けない")
    func folder() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let store = FileStore(folder: folder.path + "/files")
        try await keepAndFind(store)
        let file = try await store.keep(spool([1, 2, 3]), as: "one", key: key)
        let path = folder.path + "/files/" + file.content
        var bytes = try #require(TestFile.bytes(path))
        bytes[20] ^= 1
        #expect(FileManager.default.createFile(atPath: path, contents: bytes))
        #expect(try await !store.isWhole(file.content))
        await #expect(throws: (any Error).self) { try await store.piece(0, of: file, key: key) }
        for name in ["../one", ".one", "", "a/b"] {
            await #expect(throws: FileTrouble.self) { try await store.delete(named: name) }
        }
    }

    @Test("S3の形の置き場でも、同じように置けて、取り出せる。1,000件を超えても、すべて数えられる")
    func bucket() async throws {
        let key = key
        try await TestBucket.run { bucket in
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let settings = try await bucket.settings(in: folder.path)
            let store = FileStore(settings)
            try await keepAndFind(store)

            // What a town had in its folder goes over as it is, once.
            let local = FileStore(folder: folder.path + "/files")
            var files: [KeptFile] = []
            for number in 0..<1003 {
                files.append(
                    try await local.keep(spool([UInt8(truncatingIfNeeded: number)]), as: "\(number)", key: key))
            }
            #expect(try await store.take(from: local) == 1003)
            #expect(try await store.take(from: local) == 0)
            #expect(try await Set(store.names()) == Set(files.map(\.content)))
            #expect(try await all(files[1002], in: store) == [UInt8(truncatingIfNeeded: 1002)])

            // A wrong secret is told, and nothing else happens.
            var wrong = bucket.environment
            wrong["ORIGAMI_FILES_PASSWORD"] = "wrong"
            wrong["ORIGAMI_DATA"] = folder.path
            let stranger = FileStore(try await Settings.read(environment: wrong))
            let trouble = await #expect(throws: FileTrouble.self) { try await stranger.names() }
            #expect(trouble?.description.contains("403") == true)
            #expect(trouble?.description.contains("wrong") == false)
        }
    }

    @Test("バケットを分け合うときは、決めたフォルダーの中だけを使う")
    func folderOfABucket() async throws {
        try await TestBucket.run(folder: "kaminokawa/files") { bucket in
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let store = FileStore(try await bucket.settings(in: folder.path))
            try await keepAndFind(store)
            _ = try await store.keep(spool([1]), as: "one", key: key)
            var other = bucket.environment
            other["ORIGAMI_DATA"] = folder.path
            other["ORIGAMI_FILES_BUCKET"] = other["ORIGAMI_FILES_BUCKET"]?.replacing("kaminokawa", with: "other")
            #expect(try await FileStore(try await Settings.read(environment: other)).names() == [])
            #expect(try await store.names().count == 1)
        }
    }

    @Test(
        "置き場の設定の誤りは、直し方とともに分かる",
        arguments: [
            ["ORIGAMI_FILES_BUCKET": "s3://town"],
            ["ORIGAMI_FILES_BUCKET": "https://store.example.jp"],
            ["ORIGAMI_FILES_BUCKET": "https://store.example.jp/town/../other", "ORIGAMI_FILES_USER": "a"],
            ["ORIGAMI_FILES_BUCKET": "https://store.example.jp/town"],
        ])
    func mistakes(_ environment: [String: String]) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let mistake = await #expect(throws: Settings.Mistake.self) {
            _ = try await Settings.read(environment: environment.merging(["ORIGAMI_DATA": folder.path]) { $1 })
        }
        #expect(mistake?.description.contains("files.") == true)
    }
}
