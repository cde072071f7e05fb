package import Core
import Database
import FoundationEssentials
package import Logging
import Trail

#if canImport(Glibc)
    import Glibc
    import CDispatch
#endif

/// 点検. What is missing or wrong in an installation, and how to mend it.
package struct Examination: Sendable {
    private let settings: Settings
    private let logger: Logger

    package init(_ settings: Settings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// One thing that was looked at.
    package struct Check: Sendable, Encodable {
        package let name: String
        package let isGood: Bool
        /// What was found, in a few words.
        package let found: String
        /// What to do, where something is wrong.
        package let mend: String?

        private enum CodingKeys: String, CodingKey {
            case name, found, mend
            case isGood = "good"
        }

        fileprivate static func good(_ name: String, _ found: String = "") -> Check {
            Check(name: name, isGood: true, found: found, mend: nil)
        }

        fileprivate static func bad(_ name: String, _ found: String, mend: String) -> Check {
            Check(name: name, isGood: false, found: found, mend: mend)
        }
    }

    /// Looks at everything.
    package func checks() async -> [Check] {
        var checks = [folder, space, keyFiles]
        do {
            let platform = try await Platform(settings, logger: logger)
            checks.append(.good("データベース", settings.database))
            checks.append(.good("町", platform.town.name[.ja]))
            checks.append(await jobs(platform))
            checks.append(await trail(platform))
            checks.append(exposure(platform.town))
            await platform.close()
        } catch {
            let words = "\(error)"
            checks.append(.bad("データベースと町", words, mend: "上の内容を直してから、もう一度 origami doctor を実行してください"))
        }
        return checks
    }

    private var folder: Check {
        access(settings.data, W_OK | X_OK) == 0
            ? .good("データのフォルダー", settings.data)
            : .bad("データのフォルダー", "\(settings.data) に書き込めません", mend: "フォルダーを作るか、所有者を origami を動かす利用者にしてください")
    }

    private var space: Check {
        var info = statvfs()
        guard statvfs(settings.data, &info) == 0 else { return .bad("ディスクの空き", "調べられません", mend: "データのフォルダーを確かめてください") }
        let megabytes = Int(info.f_bavail) * Int(info.f_frsize) / 1_000_000
        return megabytes >= 1000
            ? .good("ディスクの空き", "\(megabytes) MB")
            : .bad("ディスクの空き", "\(megabytes) MB", mend: "1,000 MB 以上空けてください。いっぱいになると申請を受け付けられません")
    }

    private var keyFiles: Check {
        do {
            _ = try Keys(folder: settings.keys)
        } catch {
            return .bad("鍵", "\(error)", mend: "鍵がなければ、申請の内容は読めません")
        }
        let open = ["town.key", "trail.key"].filter { name in
            var info = stat()
            return stat("\(settings.keys)/\(name)", &info) == 0 && info.st_mode & 0o077 != 0
        }
        return open.isEmpty
            ? .good("鍵", settings.keys)
            : .bad("鍵", "ほかの利用者も読めます: \(open.joined(separator: ", "))", mend: "chmod 600 \(settings.keys)/*.key")
    }

    private func jobs(_ platform: Platform) async -> Check {
        guard let counts = try? await platform.database.read({ try JobQueue.counts(in: $0) }) else {
            return .bad("あとに残った仕事", "調べられません", mend: "データベースを確かめてください")
        }
        let found = "待ち \(counts.waiting)、失敗 \(counts.failed)"
        return counts.failed == 0
            ? .good("あとに残った仕事", found)
            : .bad("あとに残った仕事", found, mend: "ログの a job failed の行で理由を確かめてください")
    }

    private func trail(_ platform: Platform) async -> Check {
        do {
            let result = try await platform.database.read { try EventLog.verify(platform.trail, in: $0) }
            return result.faults.isEmpty
                ? .good("記録の検証", "\(result.entries) 件")
                : .bad(
                    "記録の検証", result.faults.prefix(5).joined(separator: "; "),
                    mend: "記録が書き換えられたか、鍵が違います。書き出しておいた署名と比べてください")
        } catch {
            return .bad("記録の検証", "\(error)", mend: "データベースを確かめてください")
        }
    }

    /// A sample's passwords are known to everybody.
    private func exposure(_ town: Town) -> Check {
        guard town.isSample, !["127.0.0.1", "::1", "localhost"].contains(settings.host) else {
            return .good("公開範囲", settings.host)
        }
        return .bad(
            "公開範囲", "サンプルの町が \(settings.host) で公開されます",
            mend: "サンプルの職員のパスワードは公開されています。ORIGAMI_HOST=127.0.0.1 にしてください")
    }
}
