package eu.countersign.ui.gallery

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.BiometricsState
import eu.countersign.core.PinChangeFlowInterface
import eu.countersign.core.PinChangeState
import eu.countersign.core.PinRule
import eu.countersign.core.Problem
import eu.countersign.core.SignatureReason
import eu.countersign.core.SignatureRequest
import eu.countersign.shell.Place
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.shell.device.Prompt
import eu.countersign.shell.pinchange.PinChangeModel
import java.time.Duration

private val TOUCH = BiometricsState.NeedsSignature(SignatureRequest("bio", byteArrayOf(1), SignatureReason.TURN_ON))
private val START = PinChangeState.EnterPins(4u)

/** Finger or face beside the PIN (A2). */
val biometricsPictures: List<Picture> =
    listOf(
        fingerprint("fingerprint", on = false),
        fingerprint("fingerprint-is-on", on = true),
        fingerprint("fingerprint-off-again", on = true) { turnOff() },
        turningOn("fingerprint-pin", BiometricsState.EnterPin) { pad.type(3) },
        turningOn("fingerprint-touch", TOUCH, finger = null) { submit() },
        turningOn("fingerprint-wrong-pin", BiometricsState.WrongPin(4u, Duration.ZERO)) { submit() },
        turningOn("fingerprint-pause", BiometricsState.WrongPin(2u, Duration.ofSeconds(48))) { submit() },
        turningOn("fingerprint-wait", BiometricsState.Wait(Duration.ofSeconds(252))) { submit() },
        turningOn("fingerprint-enter-again", BiometricsState.EnterPin) { submit() },
        turningOn("fingerprint-turned-on", TOUCH, Prompt.Answer.Signed(byteArrayOf(1))) { submit() },
        turningOn("fingerprint-not-on", BiometricsState.NotOn) { submit() },
        turningOn("fingerprint-cancelled", TOUCH, Prompt.Answer.Cancelled) { submit() },
        turningOn("fingerprint-locked-out", TOUCH, Prompt.Answer.LockedOut) { submit() },
        turningOn("fingerprint-changed", TOUCH, Prompt.Answer.Invalidated) { submit() },
        turningOn("fingerprint-unavailable", TOUCH, Prompt.Answer.Unavailable) { submit() },
        Picture("fingerprint-none") {
            studio {
                val core = RefusingAccount(Problem.NoBiometrics(), home(listOf(Samples.ministry)))
                app().at(Place.Biometrics(BiometricsModel(core, Samples.ministry, around).after { begin() }.after { turnOn() }))
            }
        },
    )

/** Another PIN (A1), and a forgotten one (A8). */
val pinPictures: List<Picture> =
    listOf(
        pinChange("change-pin"),
        pinChange("change-pin-typed") { old.type(4) },
        pinChange("change-pin-new") { next() },
        pinChange("change-pin-repeat") {
            next()
            next()
            repeat.type(4)
        },
        changed("change-pin-wrong", PinChangeState.WrongPin(4u, Duration.ZERO)),
        changed("change-pin-pause", PinChangeState.WrongPin(2u, Duration.ofSeconds(48))),
        changed("change-pin-locked", PinChangeState.WrongPin(1u, Duration.ofSeconds(252))),
        changed("change-pin-wait", PinChangeState.Wait(Duration.ofSeconds(20))),
        changed("change-pin-no-answer", PinChangeState.Unanswered(Duration.ofSeconds(5))),
        changed("change-pin-done", PinChangeState.Changed),
        changed("change-pin-not-done", PinChangeState.NotChanged),
        refused("change-pin-weak", Problem.PinRejected(PinRule.Row)),
        refused("change-pin-differ", Problem.PinMismatch()),
        Picture("forgotten-pin") { studio { app().at(Place.ForgottenPin(Samples.anna)) } },
    )

private fun fingerprint(
    name: String,
    on: Boolean,
    before: BiometricsModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val core = scripted<AuthenticatorInterface>("turnOffBiometrics" to {})
        val account = if (on) Samples.anna else Samples.ministry
        app().at(Place.Biometrics(BiometricsModel(core, account, around).after { begin() }.after(before)))
    }
}

private fun turningOn(
    name: String,
    state: BiometricsState,
    finger: Prompt.Answer? = Prompt.Answer.Cancelled,
    before: BiometricsModel.() -> Unit,
) = Picture(name) {
    Studio(StudioDevice(finger = finger)).run {
        val core = scripted<AuthenticatorInterface>("turnOnBiometrics" to { StudioBiometrics(state) })
        app().at(Place.Biometrics(BiometricsModel(core, Samples.ministry, around).after { turnOn() }.after(before)))
    }
}

private fun BiometricsModel.submit() = submit("", "")

private fun pinChange(
    name: String,
    flow: PinChangeFlowInterface = scripted("state" to { START }),
    before: PinChangeModel.() -> Unit = {},
) = Picture(name) {
    studio { app().at(Place.PinChange(PinChangeModel({ flow }, Samples.anna, around).after { begin() }.after(before))) }
}

private fun changed(
    name: String,
    state: PinChangeState,
) = pinChange(name, scripted("state" to { START }, "submit" to { state })) { repeat(ENTRIES) { next() } }

private fun refused(
    name: String,
    problem: Problem,
) = pinChange(name, RefusingPinChange(problem)) { repeat(ENTRIES) { next() } }

private const val ENTRIES = 3
