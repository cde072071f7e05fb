import Dispatch

/// Waits on a thread for something that a task does.
struct Done: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func signal() { semaphore.signal() }
    /// True once, if it was done.
    func isSignalled() -> Bool { semaphore.wait(timeout: .now()) == .success }
    func wait() { _ = semaphore.wait(timeout: .now() + 10) }
}
