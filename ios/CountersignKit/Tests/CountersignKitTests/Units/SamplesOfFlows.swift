import CountersignFFI
import CountersignWords

@testable import CountersignKit

extension Samples {
    static let flows: [Samples] = [
        Samples(
            [
                .approved(signInCode: "text", at: 90, returnTo: nil), .denied(why: .notMe),
                .wrongPin(left: 2, retryIn: 30), .wait(retryIn: 30, mayResend: true), .wrongNumber(left: 2), .changed,
                .failed, .expired, .cancelled, .alreadyDecided(state: .approved), .unknown,
                .unanswered(retryIn: 30, sent: true),
            ] as [SignInState]
        ) { $0.sentence(of: $1, server: $2) },
        Samples(
            [
                .addAgain(existing: []), .confirm(server: "text", iss: "text", account: "text", left: 30),
                .choosePin(minDigits: 6), .unanswered(retryIn: 30), .typeCode(code: "text", left: 30, returnTo: nil),
                .active(account: 1), .gone, .claimedByAnother,
            ] as [PairingState]
        ) { $0.sentence(of: $1, server: $2) },
        Samples(
            [
                .enterPins(minDigits: 6), .wrongPin(left: 2, retryIn: 30), .wait(retryIn: 30), .unanswered(retryIn: 30),
                .changed, .notChanged,
            ] as [PinChangeState]
        ) { $0.sentence(of: $1, server: $2) },
        Samples(
            [.changed, .wrongPin(left: 2), .notTried, .notChanged(problem: .Internal), .unknown] as [ChangeOutcome]
        ) { $0.sentence(of: $1, server: $2) },
        Samples(
            [
                .enterPin, .needsSignature(request: signature), .wrongPin(left: 2, retryIn: 30), .wait(retryIn: 30),
                .on, .notOn,
            ] as [BiometricsState]
        ) { $0.sentence(of: $1, server: $2) },
        Samples(
            [
                .chooseAccount(accounts: []), .otherAccount(accounts: []), .unanswered(account: 1),
                .claimed(flow: SignInFlow(noHandle: .init())),
            ] as [ClaimState]
        ) { $0.sentence(of: $1, server: $2) },
        Samples([.ready, .connected, .over(state: .approved)] as [OfflineState]) { words, value, _ in
            words.sentence(of: value)
        },
        Samples(
            [
                .enterPin(accounts: [], wrong: nil), .wait(retryIn: 30),
                .showCode(account: account, text: "text", left: 30, behind: 6), .done,
            ] as [MoveState]
        ) { words, value, _ in words.sentence(of: value) },
        Samples([.done(state: .done), .wrongPin(left: 2, retryIn: 30), .wait(retryIn: 30)] as [MoveOutcome]) {
            words,
            value,
            _ in words.sentence(of: value)
        },
        Samples([.done, .wrongPin(left: 2, retryIn: 30), .wait(retryIn: 30)] as [PinOutcome]) { words, value, _ in
            words.sentence(of: value)
        },
    ]
}
