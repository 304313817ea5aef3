package eu.countersign.ui.pairing

/** "Pair with this server for this account?" The address always stands beside the name. */
@Composable
internal fun ConfirmPage(
    app: App,
    pairing: PairingModel,
    state: PairingState.Confirm,
    busy: Boolean,
) {
    val words = LocalWords.current
    val host = state.iss.substringAfter("://")
    Page(
        Bar(back = backBar(app)),
        foot = {
            val yes = if (busy) words.common.working else words.pairConfirm.yes
            ActionButton(yes, ButtonKind.PRIMARY, icon = Icons.check, enabled = !busy) { pairing.accept() }
            ActionButton(words.common.cancel, ButtonKind.SECONDARY, icon = Icons.close) { app.done() }
        },
    ) {
        Title(words.pairConfirm.title(state.server))
        Card {
            ListRow(state.account, Icons.person, words.pairConfirm.account)
            Hairline()
            ListRow(host, Icons.verifiedUser, words.pairConfirm.server)
        }
        Banner(Mood.INFO, words.pairConfirm.askTitle, words.pairConfirm.askText)
    }
}
