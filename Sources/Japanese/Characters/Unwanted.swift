/// Characters that no field takes, and those that a name does not.
package enum Unwanted {
    /// True if there is a control character, a private-use one or a non-character in the text. Line ends and tabs pass.
    package static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n" && scalar != "\r" && scalar != "\t"
            case .unassigned, .surrogate, .privateUse: true
            // Directional overrides make a text look like another one.
            case .format: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            default: false
            }
        }
    }

    /// True if there is a picture character (絵文字). Kanji with variation selectors are not pictures.
    package static func hasEmoji(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }
    }
}
