import Foundation
import Testing

@testable import CountersignKit

@Suite struct OffMainTests {
    /// Calls of the core wait for servers. If they did so on the threads that all tasks share, nothing else would go on.
    @Test func tasksGoOnWhileMoreCallsWaitThanThereAreThreadsForTasks() async throws {
        let (offMain, waited) = (OffMain(), Recorder())
        let others = DispatchSemaphore(value: 0)
        let calls = ProcessInfo.processInfo.activeProcessorCount * 2 + 2
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<calls {
                group.addTask {
                    _ = try? await offMain {
                        if others.wait(timeout: .now() + 10) == .timedOut { waited.add("in vain") }
                    }
                }
            }
            group.addTask {
                // Gives all calls the time to begin.
                try? await Task.sleep(for: .milliseconds(300))
                for _ in 0..<calls { others.signal() }
            }
        }
        #expect(waited.all.isEmpty)
    }

    @Test func theProcessIsKeptAwakeForEachCallAndNoLonger() async throws {
        let told = Recorder()
        let offMain = OffMain {
            told.add("begin")
            return { told.add("end") }
        }
        try await offMain { told.add("call") }
        #expect(told.all == ["begin", "call", "end"])
        await #expect(throws: LabFault.self) { try await offMain { throw LabFault("thrown") } }
        #expect(told.all.suffix(2) == ["begin", "end"])
    }

    @Test func whatACallThrowsComesBack() async {
        await #expect(throws: LabFault.self) { try await OffMain()() { throw LabFault("thrown") } }
    }
}
