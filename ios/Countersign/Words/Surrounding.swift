import CountersignKit
import CountersignWords
import SwiftUI

private struct WordsKey: EnvironmentKey {
    static let defaultValue: any Words = EnWords()
}

private struct ClockKey: EnvironmentKey {
    static let defaultValue: any ShellClock = SystemClock()
}

private struct VersionKey: EnvironmentKey {
    static let defaultValue: String? = nil
}

extension EnvironmentValues {
    /// What the app says, in the language in use.
    var words: any Words {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }

    /// Time, for the screens.
    var clock: any ShellClock {
        get { self[ClockKey.self] }
        set { self[ClockKey.self] = newValue }
    }

    /// The version of the app, as its bundle says it.
    var version: String? {
        get { self[VersionKey.self] }
        set { self[VersionKey.self] = newValue }
    }
}
