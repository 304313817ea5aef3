package eu.countersign.platform

import eu.countersign.platform.push.PushBook
import eu.countersign.platform.push.isAddress
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.UUID
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

class PushBookTest {
    @TempDir
    lateinit var folder: File

    private val book by lazy { PushBook(folder.resolve("push")) }

    @Test
    fun `each account keeps a random token of its own, also after the process died`() {
        val token = book.token(ANNA)
        assertEquals(4, UUID.fromString(token).version())
        assertNotEquals(token, book.token(BORIS))
        assertEquals(token, PushBook(folder.resolve("push")).token(ANNA))
        assertEquals(ANNA, book.accountOf(token))
    }

    @Test
    fun `an address is told once, and again when it changes`() {
        val token = book.token(ANNA)
        assertEquals(emptyMap(), book.untold())
        assertTrue(book.arrived(token, FIRST))
        assertEquals(mapOf(ANNA to FIRST), book.untold())
        book.told(ANNA, FIRST)
        assertTrue(book.arrived(token, FIRST))
        assertEquals(emptyMap(), book.untold())
        assertTrue(book.arrived(token, SECOND))
        assertEquals(mapOf(ANNA to SECOND), book.untold())
    }

    @Test
    fun `an address that came while another was being told is not lost`() {
        val token = book.token(ANNA)
        book.arrived(token, FIRST)
        book.arrived(token, SECOND)
        book.told(ANNA, FIRST)
        assertEquals(mapOf(ANNA to SECOND), book.untold())
    }

    @Test
    fun `whoever does not know a token is not heard`() {
        book.token(ANNA)
        val guessed = UUID.randomUUID().toString()
        assertFalse(book.arrived(guessed, FIRST))
        assertFalse(book.failed(guessed))
        assertFalse(book.gone(guessed))
        assertNull(book.accountOf(guessed))
        assertEquals(emptyMap(), book.untold())
    }

    @Test
    fun `after a failure the next try has another token, but not after an address`() {
        val token = book.token(ANNA)
        assertTrue(book.failed(token))
        val next = book.token(ANNA)
        assertNotEquals(token, next)
        book.arrived(next, FIRST)
        book.failed(next)
        assertEquals(next, book.token(ANNA))
    }

    @Test
    fun `a registration that ended is told to the server, and its token is dead`() {
        val token = book.token(ANNA)
        book.arrived(token, FIRST)
        book.told(ANNA, FIRST)
        assertTrue(book.gone(token))
        assertEquals(mapOf<ULong, String?>(ANNA to null), book.untold())
        assertFalse(book.arrived(token, SECOND))
        book.told(ANNA, null)
        assertEquals(emptyMap(), book.untold())
    }

    @Test
    fun `an address is one line of what can be printed`() {
        assertTrue(isAddress(FIRST))
        for (bad in listOf("https://push.example/a b", "https://push.example/\n1 x told ", "h".repeat(1001))) {
            assertFalse(isAddress(bad), bad)
        }
    }

    private companion object {
        const val ANNA = 7UL
        const val BORIS = 8UL
        const val FIRST = "https://push.example/a"
        const val SECOND = "https://push.example/b"
    }
}
