package eu.countersign.hosttest

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithText
import eu.countersign.app.MainActivity
import eu.countersign.ui.words.En
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import kotlin.test.Test
import kotlin.test.assertEquals

/** The first start on a phone. */
@RunWith(RobolectricTestRunner::class)
class StartTest {
    @get:Rule
    val screen = createAndroidComposeRule<MainActivity>()

    @Test
    fun `the welcome is shown in a window that nobody can record`() {
        screen.onNodeWithText(En.welcome.title).assertExists()
        assertEquals(FLAG_SECURE, screen.activity.window.attributes.flags and FLAG_SECURE)
    }
}
