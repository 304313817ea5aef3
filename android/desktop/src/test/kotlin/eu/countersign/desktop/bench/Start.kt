package eu.countersign.desktop.bench

import androidx.compose.foundation.layout.Box
import androidx.compose.ui.ImageComposeScene
import eu.countersign.desktop.open
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.shell.App
import eu.countersign.shell.Place
import eu.countersign.software.FileShelf
import eu.countersign.software.SoftwareKeyStore
import eu.countersign.ui.AppScreen
import eu.countersign.ui.words.En
import java.nio.file.Files
import java.nio.file.Path
import javax.swing.SwingUtilities
import kotlin.io.path.deleteRecursively
import kotlin.system.exitProcess

/**
 * From the start of a process, and from its `main`, to the first picture of a list of ten accounts: the app as the window
 * has it, drawn by the processor into a picture instead. The system's own window is not in it.
 */
@OptIn(kotlin.io.path.ExperimentalPathApi::class)
internal fun measureStart(server: Server) {
    val state = Files.createTempDirectory("countersign-start")
    try {
        pairTen(server, state)
        val starts = List(STARTS) { startOnce(state) }
        line("process to first picture of ten accounts (median of $STARTS)", median(starts.map { it.first }))
        line("main to first picture of ten accounts (median of $STARTS)", median(starts.map { it.second }))
    } finally {
        state.deleteRecursively()
    }
}

private fun pairTen(
    server: Server,
    state: Path,
) {
    val phone = Phone(SoftwareKeyStore(FileShelf(state.resolve("keys"))), state)
    repeat(ACCOUNTS) { phone.pair(server, server.addAccount("start$it@example.eu"), "4927") }
    phone.core.close()
}

/** A process of its own, which says when it is in `main` and when it has drawn. */
private fun startOnce(state: Path): Pair<Double, Double> {
    val own = listOf("jna.library.path", "java.class.path").map { "-D$it=${System.getProperty(it)}" }
    val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
    val begin = System.nanoTime()
    val process =
        ProcessBuilder(listOf(java, "-Djava.awt.headless=true", "-Dskiko.renderApi=SOFTWARE") + own + listOf(CHILD, "$state"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
    val lines = process.inputReader()
    check(lines.readLine() == BEGUN) { "the app did not begin" }
    val main = System.nanoTime()
    check(lines.readLine() == DRAWN) { "the app drew nothing" }
    val drawn = System.nanoTime()
    check(process.waitFor() == 0) { "the app did not end well" }
    return (drawn - begin).toDouble() to (drawn - main).toDouble()
}

/** The measured process. */
internal object Started {
    @JvmStatic
    fun main(arguments: Array<String>) {
        println(BEGUN)
        val state = Path.of(arguments.first())
        val app = open(state)
        app.start()
        val scene = onScreen { ImageComposeScene(WIDE, HIGH) { AppScreen(app, En.tag) { _, _, modifier -> Box(modifier) } } }
        while (true) {
            val known = onScreen { accountsOf(app) }
            val picture = onScreen { scene.render(System.nanoTime()) }
            if (known < ACCOUNTS) continue
            println(DRAWN)
            // To look at: it has to show the list.
            arguments.getOrNull(1)?.let { Files.write(Path.of(it), checkNotNull(picture.encodeToData()).bytes) }
            exitProcess(0)
        }
    }

    private fun accountsOf(app: App): Int {
        val home = app.way.here as? Place.Home ?: return 0
        return home.home.shown.value.state
            ?.accounts
            ?.size ?: 0
    }

    /** On the thread of the screen, where the models' answers arrive too. */
    private fun <T> onScreen(work: () -> T): T {
        var answer: Result<T>? = null
        SwingUtilities.invokeAndWait { answer = runCatching(work) }
        return checkNotNull(answer).getOrThrow()
    }
}

private const val CHILD = "eu.countersign.desktop.bench.Started"
private const val BEGUN = "begun"
private const val DRAWN = "drawn"
private const val ACCOUNTS = 10
private const val STARTS = 5
private const val WIDE = 400
private const val HIGH = 800
