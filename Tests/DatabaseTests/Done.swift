import Dispatch

/// Waits on a thread for something that a task does.
struct Done: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func signal() { semaphore.signal() }
    func wait() { _ = semaphore.wait(timeout: .now() + 10) }
}
