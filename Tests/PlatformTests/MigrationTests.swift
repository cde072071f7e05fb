import Database
import Platform
import Testing

@Suite("移行")
struct MigrationTests {
    /// Every step that was ever released, with the checksum of its text. A new step is added here; a line never changes.
    private static let released: [[String]] = [
        ["trail/0001-entries", "52b9caccbce261cc"],
        ["core/0001-events", "915d6b34c0f69c79"],
        ["core/0002-jobs", "98e9003ff0cf0f50"],
        ["core/0003-town", "af51735ed3b91fb0"],
        ["web/0001-sessions", "bd87aee7496e58b9"],
        ["register/0001-cards", "b3a4b9b2ad060b19"],
        ["identity/0001-officers", "c3b968f18c193e86"],
        ["identity/0002-credentials", "6c8d4c380baf606d"],
        ["applications/0001-forms", "1662474beba52685"],
        ["applications/0002-applications", "6bd197c90e3bd7e6"],
        ["applications/0003-messages", "e76008b503d30f65"],
        ["applications/0004-desk-deeds", "eadb7fd87ad4da2f"],
        ["applications/0005-attachments", "aba9736ab63f4a65"],
        ["applications/0006-corrections-and-withdrawal", "3a6665976dba6c0e"],
        ["applications/0007-fees", "ad968ac4abc29ede"],
        ["applications/0008-replies", "7b9da2ed7d30515a"],
        ["register/0002-voices", "cfb80594962e6132"],
        ["applications/0009-channels", "2ff1316078a0fd9f"],
        ["applications/0010-reuse", "7d833f49388d0c56"],
        ["applications/0011-mail", "d7a7ea69d3c2ac0"],
        ["applications/0012-form-drafts", "7fbafb0a62ba6cb3"],
        ["applications/0013-fee-adjustments", "e55b27fa8b331b0e"],
        ["applications/0014-form-draft-base", "49913ed0d91aab71"],
        ["applications/0015-retention", "96a06a4052005cce"],
        ["applications/0016-export-choices", "3093bf0470ac91e8"],
        ["applications/0017-export-runs", "701fbb947f97590a"],
        ["applications/0018-tokens", "f326fbcb67ddb15f"],
        ["applications/0019-webhooks", "9d49be5eb2e5a470"],
        ["applications/0020-measured-months", "b024a35eae73ad4d"],
        ["applications/0021-assignees", "3b527f28e00ff232"],
        ["applications/0022-names", "f7ed7ff764afd528"],
        ["applications/0023-saved-views", "2a612b808908417c"],
        ["applications/0024-bulk-runs", "188b16af311344d5"],
        ["applications/0025-decisions", "b845cdf044da525a"],
        ["applications/0026-proposals", "4b95245c2afe8e7"],
        ["applications/0027-consultations", "abe98bf017fe048a"],
        ["applications/0028-notes", "6ae65469d81c8d92"],
        ["applications/0029-versions", "effd7c46546bf2d8"],
        ["applications/0030-templates", "4bf523ad163516a9"],
        ["applications/0031-fingerprints", "754724c9e9d91119"],
        ["applications/0032-notices", "23e0878391f61772"],
        ["applications/0033-counter-conversations", "3e218201e45a0414"],
        ["applications/0034-counter-screens", "9814a4301fa4977d"],
        ["applications/0035-counter-queue", "75d60875df16469f"],
        ["applications/0036-counts", "74edf1f9996a8054"],
        ["register/0003-facts", "1ecbb559f984d936"],
        ["register/0004-level-exceptions", "d13e090dbf1e8762"],
        ["register/0005-level-records", "6936281f33e11f91"],
        ["register/0006-card-versions", "ba72215614794d66"],
        ["register/0007-sheet-uploads", "19b6e75d606f5c81"],
        ["register/0008-inventory-answers", "7230724f532b3ed1"],
        ["core/0004-event-watches", "b8cf62b8dac32533"],
        ["register/0009-no-card-events", "b9223a3e9f5740a9"],
        ["applications/0037-file-contents", "55dc12f268a131f4"],
        ["applications/0038-export-parts", "d74b542a6d726310"],
        ["core/0005-job-ends", "50debdc4e9914650"],
        ["applications/0039-names-folded-again", "a985998533c7750a"],
    ]

    @Test("公開した移行の文は、変わらない。新しいものは、最後に足される")
    func released() {
        #expect(Platform.migrations.map { [$0.name, $0.checksum] } == Self.released)
    }
}
