package eu.countersign.ui.pairing

/** The code for the web page; on one phone the way back to the browser that started, which needs no code (P1, P2). */
@Composable
internal fun TypeCodePage(
    app: App,
    state: PairingState.TypeCode,
    since: Long,
    server: String,
) {
    val words = LocalWords.current
    val seconds = secondsLeft(state.left, since)
    var cancels by remember { mutableStateOf(false) }
    val back = state.returnTo
    Box {
        Page(
            Bar(words.common.step("3", "3")),
            foot = {
                if (back != null) {
                    ActionButton(words.pairCode.backToBrowser, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                        app.around.device.browse(back)
                    }
                }
                ActionButton(words.pairCode.cancel, ButtonKind.SECONDARY, icon = Icons.close) { cancels = true }
            },
        ) {
            Title(if (back == null) words.pairCode.title else words.pairCode.browserTitle)
            if (back != null) Paragraph(words.pairCode.browserText)
            CodeDisplay(state.code)
            TimeLine(seconds, state.left.seconds.toInt())
            if (back == null) {
                Paragraph(words.pairCode.text(words.common.thisPhone))
                Banner(Mood.INFO, words.pairCode.onlyThereTitle, words.pairCode.onlyThereText(server))
            } else {
                Hint(words.pairCode.browserHint)
            }
        }
        if (cancels) CancelSheet({ app.done() }) { cancels = false }
    }
}

@Composable
private fun TimeLine(
    seconds: Int,
    total: Int,
) {
    val words = LocalWords.current
    Row(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) { contentDescription = words.spokenLeft(seconds) },
        Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        Ring(seconds, total, 32.dp)
        Text(words.time.left(minutesAndSeconds(seconds)), Modifier.clearAndSetSemantics {}, style = Styles.digits)
    }
    Announcement(seconds)
}

@Composable
private fun CancelSheet(
    onCancel: () -> Unit,
    onKeep: () -> Unit,
) {
    val words = LocalWords.current
    Sheet(onKeep) {
        Title(words.pairCode.cancelTitle)
        Paragraph(words.pairCode.cancelText)
        ActionButton(words.pairCode.cancel, ButtonKind.DANGER, icon = Icons.close, onClick = onCancel)
        ActionButton(words.pairCode.keep, ButtonKind.SECONDARY, onClick = onKeep)
    }
}
