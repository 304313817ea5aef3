package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Notice
import eu.countersign.core.NoticeState
import eu.countersign.core.NoticeWhy
import eu.countersign.core.PinOutcome
import eu.countersign.core.Problem
import eu.countersign.core.Settled
import eu.countersign.core.Standing
import eu.countersign.shell.Place
import eu.countersign.shell.account.AccountModel
import eu.countersign.shell.account.RemovePhoneModel
import eu.countersign.shell.account.UnlinkModel
import java.time.Duration

private val CODE = Samples.anna.inState(AccountState.Pairing("483920"))
private val NO_CODE = Samples.anna.inState(AccountState.Pairing(null))
private val DAMAGED = Samples.anna.inState(AccountState.Damaged)

/** One account: its phones, and the states that it can be in (A4, A7). */
val accountPictures: List<Picture> =
    listOf(
        account("account"),
        account("account-loading", studio = { Studio(calls = 1) }),
        account("account-not-fetched") { refusing(Problem.Unreachable(sent = false)) },
        account("account-changed") { home(it, "settle" to { Settled.CHANGED }) },
        account("account-unchanged") { home(it, "settle" to { Settled.UNCHANGED }) },
        account("account-phone-menu", hand = { tap(words.spoken.moreForPhone("Fairphone 5")) }),
        account("account-this-phone-menu", hand = { tap(words.spoken.moreForPhone("Pixel 9")) }),
        account("account-rename", hand = { rename("Anna’s phone") }),
        account("account-rename-empty", hand = { rename("") }),
        account("account-pairing-code", CODE) { home(it, "check" to { Standing.ENROLLING }) },
        account("account-pairing-no-code", NO_CODE) { home(it, "check" to { Standing.ENROLLING }) },
        account("account-locked") { home(it, "check" to { Standing.LOCKED }) },
        account("account-locked-by-operator") { refusing(Problem.Locked(notice(NoticeState.LOCKED, NoticeWhy.OPERATOR))) },
        account("account-forgotten") { home(it, "check" to { Standing.FORGOTTEN }) },
        account("account-removed", Samples.anna.inState(removed())),
        account("account-removed-elsewhere") { refusing(Problem.Revoked(notice(NoticeState.REVOKED, NoticeWhy.USER))) },
        account("account-removed-not-me", Samples.anna.inState(removed()), { tap(words.common.itWasntMe) }),
        account("account-keys-lost") { refusing(Problem.NeedsRepair()) },
        account("account-keys-lost-why", DAMAGED, { tap(words.keysLost.why) }),
        account("account-damaged", DAMAGED.copy(label = null)),
    )

/** Removing another phone, and unlinking this one (A4, A5). */
val phonePictures: List<Picture> =
    listOf(
        removal("remove-phone"),
        removal("remove-phone-pin", hand = { tap(words.removePhone.remove) }),
        removal("remove-phone-wrong-pin", PinOutcome.WrongPin(4u, Duration.ZERO)) { tap(words.removePhone.remove) },
        removal("remove-phone-pause", PinOutcome.WrongPin(2u, Duration.ofSeconds(48))) { tap(words.removePhone.remove) },
        removal("remove-phone-wait", PinOutcome.Wait(Duration.ofSeconds(252))) { tap(words.removePhone.remove) },
        removal("remove-phone-done", PinOutcome.Done),
        unlink("unlink", phones = 2),
        unlink("unlink-only-phone", phones = 1),
        unlink("unlink-done", phones = 2) { unlink() },
        Picture("unlink-not-reached") {
            studio {
                val core = RefusingAccount(Problem.Unreachable(sent = false), home(listOf(Samples.anna)))
                app().at(Place.Unlink(UnlinkModel(core, Samples.anna, 2, around).after { unlink() }))
            }
        },
    )

private fun notice(
    state: NoticeState,
    why: NoticeWhy,
) = Notice(state, why, removed().at)

private fun Studio.home(
    account: Account,
    vararg more: Pair<String, (List<Any?>) -> Any?>,
) = home(listOf(account), more = more)

private fun Studio.refusing(problem: Problem) = RefusingAccount(problem, home(listOf(Samples.anna)))

private fun Hand.rename(name: String) {
    tap(words.spoken.moreForPhone("Pixel 9"))
    tap(words.phones.renameThis)
    type(name)
    if (name.isEmpty()) tap(words.common.save)
}

private fun account(
    name: String,
    account: Account = Samples.anna,
    hand: Hand.() -> Unit = {},
    studio: () -> Studio = { Studio() },
    core: Studio.(Account) -> AuthenticatorInterface = { home(it) },
) = Picture(name, hand) {
    studio().run { app().at(Place.AccountPage(AccountModel(core(account), account, around).after { begin() })) }
}

private fun removal(
    name: String,
    outcome: PinOutcome? = null,
    hand: Hand.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        val core = scripted<AuthenticatorInterface>("removePhone" to { checkNotNull(outcome) })
        val model = RemovePhoneModel(core, Samples.anna, Samples.phones.last(), around)
        if (outcome != null) model.submit()
        app().at(Place.RemovePhone(model))
    }
}

private fun unlink(
    name: String,
    phones: Int,
    before: UnlinkModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val core = scripted<AuthenticatorInterface>("unlink" to {})
        app().at(Place.Unlink(UnlinkModel(core, Samples.anna, phones, around).after(before)))
    }
}
