package eu.countersign.ui.gallery

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.CountersignTheme
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.words.En
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import eu.countersign.ui.part.Text as WholeText

/** The checks find what they are for: each sees a screen that it must refuse. */
class ChecksTest {
    @Test
    fun `a screen in order has no slips`() = assertEquals(emptyList(), slipsOf {})

    @Test
    fun `a control without a name`() = finds("a control without a name") { Box(Modifier.size(48.dp).clickable(role = Role.Button) {}) }

    @Test
    fun `a control without a role`() = finds("\"Go\" has no role") { Text("Go", Modifier.size(48.dp).clickable {}) }

    @Test
    fun `a small control`() =
        finds("\"Go\" is 48 x 40 in size") { Text("Go", Modifier.size(48.dp, 40.dp).clickable(role = Role.Button) {}) }

    @Test
    fun `a text that is cut`() = finds("is cut") { Text("Longer than its box", Modifier.width(40.dp).height(20.dp)) }

    @Test
    fun `a word that is broken`() = finds("\"Unverwechselbarkeit\" is broken") { Text("Unverwechselbarkeit", Modifier.width(90.dp)) }

    @Test
    fun `a word that finds room by getting smaller`() =
        assertEquals(emptyList(), slipsOf { WholeText("Unverwechselbarkeit", Modifier.width(110.dp)) })

    @Test
    fun `an address that goes on in the next line`() =
        assertEquals(emptyList(), slipsOf { Text("id.unverwechselbarkeit.example", Modifier.width(110.dp)) })

    @Test
    fun `an error below the window`() =
        finds("has to be scrolled to") {
            Column(Modifier.height(200.dp).verticalScroll(rememberScrollState())) {
                Spacer(Modifier.height(300.dp))
                Text("Not so", Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive })
            }
        }

    @Test
    fun `a text beside the window`() = finds("stands beside the window") { Text("Far out", Modifier.offset(330.dp)) }

    @Test
    fun `a text that nobody can scroll to`() = finds("cannot be scrolled to") { Text("Below", Modifier.offset(y = 800.dp)) }

    @Test
    fun `a body without room`() = finds("its body is 40 high") { Column(Modifier.height(40.dp).verticalScroll(rememberScrollState())) {} }

    @Test
    fun `a pale text`() = finds("\"Pale\" has") { Text("Pale", Modifier.background(Color.White).padding(8.dp), color = Color.LightGray) }

    @Test
    fun `a screen with two titles`() = finds("it has 2 titles") { Title("Where else?") }

    @Test
    fun `an answer before the question`() {
        val slips =
            slipsOf(title = false) {
                Column(Modifier.padding(top = 60.dp)) {
                    Text("Go", Modifier.size(48.dp).clickable(role = Role.Button) {})
                    Title("Where to?")
                }
            }
        assertContains(slips.joinToString(), "\"Go\" is read before any heading")
    }

    @Test
    fun `an order that is not the written one`() =
        look({ Title("Where to?") }) {
            assertContains(isReadInOrder(it, listOf("Where to?", "There")).orEmpty(), "\"There\" does not come where it should")
        }

    @Test
    fun `a state without a picture`() {
        val none = missing { false }
        assertContains(none, "PairingState.Gone")
        assertContains(none, "Place.Settings")
        assertContains(none, "Standing.FORGOTTEN")
    }

    private fun finds(
        slip: String,
        content: @Composable () -> Unit,
    ) = assertContains(slipsOf(content = content).joinToString(), slip)

    private fun slipsOf(
        title: Boolean = true,
        content: @Composable () -> Unit,
    ): List<String> {
        val found = mutableListOf<String>()
        val look = Look(En, dark = false, fontScale = 1f)
        look({
            Column(Modifier.fillMaxSize().background(LocalColours.current.bg)) {
                if (title) Title("Where to?")
                content()
            }
        }) {
            found += controlSlips(it) + orderSlips(it) + textSlips(it, look) + errorSlips(it) + roomSlips(it) + contrastSlips(it)
        }
        return found
    }

    private fun look(
        content: @Composable () -> Unit,
        use: (Screen) -> Unit,
    ) = SkikoComposeUiTest(WIDE, HIGH, EmptyCoroutineContext, Density(1f)).runTest {
        setContent { CountersignTheme(dark = false, content) }
        use(screen())
    }
}
