package eu.countersign.shell.scan

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Entry
import eu.countersign.core.FrameSize
import eu.countersign.core.LiveScanner
import eu.countersign.core.Problem
import eu.countersign.core.Scanned
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import java.nio.ByteBuffer

/** The scanner: camera frames in, what their code leads to out (P1, S3, S5). */
class ScanModel(
    private val core: AuthenticatorInterface,
    around: Surroundings,
    private val opened: (Scanned) -> Unit,
) : FlowModel<Scanned>(around) {
    private val scanner = LiveScanner()

    /** A frame of the camera, on the camera's thread. */
    fun frame(
        luma: ByteBuffer,
        size: FrameSize,
    ) {
        if (shown.value.busy || shown.value.problem != null) return
        val code =
            try {
                scanner.scan(luma, size).firstOrNull()
            } catch (_: Problem.BadFrame) {
                null
            }
        if (code != null) around.scope.launch { open(code.text, Entry.SCANNER) }
    }

    /** A picture in place of the camera; false if no code is in it. */
    fun picture(
        luma: ByteBuffer,
        size: FrameSize,
    ): Boolean {
        scanner.startOver()
        val code =
            try {
                (1..LOOKS).firstNotNullOfOrNull { scanner.scan(luma.slice(), size).firstOrNull() }
            } catch (_: Problem.BadFrame) {
                null
            } ?: return false
        around.scope.launch { open(code.text, Entry.SCANNER) }
        return true
    }

    /** A link that was pasted. */
    fun paste(): Job? = around.device.clipboard()?.let { open(it.trim(), Entry.PASTED) }

    /** "Scan again." */
    fun again() {
        scanner.startOver()
        understood()
    }

    override suspend fun follow(state: Scanned) = opened(state)

    private fun open(
        text: String,
        entry: Entry,
    ): Job? = step { core.openCode(text, entry) }

    private companion object {
        /** How often one picture is looked at: each look tries what the one before did not. */
        const val LOOKS = 8
    }
}
