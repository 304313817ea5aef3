package eu.countersign.ui.problem

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Account
import eu.countersign.core.NoticeWhy
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.problem.Advice
import eu.countersign.shell.problem.advice
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words
import eu.countersign.ui.words.beginning

/** A problem that takes the whole screen: a sign, what happened, what did not, and what comes next. */
@Composable
fun ProblemPage(
    app: App,
    problem: Problem,
    server: String,
    account: Account? = null,
    onAgain: (() -> Unit)? = null,
) {
    val words = LocalWords.current
    val steps = Steps(app, words, account, onAgain).of(problem)
    val face = words.face(problem, server)
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.back() }),
        centred = true,
        foot = { StepButtons(steps) },
    ) {
        BigSign(face.icon, face.mood)
        Title(face.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(face.text, centred = true)
    }
}

/** Steps as buttons: the first is the main one. */
@Composable
fun StepButtons(steps: List<Step>) {
    for ((place, step) in steps.withIndex()) {
        val kind = if (place == 0) ButtonKind.PRIMARY else ButtonKind.SECONDARY
        ActionButton(step.label, kind, icon = step.icon, onClick = step.onClick)
    }
}

/** How a problem looks: its title and one paragraph. */
private class Face(
    val icon: ImageVector,
    val mood: Mood,
    val title: String,
    val text: String,
)

private fun Words.face(
    problem: Problem,
    server: String,
): Face {
    val text = paragraph(problem, server)
    return when (problem.advice()) {
        Advice.SCAN_AGAIN -> Face(Icons.qrCodeScanner, Mood.NEUTRAL, qrNotOurs.title, notOurs(problem, text))
        Advice.OPEN_SCANNER -> Face(Icons.qrCodeScanner, Mood.WARNING, failure.title, text)
        Advice.TYPE_AGAIN, Advice.CHOOSE_ANOTHER_PIN -> Face(Icons.pin, Mood.WARNING, failure.title, text)
        Advice.TRY_AGAIN, Advice.GET_HELP, Advice.FREE_SPACE -> Face(Icons.error, Mood.NEUTRAL, failure.title, text)
        Advice.WAIT -> Face(Icons.timer, Mood.NEUTRAL, failure.title, text)
        Advice.CONNECT -> Face(Icons.wifiOff, Mood.NEUTRAL, noNetwork.title(server), text)
        Advice.PAIR_AGAIN -> Face(Icons.keyVertical, Mood.WARNING, pairAgainTitle(problem, server), text)
        Advice.UPDATE -> Face(Icons.update, Mood.INFO, appTooOld.title, text)
        Advice.LOCKED -> Face(Icons.lock, Mood.DANGER, locked.forGoodTitle(server), text)
        Advice.REMOVED -> Face(Icons.mobileOff, Mood.NEUTRAL, removed.title, text)
        Advice.WARN -> Face(Icons.warning, Mood.DANGER, failure.warnTitle, text)
        Advice.TURN_ON_BIOMETRICS -> Face(Icons.fingerprint, Mood.WARNING, failure.title, text)
    }
}

/** What the title has not said already. */
private fun Words.paragraph(
    problem: Problem,
    server: String,
): String =
    when {
        problem is Problem.Unreachable -> if (problem.sent) noNetwork.textSent(server) else noNetwork.textNothingSent
        problem is Problem.NeedsRepair -> keysLost.text
        problem is Problem.Locked && problem.notice?.why == NoticeWhy.OPERATOR -> beginning(locked.forGoodOperator(server))
        problem is Problem.Locked -> locked.forGoodText
        else -> sentence(problem, server)
    }

private fun Words.notOurs(
    problem: Problem,
    text: String,
): String = if (problem is Problem.BadQr) qrNotOurs.text else text

private fun Words.pairAgainTitle(
    problem: Problem,
    server: String,
): String = if (problem is Problem.NeedsRepair) keysLost.title else beginning(failure.refusedTitle(server))
