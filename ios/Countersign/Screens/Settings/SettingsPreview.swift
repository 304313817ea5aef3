#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Settings") {
        Sample.screen { app in
            SettingsScreen(app: app)
        }
    }

    #Preview("Move: which accounts") {
        Sample.screen { app in
            MoveChoicePage(app: app, accounts: [Sample.account, Sample.other]) {}
        }
    }

    #Preview("Help") {
        Sample.screen { app in
            HelpPage(close: {})
        }
    }

    #Preview("Accessibility") {
        Sample.screen { app in
            AccessibilityPage(close: {})
        }
    }

    #Preview("About") {
        Sample.screen { app in
            AboutPage(close: {})
        }
    }

    #Preview("Language") {
        Sample.sheet { app in
            LanguageSheet(app: app) {}
        }
    }

    #Preview("Appearance") {
        Sample.sheet { app in
            AppearanceSheet(app: app) {}
        }
    }
#endif
