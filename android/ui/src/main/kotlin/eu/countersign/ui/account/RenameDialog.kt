package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.Account
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Dialog
import eu.countersign.ui.part.Field
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words

/** Another name for this phone. It closes when the server has it. */
@Composable
internal fun RenameDialog(
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    account: Account,
    present: String,
    onClose: () -> Unit,
) {
    val words = LocalWords.current
    var name by remember { mutableStateOf(present) }
    var missing by remember { mutableStateOf<String?>(null) }
    var sent by remember { mutableStateOf(false) }
    LaunchedEffect(shown, sent) {
        if (!sent || shown.busy) return@LaunchedEffect
        sent = false
        if (shown.problem == null) onClose()
    }
    Dialog(onClose) {
        Title(words.rename.title)
        Field(words.rename.name, name, words.rename.hint, missing ?: errorOf(shown, account)) {
            name = it
            missing = null
        }
        ActionButton(words.common.save, ButtonKind.PRIMARY, enabled = !shown.busy) {
            missing = words.slipIn(name.trim())
            if (missing == null) sent = model.rename(name.trim()) != null
        }
        ActionButton(words.common.cancel, ButtonKind.SECONDARY, onClick = onClose)
    }
}

@Composable
private fun errorOf(
    shown: Shown<AccountModel.State>,
    account: Account,
): String? = shown.problem?.let { LocalWords.current.sentence(it, serverOf(account)) }

/** What can be said before the core is asked; the core looks for itself. */
private fun Words.slipIn(name: String): String? =
    when {
        name.isEmpty() -> rename.empty
        name.codePointCount(0, name.length) > LONGEST -> rename.tooLong
        else -> null
    }

private const val LONGEST = 40
