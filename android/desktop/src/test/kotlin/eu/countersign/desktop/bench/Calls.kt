package eu.countersign.desktop.bench

import com.sun.jna.Native
import eu.countersign.core.FrameSize
import eu.countersign.core.LiveScanner
import eu.countersign.core.Problem
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import java.nio.ByteBuffer

/** A function of the C library, called as the bindings call theirs, with nothing around it. */
private object Plain {
    init {
        Native.register(Plain::class.java, "c")
    }

    @JvmStatic
    external fun abs(number: Int): Int
}

/** Calls of the core from Kotlin: an empty one, one that gives texts, and a camera's frame. */
internal fun measureCalls(server: Server) {
    val plain = nanos { Plain.abs(-1) }
    line("call of the C library by JNA, without bindings", plain)
    LiveScanner().use { scanner ->
        line("call of an object, nothing in or out", nanos { scanner.startOver() }, plain)
        line("frame of 64 bytes, refused by its numbers", nanos { scanner.refuses(SMALL) }, plain)
        line("frame of 1 MiB as a direct buffer, refused alike: nothing is copied", nanos { scanner.refuses(LARGE) }, plain)
        line("frame of 1 MiB, searched", nanos(ROUNDS) { scanner.scan(LARGE, FrameSize(SIDE, SIDE, SIDE)) }, plain)
    }
    Phone().use { phone ->
        phone.pasted(server.enrol(server.addAccount("call@example.eu")).link).use { flow ->
            line("call that gives a record of three texts and a time", nanos { flow.state() }, plain)
        }
    }
}

/** A width that no row has: the answer comes before a byte is read. */
private fun LiveScanner.refuses(luma: ByteBuffer) {
    try {
        scan(luma, FrameSize(SIDE, SIDE, 1u))
        error("the frame was taken")
    } catch (_: Problem.BadFrame) {
        // As it has to be.
    }
}

/** Nanoseconds of one call: the middle of [ROUNDS] rounds, after the JVM has translated it. */
private fun nanos(
    calls: Int = CALLS,
    call: () -> Unit,
): Double {
    repeat(calls) { call() }
    return median(
        List(ROUNDS) {
            val begin = System.nanoTime()
            repeat(calls) { call() }
            (System.nanoTime() - begin).toDouble() / calls
        },
    )
}

private const val CALLS = 20_000
private const val ROUNDS = 11
private const val SIDE = 1024u
private val SMALL = ByteBuffer.allocateDirect(64)
private val LARGE = ByteBuffer.allocateDirect(1024 * 1024)
