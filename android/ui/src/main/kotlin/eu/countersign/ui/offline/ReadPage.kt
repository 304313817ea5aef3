package eu.countersign.ui.offline

/** What the code says, before the PIN; and whether the page is right that this phone has no network. */
@Composable
internal fun ReadPage(
    app: App,
    offline: OfflineModel,
    network: OfflineState,
) {
    val words = LocalWords.current
    val request = offline.request
    val over = network is OfflineState.Over
    Page(
        closeBar(app),
        foot = {
            if (over) {
                ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            } else {
                val get = if (network is OfflineState.Connected) words.offlineState.connectedGoOn else words.offline.getCode
                ActionButton(get, ButtonKind.PRIMARY, icon = Icons.check) { offline.askPin() }
                ActionButton(words.common.cancel, ButtonKind.SECONDARY, icon = Icons.close) { app.done() }
                ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) { offline.report() }
            }
        },
    ) {
        NetworkBanner(network)
        AccountLine(request.account)
        Title(words.offline.ask(request.client))
        Card {
            Facts(
                listOfNotNull(
                    Fact(words.offline.service, request.client),
                    Fact(words.offline.account, request.user),
                    Fact(words.offline.place, request.place ?: words.common.unknownPlace, approximate(request.place)),
                ),
            )
        }
        if (request.clockDiffers) Banner(Mood.WARNING, words.offline.clockDiffers)
    }
}

@Composable
private fun approximate(place: String?): String? = place?.let { LocalWords.current.common.approximate }

@Composable
private fun NetworkBanner(network: OfflineState) {
    val words = LocalWords.current
    when (network) {
        is OfflineState.Ready -> Banner(Mood.WARNING, words.offline.noNetworkTitle, words.offline.noNetworkText)
        is OfflineState.Connected -> Banner(Mood.DANGER, words.offlineState.connected, words.offlineState.connectedText)
        is OfflineState.Over -> Banner(Mood.INFO, words.offlineState.over)
    }
}
