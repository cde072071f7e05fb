import Core
import Identity
import Platform
import TestKit
import Testing

@Suite("職員")
struct IdentityTests {
    @Test("パスワードは、argon2id の形でしまわれ、同じものだけが合う")
    func passwords() async throws {
        let hasher = PasswordHasher()
        let hash = await hasher.hash("正しい長いパスワードです")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("正しい長いパスワードです", against: hash))
        #expect(try await !hasher.verify("正しい長いパスワードでし", against: hash))
        #expect(try await !hasher.verify("x", against: nil))
        #expect(await hasher.hash("正しい長いパスワードです") != hash)
    }

    @Test(
        "登録できない職員は、理由を言って断る",
        arguments: [
            ("kankyo", "十五文字以上の長いパスワードです", StaffRefusal.loginTaken), ("ab", "十五文字以上の長いパスワードです", .unusableLogin),
            ("Tanaka", "十五文字以上の長いパスワードです", .unusableLogin), ("tanaka", "短いパスワード", .passwordTooShort),
        ])
    func refusals(_ login: String, _ password: String, _ refusal: StaffRefusal) async throws {
        try await TestTown.run { town in
            _ = await #expect(throws: refusal) {
                try await town.platform.identity.add(
                    login: login, name: "田中", memberships: [Membership(section: "water", role: .clerk)],
                    password: password, by: .system, at: town.clock.now)
            }
        }
    }
}
