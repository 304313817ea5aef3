package eu.countersign.ui.request

/** A telephone call is going on: said before anything else, and no answer is the main one (H2). */
@Composable
internal fun CallPage(
    model: RequestModel,
    request: Request,
) {
    val words = LocalWords.current
    val readAt by model.readAt.collectAsState()
    val seconds = secondsLeft(request.terms.left, readAt)
    val time = minutesAndSeconds(seconds)
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.call.show, ButtonKind.SECONDARY, icon = Icons.visibility) { model.read() }
            ActionButton(words.call.cancel, ButtonKind.SECONDARY, icon = Icons.close) { model.deny(DenyWhy.CANCEL) }
            ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) { model.deny(DenyWhy.NOT_ME) }
        },
    ) {
        BigSign(Icons.phoneInTalk, Mood.DANGER)
        Title(words.call.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Banner(Mood.DANGER, words.call.text)
        Paragraph(words.call.hint(time), strong = listOf(time), centred = true)
        Announcement(seconds)
    }
}
