import CountersignFFI
import CountersignKit
import CountersignWords

/// How a problem looks: its sign, its title and one paragraph.
struct ProblemFace {
    let icon: Icon
    let mood: Mood
    let title: String
    let text: String

    init(_ problem: Problem, _ server: String, _ words: any Words) {
        text = words.paragraph(of: problem, server: server)
        (icon, mood) = Self.sign(problem.advice)
        title = words.title(of: problem, server: server)
    }

    private static func sign(_ advice: Advice) -> (Icon, Mood) {
        switch advice {
        case .scanAgain: (.qrCodeScanner, .neutral)
        case .openScanner: (.qrCodeScanner, .warning)
        case .typeAgain, .chooseAnotherPin: (.pin, .warning)
        case .tryAgain, .getHelp, .freeSpace: (.error, .neutral)
        case .wait: (.timer, .neutral)
        case .connect: (.wifiOff, .neutral)
        case .pairAgain: (.keyVertical, .warning)
        case .update: (.update, .info)
        case .locked: (.lock, .danger)
        case .removed: (.mobileOff, .neutral)
        case .warn: (.warning, .danger)
        case .turnOnBiometrics: (.face, .warning)
        }
    }
}

extension Words {
    fileprivate func title(of problem: Problem, server: String) -> String {
        switch problem.advice {
        case .scanAgain: qrNotOurs.title
        case .openScanner, .typeAgain, .chooseAnotherPin, .tryAgain, .getHelp, .freeSpace, .wait, .turnOnBiometrics:
            failure.title
        case .connect: noNetwork.title(server: server)
        case .pairAgain: problem == .NeedsRepair ? keysLost.title : beginning(failure.refusedTitle(server: server))
        case .update: appTooOld.title
        case .locked: locked.forGoodTitle(server: server)
        case .removed: removed.title
        case .warn: failure.warnTitle
        }
    }

    /// What the title has not said already.
    fileprivate func paragraph(of problem: Problem, server: String) -> String {
        switch problem {
        case .BadQr: qrNotOurs.text
        case .Unreachable(sent: true): noNetwork.textSent(server: server)
        case .Unreachable(sent: false): noNetwork.textNothingSent
        case .NeedsRepair: keysLost.text
        case .Locked(let notice): lockedForGood(notice?.why, server: server)
        default: sentence(of: problem, server: server)
        }
    }

    /// Who has locked this phone for good.
    func lockedForGood(_ why: NoticeWhy?, server: String) -> String {
        why == .operator ? beginning(locked.forGoodOperator(server: server)) : locked.forGoodText
    }
}
