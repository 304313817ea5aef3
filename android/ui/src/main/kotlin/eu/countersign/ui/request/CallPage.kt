package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.DenyWhy
import eu.countersign.core.Request
import eu.countersign.shell.request.RequestModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Announcement
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds

/** A telephone call is going on: said before anything else, and no answer is the main one (H2). */
@Composable
internal fun CallPage(
    model: RequestModel,
    request: Request,
) {
    val words = LocalWords.current
    val seconds = secondsLeft(request.terms.left, model.readAt)
    val time = minutesAndSeconds(seconds)
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.call.show, ButtonKind.SECONDARY, icon = Icons.visibility) { model.read() }
            ActionButton(words.call.cancel, ButtonKind.SECONDARY, icon = Icons.close) { model.deny(DenyWhy.CANCEL) }
            ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) { model.deny(DenyWhy.NOT_ME) }
        },
    ) {
        BigSign(Icons.phoneInTalk, Mood.DANGER)
        Title(words.call.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Banner(Mood.DANGER, words.call.text)
        Paragraph(words.call.hint(time), strong = listOf(time), centred = true)
        Announcement(seconds)
    }
}
