package eu.countersign.ui.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import eu.countersign.core.PinOutcome
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.account.RemovePhoneModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Point
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinTurn
import eu.countersign.ui.pin.concernsPin
import eu.countersign.ui.pin.pinError
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Removing another phone: what will be lost, the PIN, done (A4, A7). */
@Composable
fun RemovePhoneScreen(
    app: App,
    model: RemovePhoneModel,
) {
    val shown by model.shown.collectAsState()
    var asksPin by remember(model) { mutableStateOf(false) }
    val server = serverOf(model.account)
    val problem = shown.problem
    when {
        problem != null && !problem.concernsPin() ->
            ProblemPage(app, problem, server, model.account) { model.understood() }
        shown.state is PinOutcome.Done -> Removed(app, model, server)
        asksPin ->
            Pin(app, model, shown) {
                model.pad.clear()
                asksPin = false
            }
        else -> Ask(app, model, server) { asksPin = true }
    }
}

@Composable
private fun Ask(
    app: App,
    model: RemovePhoneModel,
    server: String,
    onRemove: () -> Unit,
) {
    val words = LocalWords.current.removePhone
    val phone = model.phone.name
    Page(
        Bar(back = wayBack { app.back() }),
        foot = {
            ActionButton(words.remove, ButtonKind.DANGER, icon = Icons.linkOff, onClick = onRemove)
            ActionButton(words.keep, ButtonKind.SECONDARY) { app.back() }
        },
    ) {
        Title(words.title(phone, server))
        Card {
            Column(Modifier.padding(16.dp), Arrangement.spacedBy(14.dp)) {
                Point(Icons.close, words.text(phone, model.account.label?.account ?: server))
                Point(Icons.pin, words.hint)
            }
        }
    }
}

@Composable
private fun Pin(
    app: App,
    model: RemovePhoneModel,
    shown: Shown<PinOutcome>,
    onBack: () -> Unit,
) {
    val words = LocalWords.current
    val server = serverOf(model.account)
    val answer = answerOf(shown)
    OnBack(onBack)
    PinTurn(
        Bar(back = wayBack(onBack)),
        PinAsk(
            words.pin.title,
            words.pin.toRemovePhone(model.phone.name, server),
            listOf(model.phone.name, server),
            error = words.pinError(shown.problem, answer, server),
            busy = shown.busy,
        ),
        model.pad,
        answer,
        server,
        { ForgotPinButton(app, model.account) },
    ) { model.submit() }
}

private fun answerOf(shown: Shown<PinOutcome>): PinAnswer? =
    when (val state = shown.state) {
        null, is PinOutcome.Done -> null
        is PinOutcome.WrongPin -> PinAnswer(true, state.left, state.retryIn, shown.since)
        is PinOutcome.Wait -> PinAnswer(false, null, state.retryIn, shown.since)
    }

@Composable
private fun Removed(
    app: App,
    model: RemovePhoneModel,
    server: String,
) {
    val words = LocalWords.current
    val phone = model.phone.name
    EndPage(Ending(Icons.check, Mood.SUCCESS, words.removePhone.done, words.removePhone.doneText(phone, server), listOf(phone))) {
        ActionButton(words.common.done, ButtonKind.PRIMARY) { app.back() }
    }
}
