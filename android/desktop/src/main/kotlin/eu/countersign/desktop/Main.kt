package eu.countersign.desktop

import androidx.compose.runtime.remember
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEvent
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import eu.countersign.core.Authenticator
import eu.countersign.core.PhoneInfo
import eu.countersign.core.Platform
import eu.countersign.core.Setup
import eu.countersign.shell.App
import eu.countersign.shell.Surroundings
import eu.countersign.software.FileShelf
import eu.countersign.software.SoftwareKeyStore
import eu.countersign.ui.AppScreen
import eu.countersign.ui.part.BackSteps
import eu.countersign.ui.words.wordsOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.swing.Swing
import java.net.InetAddress
import java.net.UnknownHostException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFileAttributeView
import java.nio.file.attribute.PosixFilePermissions
import java.util.Locale

/** Opens the app in a window: folder of its state, and a link to begin with if there is one. */
fun main(arguments: Array<String>) {
    val state = Path.of(arguments.first())
    val link = arguments.getOrNull(1)?.takeIf { it.isNotBlank() }
    val app = open(state)
    app.start()
    if (link != null) app.linkArrived(link)
    application {
        val backSteps = remember { BackSteps() }
        Window(
            onCloseRequest = ::exitApplication,
            title = wordsOf(Locale.getDefault().language).common.appName,
            state = rememberWindowState(size = DpSize(PHONE_WIDE.dp, PHONE_HIGH.dp)),
            onKeyEvent = { it.isBack && (backSteps.take() || app.back()) },
        ) {
            AppScreen(app, Locale.getDefault().language, VERSION, backSteps) { scan, _, modifier ->
                PictureFinder(scan, modifier)
            }
        }
    }
}

/** Escape is a computer's way back. */
private val KeyEvent.isBack: Boolean
    get() = key == Key.Escape && type == KeyEventType.KeyUp

/** The app over what lies in [state]. */
internal fun open(state: Path): App {
    Files.createDirectories(state)
    Files
        .getFileAttributeView(state, PosixFileAttributeView::class.java)
        ?.setPermissions(PosixFilePermissions.fromString("rwx------"))
    val keys = SoftwareKeyStore(FileShelf(state.resolve("keys")))
    val phone = PhoneInfo(name = hostName(), os = System.getProperty("os.name"), app = VERSION)
    val core = Authenticator.open(Setup(state.resolve("vault.db").toString(), Platform.CLI, phone), keys)
    val scope = CoroutineScope(SupervisorJob() + Dispatchers.Swing)
    return App(core, Surroundings(scope, ComputerDevice(phone.name), AskingPrompt(keys)), FileChoices(state.resolve("choices")))
}

private fun hostName(): String =
    try {
        InetAddress.getLocalHost().hostName.take(MAX_NAME)
    } catch (_: UnknownHostException) {
        System.getProperty("os.name")
    }

private const val PHONE_WIDE = 400
private const val PHONE_HIGH = 800
private const val MAX_NAME = 40
private const val VERSION = "0.1.0"
