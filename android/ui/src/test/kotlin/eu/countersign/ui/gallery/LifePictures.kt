package eu.countersign.ui.gallery

import androidx.compose.ui.test.SkikoComposeUiTest
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Decided
import eu.countersign.core.Finding
import eu.countersign.core.MoveState
import eu.countersign.core.Problem
import eu.countersign.core.Subject
import eu.countersign.core.Verdict
import eu.countersign.core.WrongPin
import eu.countersign.shell.Place
import eu.countersign.shell.history.DecidedModel
import eu.countersign.shell.history.HistoryModel
import eu.countersign.shell.move.MoveModel
import eu.countersign.shell.selftest.SelfTestModel
import java.time.Duration

private val SHOWN =
    MoveState.ShowCode(Samples.anna, "https://id.example.eu/m#ABCD", Duration.ofSeconds(216), 1u)

/** Moving, history, self-test and settings (A6, A9, D1, H1). */
val lifePictures: List<Picture> =
    listOf(
        move("move-pin", MoveState.EnterPin(listOf(Samples.anna, Samples.ministry), null)),
        move("move-other-pin", MoveState.EnterPin(listOf(Samples.ministry), WrongPin(4u))),
        move("move-code", SHOWN),
        move("move-type", SHOWN, { touch { it.move.scanned } }) { number.apply { repeat(2) { push(7) } } },
        move("move-confirm", SHOWN) {
            number.apply { repeat(6) { push(7) } }
            askPin()
        },
        move("move-ran-out", SHOWN.copy(left = Duration.ZERO)),
        move("move-done", MoveState.Done),
        history("history", Samples.decided),
        history("history-empty", emptyList()),
        history("history-search", Samples.decided) { touch { it.common.search } },
        decided("decided", Samples.decided[0]),
        decided("decided-sheet", Samples.decided[0], { touch { it.common.itWasntMe } }),
        decided("decided-cancelled", Samples.decided[3]),
        decided("decided-ended", Samples.decided[0]) { endSession() },
        decided("decided-reported", Samples.decided[0]) { report() },
        selfTest("self-test", mixed()),
        selfTest("self-test-good", mixed().filter { it.verdict is Verdict.Good }),
        settings("settings"),
        settings("settings-language") { touch { it.settings.language } },
        settings("settings-move") { touch { it.settings.move } },
        settings("settings-help") { touch { it.settings.help } },
        settings("settings-about") { touch { it.settings.about } },
    )

private fun move(
    name: String,
    state: MoveState,
    hand: SkikoComposeUiTest.() -> Unit = {},
    before: MoveModel.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        app().at(Place.Move(MoveModel(scripted("state" to { state }), around).after { begin() }.after(before)))
    }
}

private fun history(
    name: String,
    decided: List<Decided>,
    hand: SkikoComposeUiTest.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val core = scripted<AuthenticatorInterface>("history" to { decided }, "accounts" to { listOf(Samples.anna) })
        app().at(Place.History(HistoryModel(core, around).after { begin() }))
    }
}

private fun decided(
    name: String,
    decided: Decided,
    hand: SkikoComposeUiTest.() -> Unit = {},
    before: DecidedModel.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val core = scripted<AuthenticatorInterface>("endSession" to {}, "report" to {})
        app().at(Place.DecidedPage(DecidedModel(core, decided, Samples.anna, around).after(before)))
    }
}

private fun mixed(): List<Finding> =
    listOf(
        Finding(Subject.KEY_STORE, null, Verdict.Good),
        Finding(Subject.NOTIFICATIONS, null, Verdict.Allow),
        Finding(Subject.CAMERA, null, Verdict.Good),
        Finding(Subject.BACKGROUND, null, Verdict.Allow),
        Finding(Subject.SERVER, Samples.anna, Verdict.Good),
        Finding(Subject.CLOCK, Samples.anna, Verdict.SetClock(840u)),
        Finding(Subject.REGISTRATION, Samples.anna, Verdict.Good),
        Finding(Subject.SERVER, Samples.ministry, Verdict.See(Problem.Unreachable(sent = false))),
    )

private fun selfTest(
    name: String,
    findings: List<Finding>,
) = Picture(name) {
    studio {
        val core = scripted<AuthenticatorInterface>("selfTest" to { findings })
        app().at(Place.SelfTest(SelfTestModel(core, around).after { test() }))
    }
}

private fun settings(
    name: String,
    hand: SkikoComposeUiTest.() -> Unit = {},
) = Picture(name, hand) {
    studio { app(home(listOf(Samples.anna, Samples.ministry))).apply { start() }.at(Place.Settings()) }
}
