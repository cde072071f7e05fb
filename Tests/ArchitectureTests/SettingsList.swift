import Core

/// Every setting as the document has it: the variable, and the name in the file.
enum SettingsList {
    static let all = Settings.definitions.map { [$0.variable, $0.name] }
}
