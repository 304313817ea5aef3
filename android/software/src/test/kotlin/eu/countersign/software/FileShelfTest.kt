package eu.countersign.software

import eu.countersign.core.KeyStoreFault
import eu.countersign.core.KeyUsage
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

class FileShelfTest {
    @TempDir
    lateinit var folder: Path

    private val file by lazy { folder.resolve("deep").resolve("keys") }

    private fun start() = SoftwareKeyStore(FileShelf(file))

    @Test
    fun `keys and what was wrapped outlive the process`() {
        val before = start()
        before.create(ALIAS, KeyUsage.PRF, null)
        val output = before.prf(ALIAS, INPUT.copyOf())
        val wrapped = before.wrap(INPUT.copyOf())

        val after = start()
        assertContentEquals(output, after.prf(ALIAS, INPUT.copyOf()))
        assertContentEquals(INPUT, after.unwrap(wrapped))
        after.delete(ALIAS)
        assertEquals(emptyList(), start().list())
    }

    @Test
    fun `what another installation wrapped is not found`() {
        val foreign = SoftwareKeyStore().wrap(INPUT.copyOf())
        assertFailsWith<KeyStoreFault.NotFound> { start().unwrap(foreign) }
        start().wrap(INPUT.copyOf())
        assertFailsWith<KeyStoreFault.NotFound> { start().unwrap(foreign) }
    }

    @Test
    fun `only its owner reads the file`() {
        start().create(ALIAS, KeyUsage.SIGN, null)
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
    }

    @Test
    fun `a file that is no shelf is told as keys that are gone, and is left as it is`() {
        start().create(ALIAS, KeyUsage.SIGN, null)
        Files.writeString(file, "what is this\n")
        assertFailsWith<KeyStoreFault.Invalidated> { start().list() }
        assertEquals("what is this\n", Files.readString(file))
    }

    private companion object {
        const val ALIAS = "map.prf.00112233445566778899aabbccddeeff"
        val INPUT = ByteArray(32) { it.toByte() }
    }
}
