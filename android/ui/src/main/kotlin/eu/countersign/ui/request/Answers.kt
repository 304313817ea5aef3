package eu.countersign.ui.request

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import eu.countersign.core.DenyWhy
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Choice
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Three answers: one size, one type, fixed order, none with the first focus (look.md 3). */
internal class AnswerSet(
    val enabled: Boolean,
    val onApprove: () -> Unit,
    val onCancel: () -> Unit,
    val onNotMe: () -> Unit,
)

/** As a column, or as three tiles beside a keypad or long rows. */
@Composable
internal fun Answers(
    answers: AnswerSet,
    tiles: Boolean,
) {
    val words = LocalWords.current.common
    val faces =
        listOf(
            Answer(words.approve, ButtonKind.PRIMARY, Icons.check, answers.onApprove),
            Answer(words.cancel, ButtonKind.SECONDARY, Icons.close, answers.onCancel),
            Answer(words.itWasntMe, ButtonKind.DANGER, Icons.gppBad, answers.onNotMe),
        )
    if (tiles) {
        Row(Modifier.fillMaxWidth().height(IntrinsicSize.Max), Arrangement.spacedBy(8.dp)) {
            for (face in faces) face.Button(Modifier.weight(1f).fillMaxHeight(), true, answers.enabled)
        }
    } else {
        for (face in faces) face.Button(Modifier, false, answers.enabled)
    }
}

private class Answer(
    val label: String,
    val kind: ButtonKind,
    val icon: ImageVector,
    val onClick: () -> Unit,
) {
    @Composable
    fun Button(
        modifier: Modifier,
        tile: Boolean,
        enabled: Boolean,
    ) = ActionButton(label, kind, modifier, icon, tile, enabled, onClick)
}

/** "Did you start this sign-in?": opens on "It wasn't me" and on close. */
@Composable
internal fun DenySheet(
    request: Request,
    onDeny: (DenyWhy) -> Unit,
    onBack: () -> Unit,
) {
    val words = LocalWords.current.denySheet
    Sheet(onBack) {
        Title(if (request.kind == RequestKind.SIGN) words.titleSign else words.title)
        Choice(words.no, words.noHint(serverOf(request.account)), Icons.gppBad, danger = true) { onDeny(DenyWhy.NOT_ME) }
        Choice(words.yes, words.yesHint, Icons.close) { onDeny(DenyWhy.CANCEL) }
        ActionButton(words.back, ButtonKind.TEXT, onClick = onBack)
    }
}
