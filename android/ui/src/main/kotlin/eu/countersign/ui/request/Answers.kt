package eu.countersign.ui.request

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
