package eu.countersign.ui.offline

import androidx.compose.runtime.Composable
import eu.countersign.core.OfflineState
import eu.countersign.shell.App
import eu.countersign.shell.offline.OfflineModel
import eu.countersign.ui.part.AccountLine
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Fact
import eu.countersign.ui.part.Facts
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

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
