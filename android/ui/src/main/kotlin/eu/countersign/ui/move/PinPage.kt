package eu.countersign.ui.move

import androidx.compose.runtime.Composable
import eu.countersign.core.Account
import eu.countersign.core.MoveState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayOut
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinTurn
import eu.countersign.ui.pin.pinError
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.listing

/** The PIN that asks the servers for codes; one entry serves as many accounts as have it. */
@Composable
internal fun PinPage(
    app: App,
    model: MoveModel,
    shown: Shown<MoveState>,
    moved: Moved,
    answer: PinAnswer?,
) {
    val words = LocalWords.current
    val accounts = moved.asked(shown.state)
    val names = words.listing(accounts.map { serverOf(it) })
    val server = accounts.firstOrNull()?.let { serverOf(it) } ?: words.common.thisServer
    val purpose = if (accounts.size > 1) words.pin.toMoveSeveral(names) else words.pin.toMove(server)
    PinTurn(
        Bar(words.move.bar, wayOut { app.back() }),
        PinAsk(
            words.pin.title,
            purpose,
            listOf(names),
            error = words.pinError(shown.problem, answer, server),
            busy = shown.busy,
        ),
        model.pad,
        answer,
        server,
        {
            val first = accounts.firstOrNull()
            if (first != null && moved.areSeveral) SkipButton(model, moved, first, shown.busy)
            if (first != null) ForgotPinButton(app, first)
        },
    ) { model.submit() }
}

/** Leaves out the account that is asked for or shown. */
@Composable
internal fun SkipButton(
    model: MoveModel,
    moved: Moved,
    account: Account,
    busy: Boolean,
) = ActionButton(LocalWords.current.move.skip, ButtonKind.TEXT, enabled = !busy) {
    model.pad.clear()
    if (model.skip() != null) moved.skip(account)
}
