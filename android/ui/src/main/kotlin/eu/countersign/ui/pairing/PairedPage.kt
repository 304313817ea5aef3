package eu.countersign.ui.pairing

/** The phone is paired. */
@Composable
internal fun PairedPage(
    app: App,
    state: PairingState.Active,
) {
    val words = LocalWords.current
    val account by produceState<Account?>(null, state.account) { value = app.account(state.account) }
    val paired = account
    Page(
        Bar(),
        centred = true,
        foot = { ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() } },
    ) {
        BigSign(Icons.check, Mood.SUCCESS)
        Title(words.pairedDone.title, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, centred = true)
        if (paired != null) {
            val name = paired.label?.account.orEmpty()
            Paragraph(words.pairedDone.text(name, serverOf(paired)), strong = listOf(name), centred = true)
            Card {
                SwitchRow(words.pairedDone.fingerprint, Icons.fingerprint, false, words.pairedDone.fingerprintHint) {
                    app.openBiometrics(paired)
                }
            }
        }
    }
}
