import Japanese

/// The name of a file as somebody's device gives it.
enum FileName {
    /// The last part of a path, without what no name needs; at most 100 characters.
    static func usable(_ typed: String) -> String {
        let last = typed.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let scalars = last.unicodeScalars.filter {
            $0.value >= 0x20 && $0.value != 0x7F && $0.properties.generalCategory != .format
        }
        let name = Spaces.trim(Width.text(of: Array(scalars)))
        return name.isEmpty ? "ファイル" : String(name.suffix(100))
    }
}
