package eu.countersign.ui

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import eu.countersign.core.Problem
import eu.countersign.core.drawQr
import eu.countersign.shell.App
import eu.countersign.shell.Place
import eu.countersign.shell.device.Appearance
import eu.countersign.shell.scan.ScanModel
import eu.countersign.ui.account.AccountScreen
import eu.countersign.ui.account.RemovePhoneScreen
import eu.countersign.ui.account.UnlinkScreen
import eu.countersign.ui.biometrics.BiometricsScreen
import eu.countersign.ui.claim.ClaimScreen
import eu.countersign.ui.forgotten.ForgottenPinScreen
import eu.countersign.ui.history.DecidedScreen
import eu.countersign.ui.history.HistoryScreen
import eu.countersign.ui.home.HomeScreen
import eu.countersign.ui.move.MoveScreen
import eu.countersign.ui.notifications.NotificationsScreen
import eu.countersign.ui.offline.OfflineScreen
import eu.countersign.ui.pairing.PairingScreen
import eu.countersign.ui.part.BackSteps
import eu.countersign.ui.part.LocalBackSteps
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.LocalQr
import eu.countersign.ui.part.QrPicture
import eu.countersign.ui.pin.LocalReminder
import eu.countersign.ui.pinchange.PinChangeScreen
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.request.LocalCovered
import eu.countersign.ui.request.ReportScreen
import eu.countersign.ui.request.RequestScreen
import eu.countersign.ui.scan.LocalViewfinder
import eu.countersign.ui.scan.ScanScreen
import eu.countersign.ui.selftest.SelfTestScreen
import eu.countersign.ui.settings.LocalAppVersion
import eu.countersign.ui.settings.SettingsScreen
import eu.countersign.ui.theme.CountersignTheme
import eu.countersign.ui.typed.TypedScreen
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Times
import eu.countersign.ui.words.wordsOf

/** The whole app: theme and words as chosen, and the screen of the present place. */
@Composable
fun AppScreen(
    app: App,
    phoneLanguage: String,
    version: String? = null,
    backSteps: BackSteps = remember { BackSteps() },
    covered: Boolean = false,
    viewfinder: @Composable (ScanModel, torch: Boolean, Modifier) -> Unit,
) {
    val choices by app.choices.collectAsState()
    val words = wordsOf(choices.language ?: phoneLanguage)
    val dark =
        when (choices.appearance) {
            Appearance.AS_THE_PHONE -> isSystemInDarkTheme()
            Appearance.LIGHT -> false
            Appearance.DARK -> true
        }
    CompositionLocalProvider(
        LocalWords provides words,
        LocalTimes provides remember(words) { Times(words) },
        LocalClock provides app.around.clock,
        LocalViewfinder provides viewfinder,
        LocalAppVersion provides version,
        LocalBackSteps provides backSteps,
        LocalCovered provides covered,
        LocalQr provides ::qrOf,
        LocalReminder provides app.around.device::remindAt,
    ) {
        CountersignTheme(dark) {
            val places by app.way.places.collectAsState()
            PlaceScreen(app, places.last())
        }
    }
}

/** The modules of a code, from the core; nothing if the text does not fit into one. */
private fun qrOf(text: String): QrPicture? =
    try {
        val drawn = drawQr(text)
        QrPicture(drawn.size.toInt(), drawn.modules)
    } catch (_: Problem.BadQr) {
        null
    }

/** The screen of a place; it begins anew with each place. */
@Composable
private fun PlaceScreen(
    app: App,
    place: Place,
) = key(place) {
    when (place) {
        is Place.Home -> HomeScreen(app, place.home)
        is Place.Scan -> ScanScreen(app, place.scan, place.moving)
        is Place.Typed -> TypedScreen(app, place.typed)
        is Place.Pairing -> PairingScreen(app, place.pairing)
        is Place.Claim -> ClaimScreen(app, place.claim)
        is Place.Request -> RequestScreen(app, place.request)
        is Place.Offline -> OfflineScreen(app, place.offline)
        is Place.AccountPage -> AccountScreen(app, place.account)
        is Place.RemovePhone -> RemovePhoneScreen(app, place.removal)
        is Place.Unlink -> UnlinkScreen(app, place.unlink)
        is Place.PinChange -> PinChangeScreen(app, place.change)
        is Place.Biometrics -> BiometricsScreen(app, place.biometrics)
        is Place.ForgottenPin -> ForgottenPinScreen(app, place.account)
        is Place.Move -> MoveScreen(app, place.move)
        is Place.History -> HistoryScreen(app, place.history)
        is Place.DecidedPage -> DecidedScreen(app, place.decided)
        is Place.Report -> ReportScreen(app, place.report)
        is Place.SelfTest -> SelfTestScreen(app, place.test)
        is Place.Notifications -> NotificationsScreen(app)
        is Place.Settings -> SettingsScreen(app)
        is Place.Trouble -> ProblemPage(app, place.problem, LocalWords.current.common.thisServer)
    }
}
