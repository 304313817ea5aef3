package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.core.SignInState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.device.Prompt
import eu.countersign.shell.request.RequestModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.TimeChip
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinEntryPage
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words

/** The PIN, or finger or face where the service takes it. */
@Composable
internal fun PinPage(
    app: App,
    model: RequestModel,
    request: Request,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    OnBack(model::back)
    val biometrics by model.biometrics.collectAsState()
    val seconds = secondsLeft(request.terms.left, model.readAt)
    val isLogin = request.kind == RequestKind.LOGIN
    val ask =
        PinAsk(
            words.pin.title,
            if (isLogin) words.pin.toApprove(request.client) else words.pin.toApproveRequest(request.client),
            listOf(request.client),
            hint = biometrics?.let { words.whyNot(it) },
            error = errorOf(shown, request),
            busy = shown.busy,
        )
    val title =
        if (isLogin) words.biometric.approveSignIn(request.client) else words.biometric.approveRequest(request.client)
    PinEntryPage(
        pinBar(model) { TimeChip(seconds) },
        ask,
        model.pad,
        { ForgotPinButton(app, request.account) },
        {
            if (request.terms.takesBiometrics) {
                ActionButton(words.pin.useFingerprint, ButtonKind.TEXT, icon = Icons.fingerprint, enabled = !shown.busy) {
                    model.askBiometrics(title, words.biometric.usePin)
                }
            }
        },
    ) { model.submit() }
}

@Composable
internal fun pinBar(
    model: RequestModel,
    chip: (@Composable () -> Unit)? = null,
): Bar = Bar(back = BarAction(Icons.arrowBack, LocalWords.current.common.back) { model.back() }, chip = chip)

@Composable
private fun errorOf(
    shown: Shown<SignInState>,
    request: Request,
): String? {
    val words = LocalWords.current
    val problem = shown.problem
    val state = shown.state
    return when {
        problem != null -> words.sentence(problem, serverOf(request.account))
        state is SignInState.WrongPin -> state.left?.let { words.pin.notRightLeft(it.toInt()) } ?: words.pin.notRight
        else -> null
    }
}

/** Why finger or face gave no signature. */
internal fun Words.whyNot(of: Prompt.Answer): String? =
    when (of) {
        is Prompt.Answer.Signed -> null
        is Prompt.Answer.Cancelled -> biometric.cancelled
        is Prompt.Answer.LockedOut -> biometric.lockedOut
        is Prompt.Answer.Invalidated -> biometric.changed
        is Prompt.Answer.Unavailable -> biometric.unavailable
    }
