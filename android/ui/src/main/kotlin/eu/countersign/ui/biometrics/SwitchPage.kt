package eu.countersign.ui.biometrics

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.biometrics.BiometricsModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Point
import eu.countersign.ui.part.SwitchRow
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The switch, and what it means. */
@Composable
internal fun SwitchPage(
    app: App,
    model: BiometricsModel,
    shown: Shown<BiometricsModel.State>,
    on: Boolean,
    remark: @Composable () -> Unit = {},
) {
    val words = LocalWords.current.fingerprint
    Page(Bar(words.bar, wayBack { app.back() })) {
        Title(words.title)
        Card {
            SwitchRow(words.use, Icons.fingerprint, on, words.useHint(serverOf(model.account)), !shown.busy) { wanted ->
                if (wanted) model.turnOn() else model.turnOff()
            }
        }
        if (shown.problem is Problem.NoBiometrics) ErrorLine(words.none)
        remark()
        Column(Modifier.padding(horizontal = 16.dp), Arrangement.spacedBy(14.dp)) {
            Point(Icons.check, words.approves)
            Point(Icons.pin, words.pinAgain)
            Point(Icons.info, words.addFinger)
        }
    }
}
