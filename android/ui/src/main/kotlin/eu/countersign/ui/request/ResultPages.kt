package eu.countersign.ui.request

/** Approved, with the code that support can ask for. */
@Composable
internal fun ApprovedPage(
    app: App,
    request: Request,
    state: SignInState.Approved,
) {
    val words = LocalWords.current
    val back = state.returnTo
    val text =
        when {
            request.kind == RequestKind.SIGN -> words.approved.textSign(request.client)
            back != null -> words.approved.textHere(request.client)
            else -> words.approved.text(request.client)
        }
    Page(
        Bar(),
        centred = true,
        foot = {
            SignInCode(state.signInCode, request.kind == RequestKind.SIGN)
            if (back != null) {
                ActionButton(words.approved.backToBrowser, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                    app.around.device.browse(back)
                    app.done()
                }
            } else {
                ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            }
            ActionButton(words.approved.mistake, ButtonKind.TEXT) { app.openDecided(request.tid, request.account) }
        },
    ) {
        BigSign(Icons.check, Mood.SUCCESS)
        Title(words.approved.title, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, centred = true)
        Paragraph(text, strong = listOf(request.client), centred = true)
    }
}

@Composable
private fun SignInCode(
    code: String,
    sign: Boolean,
) {
    val words = LocalWords.current.approved
    Card {
        Column(Modifier.padding(16.dp).semantics(mergeDescendants = true) {}, Arrangement.spacedBy(4.dp)) {
            Hint(if (sign) words.codeSign else words.code)
            Text(code, style = Styles.heading.copy(fontFeatureSettings = "tnum"))
            Hint(words.codeHint)
        }
    }
}

/** Refused: cancelled, or reported. */
@Composable
internal fun DeniedPage(
    app: App,
    request: Request,
    why: DenyWhy,
) {
    when (why) {
        DenyWhy.CANCEL -> OverPage(app, request, LocalWords.current.cancelled.title, LocalWords.current.cancelled.text)
        DenyWhy.NOT_ME -> ReportedPage(app, request.account.label?.iss)
    }
}

/** "It wasn't me" has arrived: what happened, and what to do now. */
@Composable
fun ReportedPage(
    app: App,
    address: String?,
) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            if (address != null) {
                ActionButton(words.reported.change, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                    app.around.device.browse(address)
                }
            }
            ActionButton(words.common.done, if (address == null) ButtonKind.PRIMARY else ButtonKind.SECONDARY) { app.done() }
        },
    ) {
        BigSign(Icons.shield, Mood.DANGER)
        Title(words.reported.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(words.reported.textNoTime, centred = true)
        Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
            Text(words.reported.whatNow, style = Styles.bold)
            Paragraph(words.reported.password)
            Paragraph(words.reported.look)
        }
    }
}

/** A request that is over; "It wasn't me" still works (D1). */
@Composable
internal fun OverPage(
    app: App,
    request: Request,
    title: String,
    text: String,
) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) {
                app.openReport(request.tid, request.account)
            }
        },
    ) {
        BigSign(Icons.timer, Mood.NEUTRAL)
        Title(title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(text, centred = true)
    }
}

/** Somebody, or this phone earlier, has answered it. */
@Composable
internal fun AlreadyDecidedPage(
    app: App,
    request: Request,
    state: ServerState?,
) {
    val words = LocalWords.current
    val text = state?.let { words.problem.transactionDecided(words.word(it)) } ?: words.signInState.alreadyDecided
    OverPage(app, request, words.failure.requestGoneTitle, text)
}

/** What a sign-in has come to, in a word. */
internal fun Words.word(of: ServerState): String =
    when (of) {
        ServerState.CREATED -> serverState.created
        ServerState.PENDING -> serverState.pending
        ServerState.CLAIMED -> serverState.claimed
        ServerState.APPROVED -> serverState.approved
        ServerState.COMPLETED -> serverState.completed
        ServerState.DENIED -> serverState.denied
        ServerState.REPORTED -> serverState.reported
        ServerState.FAILED -> serverState.failed
        ServerState.CANCELLED -> serverState.cancelled
        ServerState.EXPIRED -> serverState.expired
    }
