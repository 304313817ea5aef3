package eu.countersign.hosttest

import android.app.Notification
import android.app.NotificationManager
import android.content.Intent
import android.net.Uri
import android.os.Parcel
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import eu.countersign.lab.Server
import eu.countersign.ui.words.En
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import kotlin.test.AfterTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotSame
import kotlin.test.assertTrue

/** The main paths on the framework's own code: real activity, real Compose, real library, real server. */
@RunWith(RobolectricTestRunner::class)
class FlowsTest {
    @get:Rule
    val screen = createEmptyComposeRule()

    private val server by lazy(::Server)
    private val account by lazy { server.addAccount("anna@example.eu") }

    @AfterTest
    fun stop() = server.close()

    @Test
    fun `a phone pairs by a copied link, a wrong PIN is said, a turn in the middle loses nothing, and it approves`() =
        inHand {
            assertEquals(FLAG_SECURE, activity.window.attributes.flags and FLAG_SECURE)
            pairs(server, account, PIN)
            val signIn = server.signIn(account)
            taps(En.accounts.check)
            taps(REQUEST)
            sees("Brussels, BE")
            turns()
            sees("Brussels, BE")
            typesNumber(signIn.number)
            turns()
            taps(En.common.approve)
            entersPin("8205")
            sees(En.pin.notRightLeft(4))
            types(PIN.take(2))
            turns()
            sees(En.spoken.digitsTyped(2))
            types(PIN.drop(2))
            taps(En.common.ok)
            sees(En.approved.title)
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `what the system keeps of an app in the background has no digit of a PIN`() =
        inHand {
            pairs(server, account, PIN)
            val signIn = server.signIn(account)
            taps(En.accounts.check)
            taps(REQUEST)
            typesNumber(signIn.number)
            taps(En.common.approve)
            sees(En.spoken.digitsTyped(0))
            types(PIN)
            val parcel = Parcel.obtain()
            leaves().writeToParcel(parcel, 0)
            val kept = parcel.marshall()
            parcel.recycle()
            for (secret in listOf(PIN, signIn.number)) {
                assertFalse(kept.has(secret.encodeToByteArray()))
                assertFalse(kept.has(secret.toByteArray(Charsets.UTF_16LE)))
            }
        }

    @Test
    fun `after the process died in the middle the request is there again and can be approved`() =
        inHand {
            pairs(server, account, PIN)
            val signIn = server.signIn(account)
            taps(En.accounts.check)
            taps(REQUEST)
            typesNumber(signIn.number)
            val before = app
            returnsAfterDeath(leaves())
            assertNotSame(before, app)
            taps(REQUEST)
            typesNumber(signIn.number)
            taps(En.common.approve)
            entersPin(PIN)
            sees(En.approved.title)
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `back closes a sheet first`() =
        inHand {
            pairs(server, account, PIN)
            server.signIn(account)
            taps(En.accounts.check)
            taps(REQUEST)
            taps(En.common.itWasntMe)
            sees(En.denySheet.no)
            goesBack()
            assertFalse(shows(En.denySheet.no))
            sees("Brussels, BE")
        }

    @Test
    fun `a link that the system has not verified opens nothing`() =
        inHand {
            val link = server.enrol(account).link
            isBrought(Intent(Intent.ACTION_VIEW, Uri.parse(link.replaceFirst("http:", "https:"))))
            assertTrue(shows(En.welcome.pair))
        }

    @Test
    fun `a notification says that there is a request and nothing of it`() =
        inHand {
            app.notices.request()
            val manager = app.getSystemService(NotificationManager::class.java)
            val shown = shadowOf(manager).allNotifications.single().extras
            assertEquals("Sign-in request", shown.getString(Notification.EXTRA_TITLE))
            assertEquals("Open to see what it is for", shown.getString(Notification.EXTRA_TEXT))
        }

    private fun inHand(use: Hand.() -> Unit) = Hand(screen).apply { locksItsScreen() }.use()

    private fun ByteArray.has(part: ByteArray): Boolean = (0..size - part.size).any { at -> part.indices.all { this[at + it] == part[it] } }

    private companion object {
        const val PIN = "4927"
        const val REQUEST = "Sign-in to ${Server.SERVICE}"
    }
}
