import Crypto
import HTML
import Core

/// The files that pages load: few, small, named by their digest and therefore cached for ever.
struct Asset: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]
    let compressed: [UInt8]?

    private init(_ stem: String, _ ending: String, _ type: String, _ bytes: [UInt8]) {
        let digest = Array(SHA256.hash(data: bytes)).prefix(8)
        path = "/assets/\(stem)-\(Array(digest).hexadecimal).\(ending)"
        self.type = type
        self.bytes = bytes
        compressed = Gzip.compress(bytes)
    }

    static let style = Asset("origami", "css", "text/css; charset=utf-8", PackageResources.origami_css)
    static let script = Asset("origami", "js", "text/javascript; charset=utf-8", PackageResources.origami_js)
    static let icon = Asset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)

    static let all = [style, script, icon]

    var link: Link { Link.local(path) ?? "/" }
}
