package eu.countersign.ui.biometrics

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.BiometricsState
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.shell.device.Prompt
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinTurn
import eu.countersign.ui.pin.concernsPin
import eu.countersign.ui.pin.pinError
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.words.LocalWords

/** Finger or face beside the PIN: the switch, and the way to "on" (A2). */
@Composable
fun BiometricsScreen(
    app: App,
    model: BiometricsModel,
) {
    val shown by model.shown.collectAsState()
    val problem = shown.problem
    val server = serverOf(model.account)
    if (problem != null && !isSaidHere(problem)) {
        ProblemPage(app, problem, server, model.account) { if (shown.state == null) model.begin() else model.understood() }
        return
    }
    when (val state = shown.state) {
        null -> WorkingPage(Bar(LocalWords.current.fingerprint.bar, wayBack { app.back() }))
        is BiometricsModel.State.Off -> SwitchPage(app, model, shown, state.on)
        is BiometricsModel.State.TurningOn -> TurningOn(app, model, shown, state.flow)
    }
}

/** Problems that the switch or the page of the PIN tells. */
private fun isSaidHere(problem: Problem): Boolean = problem is Problem.NoBiometrics || problem.concernsPin()

@Composable
private fun TurningOn(
    app: App,
    model: BiometricsModel,
    shown: Shown<BiometricsModel.State>,
    flow: BiometricsState,
) {
    when (flow) {
        is BiometricsState.EnterPin, is BiometricsState.NeedsSignature -> PinPage(app, model, shown, null)
        is BiometricsState.WrongPin ->
            PinPage(app, model, shown, PinAnswer(true, flow.left, flow.retryIn, shown.since))
        is BiometricsState.Wait -> PinPage(app, model, shown, PinAnswer(false, null, flow.retryIn, shown.since))
        is BiometricsState.On -> SwitchPage(app, model, shown, true) { TurnedOn(model) }
        is BiometricsState.NotOn -> SwitchPage(app, model, shown, false) { NotOn(model) }
    }
}

@Composable
private fun TurnedOn(model: BiometricsModel) = Banner(Mood.SUCCESS, LocalWords.current.biometricsState.on(serverOf(model.account)))

/** Why it is not on: the person, the sensor, or the server. */
@Composable
private fun NotOn(model: BiometricsModel) {
    val words = LocalWords.current
    val answer by model.answer.collectAsState()
    val text =
        when (answer) {
            null, is Prompt.Answer.Signed -> words.biometricsState.notOn(serverOf(model.account))
            is Prompt.Answer.Cancelled -> words.biometricsState.stopped
            is Prompt.Answer.LockedOut -> words.biometricsState.tooMany
            is Prompt.Answer.Invalidated -> words.problem.fingerprintsChanged
            is Prompt.Answer.Unavailable -> words.biometricsState.unavailable
        }
    Banner(Mood.WARNING, text)
}

@Composable
private fun PinPage(
    app: App,
    model: BiometricsModel,
    shown: Shown<BiometricsModel.State>,
    answer: PinAnswer?,
) {
    val words = LocalWords.current
    val server = serverOf(model.account)
    val back = {
        model.pad.clear()
        model.begin()
        Unit
    }
    OnBack(back)
    PinTurn(
        Bar(words.fingerprint.bar, wayBack(back)),
        PinAsk(
            words.pin.title,
            words.pin.toTurnOnFingerprint(server),
            listOf(server),
            error = words.pinError(shown.problem, answer, server),
            busy = shown.busy,
        ),
        model.pad,
        answer,
        server,
        { ForgotPinButton(app, model.account) },
    ) { model.submit(words.biometric.turnOn(server), words.common.cancel) }
}
