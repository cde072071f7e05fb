import Core
import Database
import Platform
import TestKit
import Testing

@Suite("町が足した言語")
struct LanguageTests {
    /// Somebody who chose Português.
    private func brazilian(in town: TestTown) async throws -> Visitor {
        let visitor = town.visitor()
        let home = try await visitor.get("/")
        #expect(home.body.contains(#"<a href="/language/pt?back=%2F" lang="pt">Português</a>"#))
        #expect(try await visitor.get("/language/pt?back=%2F").path == "/")
        return visitor
    }

    @Test("選んだ言語は続き、申請の始めから結果までその言葉。入る言葉も、訳の中に入る")
    func journey() async throws {
        try await TestTown.run { town in
            let resident = try await brazilian(in: town)
            let home = try await resident.get("/")
            #expect(home.body.contains(#"<html lang="pt">"#) && home.text.contains("Procurar um procedimento"))
            #expect(home.text.contains("Animais de estimação") && home.text.contains("Registro de cachorro"))
            let procedure = try await resident.get("/procedures/dog-registration")
            #expect(procedure.text.contains("Leva cerca de 6 minutos") && procedure.text.contains("Até 5 dias úteis"))
            let question = try await resident.arrive(at: "owner", in: .dog)
            #expect(question.text.contains("Pergunta 2 de") && question.text.contains("Qual é o nome do dono?"))
            let wrong = try await resident.post(question.path, ["owner.family": "Silva"])
            #expect(wrong.status == 422 && wrong.text.contains("Por favor, escreva: Nome"))
            #expect(wrong.text.contains("Confira o que você escreveu (3)") && wrong.body.contains("Erro"))

            let check = try await resident.arrive(at: "check", in: .dog, from: question)
            #expect(check.text.contains("Confira as suas respostas") && check.text.contains("Mudar (Cor do pelo)"))
            #expect(check.text.contains("Macho") && check.text.contains("Taxa de registro (exemplo)"))
            #expect(!check.text.contains("%1"))
            let receipt = try await resident.submit(check)
            #expect(receipt.text.contains("Recebemos o seu pedido") && receipt.body.contains(#"<html lang="pt">"#))
            try await town.workOff()
            let id = String(receipt.path.split(separator: "/")[1])
            let status = try await resident.get("/applications/\(id)").text
            #expect(status.contains("Seu pedido chegou à prefeitura."))
            #expect(status.contains("Setor do Meio Ambiente (exemplo) vai ver o pedido"))
            #expect(status.contains("Devemos responder até 2026-"))

            let desk = try await town.officer("kankyo").get("/desk/cases/\(id)")
            #expect(desk.text.contains("Português") && desk.text.contains("犬の登録申請"))
        }
    }

    @Test("訳のない言葉は、英語で示す")
    func fallback() async throws {
        try await TestTown.run { town in
            let resident = try await brazilian(in: town)
            let form = try await resident.post("/procedures/park-use/apply")
            #expect(form.body.contains(#"<html lang="pt">"#) && form.text.contains("Próximo"))
            #expect(form.text.contains("What would you like to use?"))
            let lost = try await resident.get("/nowhere")
            #expect(lost.status == 404 && lost.text.contains("Página não encontrada"))
        }
    }

    @Test(
        "ブラウザーが望む言語があればそれを、なければ英語を示す。選んだものが先",
        arguments: [
            ("pt-BR,pt;q=0.9", "", "pt"), ("PT", "", "pt"), ("pt;q=1", "", "pt"), ("pto", "", "en"), ("vi", "", "en"),
            ("ja-JP", "", "ja"), ("*", "", "ja"), ("pt", "language=easy", "ja"), ("ja", "language=pt", "pt"),
            ("ja", "language=xx", "ja"), ("pt", "language=xx", "pt"), ("ja", "language=", "ja"),
            ("ja", "language=PT", "ja"), ("", "language=%00", "ja"),
        ])
    func wanted(_ accepts: String, _ cookie: String, _ tag: String) async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/", headers: ["Accept-Language": accepts, "Cookie": cookie])
            #expect(reply.status == 200 && reply.body.contains("<html lang=\"\(tag)\">"))
        }
    }

    @Test("町にない言語は選べない")
    func unknown() async throws {
        try await TestTown.run { town in
            for id in ["vi", "%22%3E", "PT"] {
                let reply = try await town.visitor().get("/language/\(id)")
                #expect(reply.status == 404)
            }
        }
    }

    @Test("申請に残る言語が町になくなっても、申請は読め、その名は残る")
    func forgotten() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let receipt = try await resident.submit(resident.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            try await town.platform.database.write { transaction in
                try transaction.run("UPDATE application SET language = 'xx' WHERE id = \(id)")
                transaction.keepHouse("a town that had another language")
            }
            #expect(try await resident.get("/applications/\(id)").text.contains("申請の状況"))
            let clerk = try await town.officer("kankyo")
            let page = try await clerk.get("/desk/cases/\(id)")
            #expect(page.status == 200 && page.text.contains("入力した言語") && page.text.contains("xx"))
            _ = try await clerk.post(
                "/desk/cases/\(id)/receive", ["seen": "submitted", "once": page.hidden("once")])
            let kept: String? = try await town.platform.database.read {
                try $0.row("SELECT language FROM application WHERE id = \(id)")?["language"]
            }
            #expect(kept == "xx")
        }
    }
}
