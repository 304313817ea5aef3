package eu.countersign.hosttest

import eu.countersign.app.CountersignApp
import eu.countersign.core.KeyStore
import eu.countersign.software.FileShelf
import eu.countersign.software.SoftwareKeyStore

/** The app as it ships, but for its keys: no JVM has Android's Keystore, so they lie in a file beside the vault. */
class HostApp : CountersignApp() {
    override fun keys(): KeyStore = SoftwareKeyStore(FileShelf(noBackupFilesDir.toPath().resolve("keys")))
}
