package eu.countersign.app

import android.Manifest
import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalConfiguration
import eu.countersign.platform.window.Shield
import eu.countersign.shell.Place
import eu.countersign.ui.AppScreen
import eu.countersign.ui.part.BackSteps

/** The one call of the screens. */
@Composable
internal fun Screen(
    whole: CountersignApp,
    permission: Answered,
    shield: Shield,
) {
    val app = whole.app
    val places by app.way.places.collectAsState()
    val language = LocalConfiguration.current.locales[0].toLanguageTag()
    val backSteps = remember { BackSteps() }
    val covered by shield.covered.collectAsState()
    BackHandler(enabled = places.size > 1 || !backSteps.isEmpty) { if (!backSteps.take()) app.back() }
    LaunchedEffect(places.size) { if (places.size == 1) whole.accountsShown() }
    LaunchedEffect(permission.times) { if (permission.times > 0) reopenRefused(whole, places.last()) }
    AppScreen(app, language, whole.version, backSteps, covered) { scan, torch, modifier ->
        Viewfinder(whole.questions, scan, torch, permission, modifier)
    }
}

/** A refusal changes what the scanner shows, and it looks at permissions when it opens. */
private fun reopenRefused(
    whole: CountersignApp,
    place: Place,
) {
    if (place !is Place.Scan || whole.questions.isGranted(Manifest.permission.CAMERA)) return
    whole.app.back()
    whole.app.openScanner(place.moving)
}

/** Counts answers to the system's questions, so that what depends on a permission is drawn again. */
internal class Answered {
    var times: Int by mutableIntStateOf(0)
        private set

    fun count() {
        times++
    }
}
