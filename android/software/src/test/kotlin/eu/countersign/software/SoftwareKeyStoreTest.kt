package eu.countersign.software

import eu.countersign.keystoretest.KeyStoreContract
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

class SoftwareKeyStoreTest {
    @TempDir
    lateinit var folder: Path

    @TestFactory
    fun `in memory`(): List<DynamicTest> = tests(SoftwareKeyStore())

    @TestFactory
    fun `in a file`(): List<DynamicTest> = tests(SoftwareKeyStore(FileShelf(folder.resolve("keys"))))

    private fun tests(keys: SoftwareKeyStore) = KeyStoreContract(keys).cases.map { (name, run) -> dynamicTest(name, run) }
}
