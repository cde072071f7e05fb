import Core
import Tabular
import Web

/// Files on their way in, held in memory: documents, or ZIPs of them.
struct ArrivingDocuments: Sendable {
    struct File: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    static let limit = 100 * 1024 * 1024
    /// Of an ordinance that is typed or pasted, in bytes.
    static let longestText = 4 * 1024 * 1024
    private static let endings = [".txt", ".xml", ".html", ".htm"]

    let files: [File]
    let typed: Posted
    /// What was left out, with why.
    let leftOut: [(name: String, reason: String)]

    /// Reads an upload to its end.
    init(_ upload: Upload?) async throws {
        guard let upload else { throw OrdinanceRefusal.unusable("ファイルを選んでください。") }
        let gathering = Gathering()
        typed = try await upload.read(typed: Self.longestText) { file in
            guard file.control == "files", !file.name.isEmpty else { return nil }
            return await gathering.sink(file.name)
        }
        var (files, leftOut) = ([File](), [(name: String, reason: String)]())
        for sink in await gathering.sinks {
            let (name, bytes) = await (sink.name, sink.bytes)
            guard let bytes else { throw OrdinanceRefusal.unusable("全部で\(Self.limit >> 20)MBを超えます。分けて送ってください。") }
            if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
                do throws(PackedFolder.Trouble) {
                    files += try PackedFolder.files(bytes).map { File(name: $0.name, bytes: $0.bytes) }
                } catch {
                    leftOut.append((name, error.description))
                }
            } else {
                files.append(File(name: name, bytes: bytes))
            }
        }
        self.files = files.filter { file in
            let isText = Self.endings.contains { file.name.lowercased().hasSuffix($0) }
            if !isText, !file.name.contains("__MACOSX") {
                let isPaper = file.bytes.starts(with: Array("%PDF".utf8))
                leftOut.append(
                    (file.name, isPaper ? "PDFは読めません。HTML、XML か、文字だけのファイルを送ってください" : "例規の形（.html・.xml・.txt）ではありません"))
            }
            return isText && !file.name.contains("__MACOSX")
        }
        self.leftOut = leftOut
    }

    private actor Gathering {
        private(set) var sinks: [Sink] = []
        private var room = ArrivingDocuments.limit

        func sink(_ name: String) -> Sink {
            let sink = Sink(name, self)
            sinks.append(sink)
            return sink
        }

        /// True while there is room for so much more.
        func take(_ count: Int) -> Bool {
            room -= count
            return room >= 0
        }
    }

    private actor Sink: UploadSink {
        let name: String
        /// Nil once there was no room.
        private(set) var bytes: [UInt8]? = []
        private let gathering: Gathering

        init(_ name: String, _ gathering: Gathering) { (self.name, self.gathering) = (name, gathering) }

        func take(_ piece: [UInt8]) async throws {
            if await gathering.take(piece.count) { bytes?.append(contentsOf: piece) } else { bytes = nil }
        }

        func finish() async throws {}
    }
}
