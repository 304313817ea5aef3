import CountersignFFI
import CountersignWords

/// What a screen says of a state of a flow, before its particulars.
extension Words {
    /// Where a request is.
    public func sentence(of state: SignInState, server: String) -> String {
        switch state {
        case .approved: signInState.approved
        case .denied: signInState.denied
        case .wrongPin: signInState.wrongPin
        case .wait(_, mayResend: true): signInState.waitResend
        case .wait(_, mayResend: false): signInState.wait
        case .wrongNumber: signInState.wrongNumber
        case .changed: signInState.changed
        case .failed: signInState.failed
        case .expired: signInState.expired
        case .cancelled: signInState.cancelled
        case .alreadyDecided: signInState.alreadyDecided
        case .unknown: signInState.unknown
        case .unanswered(_, sent: true): signInState.unansweredSent(server: server)
        case .unanswered(_, sent: false): signInState.unanswered(server: server)
        }
    }

    /// Where a pairing is.
    public func sentence(of state: PairingState, server: String) -> String {
        switch state {
        case .addAgain: pairingState.addAgain
        case .confirm(let server, _, _, _): pairingState.confirm(server: server)
        case .choosePin: pairingState.choosePin
        case .unanswered: pairingState.unanswered(server: server)
        case .typeCode: pairingState.typeCode
        case .active: pairingState.active
        case .gone: pairingState.gone
        case .claimedByAnother: pairingState.claimedByAnother
        }
    }

    /// Where a change of PIN is.
    public func sentence(of state: PinChangeState, server: String) -> String {
        switch state {
        case .enterPins: pinChangeState.enterPins
        case .wrongPin: pinChangeState.wrongPin
        case .wait: pinChangeState.wait
        case .unanswered: pinChangeState.unanswered
        case .changed: pinChangeState.changed
        case .notChanged: pinChangeState.notChanged(server: server)
        }
    }

    /// What a change of several PINs came to for one account.
    public func sentence(of outcome: ChangeOutcome, server: String) -> String {
        switch outcome {
        case .changed: changeOutcome.changed
        case .wrongPin(.some(let left)): changeOutcome.wrongPinLeft(n: Int(left))
        case .wrongPin(.none): changeOutcome.wrongPin
        case .notTried: changeOutcome.notTried
        case .notChanged: changeOutcome.notChanged
        case .unknown: changeOutcome.unknown(server: server)
        }
    }

    /// Where finger or face is on its way to being on. An iPhone of today has a face.
    public func sentence(of state: BiometricsState, server: String) -> String {
        switch state {
        case .enterPin: biometricsState.enterPin
        case .needsSignature: biometricsState.needsSignature
        case .wrongPin: biometricsState.wrongPin
        case .wait: biometricsState.wait
        case .on: biometricsState.onFaceId(server: server)
        case .notOn: biometricsState.notOnFaceId(server: server)
        }
    }

    /// Where a scanned or tapped sign-in is.
    public func sentence(of state: ClaimState, server: String) -> String {
        switch state {
        case .chooseAccount: claimState.chooseAccount
        case .otherAccount: claimState.otherAccount
        case .unanswered: claimState.unanswered(server: server)
        case .claimed: claimState.claimed
        }
    }

    /// Whether there is a network after all.
    public func sentence(of state: OfflineState) -> String {
        switch state {
        case .ready: offlineState.ready
        case .connected: offlineState.connected
        case .over: offlineState.over
        }
    }

    /// Where a move is.
    public func sentence(of state: MoveState) -> String {
        switch state {
        case .enterPin: moveState.enterPin
        case .wait: moveState.wait
        case .showCode: moveState.showCode
        case .done: moveState.done
        }
    }

    /// What confirming the new phone came to.
    public func sentence(of outcome: MoveOutcome) -> String {
        switch outcome {
        case .done: moveOutcome.done
        case .wrongPin: moveOutcome.wrongPin
        case .wait: moveOutcome.wait
        }
    }

    /// What something that takes the PIN came to.
    public func sentence(of outcome: PinOutcome) -> String {
        switch outcome {
        case .done: pinOutcome.done
        case .wrongPin: pinOutcome.wrongPin
        case .wait: pinOutcome.wait
        }
    }
}
