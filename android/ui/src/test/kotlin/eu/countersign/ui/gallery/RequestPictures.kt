package eu.countersign.ui.gallery

import eu.countersign.core.Arrival
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.ClaimState
import eu.countersign.core.DenyWhy
import eu.countersign.core.OfflineFlowInterface
import eu.countersign.core.OfflineState
import eu.countersign.core.Problem
import eu.countersign.core.Request
import eu.countersign.core.ServerState
import eu.countersign.core.SignInState
import eu.countersign.shell.Place
import eu.countersign.shell.claim.ClaimModel
import eu.countersign.shell.history.ReportModel
import eu.countersign.shell.offline.OfflineModel
import eu.countersign.shell.request.RequestModel
import java.time.Duration

/** Requests, approving and refusing (S1 to S6, D1, H2). */
val requestPictures: List<Picture> =
    listOf(
        request("request"),
        request("request-typing", hand = { tap(words.spoken.numberField(0)) }),
        request("request-number-missing", hand = {
            pause(SECOND)
            tap(words.common.approve)
        }),
        request("request-payment", Samples.payment),
        request("request-scanned", Samples.signIn(Arrival.SCAN, 114)),
        request("request-same-phone", Samples.signIn(Arrival.LINK, 168)),
        request("request-sheet", hand = { tap(words.common.itWasntMe) }),
        Picture("request-on-a-call") {
            Studio(StudioDevice(call = true)).run { app().at(Place.Request(model(Samples.signIn()))) }
        },
        request("request-pin", Samples.signIn(left = 132, biometrics = true)) { pinStage(4) },
        answered("request-wrong-number", SignInState.WrongNumber(2u)),
        answered("request-wrong-pin", SignInState.WrongPin(4u, Duration.ZERO)),
        answered("request-pause", SignInState.WrongPin(2u, Duration.ofSeconds(48))),
        answered("request-pause-elsewhere", SignInState.Wait(Duration.ofSeconds(20), mayResend = true)),
        answered("request-locked", SignInState.WrongPin(1u, Duration.ofSeconds(252))),
        answered("request-wait", SignInState.Wait(Duration.ofSeconds(20), mayResend = false)),
        answered("request-approved", SignInState.Approved("K4TQ-92MD", 0u, null)),
        answered("request-approved-here", SignInState.Approved("K4TQ-92MD", 0u, "https://id.example.eu/back")),
        answered("request-denied", SignInState.Denied(DenyWhy.CANCEL)),
        answered("request-reported", SignInState.Denied(DenyWhy.NOT_ME)),
        answered("request-changed", SignInState.Changed),
        answered("request-failed", SignInState.Failed),
        answered("request-expired", SignInState.Expired),
        answered("request-cancelled", SignInState.Cancelled),
        answered("request-decided", SignInState.AlreadyDecided(ServerState.APPROVED)),
        answered("request-unknown", SignInState.Unknown),
        answered("request-not-sent", SignInState.Unanswered(Duration.ofSeconds(5), sent = false)),
        answered("request-no-answer", SignInState.Unanswered(Duration.ofSeconds(5), sent = true)),
        Picture("request-half-a-pin") {
            studio {
                val model = RequestModel(RefusingSignIn(Problem.PinIncomplete()), Samples.signIn(), warnOfCalls = true, around)
                model.pinStage(0)
                model.submit()
                app().at(Place.Request(model))
            }
        },
        Picture("report") {
            studio {
                val core = scripted<AuthenticatorInterface>("report" to {})
                app().at(Place.Report(ReportModel(core, Samples.anna, Samples.TID, around).after { report() }))
            }
        },
        claim("claim-choose", ClaimState.ChooseAccount(listOf(Samples.anna, Samples.anna.copy(id = 9u)))),
        claim("claim-other-account", ClaimState.OtherAccount(listOf(Samples.ministry))),
        claim("claim-no-answer", ClaimState.Unanswered(Samples.anna.id)),
        claim("claim-claimed", ClaimState.Claimed(StudioSignIn(Samples.signIn(Arrival.SCAN)))),
        offline("offline-read", OfflineState.Ready),
        offline("offline-connected", OfflineState.Connected),
        offline("offline-over", OfflineState.Over(ServerState.CANCELLED)),
        offline("offline-pin", OfflineState.Ready) { askPin() },
        offline("offline-code", OfflineState.Ready) { submit() },
        offline("offline-hidden", OfflineState.Ready) { hide() },
        offline("offline-reported", OfflineState.Ready) { report() },
    )

/** After this an answer is taken. */
private const val SECOND = 1000L

private fun RequestModel.pinStage(digits: Int) {
    number.apply { repeat(6) { push(it) } }
    approve()
    pad.type(digits)
}

private fun Studio.model(
    request: Request,
    state: SignInState? = null,
) = RequestModel(scripted("approve" to { checkNotNull(state) }), request, warnOfCalls = true, around)

private fun request(
    name: String,
    request: Request = Samples.signIn(),
    hand: Hand.() -> Unit = {},
    before: RequestModel.() -> Unit = {},
) = Picture(name, hand) { studio { app().at(Place.Request(model(request).after(before))) } }

private fun answered(
    name: String,
    state: SignInState,
) = Picture(name) {
    studio {
        val model = model(Samples.signIn(), state)
        model.pinStage(0)
        model.submit()
        app().at(Place.Request(model))
    }
}

private fun claim(
    name: String,
    state: ClaimState,
) = Picture(name) {
    studio { app().at(Place.Claim(ClaimModel(scripted("begin" to { state }), around) {}.after { begin() })) }
}

private fun offline(
    name: String,
    network: OfflineState,
    before: OfflineModel.() -> Unit = {},
) = Picture(name) {
    studio {
        val code = StudioCode()
        val flow =
            scripted<OfflineFlowInterface>("probe" to { network }, "code" to { code }, "report" to {})
        app().at(Place.Offline(OfflineModel(flow, Samples.offline, around).after { begin() }.after(before)))
    }
}
