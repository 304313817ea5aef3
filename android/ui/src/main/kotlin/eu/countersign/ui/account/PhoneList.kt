package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Phone
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Choice
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.IconButton
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.pin.keyboard
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.keeperOf

/** The phones that can approve. Before the server has answered, and when it did not, that is said in their place. */
@Composable
internal fun PhoneList(
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    state: AccountModel.State,
    onMore: (Phone) -> Unit,
) {
    val words = LocalWords.current
    val server = serverOf(state.account)
    val phones = state.phones
    val problem = shown.problem
    if (phones != null) {
        Card {
            for ((place, phone) in phones.withIndex()) {
                if (place > 0) Hairline()
                PhoneRow(phone) { onMore(phone) }
            }
        }
    }
    if (problem != null) {
        val title = if (phones == null) words.account.listMissing else words.failure.title
        Banner(Mood.WARNING, title, words.sentence(problem, server))
        ActionButton(words.common.tryAgain, ButtonKind.TEXT, icon = Icons.refresh, enabled = !shown.busy) { model.refresh() }
    } else if (phones == null) {
        Hint(words.account.loading(server), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    }
}

@Composable
private fun PhoneRow(
    phone: Phone,
    onMore: () -> Unit,
) {
    val words = LocalWords.current
    val used = if (phone.`this`) words.account.thisPhone(usedShort(phone)) else used(phone)
    ListRow(
        phone.name,
        Icons.mobile,
        if (phone.locked) words.common.joined(used, words.account.phoneLocked) else used,
        trailing = { IconButton(Icons.moreVert, words.spoken.moreForPhone(phone.name), onMore) },
    )
}

/** What is known of a phone, and what may be done about it. */
@Composable
internal fun PhoneMenu(
    phone: Phone,
    onClose: () -> Unit,
    onRename: () -> Unit,
    onRemove: () -> Unit,
) {
    val words = LocalWords.current
    Sheet(onClose) {
        Title(phone.name)
        Hint(words.common.joined(phone.os, words.keeperOf(phone.level)))
        Hint(usedAt(phone))
        momentOf(phone.created)?.let { Hint(words.phones.paired(LocalTimes.current.date(it))) }
        if (phone.`this`) {
            Choice(words.phones.renameThis, null, Icons.keyboard, onClick = onRename)
        } else {
            Choice(words.phones.removeOther, null, Icons.linkOff, danger = true, onClick = onRemove)
        }
        ActionButton(words.common.close, ButtonKind.TEXT, onClick = onClose)
    }
}
