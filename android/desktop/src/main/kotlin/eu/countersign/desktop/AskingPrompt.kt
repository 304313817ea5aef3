package eu.countersign.desktop

import eu.countersign.core.KeyStore
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.SignatureRequest
import eu.countersign.shell.device.Prompt
import eu.countersign.ui.words.wordsOf
import java.util.Locale
import javax.swing.JOptionPane

/** A question in place of a sensor. Who answers it is whoever sits there: the core tells the server that keys are in software. */
internal class AskingPrompt(
    private val keys: KeyStore,
) : Prompt {
    override suspend fun sign(
        request: SignatureRequest,
        title: String,
        usePin: String,
    ): Prompt.Answer {
        val agree = wordsOf(Locale.getDefault().language).biometric.touch
        val choices = arrayOf(agree, usePin)
        val asked = JOptionPane.QUESTION_MESSAGE
        val answer =
            JOptionPane.showOptionDialog(null, title, null, JOptionPane.DEFAULT_OPTION, asked, null, choices, agree)
        return if (answer == 0) signed(request) else Prompt.Answer.Cancelled
    }

    private fun signed(request: SignatureRequest): Prompt.Answer =
        try {
            Prompt.Answer.Signed(keys.sign(request.key, request.payload))
        } catch (_: KeyStoreFault.NotFound) {
            Prompt.Answer.Invalidated
        } catch (_: KeyStoreFault) {
            Prompt.Answer.Unavailable
        }
}
