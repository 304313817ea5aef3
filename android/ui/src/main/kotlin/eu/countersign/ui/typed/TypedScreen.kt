package eu.countersign.ui.typed

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.typed.TypedModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Field
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Pairing without the camera: the server's address and a code in four groups, or the link (P3). */
@Composable
fun TypedScreen(
    app: App,
    typed: TypedModel,
) {
    val words = LocalWords.current
    val shown by typed.shown.collectAsState()
    val server by typed.server.collectAsState()
    val code by typed.code.collectAsState()
    var asked by remember { mutableStateOf(false) }
    val ready = server.isNotBlank() && code.isNotBlank()
    val problem = shown.problem
    if (problem != null && problem !is Problem.BadCode) {
        ProblemPage(app, problem, server.ifBlank { words.common.thisServer }) { typed.understood() }
        return
    }
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.back() }),
        foot = {
            val kind = if (ready) ButtonKind.PRIMARY else ButtonKind.QUIET
            ActionButton(if (shown.busy) words.common.working else words.common.goOn, kind, enabled = !shown.busy) {
                asked = true
                if (ready) typed.submit()
            }
            ActionButton(words.noCamera.backToCamera, ButtonKind.TEXT) { app.back() }
        },
    ) {
        Title(words.noCamera.title)
        Paragraph(words.noCamera.text(words.common.pathAddPhone), strong = listOf(words.common.pathAddPhone))
        Field(
            words.noCamera.address,
            server,
            words.noCamera.addressHint,
            words.noCamera.missingAddress.takeIf { asked && server.isBlank() },
            KeyboardOptions(keyboardType = KeyboardType.Uri),
            typed::server,
        )
        Field(
            words.noCamera.code,
            code,
            words.noCamera.codeHint,
            problem?.let { words.sentence(it, server) } ?: words.noCamera.missingCode.takeIf { asked && code.isBlank() },
            KeyboardOptions(KeyboardCapitalization.Characters, autoCorrectEnabled = false),
            typed::code,
        )
        Card { ListRow(words.noCamera.onThisPhone, Icons.mobile, words.noCamera.onThisPhoneHint) }
    }
}
