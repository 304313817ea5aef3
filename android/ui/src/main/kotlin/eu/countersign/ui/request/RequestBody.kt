package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import eu.countersign.core.Arrival
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.ui.part.AccountLine
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Fact
import eu.countersign.ui.part.Facts
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Title
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords

/** The account, the question, and the facts. Signed rows come first and bold. [compact]: beside the keypad. */
@Composable
internal fun RequestBody(
    request: Request,
    compact: Boolean,
) {
    val words = LocalWords.current
    AccountLine(request.account)
    Title(questionOf(request))
    if (compact && request.rows.isEmpty()) {
        Hint(listOf(request.origin.host(), placeOf(request), browserOf(request), timeOf(request)).joinToString(" · "))
    } else {
        Card { Facts(factsOf(request)) }
    }
    when (request.arrival) {
        Arrival.SCAN -> Scanned(request)
        Arrival.LINK -> Hint(words.request.hereText(words.request.yourBrowser))
        Arrival.PUSH -> Unit
    }
}

@Composable
private fun questionOf(request: Request): String {
    val words = LocalWords.current.request
    return when {
        request.kind == RequestKind.SIGN -> words.signAsk(request.client)
        request.arrival == Arrival.LINK -> words.signInHere(request.client)
        else -> words.signInTo(request.client)
    }
}

@Composable
private fun factsOf(request: Request): List<Fact> {
    val words = LocalWords.current
    val signed = request.rows.map { Fact(it.label, it.text, signed = true) }
    val who =
        if (request.kind == RequestKind.SIGN) {
            Fact(words.request.service, request.client, request.origin.host())
        } else {
            Fact(words.request.website, request.origin.host())
        }
    val place = request.browser.place
    return signed +
        listOf(
            who,
            Fact(words.request.place, place ?: words.common.unknownPlace, place?.let { words.common.approximate }),
            Fact(words.request.browser, browserOf(request)),
            Fact(words.request.time, timeOf(request)),
        )
}

@Composable
private fun Scanned(request: Request) {
    val words = LocalWords.current.request
    val origin = request.origin.host()
    val server =
        request.account.label
            ?.iss
            ?.host()
    val text = if (server == null) words.scannedTextOne(origin) else words.scannedText(origin, server)
    Banner(Mood.INFO, words.scannedTitle, text, listOfNotNull(origin, server))
}

@Composable
private fun placeOf(request: Request): String {
    val words = LocalWords.current.common
    return request.browser.place?.let { words.placeApproximate(it) } ?: words.unknownPlace
}

@Composable
private fun browserOf(request: Request): String = request.browser.agent ?: LocalWords.current.common.unknownBrowser

@Composable
private fun timeOf(request: Request): String =
    LocalTimes.current.dayAndClock(request.browser.at.toLong() * MILLIS, LocalClock.current.now())

/** A web address as people read it. */
internal fun String.host(): String = substringAfter("://")

private const val MILLIS = 1000L
