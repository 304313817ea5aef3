package eu.countersign.platform

import androidx.test.platform.app.InstrumentationRegistry
import eu.countersign.keystoretest.KeyStoreContract
import eu.countersign.platform.keys.KeystoreKeys
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized
import org.junit.runners.Parameterized.Parameters

/** The phone's own Keystore, held to what the core expects. Runs on a device with its screen unlocked. */
@RunWith(Parameterized::class)
class KeystoreKeysTest(
    @Suppress("unused") private val case: String,
    private val run: () -> Unit,
) {
    @Test
    fun holds() = run()

    companion object {
        /** Every case of the contract, by its sentence. */
        @JvmStatic
        @Parameters(name = "{0}")
        fun cases(): List<Array<Any>> {
            val context = InstrumentationRegistry.getInstrumentation().targetContext
            return KeyStoreContract(KeystoreKeys(context)).cases.map { (name, run) -> arrayOf(name, run) }
        }
    }
}
