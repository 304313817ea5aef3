package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** What leads away from a page, in its bar. */
class BarAction(
    val icon: ImageVector,
    val spoken: String,
    val onClick: () -> Unit,
)

/**
 * A screen: bar, body that scrolls, answers at the foot. From 150 % type on the answers stand at the end of the body,
 * so that nothing is cut and nothing covers what is being read.
 */
@Composable
fun Page(
    bar: Bar,
    modifier: Modifier = Modifier,
    centred: Boolean = false,
    foot: @Composable ColumnScope.() -> Unit = {},
    body: @Composable ColumnScope.() -> Unit,
) {
    val colours = LocalColours.current
    val stacked = isLargeType()
    Column(modifier.fillMaxSize().background(colours.bg).safeDrawingPadding()) {
        PageBar(bar)
        BoxWithConstraints(Modifier.weight(1f)) {
            val tall = maxHeight
            Column(
                Modifier
                    .fillMaxWidth()
                    .verticalScroll(rememberScrollState())
                    .heightIn(min = tall)
                    .padding(horizontal = margin(), vertical = 4.dp),
                if (centred) Arrangement.spacedBy(16.dp, Alignment.CenterVertically) else Arrangement.spacedBy(16.dp),
                if (centred) Alignment.CenterHorizontally else Alignment.Start,
            ) {
                body()
                if (stacked) Foot(foot)
            }
        }
        if (!stacked) Column(Modifier.padding(horizontal = margin())) { Foot(foot) }
    }
}

/** The bar of a page: the way back, a short title, what else leads away. */
class Bar(
    val title: String? = null,
    val back: BarAction? = null,
    val brand: Boolean = false,
    val actions: List<BarAction> = emptyList(),
    val chip: (@Composable () -> Unit)? = null,
)

@Composable
private fun Foot(content: @Composable ColumnScope.() -> Unit) {
    Column(
        Modifier.fillMaxWidth().padding(top = 12.dp, bottom = 16.dp),
        Arrangement.spacedBy(8.dp),
        Alignment.CenterHorizontally,
        content,
    )
}

@Composable
private fun PageBar(bar: Bar) {
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(horizontal = 6.dp),
        Arrangement.spacedBy(2.dp),
        Alignment.CenterVertically,
    ) {
        if (bar.back != null) IconButton(bar.back.icon, bar.back.spoken, bar.back.onClick)
        if (bar.brand) {
            Brand(Modifier.weight(1f))
        } else {
            BarTitle(bar.title.orEmpty(), Modifier.weight(1f).padding(start = if (bar.back == null) 14.dp else 6.dp))
        }
        bar.chip?.invoke()
        for (action in bar.actions) IconButton(action.icon, action.spoken, action.onClick)
    }
}

@Composable
private fun BarTitle(
    title: String,
    modifier: Modifier,
) {
    Text(title, modifier, style = Styles.heading, maxLines = 1, overflow = TextOverflow.Ellipsis)
}

@Composable
private fun Brand(modifier: Modifier) {
    Row(
        modifier.padding(start = 12.dp),
        Arrangement.spacedBy(10.dp),
        Alignment.CenterVertically,
    ) {
        BrandMark()
        Text(LocalWords.current.common.appName, Modifier.semantics { heading() }, style = Styles.heading)
    }
}

/** The question or the fact that the page is about: where a screen reader begins. */
@Composable
fun Title(
    text: String,
    modifier: Modifier = Modifier,
    centred: Boolean = false,
) {
    Text(
        text,
        modifier.semantics {
            heading()
            paneTitle = text
        },
        style = LocalTitleStyle.current,
        textAlign = if (centred) TextAlign.Center else TextAlign.Start,
    )
}

/** How titles look: quieter above a page, in a sheet or a dialogue. */
internal val LocalTitleStyle = staticCompositionLocalOf { Styles.title }

/** A paragraph. [strong] parts of it are bold: names that came from outside. */
@Composable
fun Paragraph(
    text: String,
    modifier: Modifier = Modifier,
    strong: List<String> = emptyList(),
    centred: Boolean = false,
) {
    Text(
        emphasised(text, strong, LocalColours.current.text),
        modifier,
        LocalColours.current.text2,
        style = Styles.body,
        textAlign = if (centred) TextAlign.Center else TextAlign.Start,
    )
}

/** A hint: smaller, quieter. */
@Composable
fun Hint(
    text: String,
    modifier: Modifier = Modifier,
    centred: Boolean = false,
) {
    Text(
        text,
        modifier,
        LocalColours.current.text2,
        style = Styles.small,
        textAlign = if (centred) TextAlign.Center else TextAlign.Start,
    )
}

/** Whether rows and answers stack: from 150 % type on. */
@Composable
fun isLargeType(): Boolean = LocalDensity.current.fontScale >= LARGE

@Composable
private fun margin(): Dp = 20.dp

private const val LARGE = 1.5f
