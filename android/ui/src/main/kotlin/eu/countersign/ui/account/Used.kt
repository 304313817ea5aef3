package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import eu.countersign.core.Phone
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import java.time.Instant
import java.time.format.DateTimeParseException

/** "Used today", "Used 3 Nov 2026". */
@Composable
internal fun used(phone: Phone): String {
    val words = LocalWords.current.account
    val moment = phone.lastUsed?.let(::momentOf) ?: return words.neverUsed
    return if (isToday(moment)) words.usedToday else words.usedOn(LocalTimes.current.date(moment))
}

/** The same within a sentence. */
@Composable
internal fun usedShort(phone: Phone): String {
    val words = LocalWords.current.account
    val moment = phone.lastUsed?.let(::momentOf) ?: return words.neverUsedShort
    return if (isToday(moment)) words.usedTodayShort else words.usedOnShort(LocalTimes.current.date(moment))
}

/** The same with the clock time, if it was today. */
@Composable
internal fun usedAt(phone: Phone): String {
    val moment = phone.lastUsed?.let(::momentOf)
    val today = moment != null && isToday(moment)
    return if (today) LocalWords.current.account.usedTodayAt(LocalTimes.current.clock(moment)) else used(phone)
}

@Composable
private fun isToday(moment: Long): Boolean {
    val times = LocalTimes.current
    return times.date(moment) == times.date(LocalClock.current.now())
}

/** A time as the server writes it, in milliseconds since 1970. One that cannot be read is not shown. */
internal fun momentOf(text: String): Long? =
    try {
        Instant.parse(text).toEpochMilli()
    } catch (_: DateTimeParseException) {
        null
    }
