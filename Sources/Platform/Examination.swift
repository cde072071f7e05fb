package import Core
import Database
import FoundationEssentials
package import Logging
import Trail
import Japanese
import Applications

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
        var checks = [folder, space, keyFiles, permissions, programs, await mail()]
        do {
            let platform = try await Platform(settings, migrating: false, logger: logger)
            checks.append(.good("データベース", settings.shownDatabase))
            checks.append(.good("町", platform.town.name[.ja]))
            checks.append(calendar(platform.town))
            checks.append(await keysOfCases(platform))
            checks.append(await files(platform))
            checks.append(await scanner())
            checks.append(await jobs(platform))
            checks.append(await interruptions(platform))
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
            : FileManager.default.fileExists(atPath: settings.data)
                ? .bad("データのフォルダー", "\(settings.data) に書き込めません", mend: "所有者を、origami を動かす利用者にしてください")
                : .bad(
                    "データのフォルダー", "\(settings.data) がありません", mend: "origami init --town … で作るか、ORIGAMI_DATA を確かめてください")
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
            _ = try Keys(folder: settings.keys, beside: settings.database)
            return .good("鍵", settings.keys)
        } catch {
            return .bad("鍵", "\(error)", mend: "鍵がなければ、申請の内容は読めません")
        }
    }

    /// The programs that pictures and papers are made with.
    private var programs: Check {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let missing = ["vipsthumbnail", "weasyprint", "hb-subset"].filter { name in
            !folders.contains { access("\($0)/\(name)", X_OK) == 0 }
        }
        return missing.isEmpty
            ? .good("ほかのプログラム")
            : .bad(
                "ほかのプログラム", missing.joined(separator: "、") + " がありません",
                mend: "apt install libvips-tools weasyprint libharfbuzz-bin fonts-noto-cjk を実行してください。写真の添付とPDFに使います")
    }

    /// Whether mail is set up, and the server answers within ten seconds.
    private func mail() async -> Check {
        guard let server = settings.mail, let mailer = Mailer(settings, within: .seconds(10)) else {
            return .good("メール", "送りません（mail.server が空です）")
        }
        do throws(MailFault) {
            try await mailer.greet()
            return .good("メール", server.address + (server.isEncrypted ? "" : "（暗号化しません）"))
        } catch {
            return .bad(
                "メール", error.description, mend: "mail.… の設定を直し（docs/settings.md）、origami mail test アドレス で確かめてください")
        }
    }

    private func files(_ platform: Platform) async -> Check {
        guard let missing = try? await platform.applications.missingFiles() else {
            return .bad(
                "添付ファイル", "調べられません", mend: "\(settings.bucket?.shown ?? settings.data + "/files") を読めるか確かめてください")
        }
        return missing == 0
            ? .good("添付ファイル")
            : .bad("添付ファイル", "\(missing) 件がありません", mend: "ファイルをバックアップから戻してください")
    }

    /// Whether what is sent in is looked at, and the scanner finds what every scanner finds.
    private func scanner() async -> Check {
        guard let scanner = FileScanner(settings) else { return .good("ウイルス検査", "しません（files.scanner が空です）") }
        return await scanner.isAwake()
            ? .good("ウイルス検査", settings.scanner)
            : .bad(
                "ウイルス検査", "試験用のファイル（EICAR）を見つけません: \(settings.scanner)",
                mend: "プログラムと定義ファイルを確かめてください。検査できないあいだは、添付ファイルを受け取りません")
    }

    /// What lies in the data folder is its owner's alone.
    private var permissions: Check {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: settings.data)) ?? []
        let open = names.filter { name in
            let mode = try? FileManager.default.attributesOfItem(atPath: "\(settings.data)/\(name)")[.posixPermissions]
            return (mode as? Int).map { $0 & 0o077 != 0 } ?? false
        }
        return open.isEmpty
            ? .good("ファイルの権限")
            : .bad(
                "ファイルの権限", "ほかの利用者も開けます: \(open.prefix(5).joined(separator: ", "))",
                mend: "chmod -R go-rwx \(settings.data)")
    }

    /// Every application that is not deleted has its key.
    private func keysOfCases(_ platform: Platform) async -> Check {
        do {
            let missing = try await platform.applications.withoutKey()
            return missing == 0
                ? .good("申請の鍵")
                : .bad(
                    "申請の鍵", "\(missing) 件の申請に鍵がありません",
                    mend: "消去したのでなければ、\(settings.keys)/keys.sqlite を、データベースより新しいバックアップから戻してください")
        } catch {
            return .bad("申請の鍵", "\(error)", mend: "データベースを確かめてください")
        }
    }

    /// The closed days reach far enough for due dates.
    private func calendar(_ town: Town) -> Check {
        let last = town.closedDays.max() ?? ""
        return last >= Moment.now().day.adding(days: 300).iso
            ? .good("閉庁日", "\(last) まで")
            : .bad("閉庁日", "\(last) までしかありません", mend: "town.yaml の closed_days に次の年の休日を足し、origami init を実行してください")
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

    /// What interrupted the town. What was acknowledged is there all the same.
    private func interruptions(_ platform: Platform) async -> Check {
        let (name, since) = ("止まったこと", Moment.now().adding(seconds: -30 * 24 * 3600))
        guard let found = try? await platform.database.read({ try Lifetime.interruptions(since: since, in: $0) }) else {
            return .bad(name, "調べられません", mend: "データベースを確かめてください")
        }
        guard let last = found.last else { return .good(name, "この30日にありません") }
        return .good(
            name,
            "この30日に、予告のない停止 \(found.ended) 回、データベースやディスクに届かなかったこと \(found.away) 回。最後に戻ったのは "
                + "\(last.day.iso) \(last.timeOfDay)。受け付けたものは残っています（記録の検証）。続くときはログを確かめてください")
    }

    private func trail(_ platform: Platform) async -> Check {
        do {
            let result = try await EventLog.verify(platform.trail, in: platform.database)
            return result.faults.isEmpty
                ? .good("記録の検証", "\(result.entries) 件")
                : .bad(
                    "記録の検証", result.faults.prefix(5).joined(separator: "; "),
                    mend: "記録が書き換えられたか、鍵が違います。書き出しておいた署名と比べてください")
        } catch {
            return .bad("記録の検証", "\(error)", mend: "データベースを確かめてください")
        }
    }

    /// A sample's passwords are known to everybody; a proxy's address stands for everybody.
    private func exposure(_ town: Town) -> Check {
        let here = ["127.0.0.1", "::1", "localhost"]
        let isPublic = !here.contains(settings.host) || !here.contains { settings.origin.contains("//\($0)") }
        if town.isSample && isPublic {
            return .bad(
                "公開範囲", "サンプルの町が \(settings.origin) で公開されます",
                mend: "サンプルの職員のパスワードは知られています。自分の町のデータで origami init をしてください")
        }
        if settings.origin.hasPrefix("https://") && settings.clientHeader.isEmpty {
            return .bad(
                "公開範囲", "プロキシーの後ろで、だれの要求かが分かりません",
                mend: "ORIGAMI_CLIENT_HEADER=X-Forwarded-For を設定してください（docs/operate.md）")
        }
        return .good("公開範囲", settings.origin)
    }
}
