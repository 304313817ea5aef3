package eu.countersign.desktop

import eu.countersign.core.Permissions
import eu.countersign.shell.device.Device
import eu.countersign.shell.device.SystemPage
import java.awt.Desktop
import java.awt.Toolkit
import java.awt.datatransfer.DataFlavor
import java.awt.datatransfer.UnsupportedFlavorException
import java.io.IOException
import java.net.URI
import java.net.URISyntaxException

/** A computer in the place of a phone: no calls, no permissions, no pages of a phone's system. */
internal class ComputerDevice(
    override val name: String,
) : Device {
    override fun permissions() = Permissions(notifications = null, camera = null, background = null)

    override fun onCall() = false

    override fun hasScreenLock() = true

    override fun open(page: SystemPage) = Unit

    override fun browse(address: String): Boolean {
        if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) return false
        return try {
            Desktop.getDesktop().browse(URI(address))
            true
        } catch (_: IOException) {
            false
        } catch (_: URISyntaxException) {
            false
        }
    }

    override fun clipboard(): String? =
        try {
            Toolkit.getDefaultToolkit().systemClipboard.getData(DataFlavor.stringFlavor) as? String
        } catch (_: UnsupportedFlavorException) {
            null
        } catch (_: IOException) {
            null
        } catch (_: IllegalStateException) {
            // Another program holds the clipboard just now.
            null
        }

    override fun remindAt(moment: Long) = Unit
}
