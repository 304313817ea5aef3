package eu.countersign.ui.selftest

import androidx.compose.foundation.background
import androidx.compose.runtime.Composable
import eu.countersign.core.Account
import eu.countersign.core.Finding
import eu.countersign.core.Level
import eu.countersign.core.Subject
import eu.countersign.core.Verdict
import eu.countersign.shell.device.SystemPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words
import eu.countersign.ui.words.beginning
import eu.countersign.ui.words.keysIn

/** How much a finding matters; the order is that of the page. */
internal enum class Weight(
    val needsAttention: Boolean,
) {
    /** Nothing arrives, or nothing can be approved. */
    WRONG(true),

    /** It works, but not well. */
    CARE(true),

    /** Worth knowing. */
    KNOW(false),

    /** In order. */
    GOOD(false),
}

/** What mends it. */
internal sealed interface Remedy {
    /** A page of the system. */
    class Page(
        val label: String,
        val page: SystemPage,
    ) : Remedy

    /** The account's own page says more. */
    class Look(
        val label: String,
        val account: Account,
    ) : Remedy
}

/** A finding in words. */
internal class Line(
    val weight: Weight,
    val title: String,
    val hint: String?,
    val remedy: Remedy? = null,
)

/** What was found, in words, with what mends it. */
@Composable
internal fun lineOf(
    finding: Finding,
    all: List<Finding>,
): Line {
    val words = LocalWords.current
    val server = finding.account?.let { serverOf(it) } ?: words.common.thisServer
    val title = words.beginning(server)
    return when (val verdict = finding.verdict) {
        is Verdict.Good -> words.good(finding.subject, title, levelOf(all))
        is Verdict.SoftwareKeys -> Line(Weight.KNOW, words.selfTest.keyStore, words.selfTest.keyStoreSoftware)
        is Verdict.Allow -> words.off(finding.subject)
        is Verdict.SetClock -> words.clockWrong(verdict.offBy)
        is Verdict.See -> words.seen(finding, title, words.sentence(verdict.problem, server))
    }
}

/** What keeps the keys, as a server recorded it. */
private fun levelOf(all: List<Finding>): Level? = all.firstNotNullOfOrNull { it.account?.label?.level }

private fun Words.good(
    subject: Subject,
    server: String,
    level: Level?,
): Line =
    when (subject) {
        Subject.KEY_STORE -> Line(Weight.GOOD, selfTest.keyStore, level?.let { keysIn(it) } ?: verdict.good)
        Subject.NOTIFICATIONS -> Line(Weight.GOOD, selfTest.notifications, selfTest.allowed)
        Subject.CAMERA -> Line(Weight.GOOD, selfTest.camera, selfTest.allowed)
        Subject.BACKGROUND -> Line(Weight.GOOD, selfTest.background, verdict.good)
        Subject.SERVER -> Line(Weight.GOOD, selfTest.answers(server), selfTest.answersOk)
        Subject.CLOCK -> Line(Weight.GOOD, selfTest.clock, verdict.good)
        Subject.REGISTRATION -> Line(Weight.GOOD, standing.active(server), null)
    }

private fun Words.off(subject: Subject): Line =
    when (subject) {
        Subject.NOTIFICATIONS -> {
            val remedy = Remedy.Page(selfTest.turnOn, SystemPage.NOTIFICATIONS)
            Line(Weight.WRONG, selfTest.notificationsOff, selfTest.notificationsOffText, remedy)
        }
        Subject.CAMERA -> {
            val remedy = Remedy.Page(selfTest.allow, SystemPage.CAMERA)
            Line(Weight.CARE, selfTest.cameraOff, selfTest.cameraOffText, remedy)
        }
        Subject.BACKGROUND -> {
            val remedy = Remedy.Page(selfTest.exempt, SystemPage.BATTERY)
            Line(Weight.CARE, selfTest.backgroundOff, selfTest.backgroundOffText, remedy)
        }
        Subject.KEY_STORE -> Line(Weight.WRONG, selfTest.keyStore, verdict.allow)
        Subject.SERVER -> Line(Weight.WRONG, this.subject.server, verdict.allow)
        Subject.CLOCK -> Line(Weight.WRONG, selfTest.clock, verdict.allow)
        Subject.REGISTRATION -> Line(Weight.WRONG, selfTest.registration, verdict.allow)
    }

private fun Words.clockWrong(offBy: ULong): Line {
    val minutes = (offBy.toLong() / MINUTE).toInt()
    val hint = if (minutes == 0) verdict.setClockSeconds(offBy.toInt()) else selfTest.clockOff(minutes)
    return Line(Weight.CARE, selfTest.clockWrong, hint, Remedy.Page(selfTest.setClock, SystemPage.DATE_AND_TIME))
}

private fun Words.seen(
    finding: Finding,
    server: String,
    sentence: String,
): Line {
    val title =
        when (finding.subject) {
            Subject.KEY_STORE -> selfTest.keyStore
            Subject.NOTIFICATIONS -> selfTest.notifications
            Subject.CAMERA -> selfTest.camera
            Subject.BACKGROUND -> selfTest.background
            Subject.SERVER -> selfTest.answersNot(server)
            Subject.CLOCK -> selfTest.clock
            Subject.REGISTRATION -> server
        }
    return Line(Weight.WRONG, title, sentence, finding.account?.let { Remedy.Look(selfTest.see, it) })
}

private const val MINUTE = 60L
