package eu.countersign.ui.problem

import androidx.compose.ui.graphics.vector.ImageVector
import eu.countersign.core.Account
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.device.SystemPage
import eu.countersign.shell.problem.Advice
import eu.countersign.shell.problem.advice
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.Words

/** One next step after a problem: its word, and what it does. */
class Step(
    val label: String,
    val icon: ImageVector? = null,
    val onClick: () -> Unit,
)

/** The steps that lead on, the main one first. None is a dead end. */
internal class Steps(
    private val app: App,
    private val words: Words,
    private val account: Account?,
    private val again: (() -> Unit)?,
) {
    fun of(problem: Problem): List<Step> =
        when (problem.advice()) {
            Advice.SCAN_AGAIN -> listOf(Step(words.next.scanAgain, Icons.qrCodeScanner, again ?: app::scanInstead), typed())
            Advice.OPEN_SCANNER -> listOf(scan(words.next.openScanner))
            Advice.TYPE_AGAIN -> listOfNotNull(repeat(words.next.typeAgain))
            Advice.CHOOSE_ANOTHER_PIN -> listOfNotNull(repeat(words.next.anotherPin))
            Advice.TRY_AGAIN -> listOfNotNull(repeat(words.next.tryAgain))
            Advice.WAIT -> listOfNotNull(repeat(words.next.tryNow), offline())
            Advice.CONNECT -> listOfNotNull(repeat(words.next.tryAgain), offline())
            Advice.PAIR_AGAIN -> listOfNotNull(scan(words.next.pairAgain), repeat(words.next.checkAgain))
            Advice.UPDATE -> listOf(Step(words.next.update, Icons.openInNew) { app.around.device.open(SystemPage.STORE) }, done())
            Advice.FREE_SPACE -> listOfNotNull(repeat(words.next.tryAgain), done())
            Advice.LOCKED -> listOfNotNull(scan(words.next.pairThisAgain), forgotten(), done())
            Advice.REMOVED -> listOf(scan(words.next.pairAgain), done())
            Advice.WARN -> listOfNotNull(repeat(words.next.tryAgain), done())
            Advice.GET_HELP -> listOfNotNull(repeat(words.next.tryAgain), done())
            Advice.TURN_ON_BIOMETRICS ->
                listOfNotNull(
                    account?.let { Step(words.next.turnOnFingerprint, Icons.fingerprint) { app.openBiometrics(it) } },
                    done(),
                )
        }.ifEmpty { listOf(done()) }

    private fun scan(label: String) = Step(label, Icons.qrCodeScanner) { app.scanInstead() }

    private fun offline() = Step(words.next.withoutNetwork, Icons.qrCodeScanner) { app.scanInstead() }

    private fun typed() = Step(words.next.cannotScan, Icons.help) { app.openTyped() }

    private fun repeat(label: String) = again?.let { Step(label, Icons.refresh, it) }

    private fun forgotten() = account?.let { Step(words.next.iForgot) { app.openForgottenPin(it) } }

    private fun done() = Step(words.next.backToAccounts) { app.done() }
}
