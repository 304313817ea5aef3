package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.theme.Tokens

/** A question in the middle of the screen, above a page. Where the keyboard takes the lower half, it moves up. */
@Composable
fun Dialog(
    onClose: () -> Unit,
    content: @Composable ColumnScope.() -> Unit,
) {
    Box(
        Modifier
            .fillMaxSize()
            .background(Tokens.scrim)
            .tapped(onClose)
            .safeDrawingPadding()
            .padding(20.dp),
        Alignment.Center,
    ) {
        Column(
            Modifier
                .fillMaxWidth()
                .clip(SHAPE)
                .background(LocalColours.current.surface)
                .tapped {}
                .verticalScroll(rememberScrollState())
                .padding(24.dp),
            Arrangement.spacedBy(14.dp),
        ) { CompositionLocalProvider(LocalTitleStyle provides Styles.heading) { content() } }
    }
}

private val SHAPE = RoundedCornerShape(24.dp)
