import CountersignFFI
import Foundation

/// A request's real flow that says before each call of it which one comes.
final class WatchedFlow: SignInFlowProtocol {
    private let flow: any SignInFlowProtocol
    private let before: @Sendable (String) -> Void

    init(_ flow: any SignInFlowProtocol, before: @escaping @Sendable (String) -> Void) {
        self.flow = flow
        self.before = before
    }

    /// The request, without a word.
    func unwatchedRequest() throws -> Request { try flow.request() }

    func approve(number: String?, pin: PinEntry) throws -> SignInState {
        before("approve")
        return try flow.approve(number: number, pin: pin)
    }

    func approveByBiometrics(number: String?) throws -> SignatureRequest {
        before("approveByBiometrics")
        return try flow.approveByBiometrics(number: number)
    }

    func deny(why: DenyWhy) throws -> SignInState {
        before("deny")
        return try flow.deny(why: why)
    }

    func request() throws -> Request {
        before("request")
        return try flow.request()
    }

    func resend() throws -> SignInState {
        before("resend")
        return try flow.resend()
    }

    func submitSignature(signature: Data) throws -> SignInState {
        before("submitSignature")
        return try flow.submitSignature(signature: signature)
    }
}
