package eu.countersign.ui.pairing

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.PairingState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinEntryPage
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The PIN, chosen and repeated. Rules are the core's: what it refuses is said here. */
@Composable
internal fun ChoosePinPage(
    app: App,
    pairing: PairingModel,
    state: PairingState.ChoosePin,
    shown: Shown<PairingState>,
    server: String,
) {
    val words = LocalWords.current
    val repeats by pairing.repeats.collectAsState()
    val min = state.minDigits.toInt()
    val bar = Bar(words.common.step(if (repeats) "2" else "1", "3"), backFrom(repeats, app, pairing))
    if (repeats) {
        OnBack(pairing::chooseAgain)
        val ask =
            PinAsk(
                words.choosePin.repeatTitle,
                words.choosePin.repeatText,
                hint = if (shown.busy) words.choosePin.makingKeys else words.choosePin.repeatHint,
                busy = shown.busy,
                minDigits = min,
            )
        PinEntryPage(bar, ask, pairing.repeat) { pairing.choosePin() }
    } else {
        val ask =
            PinAsk(
                words.choosePin.title,
                words.choosePin.text(min.toString()),
                hint = words.choosePin.hint,
                error = shown.problem?.let { words.sentence(it, server) },
                busy = shown.busy,
                minDigits = min,
            )
        PinEntryPage(bar, ask, pairing.first) { pairing.repeatPin() }
    }
}

@Composable
private fun backFrom(
    repeats: Boolean,
    app: App,
    pairing: PairingModel,
): BarAction =
    BarAction(Icons.arrowBack, LocalWords.current.common.back) {
        if (repeats) pairing.chooseAgain() else app.back()
    }
