import FoundationEssentials

/// A bucket of an S3-compatible store, as it is set up.
package struct BucketSettings: Sendable {
    /// `https://s3.ap-northeast-1.amazonaws.com`, without anything after the host and port.
    let endpoint: String
    /// The host with the port, where that is not the usual one.
    let host: String
    let bucket: String
    /// What the names of our files begin with, with a slash at its end; empty where the bucket is ours alone.
    let prefix: String
    let region: String
    /// The id of the access key.
    let user: String
    /// The secret of the access key.
    let password: String

    /// Reads the settings `files.…`. Nil where files are kept in a folder.
    ///
    /// Throws a ``Settings/Mistake`` where something does not fit together.
    init?(reading text: (String, String) -> String) throws {
        let address = text("files.bucket", "")
        region = text("files.region", "ap-northeast-1")
        (user, password) = (text("files.user", ""), text("files.password", ""))
        guard !address.isEmpty else { return nil }
        guard
            let match = address.wholeMatch(
                of: /(https?:\/\/([A-Za-z0-9.:\[\]-]+))\/([a-z0-9.-]+)((?:\/[A-Za-z0-9._-]+)*)\/?/)
        else {
            throw Settings.Mistake(
                "files.bucket は https://サーバー/バケット か https://サーバー/バケット/フォルダー の形で書いてください（いまの値: \(address)）")
        }
        let output = match.output
        (endpoint, host, bucket) = (String(output.1), String(output.2), String(output.3))
        prefix = output.4.isEmpty ? "" : output.4.dropFirst() + "/"
        guard !user.isEmpty, !password.isEmpty else {
            throw Settings.Mistake("files.bucket を使うには、files.user と files.password も要ります（アクセスキーの ID とシークレット）")
        }
    }

    /// As people may see it.
    package var shown: String { "\(endpoint)/\(bucket)/\(prefix)" }
}
