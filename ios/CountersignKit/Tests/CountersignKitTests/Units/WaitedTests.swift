import CountersignFFI
import Dispatch
import Testing

@testable import CountersignKit

@Suite struct WaitedTests {
    @Test func aCallThatNeverAnswersIsNotWaitedForForEver() {
        let limit = ContinuousClock.now + .seconds(5)
        #expect(throws: KeyStoreFault.Transient) {
            let soon = DispatchTime.now() + .milliseconds(50)
            _ = try waited(until: soon, fault: { _ in .Unexpected }) { (_: @escaping Answer<String>) in }
        }
        #expect(ContinuousClock.now < limit)
    }

    @Test func anAnswerThatComesTooLateIsNobodys() async throws {
        let late = DispatchSemaphore(value: 0)
        #expect(throws: KeyStoreFault.Transient) {
            let soon = DispatchTime.now() + .milliseconds(50)
            _ = try waited(until: soon, fault: { _ in .Unexpected }) { (arrived: @escaping Answer<String>) in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) {
                    arrived("late", nil)
                    late.signal()
                }
            }
        }
        let came = try await OffMain()() { late.wait(timeout: .now() + 5) == .success }
        #expect(came)
    }

    @Test func whatIsAnsweredInTimeCounts() throws {
        let made = try waited(until: .now() + 5, fault: { _ in .Unexpected }) { (arrived: @escaping Answer<String>) in
            DispatchQueue.global().async { arrived("made", nil) }
        }
        #expect(made == "made")
        #expect(throws: KeyStoreFault.Unsupported) {
            _ = try waited(until: .now() + 5, fault: { _ in .Unsupported }) { (arrived: @escaping Answer<String>) in
                arrived(nil, LabFault("no"))
            }
        }
    }

    private typealias Answer<Made> = @Sendable (Made?, (any Error)?) -> Void
}
