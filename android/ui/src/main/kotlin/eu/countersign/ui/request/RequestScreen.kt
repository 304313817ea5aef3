package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.Problem
import eu.countersign.core.Request
import eu.countersign.core.SignInState
import eu.countersign.shell.App
import eu.countersign.shell.request.RequestModel
import eu.countersign.shell.request.Stage
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PausePage
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.words.LocalWords

/** One request, from showing it to its outcome (S1 to S6, D1, H2). */
@Composable
fun RequestScreen(
    app: App,
    model: RequestModel,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    val request = model.request
    val stage by model.stage.collectAsState()
    val problem = shown.problem
    if (problem is Problem.MessageRefused) {
        val server = serverOf(request.account)
        OverPage(app, request, words.failure.lostAnswerTitle, words.request.unclear(server))
        return
    }
    if (problem != null && !isSaidBesideTheField(problem)) {
        ProblemPage(app, problem, serverOf(request.account), request.account) { model.understood() }
        return
    }
    when (val state = shown.state) {
        null, is SignInState.WrongNumber -> Answering(app, model, stage, request)
        is SignInState.WrongPin -> WrongPin(app, model, stage, request, state)
        is SignInState.Wait -> WaitPage(app, model, stage, request, state)
        is SignInState.Approved -> ApprovedPage(app, request, state)
        is SignInState.Denied -> DeniedPage(app, request, state.why)
        is SignInState.Changed -> ChangedPage(app)
        is SignInState.Unanswered -> UnansweredPage(app, model, shown, request, state)
        is SignInState.Failed -> OverPage(app, request, words.failure.requestGoneTitle, words.signInState.failed)
        is SignInState.Expired -> OverPage(app, request, words.expired.title, words.expired.text)
        is SignInState.Cancelled -> OverPage(app, request, words.cancelled.title, words.signInState.cancelled)
        is SignInState.AlreadyDecided -> AlreadyDecidedPage(app, request, state.state)
        is SignInState.Unknown -> OverPage(app, request, words.failure.requestGoneTitle, words.signInState.unknown)
    }
}

@Composable
private fun Answering(
    app: App,
    model: RequestModel,
    stage: Stage,
    request: Request,
) {
    when (stage) {
        Stage.CALL -> CallPage(model, request)
        Stage.READ -> ReadPage(app, model, request)
        Stage.PIN -> PinPage(app, model, request)
    }
}

/** Wrong, and then the next try: at once, or after a pause. */
@Composable
private fun WrongPin(
    app: App,
    model: RequestModel,
    stage: Stage,
    request: Request,
    state: SignInState.WrongPin,
) {
    val shown by model.shown.collectAsState()
    val hint = LocalWords.current.pin.pauseHint
    val waits = secondsLeft(state.retryIn, shown.since) > 0
    if (waits && stage != Stage.READ) {
        PausePage(pinBar(model), state.retryIn, shown.since, state.left, serverOf(request.account), hint) {
            ForgotPinButton(app, request.account)
        }
    } else {
        Answering(app, model, stage, request)
    }
}

@Composable
private fun WaitPage(
    app: App,
    model: RequestModel,
    stage: Stage,
    request: Request,
    state: SignInState.Wait,
) {
    val shown by model.shown.collectAsState()
    val since = shown.since
    val hint = LocalWords.current.pin.pauseHint
    val waits = secondsLeft(state.retryIn, since) > 0
    if ((waits || state.mayResend) && stage != Stage.READ) {
        PausePage(pinBar(model), state.retryIn, since, null, serverOf(request.account), hint) {
            ForgotPinButton(app, request.account)
        }
    } else {
        Answering(app, model, stage, request)
    }
}

/** Problems that the page of the number or of the PIN itself tells. */
private fun isSaidBesideTheField(problem: Problem): Boolean =
    problem is Problem.PinIncomplete || problem is Problem.NumberMissing || problem is Problem.NoBiometrics
