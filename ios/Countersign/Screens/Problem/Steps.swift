import CountersignFFI
import CountersignKit
import CountersignWords

/// One next step after a problem: its word, and what it does.
struct Step {
    let label: String
    var icon: Icon?
    let action: @MainActor () -> Void
}

/// The steps that lead on, the main one first. None is a dead end.
@MainActor
struct Steps {
    let app: AppModel
    let words: any Words
    let sensor: Sensor
    let account: Account?
    let again: (@MainActor () -> Void)?

    func of(_ problem: Problem) -> [Step] {
        let steps = wanted(problem.advice).compactMap { $0 }
        return steps.isEmpty ? [done] : steps
    }

    private func wanted(_ advice: Advice) -> [Step?] {
        let next = words.next
        switch advice {
        case .scanAgain:
            return [Step(label: next.scanAgain, icon: .qrCodeScanner, action: again ?? app.scanInstead), typed]
        case .openScanner: return [scan(next.openScanner)]
        case .typeAgain: return [repeated(next.typeAgain)]
        case .chooseAnotherPin: return [repeated(next.anotherPin)]
        case .tryAgain: return [repeated(next.tryAgain)]
        case .wait: return [repeated(next.tryNow), scan(next.withoutNetwork)]
        case .connect: return [repeated(next.tryAgain), scan(next.withoutNetwork)]
        case .pairAgain: return [scan(next.pairAgain), repeated(next.checkAgain)]
        case .update: return [store, done]
        case .freeSpace, .warn, .getHelp: return [repeated(next.tryAgain), done]
        case .locked: return [scan(next.pairThisAgain), forgotten, done]
        case .removed: return [scan(next.pairAgain), done]
        case .turnOnBiometrics: return [biometrics, done]
        }
    }

    private var done: Step { Step(label: words.next.backToAccounts) { app.done() } }
    private var typed: Step { Step(label: words.next.cannotScan, icon: .help) { app.openTyped() } }

    private var store: Step {
        Step(label: words.next.update, icon: .openInNew) { app.around.device.open(.store) }
    }

    private var forgotten: Step? {
        account.map { account in Step(label: words.next.iForgot) { app.openForgottenPin(account) } }
    }

    private var biometrics: Step? {
        let own = words.of(sensor)
        return account.map { account in
            Step(label: own.turnOnStep, icon: own.icon) { app.openBiometrics(account) }
        }
    }

    private func scan(_ label: String) -> Step {
        Step(label: label, icon: .qrCodeScanner, action: app.scanInstead)
    }

    private func repeated(_ label: String) -> Step? {
        again.map { Step(label: label, icon: .refresh, action: $0) }
    }
}
