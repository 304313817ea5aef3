import CountersignKit
import CountersignWords
import SwiftUI

/// The language of the app: the phone's, or one of those there are, each by its own name.
struct LanguageSheet: View {
    let app: AppModel
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Title(words.settings.language)
        Card {
            Rows([nil] + Languages.all.map { Optional($0.tag) }) { tag in
                OptionRow(title: words.settings.name(of: tag), isChosen: app.choices.language == tag) { choose(tag) }
            }
        }
        ActionButton(words.common.close, .text, action: close)
    }

    private func choose(_ tag: String?) {
        var choices = app.choices
        choices.language = tag
        app.choose(choices)
        close()
    }
}

/// Light, dark, or as the phone is.
struct AppearanceSheet: View {
    let app: AppModel
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Title(words.settings.appearance)
        Card {
            Rows(Appearance.allCases) { appearance in
                OptionRow(
                    title: words.settings.name(of: appearance),
                    isChosen: app.choices.appearance == appearance
                ) {
                    choose(appearance)
                }
            }
        }
        ActionButton(words.common.close, .text, action: close)
    }

    private func choose(_ appearance: Appearance) {
        var choices = app.choices
        choices.appearance = appearance
        app.choose(choices)
        close()
    }
}
