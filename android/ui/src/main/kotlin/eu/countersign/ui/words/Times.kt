package eu.countersign.ui.words

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter
import java.util.Locale

/** Clock times, days and what is left of a time limit, in words. */
class Times(
    private val words: Words,
    private val zone: ZoneId = ZoneId.systemDefault(),
) {
    private val locale = Locale.forLanguageTag(words.tag)

    /** 14:32. */
    fun clock(moment: Long): String = format(moment, words.time.clockPattern)

    /** "Today at 14:21", else the day with the time. */
    fun dayAndClock(
        moment: Long,
        now: Long,
    ): String =
        when (day(now).toEpochDay() - day(moment).toEpochDay()) {
            0L -> words.time.todayAt(clock(moment))
            1L -> words.time.yesterdayAt(clock(moment))
            else -> words.time.dayClock(date(moment), clock(moment))
        }

    /** "Today", else "Friday 20 November", with the year once it is another one. */
    fun heading(
        moment: Long,
        now: Long,
    ): String =
        when {
            day(now) == day(moment) -> words.time.today
            day(now).minusDays(1) == day(moment) -> words.time.yesterday
            day(now).year == day(moment).year -> format(moment, words.time.longDayPattern)
            else -> format(moment, words.time.longDayYearPattern)
        }

    /** 3 Nov 2026. */
    fun date(moment: Long): String = format(moment, words.time.dayPattern)

    private fun day(moment: Long): LocalDate = at(moment).toLocalDate()

    private fun format(
        moment: Long,
        pattern: String,
    ): String = DateTimeFormatter.ofPattern(pattern, locale).format(at(moment))

    private fun at(moment: Long): ZonedDateTime = Instant.ofEpochMilli(moment).atZone(zone)
}

/** 2:41, in every language. */
fun minutesAndSeconds(seconds: Int): String = "%d:%02d".format(Locale.ROOT, seconds / MINUTE, seconds % MINUTE)

/** What is left, as it is spoken. */
fun Words.spokenLeft(seconds: Int): String =
    when {
        seconds < MINUTE -> time.spokenSecondsLeft(seconds)
        seconds % MINUTE == 0 -> time.spokenMinutesLeft(seconds / MINUTE)
        else -> time.spokenLeft(seconds / MINUTE, seconds % MINUTE)
    }

private const val MINUTE = 60
