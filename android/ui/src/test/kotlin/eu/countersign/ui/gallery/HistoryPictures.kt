package eu.countersign.ui.gallery

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Decided
import eu.countersign.core.Deed
import eu.countersign.core.Outcome
import eu.countersign.core.Problem
import eu.countersign.shell.Place
import eu.countersign.shell.history.DecidedModel
import eu.countersign.shell.history.HistoryModel

/** What was decided, and what can still be done about it (A9, D1). */
val historyPictures: List<Picture> =
    listOf(
        history("history", Samples.decided),
        history("history-found", Samples.decided) {
            tap(words.common.search)
            type("parent")
        },
        history("history-no-match", Samples.decided) {
            tap(words.common.search)
            type("Library")
        },
        history("history-empty", emptyList()),
        history("history-unknown", Samples.decided.map { it.copy(outcome = Outcome.UNKNOWN) }),
        Picture("history-opening") {
            Studio(calls = 0).run { app().at(Place.History(HistoryModel(home(emptyList()), around).after { begin() })) }
        },
        decided("decided-approved", Deed.APPROVED),
        decided("decided-cancelled", Deed.CANCELLED),
        decided("decided-reported", Deed.REPORTED),
        decided("decided-offline", Deed.OFFLINE_CODE),
        decided("decided-ask-end", Deed.APPROVED, { tap(words.historyItem.endSession) }),
        decided("decided-ask-report", Deed.APPROVED, { tap(words.common.itWasntMe) }),
        decided("decided-ended", Deed.APPROVED) { endSession() },
        decided("decided-reported-after", Deed.APPROVED) { report() },
        decided("decided-reported-nothing", Deed.CANCELLED) { report() },
        Picture("decided-account-gone") {
            studio { app().at(Place.DecidedPage(DecidedModel(scripted(), of(Deed.APPROVED), null, around))) }
        },
        Picture("decided-not-reached") {
            studio {
                val core = RefusingAccount(Problem.Unreachable(sent = false), home(listOf(Samples.anna)))
                val model = DecidedModel(core, of(Deed.APPROVED), Samples.anna, around)
                app().at(Place.DecidedPage(model.after { report() }))
            }
        },
    )

private fun history(
    name: String,
    decided: List<Decided>,
    hand: Hand.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val answers = arrayOf<Pair<String, (List<Any?>) -> Any?>>("history" to { decided }, "resolve" to {})
        val core = home(listOf(Samples.anna, Samples.city), more = answers)
        app().at(Place.History(HistoryModel(core, around).after { begin() }))
    }
}

private fun decided(
    name: String,
    deed: Deed,
    hand: Hand.() -> Unit = {},
    before: DecidedModel.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val core = scripted<AuthenticatorInterface>("endSession" to {}, "report" to {})
        app().at(Place.DecidedPage(DecidedModel(core, of(deed), Samples.anna, around).after(before)))
    }
}

private fun of(deed: Deed): Decided = Samples.decided.first { it.deed == deed }
