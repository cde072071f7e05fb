import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// What was measured, shown at once and kept as a page.
struct Document {
    private var parts: [(title: String, text: String)] = []

    mutating func add(_ title: String, _ text: String) {
        print("\n\(title)\n\(text)")
        fflush(nil)
        parts.append((title, text))
    }

    func write(to path: String) throws {
        let intro = """
            # 速さ / Performance

            `make bench` が測り、この文書を書きます。数は測った機械のものです: 比べられるのは、一度の実行の中の数どうしだけです。
            Measured and written by `make bench`. The figures are those of the machine below; compare them within one run alone.
            Clients and servers share it.

            \(Self.machine)
            """
        let text = ([intro] + parts.map { "## \($0.title)\n\n```text\n\($0.text)\n```" }).joined(separator: "\n\n")
        try Data((text + "\n").utf8).write(to: URL(filePath: path))
    }

    private static var machine: String {
        func lines(_ path: String) -> [Substring] {
            let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return text.split(separator: "\n").map { Substring(String($0)) }
        }
        let model = lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? ""
        let memory = lines("/proc/meminfo").first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return
            "\(ProcessInfo.processInfo.processorCount) cores (\(model.trimmingPrefix(" "))), \(memory / 1_048_576) GB"
    }
}
