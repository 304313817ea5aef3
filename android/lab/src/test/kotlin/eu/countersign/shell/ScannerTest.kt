package eu.countersign.shell

import eu.countersign.core.Entry
import eu.countersign.core.FrameSize
import eu.countersign.core.LiveScanner
import eu.countersign.core.PairingState
import eu.countersign.core.Problem
import eu.countersign.core.Scanned
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.frameOf
import java.nio.ByteBuffer
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs

class ScannerTest {
    @Test
    fun `a pairing code on a screen is read from a camera's frame and opens the pairing`() {
        Server().use { server ->
            Phone().use { phone ->
                val frame = frameOf(server.enrol(server.addAccount("anna@example.eu")).link)
                val text = LiveScanner().use { it.scan(frame.luma, frame.size).single().text }
                val scanned = assertIs<Scanned.Pairing>(phone.core.openCode(text, Entry.SCANNER))
                assertEquals(server.base, assertIs<PairingState.Confirm>(scanned.flow.state()).iss)
            }
        }
    }

    @Test
    fun `a code is told once until the scanner starts over`() {
        val frame = frameOf("a code of somebody else")
        LiveScanner().use { scanner ->
            assertEquals(1, scanner.scan(frame.luma, frame.size).size)
            assertEquals(0, scanner.scan(frame.luma, frame.size).size)
            scanner.startOver()
            assertEquals("a code of somebody else", scanner.scan(frame.luma, frame.size).single().text)
        }
    }

    @Test
    fun `a frame that is shorter than its numbers say is refused`() {
        val size = FrameSize(width = 640u, height = 480u, stride = 640u)
        LiveScanner().use { scanner ->
            assertFailsWith<Problem.BadFrame> { scanner.scan(ByteBuffer.allocateDirect(640 * 479), size) }
        }
    }
}
