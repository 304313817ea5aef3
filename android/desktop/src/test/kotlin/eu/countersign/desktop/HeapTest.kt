package eu.countersign.desktop

import androidx.compose.foundation.layout.size
import androidx.compose.ui.graphics.Shape
import com.sun.management.HotSpotDiagnosticMXBean
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.ui.words.En
import java.lang.management.ManagementFactory
import java.nio.file.Files
import kotlin.test.Test
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** The PIN never is a text or an array of the JVM: its memory is written out after an approval and searched. */
class HeapTest {
    @Test
    fun `after pairing and an approval no digits of the PIN lie in the heap`() =
        Server().use { server ->
            Phone().use { phone ->
                val account = server.addAccount("anna@example.eu")
                inHand(phone) {
                    pairs(server, account)
                    val signIn = server.signIn(account)
                    finds("Sign-in to ${Server.SERVICE}")
                    taps("Sign-in to ${Server.SERVICE}")
                    typesNumber(signIn.number)
                    taps(En.common.approve)
                    entersPin(PIN_LENGTH, ::pinDigit)
                    sees(En.approved.title)
                }
                val control = String(CharArray(PIN_LENGTH) { '0' + controlDigit(it) })
                val heap = heap()
                assertTrue(holds(heap, ::controlDigit), "the search finds what is there: $control")
                assertFalse(holds(heap, ::pinDigit))
            }
        }

    private fun Hand.pairs(
        server: Server,
        account: String,
    ) {
        val enrolment = server.enrol(account)
        taps(En.welcome.pair)
        scans(enrolment.link)
        taps(En.pairConfirm.yes)
        entersPin(PIN_LENGTH, ::pinDigit)
        sees(En.choosePin.repeatTitle)
        entersPin(PIN_LENGTH, ::pinDigit)
        server.confirm(enrolment, readsCode())
        taps(En.common.done)
    }

    /** What the JVM holds, living and dead, as a file. */
    private fun heap(): ByteArray {
        val file = Files.createTempDirectory("countersign-heap").resolve("heap.hprof")
        val bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean::class.java)
        bean.dumpHeap(file.toString(), false)
        return Files.readAllBytes(file).also {
            Files.delete(file)
            Files.delete(file.parent)
        }
    }

    /** Whether the digits stand there: as text in either encoding, as bytes, or as numbers of two or four bytes. */
    private fun holds(
        heap: ByteArray,
        digit: (Int) -> Int,
    ): Boolean =
        SHAPES.any { shape ->
            val sought = ByteArray(PIN_LENGTH * shape.wide)
            for (place in 0 until PIN_LENGTH) sought[place * shape.wide + shape.at] = (shape.first + digit(place)).toByte()
            contains(heap, sought)
        }

    private fun contains(
        heap: ByteArray,
        sought: ByteArray,
    ): Boolean = (0..heap.size - sought.size).any { start -> sought.indices.all { heap[start + it] == sought[it] } }

    /** How a digit may lie in memory: bytes of a place, which of them counts, and what stands for zero. */
    private class Shape(
        val wide: Int,
        val at: Int,
        val first: Int,
    )

    private companion object {
        const val PIN_LENGTH = 12
        const val ZERO = 48

        /** Made, not written: the digits stand nowhere in this program. */
        fun pinDigit(place: Int): Int = (place * place * 7 + place * 3 + 4) % 10

        fun controlDigit(place: Int): Int = (place * place * 3 + place * 7 + 8) % 10

        /** A heap dump is big-endian. */
        val SHAPES =
            listOf(Shape(1, 0, ZERO), Shape(1, 0, 0), Shape(2, 1, ZERO), Shape(2, 1, 0), Shape(4, 3, ZERO), Shape(4, 3, 0))
    }
}
