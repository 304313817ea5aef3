package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.NoticeWhy
import eu.countersign.core.Problem
import eu.countersign.core.RefusalCode
import eu.countersign.core.Settled
import eu.countersign.core.Silent
import eu.countersign.shell.Place
import java.time.Duration

/** Accounts and what waits (A3, S1, S2). */
val homePictures: List<Picture> =
    listOf(
        home("home-one") { home(listOf(Samples.anna)) },
        home("home-several") {
            home(
                listOf(Samples.anna, Samples.ministry, Samples.city.inState(AccountState.Pairing("483920"))),
                listOf(Samples.signIn()),
            )
        },
        home("home-request-of-two-kinds") {
            home(listOf(Samples.anna), listOf(Samples.signIn(), Samples.payment))
        },
        home("home-no-answer") {
            home(
                listOf(Samples.anna, Samples.ministry.inState(removed())),
                silent = listOf(Silent(Samples.anna, Problem.Unreachable(sent = false))),
            )
        },
        home("home-settled") {
            // Called through a proxy, an unsigned number is the signed one below it.
            val outcomes =
                mapOf(Samples.anna.id.toLong() to Settled.CHANGED, Samples.ministry.id.toLong() to Settled.UNCHANGED)
            home(listOf(Samples.anna, Samples.ministry), more = arrayOf("settle" to { outcomes.getValue(it.first() as Long) }))
        },
        Picture("home-all-gone", hand = {
            pause()
            app.start()
            pause()
        }) {
            studio {
                val accounts = ArrayDeque(List(3) { listOf(Samples.anna) })
                app(
                    scripted(
                        "accounts" to { accounts.removeFirstOrNull() ?: emptyList<Account>() },
                        "settle" to { null },
                        "requests" to { StudioInbox(emptyList(), emptyList()) },
                    ),
                ).apply { start() }
            }
        },
        home("home-damaged") { home(listOf(Samples.anna.inState(AccountState.Damaged))) },
        Picture("home-vault-too-new") {
            studio { app(RefusingCore(Problem.VaultTooNew())).apply { start() } }
        },
        trouble("trouble-scan-required", Problem.ScanRequired()),
        trouble("trouble-wrong-server", Problem.UntrustedServer()),
        trouble("trouble-app-too-old", Problem.AppTooOld("1.2")),
        trouble("trouble-no-network", Problem.Unreachable(sent = false)),
        trouble("trouble-locked", Problem.Locked(null)),
        trouble("trouble-removed", Problem.Revoked(null)),
        trouble("trouble-keys-lost", Problem.NeedsRepair()),
        trouble("trouble-not-understood", Problem.Refused(RefusalCode.MALFORMED)),
        trouble("trouble-full", Problem.VaultUnavailable()),
        trouble("trouble-too-many", Problem.RateLimited(Duration.ofSeconds(30))),
        trouble("trouble-unavailable", Problem.Unavailable(Duration.ofSeconds(30))),
        trouble("trouble-connect-first", Problem.ConnectFirst()),
        trouble("trouble-no-fingerprint", Problem.NoBiometrics()),
        trouble("trouble-key-store-busy", Problem.KeyStoreBusy()),
    )

internal fun removed() = AccountState.Removed(NoticeWhy.WEB, (Samples.NOW / 1000 - 68_000).toULong())

private fun home(
    name: String,
    core: Studio.() -> AuthenticatorInterface,
) = Picture(name) { studio { app(core()).apply { start() } } }

private fun trouble(
    name: String,
    problem: Problem,
) = Picture(name) { studio { app().at(Place.Trouble(problem.also(Seen::note))) } }
