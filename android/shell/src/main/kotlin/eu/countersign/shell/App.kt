package eu.countersign.shell

import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.ClaimState
import eu.countersign.core.Decided
import eu.countersign.core.EnrolmentKind
import eu.countersign.core.Entry
import eu.countersign.core.OfflineFlowInterface
import eu.countersign.core.PairingFlowInterface
import eu.countersign.core.Phone
import eu.countersign.core.Problem
import eu.countersign.core.Request
import eu.countersign.core.Scanned
import eu.countersign.core.SignInFlowInterface
import eu.countersign.shell.account.AccountModel
import eu.countersign.shell.account.RemovePhoneModel
import eu.countersign.shell.account.UnlinkModel
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.shell.claim.ClaimModel
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices
import eu.countersign.shell.device.SystemPage
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
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.seconds

/** The app without its screens: which place is shown, and how one leads to the next. Lives as long as the process. */
class App(
    private val core: AuthenticatorInterface,
    /** What it stands on. */
    val around: Surroundings,
    private val choiceStore: ChoiceStore,
) {
    private val home = HomeModel(core, around)
    private val chosen = MutableStateFlow(choiceStore.load())
    private val waiting = MutableStateFlow<String?>(null)

    /** Where the person is. */
    val way = Way(Place.Home(home))

    /** What the person has chosen. */
    val choices: StateFlow<Choices> = chosen.asStateFlow()

    /** A link that came while something else was on screen: it replaces nothing and waits (3.4.4). */
    val aside: StateFlow<String?> = waiting.asStateFlow()

    /** Opens the first screen. */
    fun start() {
        home.begin()
    }

    /** The app comes to the front: there may be requests. */
    fun shownAgain() {
        if (way.here is Place.Home) home.check()
    }

    /** Another app is in front. */
    fun hidden() {
        for (place in way.places.value) place.model?.hidden()
    }

    /** A link that the system brought. Whatever is on screen stays there. */
    fun linkArrived(text: String) {
        if (way.here is Place.Home) openLink(text) else setAside(text)
    }

    /** Opens the link that was set aside: on the person's own touch, never by itself. */
    fun openAside() {
        val link = waiting.value
        waiting.value = null
        if (link != null) openLink(link)
    }

    /** Goes back one place; false if there is none, so that the app may close. */
    fun back(): Boolean = way.back().also { if (it) arrivedHome() }

    /** Ends what is on screen. */
    fun done() {
        way.home()
        arrivedHome()
    }

    /** A phone is paired: the first time, notifications are asked about where they are off. */
    fun paired() {
        val off = around.device.permissions().notifications == false
        if (off && !chosen.value.askedForNotifications) way.replace(Place.Notifications()) else done()
    }

    /** The person answered the question about notifications; the system's own comes now if they want them. */
    fun answerNotifications(wanted: Boolean) {
        choose(chosen.value.copy(askedForNotifications = true))
        if (wanted) around.device.open(SystemPage.NOTIFICATIONS)
        done()
    }

    /** Keeps what the person has chosen. */
    fun choose(choices: Choices) {
        chosen.value = choices
        choiceStore.save(choices)
    }

    fun openScanner(moving: Boolean = false) = way.go(Place.Scan(ScanModel(core, around, ::opened), moving))

    /** The scanner, in the place of what did not lead on. */
    fun scanInstead() = instead(Place.Scan(ScanModel(core, around, ::opened), moving = false))

    fun openTyped() = way.go(Place.Typed(TypedModel(core, around, ::openPairing)))

    fun openAccount(account: Account) = way.go(Place.AccountPage(AccountModel(core, account, around).also { it.begin() }))

    fun openRemoval(
        account: Account,
        phone: Phone,
    ) = way.go(Place.RemovePhone(RemovePhoneModel(core, account, phone, around)))

    fun openUnlink(
        account: Account,
        phones: Int?,
    ) = way.go(Place.Unlink(UnlinkModel(core, account, phones, around)))

    fun openPinChange(account: Account) =
        way.go(Place.PinChange(PinChangeModel({ core.changePin(account.id) }, account, around).also { it.begin() }))

    fun openBiometrics(account: Account) = way.go(Place.Biometrics(BiometricsModel(core, account, around).also { it.begin() }))

    fun openForgottenPin(account: Account) = way.go(Place.ForgottenPin(account))

    fun openHistory() = way.go(Place.History(HistoryModel(core, around).also { it.begin() }))

    fun openDecided(
        decided: Decided,
        account: Account?,
    ) = way.go(Place.DecidedPage(DecidedModel(core, decided, account, around)))

    /** The sign-in that was just approved, from the history. */
    fun openDecided(
        tid: String,
        account: Account,
    ) = open({ core.history().firstOrNull { it.tid == tid && it.account == account.id } }) { decided ->
        if (decided != null) openDecided(decided, account) else openHistory()
    }

    /** "It wasn't me", of a request that is over. */
    fun openReport(
        tid: String,
        account: Account,
    ) = way.go(Place.Report(ReportModel(core, account, tid, around).also { it.report() }))

    /** An account of this phone. */
    suspend fun account(id: AccountId): Account? = around.offMain { core.accounts().firstOrNull { it.id == id } }

    fun openSelfTest() = way.go(Place.SelfTest(SelfTestModel(core, around).also { it.test() }))

    fun openSettings() = way.go(Place.Settings())

    /** Moves these accounts to a new phone. */
    fun openMove(accounts: List<Account>) =
        open({ core.bringIn(accounts.map { it.id }, EnrolmentKind.MIGRATE) }) { flow ->
            way.go(Place.Move(MoveModel(flow, around).also { it.begin() }))
        }

    /** A request that waits. */
    fun openRequest(request: Request) {
        val flow = home.open(request)
        if (flow != null) open(flow::request) { show(flow, it) } else home.check()
    }

    private fun openLink(text: String) = open({ core.openCode(text, Entry.SYSTEM) }, elsewhere = { setAside(text) }, ::opened)

    private fun opened(scanned: Scanned) {
        when (scanned) {
            is Scanned.Pairing -> openPairing(scanned.flow)
            is Scanned.SignIn -> openClaim(scanned)
            is Scanned.Offline -> openOffline(scanned.flow)
        }
    }

    private fun openPairing(flow: PairingFlowInterface) = instead(Place.Pairing(PairingModel(flow, around).also { it.begin() }))

    private fun openClaim(scanned: Scanned.SignIn) = instead(Place.Claim(ClaimModel(scanned.flow, around, ::claimed).also { it.begin() }))

    private fun claimed(state: ClaimState.Claimed) = open(state.flow::request) { show(state.flow, it) }

    private fun openOffline(flow: OfflineFlowInterface) =
        open(flow::request) { request ->
            instead(Place.Offline(OfflineModel(flow, request, around).also { it.begin() }))
        }

    private fun show(
        flow: SignInFlowInterface,
        request: Request,
    ) = instead(Place.Request(RequestModel(flow, request, chosen.value.warnOfCalls, around)))

    /** In the place of the scanner or of whatever led here; on top of the accounts. */
    private fun instead(place: Place) {
        if (way.here is Place.Home) way.go(place) else way.replace(place)
    }

    /** Calls the core, then goes where it says, unless the person has gone elsewhere meanwhile: nothing is replaced (3.4.4). */
    private fun <T> open(
        call: () -> T,
        elsewhere: () -> Unit = {},
        then: (T) -> Unit,
    ) {
        val from = way.here
        around.scope.launch {
            val next = asked(call, then)
            if (way.here === from) next() else elsewhere()
        }
    }

    private suspend fun <T> asked(
        call: () -> T,
        then: (T) -> Unit,
    ): () -> Unit =
        try {
            around.offMain(call).let { result -> { then(result) } }
        } catch (problem: Problem) {
            { instead(Place.Trouble(problem)) }
        }

    /** The first link wins, and is forgotten after a minute: what it leads to is over soon. */
    private fun setAside(text: String) {
        if (!waiting.compareAndSet(null, text)) return
        around.scope.launch {
            delay(FORGOTTEN_AFTER)
            waiting.compareAndSet(text, null)
        }
    }

    private fun arrivedHome() {
        if (way.here is Place.Home) home.begin()
    }

    private companion object {
        val FORGOTTEN_AFTER = 60.seconds
    }
}
