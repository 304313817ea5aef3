package eu.countersign.ui.gallery

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Finding
import eu.countersign.core.Problem
import eu.countersign.core.Subject
import eu.countersign.core.Verdict
import eu.countersign.shell.Place
import eu.countersign.shell.selftest.SelfTestModel

private val MIXED =
    listOf(
        Finding(Subject.KEY_STORE, null, Verdict.SoftwareKeys),
        Finding(Subject.NOTIFICATIONS, null, Verdict.Allow),
        Finding(Subject.CAMERA, null, Verdict.Allow),
        Finding(Subject.BACKGROUND, null, Verdict.Allow),
        Finding(Subject.SERVER, Samples.anna, Verdict.Good),
        Finding(Subject.CLOCK, Samples.anna, Verdict.SetClock(420u)),
        Finding(Subject.REGISTRATION, Samples.anna, Verdict.Good),
        Finding(Subject.SERVER, Samples.ministry, Verdict.See(Problem.Unreachable(sent = false))),
    )

private val GOOD = Subject.entries.map { Finding(it, Samples.anna, Verdict.Good) }

/** Why nothing arrives (H1). */
val selfTestPictures: List<Picture> =
    listOf(
        selfTest("self-test", MIXED),
        selfTest("self-test-good", GOOD),
        selfTest("self-test-running", GOOD) { Studio(calls = 0) },
    )

/** What the person may choose and read. */
val settingsPictures: List<Picture> =
    listOf(
        settings("settings"),
        settings("settings-notifications-off", studio = { Studio(StudioDevice(notifications = false)) }),
        settings("settings-language", { tap(words.settings.language) }),
        settings("settings-appearance", { tap(words.settings.appearance) }),
        settings("settings-move", { tap(words.settings.move) }),
        settings("settings-move-none", {
            tap(words.settings.move)
            tap(
                Samples.anna.label
                    ?.server
                    .orEmpty(),
            )
            tap(
                Samples.ministry.label
                    ?.server
                    .orEmpty(),
            )
            tap(words.common.goOn)
        }),
        settings("settings-help", { tap(words.settings.help) }),
        settings("settings-accessibility", { tap(words.settings.accessibility) }),
        settings("settings-about", { tap(words.settings.about) }),
    )

private fun selfTest(
    name: String,
    findings: List<Finding>,
    studio: () -> Studio = { Studio() },
) = Picture(name) {
    studio().run {
        val core = scripted<AuthenticatorInterface>("selfTest" to { findings })
        app().at(Place.SelfTest(SelfTestModel(core, around).after { test() }))
    }
}

private fun settings(
    name: String,
    hand: Hand.() -> Unit = {},
    studio: () -> Studio = { Studio() },
) = Picture(name, hand) {
    studio().run {
        val core = home(listOf(Samples.anna, Samples.ministry))
        app(core).apply { start() }.at(Place.Settings())
    }
}
