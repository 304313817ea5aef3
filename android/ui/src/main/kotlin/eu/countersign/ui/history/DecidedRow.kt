package eu.countersign.ui.history

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.em
import eu.countersign.core.Account
import eu.countersign.core.Decided
import eu.countersign.core.Deed
import eu.countersign.core.Outcome
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.isLargeType
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words

/** One decision in the list: sign and words for what was done, the service, and the code for support. */
@Composable
internal fun DecidedRow(
    decided: Decided,
    account: Account?,
    onClick: () -> Unit,
) {
    val words = LocalWords.current
    val stacked = isLargeType()
    val title = if (decided.deed == Deed.REPORTED) words.historyList.reported else decided.client
    val hint = hintOf(decided, account)
    ListRow(
        title,
        words.faceOf(decided.deed).icon,
        if (stacked) words.common.joined(hint, decided.signInCode) else hint,
        iconColour = signOf(decided.deed),
        trailing = if (stacked) null else ({ Code(decided.signInCode) }),
        onClick = onClick,
    )
}

@Composable
private fun hintOf(
    decided: Decided,
    account: Account?,
): String {
    val words = LocalWords.current
    val clock = LocalTimes.current.clock(momentOf(decided))
    val detail =
        when (decided.deed) {
            Deed.APPROVED -> account?.let { serverOf(it) } ?: words.deed.approvedShort
            Deed.CANCELLED -> words.deed.cancelledShort
            Deed.REPORTED -> decided.client
            Deed.OFFLINE_CODE -> words.deed.offlineCodeShort
        }
    val line = words.historyList.timeDetail(clock, detail)
    return if (decided.outcome == Outcome.UNKNOWN) words.common.joined(line, words.outcome.unknown) else line
}

@Composable
private fun Code(code: String) = Text(code, color = LocalColours.current.text2, style = Styles.chip.copy(letterSpacing = 0.04.em))

/** How a deed looks. */
internal class DeedFace(
    val icon: ImageVector,
    val mood: Mood,
    val word: String,
)

internal fun Words.faceOf(of: Deed): DeedFace =
    when (of) {
        Deed.APPROVED -> DeedFace(Icons.checkCircle, Mood.SUCCESS, deed.approved)
        Deed.CANCELLED -> DeedFace(Icons.cancel, Mood.NEUTRAL, deed.cancelled)
        Deed.REPORTED -> DeedFace(Icons.gppBad, Mood.DANGER, deed.reported)
        Deed.OFFLINE_CODE -> DeedFace(Icons.checkCircle, Mood.SUCCESS, deed.offlineCode)
    }

@Composable
private fun signOf(deed: Deed): Color =
    with(LocalColours.current) {
        when (deed) {
            Deed.APPROVED, Deed.OFFLINE_CODE -> success.sign
            Deed.CANCELLED -> text2
            Deed.REPORTED -> danger.sign
        }
    }
