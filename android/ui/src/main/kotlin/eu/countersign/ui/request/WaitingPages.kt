package eu.countersign.ui.request

/** The request is another one now: nothing was approved, and it is read again. */
@Composable
internal fun ChangedPage(
    app: App,
    model: RequestModel,
) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.next.readAgain, ButtonKind.PRIMARY, icon = Icons.refresh) { model.readAgain() }
            ActionButton(words.next.backToAccounts, ButtonKind.SECONDARY) { app.done() }
        },
    ) {
        BigSign(Icons.warning, Mood.WARNING)
        Title(words.failure.title, centred = true)
        Paragraph(words.signInState.changed, centred = true)
    }
}

/** No answer: the same bytes go out again, by themselves or at once. */
@Composable
internal fun UnansweredPage(
    app: App,
    model: RequestModel,
    shown: Shown<SignInState>,
    request: Request,
    state: SignInState.Unanswered,
) {
    val words = LocalWords.current
    val server = serverOf(request.account)
    val seconds = secondsLeft(state.retryIn, shown.since)
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.done() }),
        centred = true,
        foot = {
            ActionButton(words.common.tryNow, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !shown.busy) {
                model.resend()
            }
            ActionButton(words.noNetwork.offline, ButtonKind.SECONDARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.noNetwork.selfTest, ButtonKind.TEXT) { app.openSelfTest() }
        },
    ) {
        BigSign(Icons.wifiOff, Mood.NEUTRAL)
        Title(if (state.sent) words.failure.lostAnswerTitle else words.noNetwork.title(server), centred = true)
        Paragraph(if (state.sent) words.noNetwork.textSent(server) else words.noNetwork.text, centred = true)
        Hint(words.noNetwork.retryIn(minutesAndSeconds(seconds)), centred = true)
    }
}
