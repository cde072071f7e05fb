/// Why a file or what was said about it cannot be worked with: nothing was found in it, because nothing was looked at.
package protocol InputTrouble: Error, CustomStringConvertible {}
