package eu.countersign.hosttest

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import eu.countersign.app.MainActivity
import eu.countersign.platform.link.linkOf
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.util.ReflectionHelpers.setStaticField
import kotlin.test.AfterTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

/** Which links are passed on, on a system that says of no host whether it is verified, and on one that says of none that it is. */
@RunWith(RobolectricTestRunner::class)
class LinkTest {
    private val app: Context get() = RuntimeEnvironment.getApplication()
    private val here = Build.VERSION.SDK_INT

    @AfterTest
    fun back() = setStaticField(Build.VERSION::class.java, "SDK_INT", here)

    @Test
    fun `before Android 12 only an address of the app's own filter is passed on`() {
        setStaticField(Build.VERSION::class.java, "SDK_INT", Build.VERSION_CODES.R)
        assertEquals(OURS, linkOf(opened(OURS), app))
        assertNull(linkOf(opened("https://id.example.net/a/l#AwME"), app), "another host")
        assertNull(linkOf(opened("https://id.example.eu.example.net/a/l#AwME"), app), "a host that begins alike")
        assertNull(linkOf(opened("https://id.example.eu/other#AwME"), app), "another path")
        assertNull(linkOf(opened("http://id.example.eu/a/l#AwME"), app), "without TLS")
    }

    @Test
    fun `from Android 12 on the system has to have verified the host`() {
        assertNull(linkOf(opened(OURS), app))
    }

    /** By another app, which names this one and so passes its filter by. */
    private fun opened(address: String) = Intent(Intent.ACTION_VIEW, Uri.parse(address)).setClass(app, MainActivity::class.java)

    private companion object {
        const val OURS = "https://id.example.eu/a/l#AwME"
    }
}
