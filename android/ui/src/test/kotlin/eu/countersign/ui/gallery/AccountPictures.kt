package eu.countersign.ui.gallery

import androidx.compose.ui.test.SkikoComposeUiTest
import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.BiometricsFlow
import eu.countersign.core.BiometricsState
import eu.countersign.core.NoHandle
import eu.countersign.core.PinChangeFlowInterface
import eu.countersign.core.PinChangeState
import eu.countersign.core.PinEntry
import eu.countersign.core.PinOutcome
import eu.countersign.core.Problem
import eu.countersign.core.Settled
import eu.countersign.core.Standing
import eu.countersign.shell.Place
import eu.countersign.shell.account.AccountModel
import eu.countersign.shell.account.RemovePhoneModel
import eu.countersign.shell.account.UnlinkModel
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.shell.pinchange.PinChangeModel
import java.time.Duration

/** Accounts, phones, PIN and finger (A1, A2, A4, A5, A7, A8). */
val accountPictures: List<Picture> =
    listOf(
        account("account"),
        account("account-menu-this", hand = { touch { it.spoken.moreForPhone("Pixel 9") } }),
        account("account-menu-other", hand = { touch { it.spoken.moreForPhone("Fairphone 5") } }),
        account("account-rename", hand = {
            touch { it.spoken.moreForPhone("Pixel 9") }
            touch { it.phones.renameThis }
        }),
        account("account-settled", answers = arrayOf("settle" to { Settled.CHANGED })),
        trouble("account-no-list", Problem.Unreachable(sent = false)),
        account("account-locked", answers = arrayOf("check" to { Standing.LOCKED })),
        account("account-pairing", Samples.anna.inState(AccountState.Pairing("483920"))),
        account("account-pairing-here", Samples.anna.inState(AccountState.Pairing(null))),
        account("account-removed", Samples.anna.inState(removed())),
        account("account-damaged", Samples.anna.inState(AccountState.Damaged)),
        trouble("account-keys-lost", Problem.NeedsRepair()),
        trouble("account-removed-unsigned", Problem.Revoked(null)),
        removal("remove-phone"),
        removal("remove-phone-done", PinOutcome.Done),
        unlink("unlink-only", 1),
        unlink("unlink", 2),
        unlink("unlink-done", 2) { unlink() },
        unlink("unlink-not-reached", 2, Problem.Unreachable(sent = false)) { unlink() },
        biometrics("biometrics"),
        biometrics("biometrics-pin") { turnOn() },
        biometrics("biometrics-on", BiometricsState.On) { turnOnWithPin() },
        biometrics("biometrics-not-on", BiometricsState.NotOn) { turnOnWithPin() },
        change("change-old", PinChangeState.EnterPins(4u)) { old.type(4) },
        change("change-new", PinChangeState.EnterPins(6u)) { next() },
        change("change-repeat", PinChangeState.EnterPins(4u)) {
            next()
            next()
        },
        change("change-wrong", PinChangeState.WrongPin(4u, Duration.ZERO)),
        change("change-wait", PinChangeState.WrongPin(2u, Duration.ofSeconds(48))),
        change("change-lost", PinChangeState.Unanswered(Duration.ofSeconds(20))),
        change("change-done", PinChangeState.Changed),
        change("change-not-done", PinChangeState.NotChanged),
        Picture("forgotten-pin") { studio { app().at(Place.ForgottenPin(Samples.anna)) } },
    )

/** An answer of the core. */
private typealias Answer = Pair<String, (List<Any?>) -> Any?>

private fun account(
    name: String,
    account: Account = Samples.anna,
    answers: Array<Answer> = emptyArray(),
    hand: SkikoComposeUiTest.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val usual: Array<Answer> =
            arrayOf(
                "accounts" to { listOf(account) },
                "check" to { if (account.state is AccountState.Pairing) Standing.ENROLLING else Standing.ACTIVE },
                "settle" to { null },
                "phones" to { Samples.phones },
            )
        val core = scripted<AuthenticatorInterface>(*usual, *answers)
        app().at(Place.AccountPage(AccountModel(core, account, around).after { begin() }))
    }
}

/** The server has the phone's list no more, or does not answer. */
private fun trouble(
    name: String,
    problem: Problem,
) = Picture(name) {
    studio {
        val core = RefusingAccount(problem, Samples.anna)
        app().at(Place.AccountPage(AccountModel(core, Samples.anna, around).after { begin() }))
    }
}

private fun removal(
    name: String,
    outcome: PinOutcome? = null,
) = Picture(name) {
    studio {
        val core = scripted<AuthenticatorInterface>("removePhone" to { checkNotNull(outcome) })
        val model = RemovePhoneModel(core, Samples.anna, Samples.phones[1], around)
        app().at(Place.RemovePhone(model.after { if (outcome != null) submit() }))
    }
}

private fun unlink(
    name: String,
    phones: Int,
    problem: Problem? = null,
    before: UnlinkModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val core = if (problem == null) scripted("unlink" to {}) else RefusingAccount(problem, Samples.anna)
        app().at(Place.Unlink(UnlinkModel(core, Samples.anna, phones, around).after(before)))
    }
}

private fun BiometricsModel.turnOnWithPin() {
    turnOn()
    submit("", "")
}

private fun biometrics(
    name: String,
    state: BiometricsState = BiometricsState.EnterPin,
    before: BiometricsModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val flow = StudioBiometrics(state)
        val core = scripted<AuthenticatorInterface>("turnOnBiometrics" to { flow })
        app().at(Place.Biometrics(BiometricsModel(core, Samples.ministry, around).after { begin() }.after(before)))
    }
}

private class StudioBiometrics(
    private val state: BiometricsState,
) : BiometricsFlow(NoHandle) {
    override fun submit(pin: PinEntry) = state

    override fun cancel() = Unit
}

private fun change(
    name: String,
    state: PinChangeState,
    before: PinChangeModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val flow = scripted<PinChangeFlowInterface>("state" to { state })
        app().at(Place.PinChange(PinChangeModel({ flow }, Samples.anna, around).after { begin() }.after(before)))
    }
}
