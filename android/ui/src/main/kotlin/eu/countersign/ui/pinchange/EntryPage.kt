package eu.countersign.ui.pinchange

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.PinChangeState
import eu.countersign.shell.App
import eu.countersign.shell.PinPad
import eu.countersign.shell.Shown
import eu.countersign.shell.pinchange.PinChangeModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.isLargeType
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinTurn
import eu.countersign.ui.pin.pinError
import eu.countersign.ui.words.LocalWords

/** One of the three entries. Before the last one is typed nothing is sent; going back wipes all of them. */
@Composable
internal fun EntryPage(
    app: App,
    model: PinChangeModel,
    shown: Shown<PinChangeState>,
    least: Int,
    answer: PinAnswer?,
) {
    val entry by model.entry.collectAsState()
    val words = LocalWords.current
    val server = serverOf(model.account)
    val first = entry == PinChangeModel.Entry.OLD
    val back = { if (first) app.back() else model.startOver() }
    val told = answer.takeIf { first }
    if (!first) OnBack(model::startOver)
    PinTurn(
        Bar(barTitle(entry), wayBack { back() }),
        askOf(entry, least, server, words.pinError(shown.problem, told, server), shown.busy),
        padOf(model, entry),
        told,
        server,
        { if (first) ForgotPinButton(app, model.account) },
    ) { model.next() }
}

/** Which entry it is matters more than what they are for, where there is no room for both. */
@Composable
private fun barTitle(entry: PinChangeModel.Entry): String {
    val words = LocalWords.current
    val step = "${entry.ordinal + 1}"
    return if (isLargeType()) words.common.step(step, "$ENTRIES") else words.common.titleStep(words.changePin.bar, step, "$ENTRIES")
}

@Composable
private fun askOf(
    entry: PinChangeModel.Entry,
    least: Int,
    server: String,
    error: String?,
    busy: Boolean,
): PinAsk {
    val words = LocalWords.current
    return when (entry) {
        PinChangeModel.Entry.OLD ->
            PinAsk(
                words.changePin.presentTitle,
                words.changePin.presentText,
                hint = words.changePin.onlyHere(server),
                error = error,
                busy = busy,
            )
        PinChangeModel.Entry.NEW ->
            PinAsk(
                words.changePin.newTitle,
                words.changePin.newText("$least"),
                hint = words.choosePin.hint,
                minDigits = least,
            )
        PinChangeModel.Entry.REPEAT ->
            PinAsk(
                words.changePin.repeatTitle,
                words.choosePin.repeatText,
                hint = words.choosePin.repeatHint,
                busy = busy,
                minDigits = least,
            )
    }
}

private fun padOf(
    model: PinChangeModel,
    entry: PinChangeModel.Entry,
): PinPad =
    when (entry) {
        PinChangeModel.Entry.OLD -> model.old
        PinChangeModel.Entry.NEW -> model.new
        PinChangeModel.Entry.REPEAT -> model.repeat
    }

private const val ENTRIES = 3
