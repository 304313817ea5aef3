import CountersignFFI
import CountersignKit
import CountersignWords
import SwiftUI

/// Three cards: what is chosen, what is done, what is read.
struct SettingsPage: View {
    let app: AppModel
    let accounts: [Account]
    let open: (SettingsInner) -> Void
    @Environment(\.words) private var words
    @Environment(\.version) private var version
    @State private var choosesLanguage = false
    @State private var choosesAppearance = false

    var body: some View {
        Page(Bar(words.settings.title)) {
            Card { chosen }
            Card { done }
            Card { read }
        }
        .question($choosesLanguage) { LanguageSheet(app: app) { choosesLanguage = false } }
        .question($choosesAppearance) { AppearanceSheet(app: app) { choosesAppearance = false } }
    }

    @ViewBuilder
    private var chosen: some View {
        let own = words.settings
        if let allowed = app.around.device.permissions().notifications {
            ListRow(
                own.notifications,
                icon: .notifications,
                hint: allowed ? own.notificationsOn : own.notificationsOff,
                look: RowLook(hint: allowed ? nil : .cs.danger),
                trailing: { Onward() },
                action: { app.around.device.open(.notifications) }
            )
            Hairline()
        }
        ListRow(own.language, icon: .language, hint: own.name(of: app.choices.language)) { choosesLanguage = true }
        Hairline()
        ListRow(own.appearance, icon: .contrast, hint: own.name(of: app.choices.appearance)) {
            choosesAppearance = true
        }
    }

    @ViewBuilder
    private var done: some View {
        let own = words.settings
        ListRow(own.selfTest, icon: .networkCheck, hint: own.selfTestHint) { app.openSelfTest() }
        Hairline()
        SwitchRow(title: own.calls, icon: .phoneInTalk, isOn: app.choices.warnOfCalls) { warns in
            var choices = app.choices
            choices.warnOfCalls = warns
            app.choose(choices)
        }
        if !accounts.isEmpty {
            Hairline()
            ListRow(own.move, icon: .swapHoriz) { open(.move) }
        }
    }

    @ViewBuilder
    private var read: some View {
        let own = words.settings
        ListRow(own.help, icon: .help) { open(.help) }
        Hairline()
        ListRow(own.accessibility, icon: .accessibilityNew) { open(.accessibility) }
        Hairline()
        ListRow(own.about, icon: .info, hint: version.map { own.version(version: $0) }) { open(.about) }
    }
}

extension SettingsWords {
    /// A language by its own name.
    func name(of language: String?) -> String {
        language.map { Languages.words(of: $0).settings.languageName } ?? languageSystem
    }

    /// Light, dark, or as the phone is.
    func name(of appearance: Appearance) -> String {
        switch appearance {
        case .asThePhone: appearanceSystem
        case .light: appearanceLight
        case .dark: appearanceDark
        }
    }
}
