package import Browser
import FoundationEssentials

/// Pictures of pages for people to look at, where `PICTURES` names a folder.
package enum Pictures {
    private static let folder = ProcessInfo.processInfo.environment["PICTURES"]

    /// Keeps the page at phone and at desktop width, under the name and its path.
    package static func keep(_ tab: Tab, _ name: String, as screen: Browser.Screen) async throws {
        guard let folder else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let last = try await tab.path.split(separator: "/").last.map(String.init) ?? "home"
        for (width, size) in [("390", Browser.Screen.phone), ("1280", .desktop)] {
            try await tab.resize(size)
            let path = "\(folder)/\(name)-\(last)-\(width).png"
            _ = FileManager.default.createFile(atPath: path, contents: Data(try await tab.picture()))
        }
        try await tab.resize(screen)
    }
}
