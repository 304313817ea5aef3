package eu.countersign.ui.scan

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import eu.countersign.shell.App
import eu.countersign.shell.device.SystemPage
import eu.countersign.shell.scan.ScanModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.IconButton
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Sign
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.focusRing
import eu.countersign.ui.pin.keyboard
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** What shows the camera's picture; each platform has its own. */
val LocalViewfinder =
    staticCompositionLocalOf<@Composable (ScanModel, torch: Boolean, Modifier) -> Unit> { { _, _, modifier -> Box(modifier) } }

/** The scanner, with a frame and other ways in (P1, P3, S3, S5, A6). */
@Composable
fun ScanScreen(
    app: App,
    scan: ScanModel,
    moving: Boolean,
) {
    val shown by scan.shown.collectAsState()
    val problem = shown.problem
    val camera =
        app.around.device
            .permissions()
            .camera
    when {
        problem != null -> ProblemPage(app, problem, LocalWords.current.common.thisServer) { scan.again() }
        camera == false -> CameraRefused(app)
        else -> Viewfinder(app, scan, moving, shown.busy)
    }
}

@Composable
private fun Viewfinder(
    app: App,
    scan: ScanModel,
    moving: Boolean,
    busy: Boolean,
) {
    val words = LocalWords.current
    var light by remember { mutableStateOf(false) }
    var nothing by remember { mutableStateOf(false) }
    val viewfinder = LocalViewfinder.current
    Box(Modifier.fillMaxSize().background(NIGHT)) {
        viewfinder(scan, light, Modifier.fillMaxSize())
        CompositionLocalProvider(LocalContentColor provides Color.White) {
            Column(Modifier.fillMaxSize().safeDrawingPadding()) {
                ScanBar { app.back() }
                ScanHint(
                    if (busy) {
                        words.scanner.opening
                    } else if (moving) {
                        words.scanner.textMove
                    } else {
                        words.scanner.text
                    },
                )
                Box(Modifier.weight(1f).fillMaxWidth().heightIn(min = 200.dp), Alignment.Center) { Corners(words.spoken.cameraLooking) }
                if (nothing) ScanHint(words.scanner.nothingToPaste)
                Ways(light, { light = !light }, { nothing = scan.paste() == null }) { app.openTyped() }
                Box(Modifier.padding(20.dp)) {
                    ActionButton(words.scanner.cannotScan, ButtonKind.SECONDARY, icon = Icons.help) { app.openTyped() }
                }
            }
        }
    }
}

@Composable
private fun ScanBar(onClose: () -> Unit) {
    val words = LocalWords.current
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(horizontal = 6.dp),
        Arrangement.spacedBy(8.dp),
        Alignment.CenterVertically,
    ) {
        IconButton(Icons.close, words.common.close, onClose)
        Text(
            words.scanner.title,
            Modifier.semantics {
                heading()
                paneTitle = words.scanner.title
            },
            style = Styles.heading,
        )
    }
}

@Composable
private fun ScanHint(text: String) {
    Text(
        text,
        Modifier
            .fillMaxWidth()
            .padding(horizontal = 24.dp, vertical = 8.dp)
            .semantics { liveRegion = LiveRegionMode.Polite },
        Color.White,
        style = Styles.body,
        textAlign = TextAlign.Center,
    )
}

@Composable
private fun Ways(
    light: Boolean,
    onLight: () -> Unit,
    onPaste: () -> Unit,
    onType: () -> Unit,
) {
    val words = LocalWords.current
    FlowRow(
        Modifier.fillMaxWidth().padding(horizontal = 12.dp),
        Arrangement.SpaceEvenly,
        Arrangement.spacedBy(8.dp),
    ) {
        Round(Icons.flashlightOn, words.scanner.light, if (light) words.spoken.lightOn else words.spoken.lightOff, onLight)
        Round(Icons.contentPaste, words.scanner.pasteLink, words.scanner.pasteLink, onPaste)
        Round(Icons.keyboard, words.scanner.typeCode, words.scanner.typeCode, onType)
    }
}

@Composable
private fun Round(
    icon: ImageVector,
    label: String,
    spoken: String,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    Column(
        Modifier
            .widthIn(min = 88.dp)
            .focusRing(interaction, 24.dp)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken },
        Arrangement.spacedBy(6.dp),
        Alignment.CenterHorizontally,
    ) {
        Box(
            Modifier
                .size(60.dp)
                .clip(CircleShape)
                .background(DEEP)
                .border(2.dp, Color.White, CircleShape),
            Alignment.Center,
        ) { Sign(icon, Color.White) }
        Text(label, Modifier.clearAndSetSemantics {}, Color.White, style = Styles.smallBold)
    }
}

/** Four corners around the place for the code. */
@Composable
private fun Corners(spoken: String) {
    Canvas(Modifier.size(220.dp).semantics { contentDescription = spoken }) {
        val (arm, wide) = 44.dp.toPx() to 5.dp.toPx()
        for (x in listOf(0f, size.width)) {
            for (y in listOf(0f, size.height)) {
                val (inX, inY) = (if (x == 0f) arm else -arm) to (if (y == 0f) arm else -arm)
                drawLine(Color.White, Offset(x, y), Offset(x + inX, y), wide, StrokeCap.Round)
                drawLine(Color.White, Offset(x, y), Offset(x, y + inY), wide, StrokeCap.Round)
            }
        }
    }
}

@Composable
private fun CameraRefused(app: App) {
    val words = LocalWords.current
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.back() }),
        centred = true,
        foot = {
            ActionButton(words.cameraRefused.openSettings, ButtonKind.PRIMARY, icon = Icons.settings) {
                app.around.device.open(SystemPage.CAMERA)
            }
            ActionButton(words.cameraRefused.pairWithout, ButtonKind.SECONDARY) { app.openTyped() }
        },
    ) {
        BigSign(Icons.noPhotography, Mood.NEUTRAL)
        Title(words.cameraRefused.title, centred = true)
        Paragraph(words.cameraRefused.text, centred = true)
    }
}

private val NIGHT = Color(0xFF171D1D)
private val DEEP = Color(0xFF0A1011)
