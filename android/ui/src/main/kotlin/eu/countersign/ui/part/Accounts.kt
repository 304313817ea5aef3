package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.beginning

/** Two letters in a soft square: which server and account, at a glance. */
@Composable
fun Monogram(
    account: Account,
    size: Dp = 44.dp,
) {
    val soft =
        with(LocalColours.current) { listOf(primarySoft, info, warning)[colourOf(account)] }
    Box(
        Modifier
            .size(size)
            .clip(RoundedCornerShape(if (size < 40.dp) 10.dp else 14.dp))
            .background(soft.ground)
            .clearAndSetSemantics {},
        Alignment.Center,
    ) {
        val type = with(LocalDensity.current) { (size * 0.36f).toSp() }
        Text(lettersOf(account), color = soft.text, style = Styles.bold.copy(fontSize = type, lineHeight = type))
    }
}

/** Initials of the identifier: a.keller@… gives AK, parents@… gives PA. */
internal fun lettersOf(account: Account): String {
    val name =
        account.label
            ?.account
            ?.substringBefore('@')
            .orEmpty()
    val parts = name.split('.', '-', '_', ' ').filter { it.isNotEmpty() && it.first().isLetterOrDigit() }
    val letters = if (parts.size > 1) "${parts[0].first()}${parts[1].first()}" else parts.firstOrNull().orEmpty().take(2)
    return letters.uppercase().ifEmpty { "?" }
}

/** One of three colours, by the server, so that accounts of one server look alike. */
private fun colourOf(account: Account): Int = Math.floorMod(account.label?.iss.hashCode(), 3)

/** Name of the server, or words for one that cannot be read. */
@Composable
fun serverOf(account: Account): String = account.label?.server ?: LocalWords.current.common.thisServer

/** The same, where it begins a text or stands alone. */
@Composable
fun serverTitle(account: Account): String = LocalWords.current.beginning(serverOf(account))

/** Which account this is about, in one line above a question. */
@Composable
fun AccountLine(account: Account) {
    Row(
        Modifier.semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically,
    ) {
        if (!isLargeType()) Monogram(account, 32.dp)
        Column {
            Hint(serverTitle(account))
            account.label?.let { Hint(it.account) }
        }
    }
}

/** An account in a list. */
@Composable
fun AccountRow(
    account: Account,
    state: (@Composable () -> Unit)? = null,
    spokenState: String? = null,
    trailing: @Composable () -> Unit = {},
    onClick: (() -> Unit)? = null,
) {
    val words = LocalWords.current
    val server = serverTitle(account)
    val name = account.label?.account.orEmpty()
    val spoken =
        if (spokenState == null) words.spoken.account(server, name) else words.spoken.accountState(server, name, spokenState)
    val interaction = remember { MutableInteractionSource() }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .then(
                if (onClick == null) {
                    Modifier.semantics(mergeDescendants = true) {}
                } else {
                    Modifier.clickable(interaction, null, role = Role.Button, onClick = onClick)
                },
            ).semantics { contentDescription = spoken }
            .padding(16.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Monogram(account)
        Column(Modifier.weight(1f).clearAndSetSemantics {}, Arrangement.spacedBy(2.dp)) {
            Text(server, style = Styles.bold)
            if (name.isNotEmpty()) Hint(name)
            state?.invoke()
        }
        trailing()
    }
}
