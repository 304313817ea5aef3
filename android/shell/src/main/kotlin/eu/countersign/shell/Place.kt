package eu.countersign.shell

import eu.countersign.core.Account
import eu.countersign.shell.account.AccountModel
import eu.countersign.shell.account.RemovePhoneModel
import eu.countersign.shell.account.UnlinkModel
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.shell.claim.ClaimModel
import eu.countersign.shell.history.DecidedModel
import eu.countersign.shell.history.HistoryModel
import eu.countersign.shell.history.ReportModel
import eu.countersign.shell.home.HomeModel
import eu.countersign.shell.move.MoveModel
import eu.countersign.shell.offline.OfflineModel
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.shell.pinchange.PinChangeModel
import eu.countersign.shell.request.RequestModel
import eu.countersign.shell.scan.ScanModel
import eu.countersign.shell.selftest.SelfTestModel
import eu.countersign.shell.typed.TypedModel

/** What can be on screen; each place has one screen of the same name. */
sealed class Place(
    /** What the place mirrors, if it mirrors something. */
    val model: FlowModel<*>? = null,
) {
    /** Accounts and waiting requests, or the welcome. */
    class Home(
        val home: HomeModel,
    ) : Place(home)

    /** The camera. [moving]: the code is on an old phone. */
    class Scan(
        val scan: ScanModel,
        val moving: Boolean,
    ) : Place(scan)

    /** Pairing without the camera. */
    class Typed(
        val typed: TypedModel,
    ) : Place(typed)

    /** A pairing. */
    class Pairing(
        val pairing: PairingModel,
    ) : Place(pairing)

    /** A scanned or tapped sign-in before its request is there. */
    class Claim(
        val claim: ClaimModel,
    ) : Place(claim)

    /** A request. */
    class Request(
        val request: RequestModel,
    ) : Place(request)

    /** A sign-in without network. */
    class Offline(
        val offline: OfflineModel,
    ) : Place(offline)

    /** An account. */
    class AccountPage(
        val account: AccountModel,
    ) : Place(account)

    /** Removing another phone. */
    class RemovePhone(
        val removal: RemovePhoneModel,
    ) : Place(removal)

    /** Unlinking this phone. */
    class Unlink(
        val unlink: UnlinkModel,
    ) : Place(unlink)

    /** Another PIN. */
    class PinChange(
        val change: PinChangeModel,
    ) : Place(change)

    /** Finger or face. */
    class Biometrics(
        val biometrics: BiometricsModel,
    ) : Place(biometrics)

    /** Why a PIN cannot be reset (A8). */
    class ForgottenPin(
        val account: Account,
    ) : Place()

    /** Moving to a new phone, seen from this one. */
    class Move(
        val move: MoveModel,
    ) : Place(move)

    /** What was decided. */
    class History(
        val history: HistoryModel,
    ) : Place(history)

    /** One of it. */
    class DecidedPage(
        val decided: DecidedModel,
    ) : Place(decided)

    /** "It wasn't me", of a request that is over. */
    class Report(
        val report: ReportModel,
    ) : Place(report)

    /** Why nothing arrives. */
    class SelfTest(
        val test: SelfTestModel,
    ) : Place(test)

    /** Before the system asks about notifications: why they are wanted, once (H1). */
    class Notifications : Place()

    /** What the person may choose about the app. */
    class Settings : Place()

    /** Something did not open, and nothing else is on screen. */
    class Trouble(
        val problem: eu.countersign.core.Problem,
    ) : Place()
}
