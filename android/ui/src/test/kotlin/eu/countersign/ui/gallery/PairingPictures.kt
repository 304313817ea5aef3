package eu.countersign.ui.gallery

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.PairingState
import eu.countersign.core.PinRule
import eu.countersign.core.Problem
import eu.countersign.lab.around
import eu.countersign.shell.App
import eu.countersign.shell.PinPad
import eu.countersign.shell.Place
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.shell.scan.ScanModel
import eu.countersign.shell.typed.TypedModel
import java.time.Duration

private val CONFIRM =
    PairingState.Confirm("Example ID", "https://id.example.eu", "a***@example.eu", Duration.ofSeconds(290))

/** First run and pairing (P1 to P3, H1). */
val pairingPictures: List<Picture> =
    listOf(
        Picture("home-welcome") { studio { app(home(emptyList())).apply { start() } } },
        Picture("home-welcome-link-waits") { studio { app(home(emptyList())).apply { linkWaits() } } },
        Picture("home-no-account", { tap(words.welcome.noAccount) }) { studio { app(home(emptyList())).apply { start() } } },
        Picture("scan") { studio { app().at(Place.Scan(scan(), moving = false)) } },
        Picture("scan-moving") { studio { app().at(Place.Scan(scan(), moving = true)) } },
        Picture("scan-not-ours") { studio { app().at(Place.Scan(scan(Problem.BadQr()), moving = false)) } },
        Picture("scan-camera-refused") {
            Studio(StudioDevice(camera = false)).run { app().at(Place.Scan(scan(), moving = false)) }
        },
        Picture("typed") { studio { app().at(Place.Typed(TypedModel(scripted(), around) {})) } },
        Picture("typed-slip") { studio { app().at(Place.Typed(typedWith(Problem.BadCode()))) } },
        pairing("pairing-add-again", PairingState.AddAgain(listOf("anna.keller@example.eu"))),
        pairing("pairing-confirm", CONFIRM),
        pairing("pairing-choose-pin", PairingState.ChoosePin(4u)) { first.type(3) },
        pairing("pairing-repeat-pin", PairingState.ChoosePin(4u)) {
            first.type(6)
            repeatPin()
            repeat.type(6)
        },
        weakPin("pairing-weak-pin", Problem.PinRejected(PinRule.Date)),
        weakPin("pairing-pins-differ", Problem.PinMismatch()),
        pairing("pairing-unanswered", PairingState.Unanswered(Duration.ofSeconds(5))),
        pairing("pairing-type-code", PairingState.TypeCode("483920", Duration.ofSeconds(238), null)),
        pairing(
            "pairing-same-phone",
            PairingState.TypeCode("483920", Duration.ofSeconds(198), "https://id.example.eu/back"),
        ),
        pairing("pairing-cancel", PairingState.TypeCode("483920", Duration.ofSeconds(238), null), { tap(words.pairCode.cancel) }),
        pairing("pairing-active", PairingState.Active(Samples.anna.id)),
        Picture("notifications") { studio { app().at(Place.Notifications()) } },
        pairing("pairing-gone", PairingState.Gone),
        pairing("pairing-claimed", PairingState.ClaimedByAnother),
    )

internal fun studio(shot: Studio.() -> App): App = Studio().shot()

internal fun PinPad.type(count: Int) = repeat(count) { push(it) }

private fun pairing(
    name: String,
    state: PairingState,
    hand: Hand.() -> Unit = {},
    before: PairingModel.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val first = if (state is PairingState.AddAgain) state else CONFIRM
        val model = PairingModel(scripted("state" to { first }, "accept" to { state }), around)
        model.begin()
        if (state != first) model.accept()
        app().at(Place.Pairing(model.after(before)))
    }
}

private fun weakPin(
    name: String,
    problem: Problem,
) = Picture(name) {
    studio {
        val model = PairingModel(RefusingPairing(problem), around)
        model.begin()
        model.choosePin()
        app().at(Place.Pairing(model))
    }
}

/** A link came while another page was open, and the person went back. */
private fun App.linkWaits() {
    start()
    openSettings()
    linkArrived("https://id.example.eu/a/p#1")
    back()
}

private fun Studio.scan(problem: Problem? = null): ScanModel {
    device.copied = "a code of others"
    val core = if (problem == null) scripted<AuthenticatorInterface>() else RefusingCore(problem)
    return ScanModel(core, around) {}.after { if (problem != null) paste() }
}

private fun Studio.typedWith(problem: Problem): TypedModel =
    TypedModel(RefusingCore(problem), around) {}.after {
        server("id.example.eu")
        code("7QK2-M4TX-9R2B-W8CF")
        submit()
    }
